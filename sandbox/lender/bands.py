"""Bands: a gap-free cut of the number line into ranges, each with an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

RuleOutcome = Literal[
    "pass", "retry_later", "unknown", "decline", "cool_down", "freeze", "stay_frozen"
]
Number = Annotated[Decimal, Field(allow_inf_nan=False)]
RESTRICTIONS = ("cool_down", "freeze")


class Verdict(BaseModel):
    """What follows when the value lies here.

    hours is the length of a restriction; annual_rate a price, as a yearly fraction.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: RuleOutcome
    reason: str | None = Field(None, pattern=r"^[A-Z][0-9]{2}$")
    hours: int | None = Field(None, ge=1, le=24 * 365)
    annual_rate: Decimal | None = Field(None, ge=0, le=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.outcome == "pass" and self.reason:
            raise ValueError("a passing band has no reason code")
        if self.outcome != "pass" and not self.reason:
            raise ValueError(f"outcome {self.outcome} needs a reason code")
        if (self.hours is not None) != (self.outcome in RESTRICTIONS):
            raise ValueError("hours goes with cool_down and freeze, and only with them")
        if self.annual_rate is not None and self.outcome != "pass":
            raise ValueError("annual_rate goes with a passing band only")
        return self


class Band(Verdict):
    """One range: `from` includes its end and `above` does not; `to` excludes, `through` includes.

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
        """Whether the value lies in this band."""
        return not (
            (self.from_ is not None and value < self.from_)
            or (self.above is not None and value <= self.above)
            or (self.to is not None and value >= self.to)
            or (self.through is not None and value > self.through)
        )


def band_problem(bands: Sequence[Band]) -> str | None:
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


class Limit(BaseModel):
    """The range of values that pass, around or nearest to the value seen; an open end is None.

    low_included and high_included say whether the end itself passes.
    """

    model_config = ConfigDict(frozen=True)

    low: Decimal | None = None
    low_included: bool = True
    high: Decimal | None = None
    high_included: bool = False

    def distance(self, value: Decimal) -> Decimal:
        """How far the value is from this range; 0 inside it (or on its very edge)."""
        if self.low is not None and value < self.low:
            return self.low - value
        if self.high is not None and value > self.high:
            return value - self.high
        return Decimal(0)


def passing_limit(bands: Sequence[Band], value: Decimal | None) -> Limit | None:
    """The passing range nearest to the value; None if no band passes."""
    ranges: list[list[Band]] = []
    previous_passed = False
    for band in bands:
        if band.outcome == "pass":
            if previous_passed:
                ranges[-1].append(band)
            else:
                ranges.append([band])
        previous_passed = band.outcome == "pass"
    limits = [
        Limit(
            low=run[0].low,
            low_included=run[0].above is None,
            high=run[-1].high,
            high_included=run[-1].through is not None,
        )
        for run in ranges
    ]
    if not limits:
        return None
    return limits[0] if value is None else min(limits, key=lambda limit: limit.distance(value))
