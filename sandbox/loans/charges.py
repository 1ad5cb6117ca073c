"""Fees beside interest: at the start, with an instalment, at the end, and for paying late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, localcontext

from sandbox.loans.offer import Offer
from sandbox.loans.terms import Fee
from sandbox.loans.timetable import annual_rate, days_per_year
from sandbox.money import EXACT, MODES, ZERO


@dataclass(frozen=True)
class UpfrontFees:
    """Fees at the start, in money units; optional: the part that is not mandatory.

    withheld is kept back from the payout, separate is paid beside it, financed is added to the
    principal.
    """

    withheld: Decimal
    separate: Decimal
    financed: Decimal
    optional: Decimal

    @property
    def all(self) -> Decimal:
        """Every fee at the start."""
        return self.withheld + self.separate + self.financed


def all_fees(offer: Offer) -> tuple[Fee, ...]:
    """The list of fees with the short forms (upfront_fee, instalment_fee ...) written out."""
    short: list[Fee] = []
    if offer.upfront_fee or offer.upfront_fee_rate:
        short.append(
            Fee(
                name="upfront_fee",
                when=offer.upfront_fee_paid,
                amount=offer.upfront_fee,
                rate=offer.upfront_fee_rate,
            )
        )
    if offer.instalment_fee or offer.instalment_fee_rate:
        short.append(
            Fee(
                name="instalment_fee",
                when="instalment",
                amount=offer.instalment_fee,
                rate=offer.instalment_fee_rate,
            )
        )
    return (*short, *offer.fees)


def upfront_fees(offer: Offer, fees: tuple[Fee, ...]) -> UpfrontFees:
    """The fees at the start, each rounded to the money unit."""
    sums = {"withheld": ZERO, "separate": ZERO, "financed": ZERO}
    optional = ZERO
    for fee in fees:
        if fee.when not in sums:
            continue
        amount = _money(offer, fee.amount + EXACT.multiply(fee.rate, offer.principal))
        sums[fee.when] += amount
        if not fee.mandatory and fee.when != "financed":
            optional += amount
    return UpfrontFees(sums["withheld"], sums["separate"], sums["financed"], optional)


def payment_fees(
    offer: Offer,
    fees: tuple[Fee, ...],
    number: int | None,
    balance: Decimal,
    instalment: Decimal,
) -> tuple[Decimal, Decimal]:
    """Fees due with one payment and the optional part of them.

    number: the due date's, or None for the fees of the last payment. balance: owed before the
    payment; instalment: its principal and interest.
    """
    due = optional = ZERO
    for fee in fees:
        if not _falls_due(fee, number):
            continue
        amount = fee.amount
        if fee.rate:
            base = {"principal": offer.principal, "balance": balance, "instalment": instalment}
            amount += EXACT.multiply(fee.rate, base[fee.base])
        amount = _money(offer, amount)
        due += amount
        if not fee.mandatory:
            optional += amount
    return due, optional


def _money(offer: Offer, amount: Decimal) -> Decimal:
    """Rounded to the money unit, a power of ten, by the offer's rule."""
    return amount.quantize(offer.money_unit, MODES[offer.rounding], EXACT)


def _falls_due(fee: Fee, number: int | None) -> bool:
    if number is None:
        return fee.when == "last"
    later = number - fee.from_instalment
    return fee.when == "instalment" and later >= 0 and later % fee.every == 0


def late_charges(offer: Offer, number: int, principal: Decimal, others: Decimal) -> Decimal:
    """Late fee plus penalty interest of one instalment, zero if it is paid in time.

    principal: its principal part; others: its interest and fees. Penalty interest is the overdue
    base * daily rate * days, the daily rate being the contract's times the multiplier.
    """
    days, terms = late_days(offer, number), offer.late
    if days <= terms.grace_days:
        return ZERO
    base = principal if terms.base == "principal" else principal + others
    with localcontext(EXACT):
        if terms.penalty_daily_rate is not None:
            daily = terms.penalty_daily_rate
        elif offer.daily_rate is not None:
            daily = offer.daily_rate * terms.penalty_multiplier
        else:
            daily = annual_rate(offer) * terms.penalty_multiplier / days_per_year(offer)
        growth = (1 + daily) ** days - 1 if terms.compound else daily * days
        penalty = base * growth
        fee = terms.fee + terms.fee_rate * base
    charged = _money(offer, penalty) + _money(offer, fee)
    return charged if terms.cap is None else min(charged, terms.cap)


def late_days(offer: Offer, number: int) -> int:
    """Days this instalment is paid late; zero in time."""
    return sum(late.days for late in offer.late_payments if late.instalment == number)


def late_shift(offer: Offer, number: int) -> timedelta:
    """The delay of an instalment."""
    return timedelta(late_days(offer, number))
