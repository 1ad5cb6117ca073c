"""What the lender decided, and everything it looked at on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lender.bands import Limit, RuleOutcome
from sandbox.lender.measures import Unit
from sandbox.lender.rules import Family, Stage

Outcome = Literal["approved", "declined", "retry_later", "unknown", "cool_down", "frozen"]
StageStatus = Literal["passed", "tripped", "not_reached"]
CheckStatus = Literal["passed", "tripped"]
MAX_REASONS = 4
# Left to right, or a number read back from JSON text would stay text.
Measured = Annotated[Decimal | str | None, Field(union_mode="left_to_right")]


class Result(BaseModel):
    """Base of results: frozen, and readable back from its JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(Result):
    """One rule as it was applied.

    value is the measured number or category, None if the datum is missing; limit is the range
    of numbers that pass, choices the categories that do. distance is how far a number is from
    passing (0 if it passes).
    """

    rule: str
    family: Family
    unit: Unit
    value: Measured
    status: CheckStatus
    outcome: RuleOutcome
    limit: Limit | None = None
    choices: tuple[str, ...] = ()
    distance: Decimal | None = None
    reason: str | None = None
    hours: int | None = None


class StageTrace(Result):
    """One stage: not_reached stages still name their rules, as checks not made."""

    stage: Stage
    status: StageStatus
    checks: tuple[Check, ...] = ()
    rules_not_run: tuple[str, ...] = ()


class Reason(Result):
    """One ranked principal reason of a refusal.

    retry_after_minutes is the simulated wait before another try can succeed, None if waiting
    alone does not help or the end is not known.
    """

    code: str
    rule: str
    family: Family
    unit: Unit
    value: Measured
    limit: Limit | None = None
    choices: tuple[str, ...] = ()
    retry_after_minutes: int | None = None


class Price(Result):
    """The nominal annual rate (a fraction) the pricing stage set; the schedule follows from it."""

    annual_rate: Decimal


class Decision(Result):
    """Outcome, at most four ranked reasons, the full trace, and what the account must remember.

    cool_down_minutes and freeze_minutes are restrictions that start with this decision.
    price is set on approval only. ruleset is the version of the rule files used.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = Field((), max_length=MAX_REASONS)
    stages: tuple[StageTrace, ...]
    price: Price | None = None
    cool_down_minutes: int = 0
    freeze_minutes: int = 0
    ruleset: str
    product: str


class LookUp(Result):
    """What a status look-up after a time-out reveals.

    arrived says whether the request had reached the lender before the line broke; decision is
    what it decided then, None if nothing arrived.
    """

    arrived: bool
    decision: Decision | None = None
