"""Numbers of the glass-box lender: its counters, its limits, what it makes of a request."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import Field, ValidationError, model_validator

from sandbox.answers.calls import Arguments, call
from sandbox.lender.case import Case, History
from sandbox.lender.decide import decide
from sandbox.lender.decision import Check, Decision
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.lender.limits import Limit
from sandbox.lender.product import offer_for
from sandbox.loans import Quote, quote

MINUTES_AN_HOUR = 60
STEP = 100


class Requests(Arguments):
    """Earlier requests by their age in minutes."""

    requests_minutes_ago: tuple[int, ...]


class Window(Requests):
    """Earlier requests and the window they are counted in."""

    window_minutes: int = Field(60, ge=1)


class Tripped(Arguments):
    """How long ago a check tripped."""

    tripped_hours_ago: int = Field(ge=0)


class Nothing(Arguments):
    """No argument."""


class RuleName(Arguments):
    """A rule of the lender."""

    rule: str


class Asked(Arguments):
    """A request: `persona`, and whatever of request, applicant, history and platform differs."""

    case: Case

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "case" in given:
            return given
        facts = {key: value for key, value in given.items() if key not in cls.model_fields}
        rest = {key: value for key, value in given.items() if key in cls.model_fields}
        return {**rest, "case": case_of(facts)}


class Measured(Asked):
    """A request and the rule whose measure is wanted."""

    rule: str


@cache
def book() -> LenderBook:
    """The lender's book, read once."""
    return load_lenderbook()


def case_of(facts: Mapping[str, object]) -> Case:
    """The case of a persona with some facts changed; without a persona, the default applicant.

    Raises ValueError naming what is wrong.
    """
    given: dict[str, Any] = dict(facts)
    name = given.pop("persona", None)
    if name is not None:
        persona = book().personas.get(str(name))
        if persona is None:
            known = ", ".join(book().personas)
            raise ValueError(f"persona: there is no {name!r}; known are {known}")
        for part in ("request", "applicant"):
            changes = given.get(part, {})
            if not isinstance(changes, Mapping):
                raise ValueError(f"{part}: must be a mapping")
            given[part] = getattr(persona, part).model_dump() | dict(changes)
    try:
        return Case.model_validate(given)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in problem["loc"])
        raise ValueError(f"{place}: {problem['msg']}") from None


def _decided(case: Case) -> Decision:
    return decide(case, book())


def _check(rule: str, case: Case) -> Check:
    known = book().rule(rule)
    if known is None:
        names = ", ".join(sorted(rule.id for rule in book().rules))
        raise ValueError(f"rule: there is no {rule!r}; known are {names}")
    for stage in _decided(case).stages:
        for check in stage.checks:
            if check.rule == rule:
                return check
    raise ValueError(f"rule: this request never reaches {rule!r}")


def _priced(case: Case) -> Quote:
    price = _decided(case).price
    if price is None:
        raise ValueError(f"the request is not approved: {_decided(case).outcome}")
    return quote(offer_for(case.request, price.annual_rate))


@call(Requests, "minutes")
def velocity_wait_minutes(given: Requests) -> Decimal:
    """Minutes until one more request no longer trips the velocity rule of the book."""
    ages = sorted(given.requests_minutes_ago)
    for wait in range(24 * MINUTES_AN_HOUR):
        history = History(requests_minutes_ago=tuple(age + wait for age in ages))
        if _decided(Case(history=history)).outcome != "cool_down":
            return Decimal(wait)
    raise ValueError("no wait within a day is long enough")


@call(Window, "count")
def requests_in_window(given: Window) -> Decimal:
    """Requests inside the rolling window, the one sent now included."""
    inside = sum(1 for age in given.requests_minutes_ago if age < given.window_minutes)
    return Decimal(inside + 1)


@call(Nothing, "hours")
def cool_down_hours(_: Nothing) -> Decimal:
    """Hours of the cool-down that follows too many requests."""
    tripping = Case(history=History(requests_minutes_ago=(0, 0)))
    return Decimal(_decided(tripping).cool_down_minutes // MINUTES_AN_HOUR)


@call(Nothing, "hours")
def freeze_hours(_: Nothing) -> Decimal:
    """Hours of the freeze that follows a request during a cool-down."""
    tripping = Case(history=History(cool_down_left_minutes=MINUTES_AN_HOUR))
    return Decimal(_decided(tripping).freeze_minutes // MINUTES_AN_HOUR)


@call(Tripped, "hours")
def cool_down_left_hours(given: Tripped) -> Decimal:
    """Hours left of the cool-down the book imposes, so long after it began."""
    return max(Decimal(0), cool_down_hours(Nothing()) - given.tripped_hours_ago)


@call(Nothing, "count")
def velocity_limit(_: Nothing) -> Decimal:
    """Which request within the window trips the velocity rule."""
    for number in range(1, 100):
        history = History(requests_minutes_ago=(0,) * (number - 1))
        if _decided(Case(history=history)).outcome == "cool_down":
            return Decimal(number)
    raise ValueError("no number of requests trips the velocity rule")


@call(Measured, None)
def check_value(given: Measured) -> Decimal:
    """What a rule measures for a request, in the rule's own unit."""
    value = _check(given.rule, given.case).value
    if not isinstance(value, Decimal):
        raise ValueError(f"rule: {given.rule} measures no number here")
    return value


@call(RuleName, None)
def rule_limit(given: RuleName) -> Decimal:
    """The end of the range that passes a rule, in the rule's own unit."""
    limit: Limit | None = _check(given.rule, Case()).limit
    ends = [end for end in (limit.low, limit.high) if end is not None] if limit else []
    if len(ends) != 1:
        raise ValueError(f"rule: {given.rule} has {len(ends)} limits, not one")
    return ends[0]


@call(Asked, "percent")
def priced_rate(given: Asked) -> Decimal:
    """The nominal yearly rate the lender sets for a request it approves."""
    return _priced(given.case).offer.annual_rate * 100


@call(Asked, "yuan")
def priced_cost(given: Asked) -> Decimal:
    """The total cost of a request the lender approves."""
    return _priced(given.case).totals.cost


@call(Asked, "count")
def tripped_checks(given: Asked) -> Decimal:
    """How many checks stop a request or cut its amount."""
    stages = _decided(given.case).stages
    return Decimal(
        sum(c.status in ("tripped", "reduced") for stage in stages for c in stage.checks)
    )


@call(Asked, "yuan")
def most_approved(given: Asked) -> Decimal:
    """The largest amount, in hundreds, that is approved with everything else unchanged."""
    product = book().product
    low, high = int(product.amount_min) // STEP, int(product.amount_max) // STEP
    if not _approved(given.case, low):
        raise ValueError("not even the smallest amount is approved")
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _approved(given.case, middle) else (low, middle - 1)
    return Decimal(low * STEP)


def _approved(case: Case, hundreds: int) -> bool:
    request = case.request.model_copy(update={"amount": Decimal(hundreds * STEP)})
    return _decided(case.model_copy(update={"request": request})).outcome == "approved"
