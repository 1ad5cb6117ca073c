"""Bands: a gap-free cut of the number line into ranges, each with an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

RuleOutcome = Literal[
    "pass",
    "reduce",
    "retry_later",
    "step_up",
    "refer",
    "decline",
    "cool_down",
    "duplicate",
    "unknown",
    "freeze",
    "stay_frozen",
]
SEVERITY: dict[RuleOutcome, int] = {
    "pass": 0,
    "reduce": 1,
    "retry_later": 2,
    "step_up": 3,
    "refer": 4,
    "decline": 5,
    "cool_down": 6,
    "duplicate": 7,
    "unknown": 8,
    "freeze": 9,
    "stay_frozen": 10,
}
"""How grave an outcome is: when several checks of a stage trip, the gravest names the decision."""

Number = Annotated[Decimal, Field(allow_inf_nan=False)]
Hours = Annotated[int, Field(ge=1, le=24 * 365)]
RESTRICTIONS = ("cool_down", "freeze")


class Verdict(BaseModel):
    """What follows when the value lies here.

    hours is the length of a restriction, hours_again its length at the second, third ... time
    (the last one repeats); cut_limit_percent of the own limit is withheld for cut_limit_days;
    annual_rate is a price, as a yearly fraction.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: RuleOutcome
    reason: str | None = Field(None, pattern=r"^[A-Z][0-9]{2}$")
    hours: Hours | None = None
    hours_again: tuple[Hours, ...] = Field((), max_length=5)
    cut_limit_percent: int | None = Field(None, ge=1, le=100)
    cut_limit_days: int | None = Field(None, ge=1, le=365)
    annual_rate: Decimal | None = Field(None, ge=0, le=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.outcome == "pass" and self.reason:
            raise ValueError("a passing band has no reason code")
        if self.outcome != "pass" and not self.reason:
            raise ValueError(f"outcome {self.outcome} needs a reason code")
        if (self.hours is not None) != (self.outcome in RESTRICTIONS):
            raise ValueError("hours goes with cool_down and freeze, and only with them")
        if self.hours_again and list(self.hours_again) != sorted({*self.hours_again}):
            raise ValueError("hours_again must rise: repeating never makes it milder")
        if self.hours_again and (self.hours is None or self.hours_again[0] < self.hours):
            raise ValueError("hours_again must not be shorter than hours")
        if (self.cut_limit_percent is None) != (self.cut_limit_days is None):
            raise ValueError("cut_limit_percent and cut_limit_days go together")
        if self.cut_limit_percent and self.outcome == "pass":
            raise ValueError("a passing band cuts no limit")
        if self.annual_rate is not None and self.outcome != "pass":
            raise ValueError("annual_rate goes with a passing band only")
        return self

    def restricted_hours(self, times_before: int) -> int:
        """Length of the restriction after so many earlier ones; 0 if there is none."""
        if self.hours is None or times_before == 0 or not self.hours_again:
            return self.hours or 0
        return self.hours_again[min(times_before, len(self.hours_again)) - 1]

    @property
    def burden(self) -> tuple[int, int, Decimal]:
        """How hard the verdict is on the borrower, to compare two of one rule."""
        return SEVERITY[self.outcome], self.hours or 0, self.annual_rate or Decimal(0)


class Range(BaseModel):
    """A range: `from` includes its end and `above` does not; `to` excludes, `through` includes.

    A missing end is open. Neighbours meet as `to: x` / `from: x` or `through: x` / `above: x`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    from_: Number | None = Field(None, alias="from")
    above: Number | None = None
    to: Number | None = None
    through: Number | None = None

    @model_validator(mode="after")
    def _one_end_a_side(self) -> Self:
        if self.from_ is not None and self.above is not None:
            raise ValueError("give from or above, not both")
        if self.to is not None and self.through is not None:
            raise ValueError("give to or through, not both")
        return self

    @property
    def low(self) -> Decimal | None:
        """Lower end, None if open."""
        return self.from_ if self.from_ is not None else self.above

    @property
    def high(self) -> Decimal | None:
        """Upper end, None if open."""
        return self.to if self.to is not None else self.through

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in this range."""
        return not (
            (self.from_ is not None and value < self.from_)
            or (self.above is not None and value <= self.above)
            or (self.to is not None and value >= self.to)
            or (self.through is not None and value > self.through)
        )


class Band(Range, Verdict):
    """One range with what follows from it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def band_problem(bands: Sequence[Range]) -> str | None:
    """Say why the bands do not cover the line once, or None if they do."""
    if not bands:
        return "at least one band is needed"
    if bands[0].low is not None:
        return f"nothing covers values below {bands[0].low}"
    if bands[-1].high is not None:
        return f"nothing covers values beyond {bands[-1].high}"
    for number, (lower, upper) in enumerate(pairwise(bands), start=1):
        if lower.high is None or upper.low is None:
            return f"bands {number} and {number + 1}: both need an end where they meet"
        if lower.high != upper.low:
            kind = "gap" if lower.high < upper.low else "overlap"
            return f"bands {number} and {number + 1}: {kind} between {lower.high} and {upper.low}"
        if (lower.to is not None) != (upper.from_ is not None):
            kind = "gap" if lower.to is not None else "overlap"
            return f"bands {number} and {number + 1}: {kind} at exactly {lower.high}"
        if lower.low is not None and lower.low >= lower.high:
            return f"band {number} is empty"
    return None
