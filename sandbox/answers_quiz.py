"""Named calculations for quiz items: plain arithmetic, any figure of a loan, what the lender sees.

Arithmetic is exact to 50 digits and is combined by nesting calls, so an item needs no formula
language and every figure still names what it was computed by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lender.case import Case
from sandbox.lender.decide import decide
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.loans import Offer, Quote, quote
from sandbox.money import EXACT
from sandbox.rates import percent

LoanFigure = Literal[
    "received", "instalment", "first_payment", "last_payment", "first_interest", "interest",
    "fees", "paid", "cost",
]  # fmt: skip


class _Arguments(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Numbers(_Arguments):
    of: tuple[Decimal, ...] = Field(min_length=2)


class _Pair(_Arguments):
    number: Decimal
    by: Decimal


class _Share(_Arguments):
    part: Decimal
    whole: Decimal


class _Rounded(_Arguments):
    number: Decimal
    places: int = Field(0, ge=0, le=6)


class _Days(_Arguments):
    start: date
    end: date


class _Loan(_Arguments):
    figure: LoanFigure
    offer: dict[str, Any]


class _Rate(_Arguments):
    rate: str
    offer: dict[str, Any]


class _Seen(_Arguments):
    control: str
    case: dict[str, Any] = Field(default_factory=dict)


class _Decided(_Arguments):
    case: dict[str, Any] = Field(default_factory=dict)


@cache
def _book() -> LenderBook:
    return load_lenderbook()


def plus(args: Mapping[str, object]) -> Decimal:
    """of: [a, b, ...] -> their sum."""
    result = Decimal(0)
    for number in _Numbers.model_validate(args).of:
        result = EXACT.add(result, number)
    return result


def minus(args: Mapping[str, object]) -> Decimal:
    """number, by -> number - by."""
    given = _Pair.model_validate(args)
    return EXACT.subtract(given.number, given.by)


def times(args: Mapping[str, object]) -> Decimal:
    """of: [a, b, ...] -> their product."""
    result = Decimal(1)
    for number in _Numbers.model_validate(args).of:
        result = EXACT.multiply(result, number)
    return result


def divided(args: Mapping[str, object]) -> Decimal:
    """number, by -> number / by. Raises ZeroDivisionError for by 0."""
    given = _Pair.model_validate(args)
    return EXACT.divide(given.number, given.by)


def percent_of(args: Mapping[str, object]) -> Decimal:
    """part, whole -> what percentage of the whole the part is (5 is 5 %)."""
    given = _Share.model_validate(args)
    return EXACT.divide(EXACT.multiply(given.part, Decimal(100)), given.whole)


def rounded(args: Mapping[str, object]) -> Decimal:
    """number, places (default 0) -> rounded half up."""
    given = _Rounded.model_validate(args)
    return given.number.quantize(Decimal(1).scaleb(-given.places), ROUND_HALF_UP, EXACT)


def largest(args: Mapping[str, object]) -> Decimal:
    """of: [a, b, ...] -> the largest."""
    return max(_Numbers.model_validate(args).of)


def smallest(args: Mapping[str, object]) -> Decimal:
    """of: [a, b, ...] -> the smallest."""
    return min(_Numbers.model_validate(args).of)


def days_between(args: Mapping[str, object]) -> Decimal:
    """start, end (dates) -> days from one to the other."""
    given = _Days.model_validate(args)
    return Decimal((given.end - given.start).days)


def loan_figure(args: Mapping[str, object]) -> Decimal:
    """figure, offer (as for `python -m sandbox quote`) -> one amount of the loan, in yuan."""
    given = _Loan.model_validate(args)
    found = _loan_amount(quote(Offer.model_validate(given.offer)), given.figure)
    if found is None:
        raise ValueError("this loan has no level instalment")
    return found


def _loan_amount(found: Quote, figure: LoanFigure) -> Decimal | None:
    match figure:
        case "received":
            return found.received
        case "instalment":
            return found.instalment
        case "first_payment":
            return found.rows[0].payment
        case "last_payment":
            return found.rows[-1].payment
        case "first_interest":
            return found.rows[0].interest
        case "interest":
            return found.totals.interest
        case "fees":
            return found.totals.fees
        case "paid":
            return found.totals.payment
        case "cost":
            return found.totals.cost


def loan_percent(args: Mapping[str, object]) -> Decimal:
    """rate (a name of the quote's `rates`), offer -> that rate in percent, two decimals."""
    given = _Rate.model_validate(args)
    rates = quote(Offer.model_validate(given.offer)).rates
    if given.rate not in rates:
        raise ValueError(f"there is no rate {given.rate!r}; known are {', '.join(sorted(rates))}")
    value = rates[given.rate].value
    if value is None:
        raise ValueError(f"this loan has no {given.rate}")
    return percent(value, 2)


def lender_value(args: Mapping[str, object]) -> Decimal:
    """control (a rule's id), case -> the number this control sees, in the rule's unit."""
    given = _Seen.model_validate(args)
    decision = decide(Case.model_validate(given.case), _book())
    checks = [check for stage in decision.stages for check in stage.checks]
    for check in checks:
        if check.rule == given.control:
            if not isinstance(check.value, Decimal):
                raise ValueError(f"{given.control} sees {check.value!r}, which is no number")
            return check.value
    made = ", ".join(check.rule for check in checks)
    raise ValueError(f"{given.control!r} is not reached; checked are: {made}")


def lender_wait_minutes(args: Mapping[str, object]) -> Decimal:
    """case -> minutes until a retry is not stopped by the first reason; needs one that time heals."""
    decision = decide(Case.model_validate(_Decided.model_validate(args).case), _book())
    waits = [r.retry_after_minutes for r in decision.reasons if r.retry_after_minutes is not None]
    if not waits:
        raise ValueError(f"the outcome is {decision.outcome}, and no reason heals by waiting")
    return Decimal(waits[0])


QUIZ_ANSWERS: Mapping[str, Callable[[Mapping[str, object]], Decimal]] = MappingProxyType(
    {
        call.__name__: call
        for call in (
            plus,
            minus,
            times,
            divided,
            percent_of,
            rounded,
            largest,
            smallest,
            days_between,
            loan_figure,
            loan_percent,
            lender_value,
            lender_wait_minutes,
        )
    }
)
