"""From an offer to its quote: schedule, totals and rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sandbox.input_error import InputError
from sandbox.loans.charges import UpfrontFees, all_fees, upfront_fees
from sandbox.loans.figures import figures_json, rate_figures
from sandbox.loans.instalment import AMOUNTS, Instalment
from sandbox.loans.offer import Offer
from sandbox.loans.revolving import revolving_rows
from sandbox.loans.schedule import course
from sandbox.money import CENT, EXACT, ZERO, plain, round_to, total
from sandbox.rates import RateFigure


@dataclass(frozen=True)
class Totals:
    """Column sums in money units, fees at the start included.

    payment: everything paid on due dates. cost: what the borrower pays beyond what was received.
    optional_fees: part of fees. capitalised: interest that was added to the balance.
    """

    principal: Decimal
    interest: Decimal
    fees: Decimal
    penalty: Decimal
    payment: Decimal
    cost: Decimal
    optional_fees: Decimal
    capitalised: Decimal

    def to_json(self, unit: Decimal = CENT) -> dict[str, str | None]:
        """Amounts as text with the places of the money unit."""
        return {name: plain(value.quantize(unit)) for name, value in vars(self).items()}


@dataclass(frozen=True)
class Quote:
    """What an offer costs.

    rows: the schedule. received: money in the borrower's hand at the start, after all fees paid
    then. instalment: the first regular level instalment, None where no instalment is level.
    upfront: fees at the start; advance_interest: interest kept back from the payout.
    """

    offer: Offer
    rows: tuple[Instalment, ...]
    totals: Totals
    received: Decimal
    instalment: Decimal | None
    upfront: UpfrontFees
    advance_interest: Decimal

    @property
    def flows(self) -> list[tuple[date, Decimal]]:
        """Dated flows in the borrower's view (received positive), mandatory costs only."""
        payout = self.received + self.upfront.optional
        paid = [(row.day, row.optional_fees - row.payment) for row in self.rows]
        return [(self.offer.start, payout), *(flow for flow in paid if flow[1])]

    @cached_property
    def rates(self) -> Mapping[str, RateFigure]:
        """Every rate by name, see `sandbox.loans.figures.rate_figures`; solved when first read."""
        return rate_figures(self.offer, self.flows, self._lender_flows())

    def _lender_flows(self) -> list[tuple[date, Decimal]] | None:
        """The flows without the charges of others than the lender; None if it then fails."""
        own = tuple(fee for fee in self.offer.fees if fee.to_lender)
        if len(own) == len(self.offer.fees):
            return self.flows
        try:
            return quote(self.offer.model_copy(update={"fees": own})).flows
        except InputError:
            return None

    @property
    def cost_per_1000(self) -> Decimal:
        """Total cost for each 1,000 received, in money units."""
        share = EXACT.divide(EXACT.multiply(self.totals.cost, Decimal(1000)), self.received)
        return round_to(share, self.offer.money_unit, self.offer.rounding)

    @property
    def average_life(self) -> Decimal:
        """Weighted average life of the principal in years of 365 days, four decimals."""
        weighted = sum(
            ((row.day - self.offer.start).days * row.principal for row in self.rows), ZERO
        )
        return (weighted / self.totals.principal / 365).quantize(Decimal("0.0001"))

    def to_json(self) -> dict[str, Any]:
        """The quote as plain JSON values: dates ISO 8601, amounts and rates as text."""
        unit = self.offer.money_unit
        return {
            "offer": self.offer.model_dump(mode="json", exclude_defaults=True),
            "received": plain(self.received),
            "instalment": plain(self.instalment),
            "upfront_fees": plain(self.upfront.all.quantize(unit)),
            "advance_interest": plain(self.advance_interest.quantize(unit)),
            "totals": self.totals.to_json(unit),
            "cost_per_1000": plain(self.cost_per_1000),
            "average_life_years": plain(self.average_life),
            "rates": figures_json(self.rates),
            "rows": [row.to_json(unit) for row in self.rows],
        }


def quote(offer: Offer) -> Quote:
    """The exact schedule, totals and rates of an offer.

    Raises InputError (field, reason, message) when the terms cannot be carried out: an instalment
    that never repays, fees that leave no payout, a prepayment above the balance.
    """
    fees = all_fees(offer)
    upfront = upfront_fees(offer, fees)
    if offer.method == "revolving":
        rows, instalment = revolving_rows(offer, fees, upfront), None
    else:
        walked = course(offer, fees, upfront)
        rows, instalment = walked.rows, walked.instalment
    unit = offer.money_unit
    advance = ZERO
    if offer.interest_in_advance:
        single, advance = rows[0], rows[0].interest
        rows = (single._replace(interest=ZERO, payment=single.payment - advance),)
    received = (offer.principal - upfront.withheld - upfront.separate - advance).quantize(
        unit, context=EXACT
    )
    if received <= 0:
        message = "fees and interest taken at the start leave nothing of the principal"
        raise InputError(_upfront_field(offer), "fee_not_below_principal", message)
    sums = _column_sums(rows, unit)
    totals = Totals(
        principal=sums["principal"],
        interest=sums["interest"] + advance,
        fees=sums["fees"] + upfront.all,
        penalty=sums["penalty"],
        payment=sums["payment"],
        cost=sums["payment"] - received,
        optional_fees=sums["optional_fees"] + upfront.optional,
        capitalised=sums["capitalised"],
    )
    return Quote(offer, rows, totals, received, instalment, upfront, advance)


def _column_sums(rows: tuple[Instalment, ...], unit: Decimal) -> dict[str, Decimal]:
    """The sum of each column of amounts, by name."""
    columns = zip(Instalment._fields, zip(*rows, strict=True), strict=True)
    return {name: total(column, unit) for name, column in columns if name in AMOUNTS}


def _upfront_field(offer: Offer) -> str:
    if offer.upfront_fee:
        return "upfront_fee"
    if offer.upfront_fee_rate:
        return "upfront_fee_rate"
    return "fees" if offer.fees else "interest_in_advance"
