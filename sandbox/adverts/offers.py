"""Offers in the engine's own words, as mappings for `sandbox.loans.Offer`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sandbox.adverts.terms import PER_YEAR, Term
from sandbox.loans.offer import Offer
from sandbox.money import CENT, EXACT, plain

RATE_STEP = Decimal("1e-12")
START = Offer.model_fields["start"].default
OfferMapping = Mapping[str, Any]


@dataclass(frozen=True)
class Charges:
    """Fees beside the price itself. withheld, separate, last: money, once; withheld_rate,
    separate_rate, last_rate: the same as fractions of the amount; each, each_rate: with every
    instalment.
    """

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    def fees(self) -> list[dict[str, str]]:
        """The fees of an offer; `when` is the engine's own name of the time."""
        listed = []
        for when in ("withheld", "separate", "instalment", "last"):
            amount = self.amounts.get(when, Decimal(0))
            rate = self.rates.get(when, Decimal(0))
            if amount or rate:
                fee = {"name": when, "when": when}
                fee |= {"amount": _text(amount)} if amount else {}
                fee |= {"rate": _text(rate)} if rate else {}
                listed.append(fee)
        return listed


def by_payments(principal: Decimal, term: Term, total: Decimal, charges: Charges) -> OfferMapping:
    """The loan whose payments add up to exactly `total`, all equal but for the last cents.

    The advert does not say how much of a payment is interest, so all above the principal is
    written as a fee with each payment.
    """
    cost = total - principal
    if term.single or term.count == 1:
        last = Charges({"last": cost}) if cost else Charges()
        return _offer(principal, term, {"method": "bullet", "annual_rate": "0"}, last, charges)
    part = (principal / term.count).quantize(CENT, ROUND_CEILING)
    each = (total / term.count).quantize(CENT, ROUND_FLOOR) - part
    rest = cost - each * term.count
    own: dict[str, Any] = {"annual_rate": "0", "instalment": _text(part)}
    extra = {"instalment": each, "last": rest}
    if each < 0 or rest < 0:  # a few cents on many payments
        own, extra = {"annual_rate": "0"}, {"last": cost}
    return _offer(principal, term, own, Charges(extra), charges)


def by_rate(
    principal: Decimal,
    term: Term,
    method: str,
    rate: Decimal,
    per: str,
    charges: Charges,
    free: int = 0,
) -> OfferMapping:
    """The loan at this rate (a fraction) per day, week, month, year or instalment.

    free: instalments without interest at the start; the rate runs from then on.
    """
    if term.single:
        method, free = "bullet", 0
    if 0 < free < term.count:
        yearly = rate * _times_a_year(per, term)
        own: dict[str, Any] = {"annual_rate": "0", "method": method}
        own["rate_changes"] = [{"after_instalment": free, "annual_rate": _text(yearly)}]
        return _offer(principal, term, own, charges)
    if free:
        rate = Decimal(0)
    regular = term.days is None
    if per == "day":
        terms = {"daily_rate": _text(rate)}
    elif regular and not term.single and per in ("instalment", term.every):
        terms = {"period_rate": _text(rate)}
    else:
        terms = {"annual_rate": _text(rate * _times_a_year(per, term))}
    return _offer(principal, term, {"method": method, **terms}, charges)


def by_flat_fee(
    principal: Decimal, term: Term, rate: Decimal, charges: Charges, free: int = 0
) -> OfferMapping:
    """The loan without interest and a fee on the original amount with every instalment."""
    if term.single or term.days is not None or free:
        fee = {"name": "instalment", "when": "instalment", "rate": _text(rate)}
        if free:
            fee["from_instalment"] = free + 1  # type: ignore[assignment]
        offer = dict(_offer(principal, term, {"annual_rate": "0"}, charges))
        if term.single:
            offer["method"] = "bullet"
        return {**offer, "fees": [fee, *offer.get("fees", [])]}
    return _offer(principal, term, {"method": "flat_fee", "period_rate": _text(rate)}, charges)


def _offer(
    principal: Decimal, term: Term, own: Mapping[str, Any], *charges: Charges
) -> OfferMapping:
    offer: dict[str, Any] = {"principal": _text(principal), **own}
    if term.single:
        offer |= {"term_days": term.days} if term.days else {"periods": term.months}
    elif term.days is not None:
        days = [START + timedelta(term.days * n // term.count) for n in range(1, term.count + 1)]
        offer |= {"period": "dates", "due_dates": [day.isoformat() for day in days]}
    else:
        offer["periods"] = term.count
        if term.every != "month":
            offer["period"] = term.every
    fees = [fee for listed in charges for fee in listed.fees()]
    return {**offer, "fees": fees} if fees else offer


def _times_a_year(per: str, term: Term) -> Decimal:
    if per == "instalment":
        per = term.every
    return {"day": Decimal(365), "year": Decimal(1)}.get(per) or Decimal(PER_YEAR[per])  # type: ignore[index]


def nominal_of_compound(yearly: Decimal) -> Decimal:
    """The nominal yearly rate whose monthly twelfth, compounded, makes this yearly rate."""
    growth = EXACT.power(1 + yearly, EXACT.divide(Decimal(1), Decimal(12)))
    return ((growth - 1) * 12).quantize(RATE_STEP)


def _text(number: Decimal) -> str:
    return plain(number.quantize(RATE_STEP).normalize()) or "0"
