"""Named calculations that quiz items and lessons may ask for, so that no figure is typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from sandbox.answers_quiz import QUIZ_ANSWERS
from sandbox.lender.case import Case, History
from sandbox.lender.decide import decide
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.loans import Offer, quote

Answer = Callable[[Mapping[str, object]], Decimal]
MINUTES_AN_HOUR = 60


class _Arguments(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Requests(_Arguments):
    requests_minutes_ago: tuple[int, ...]


class _Window(_Requests):
    window_minutes: int = Field(60, ge=1)


class _Tripped(_Arguments):
    tripped_hours_ago: int = Field(ge=0)


class _Loan(_Arguments):
    principal: Decimal
    annual_rate: Decimal
    periods: int
    method: str = "equal_instalment"


@cache
def _book() -> LenderBook:
    return load_lenderbook()


def velocity_wait_minutes(args: Mapping[str, object]) -> Decimal:
    """Minutes until one more request no longer trips the velocity rule of the book."""
    ages = sorted(_Requests.model_validate(args).requests_minutes_ago)
    for wait in range(24 * MINUTES_AN_HOUR):
        history = History(requests_minutes_ago=tuple(age + wait for age in ages))
        if decide(Case(history=history), _book()).outcome != "cool_down":
            return Decimal(wait)
    raise ValueError("no wait within a day is long enough")


def requests_in_window(args: Mapping[str, object]) -> Decimal:
    """Requests inside the rolling window, the one sent now included."""
    given = _Window.model_validate(args)
    inside = sum(1 for age in given.requests_minutes_ago if age < given.window_minutes)
    return Decimal(inside + 1)


def cool_down_left_hours(args: Mapping[str, object]) -> Decimal:
    """Hours left of the cool-down the book imposes, so long after it began."""
    given = _Tripped.model_validate(args)
    tripping = Case(history=History(requests_minutes_ago=(0, 0)))
    full = decide(tripping, _book()).cool_down_minutes // MINUTES_AN_HOUR
    return Decimal(max(0, full - given.tripped_hours_ago))


def total_interest(args: Mapping[str, object]) -> Decimal:
    """Interest and fees of a loan over its whole schedule, in yuan."""
    loan = _Loan.model_validate(args)
    return quote(Offer.model_validate(loan.model_dump())).totals.cost


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        **QUIZ_ANSWERS,
        **{
            call.__name__: call
            for call in (
                velocity_wait_minutes,
                requests_in_window,
                cool_down_left_hours,
                total_interest,
            )
        },
    }
)
