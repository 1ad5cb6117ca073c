"""Calls that quiz items need beside those of the lessons: rounding, dates, any figure of a loan."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field

from sandbox.answers.calls import Arguments, Number, call
from sandbox.answers.lender import book
from sandbox.lender.case import Case
from sandbox.lender.decide import decide
from sandbox.loans import Offer, Quote, quote
from sandbox.money import EXACT
from sandbox.rates import percent

LoanFigure = Literal[
    "received", "instalment", "first_payment", "last_payment", "first_interest", "interest",
    "fees", "paid", "cost",
]  # fmt: skip


class Several(Arguments):
    """Numbers of one kind."""

    of: tuple[Number, ...] = Field(min_length=2, max_length=60)


class Rounded(Arguments):
    """A number and its decimals."""

    number: Number
    places: int = Field(0, ge=0, le=6)


class Days(Arguments):
    """Two calendar dates."""

    start: date
    end: date


class Amount(Arguments):
    """One amount of a loan; offer as for `python -m sandbox quote`."""

    figure: LoanFigure
    offer: dict[str, Any]


class Rate(Arguments):
    """One of the rates of a quote."""

    rate: str
    offer: dict[str, Any]


class Decided(Arguments):
    """A request as for `python -m sandbox request`."""

    case: dict[str, Any] = Field(default_factory=dict)


@call(Rounded, None)
def rounded(given: Rounded) -> Decimal:
    """A number rounded half up."""
    return given.number.quantize(Decimal(1).scaleb(-given.places), ROUND_HALF_UP, EXACT)


@call(Several, None)
def largest(given: Several) -> Decimal:
    """The largest of several numbers."""
    return max(given.of)


@call(Several, None)
def smallest(given: Several) -> Decimal:
    """The smallest of several numbers."""
    return min(given.of)


@call(Days, "days")
def days_between(given: Days) -> Decimal:
    """Days from one date to another."""
    return Decimal((given.end - given.start).days)


@call(Amount, "yuan")
def loan_figure(given: Amount) -> Decimal:
    """One amount of a loan, in yuan: received, instalment, interest, fees, paid, cost ..."""
    found = _amount(quote(Offer.model_validate(given.offer)), given.figure)
    if found is None:
        raise ValueError("this loan has no level instalment")
    return found


def _amount(found: Quote, figure: LoanFigure) -> Decimal | None:
    amounts = {
        "received": found.received,
        "instalment": found.instalment,
        "first_payment": found.rows[0].payment,
        "last_payment": found.rows[-1].payment,
        "first_interest": found.rows[0].interest,
        "interest": found.totals.interest,
        "fees": found.totals.fees,
        "paid": found.totals.payment,
        "cost": found.totals.cost,
    }
    return amounts[figure]


@call(Rate, "percent")
def loan_percent(given: Rate) -> Decimal:
    """A named rate of a quote in percent, two decimals."""
    rates = quote(Offer.model_validate(given.offer)).rates
    if given.rate not in rates:
        raise ValueError(f"there is no rate {given.rate!r}; known are {', '.join(sorted(rates))}")
    value = rates[given.rate].value
    if value is None:
        raise ValueError(f"this loan has no {given.rate}")
    return percent(value, 2)


@call(Decided, "minutes")
def lender_wait_minutes(given: Decided) -> Decimal:
    """Minutes until a retry is not stopped by the first reason; needs one that time heals."""
    decision = decide(Case.model_validate(given.case), book())
    waits = [r.retry_after_minutes for r in decision.reasons if r.retry_after_minutes is not None]
    if not waits:
        raise ValueError(f"the outcome is {decision.outcome}, and no reason heals by waiting")
    return Decimal(waits[0])
