"""What the lender decided, and everything it looked at on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lender.bands import RuleOutcome
from sandbox.lender.case import Source
from sandbox.lender.limits import Limit
from sandbox.lender.measures import Unit
from sandbox.lender.rules import Family, Stage

Outcome = Literal[
    "approved",
    "approved_less",
    "declined",
    "refer",
    "step_up",
    "retry_later",
    "unknown",
    "duplicate",
    "cool_down",
    "frozen",
]
APPROVALS: frozenset[Outcome] = frozenset({"approved", "approved_less"})
StageStatus = Literal["passed", "reduced", "tripped", "not_reached"]
CheckStatus = Literal["passed", "cleared", "reduced", "tripped"]
MAX_REASONS = 4
# Left to right, or a number read back from JSON text would stay text.
Measured = Annotated[Decimal | str | None, Field(union_mode="left_to_right")]


class Result(BaseModel):
    """Base of results: frozen, and readable back from its JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Points(Result):
    """One line of the scorecard: the value seen, the points it brought and the most it could."""

    characteristic: str
    unit: Unit
    value: Measured
    points: int
    most: int


class Check(Result):
    """One rule as it was applied.

    value is the measured number or category, None if the datum is missing; sources say who told
    it. limit is the range of numbers that pass, choices the categories that do. distance is how
    far a number is from passing (0 if it passes). status is "cleared" where an extra verification
    or accepted evidence sets the outcome aside. points are the scorecard's lines, for the score.
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
    sources: tuple[Source, ...] = ()
    points: tuple[Points, ...] = ()


class StageTrace(Result):
    """One stage: not_reached stages still name their rules, as checks not made.

    amount is what is left of the amount after a stage that reduced it.
    """

    stage: Stage
    status: StageStatus
    checks: tuple[Check, ...] = ()
    rules_not_run: tuple[str, ...] = ()
    amount: Decimal | None = None


class Reason(Result):
    """One ranked principal reason of a refusal, or of a smaller amount.

    retry_after_minutes is the longest simulated wait after which this reason is gone by itself,
    None if waiting alone does not help or the end is not known. lesson is the lesson's id, with
    an anchor where one fits. adverse_action names the Regulation B sample reason it corresponds to.
    """

    code: str
    rule: str
    family: Family
    unit: Unit
    value: Measured
    limit: Limit | None = None
    choices: tuple[str, ...] = ()
    retry_after_minutes: int | None = None
    sources: tuple[Source, ...] = ()
    lesson: str = ""
    adverse_action: str | None = None


class Price(Result):
    """The nominal annual rate (a fraction) the pricing stage set; the schedule follows from it."""

    annual_rate: Decimal


class Decision(Result):
    """Outcome, at most four ranked reasons, the full trace, and what the account must remember.

    cool_down_minutes and freeze_minutes are restrictions that start with this decision, as does
    the part of the limit withheld. amount is the principal on offer and price its rate, both on
    approval only (amount is None in decisions stored by an early version). report_read says
    whether the credit report was looked at, which leaves an enquiry on it. ruleset is the version
    of the rule files used, regime the policy regime in force.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = Field((), max_length=MAX_REASONS)
    stages: tuple[StageTrace, ...]
    price: Price | None = None
    amount: Decimal | None = None
    cool_down_minutes: int = 0
    freeze_minutes: int = 0
    cut_limit_percent: int = 0
    cut_limit_minutes: int = 0
    report_read: bool = False
    ruleset: str
    product: str
    regime: str = "baseline"

    @property
    def approved(self) -> bool:
        """Whether there is an offer, of the amount asked for or a smaller one."""
        return self.outcome in APPROVALS


class LookUp(Result):
    """What a status look-up after a time-out reveals.

    arrived says whether the request had reached the lender before the line broke; decision is
    what it decided then, None if nothing arrived.
    """

    arrived: bool
    decision: Decision | None = None
