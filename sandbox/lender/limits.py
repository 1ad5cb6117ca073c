"""The range of values that pass, and how far a value is from it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from sandbox.lender.bands import Band


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


def passing_ranges(bands: Sequence[Band]) -> tuple[Limit, ...]:
    """Every unbroken range of values that pass, in rising order."""
    ranges: list[list[Band]] = []
    previous_passed = False
    for band in bands:
        if band.outcome == "pass":
            if previous_passed:
                ranges[-1].append(band)
            else:
                ranges.append([band])
        previous_passed = band.outcome == "pass"
    return tuple(
        Limit(
            low=run[0].low,
            low_included=run[0].above is None,
            high=run[-1].high,
            high_included=run[-1].through is not None,
        )
        for run in ranges
    )


def nearest(limits: Sequence[Limit], value: Decimal | None) -> Limit | None:
    """The passing range nearest to the value; None if no value passes."""
    if not limits:
        return None
    if value is None or len(limits) == 1:
        return limits[0]
    return min(limits, key=lambda limit: limit.distance(value))


def passing_limit(bands: Sequence[Band], value: Decimal | None) -> Limit | None:
    """The passing range nearest to the value; None if no band passes."""
    return nearest(passing_ranges(bands), value)
