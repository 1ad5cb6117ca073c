"""The regular periods of loans and cash flows: how far a step goes, how many a year holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from sandbox.dates import add_months

Period = Literal[
    "day",
    "week",
    "fortnight",
    "four_weeks",
    "semimonth",
    "month",
    "two_months",
    "quarter",
    "half_year",
    "year",
]


class Step(NamedTuple):
    """Periods of a year by convention, and the length: days or calendar months, not both.

    A semimonth has neither: its two days of the month must be stated.
    """

    per_year: int
    days: int = 0
    months: int = 0


STEPS: dict[str, Step] = {
    "day": Step(365, days=1),
    "week": Step(52, days=7),
    "fortnight": Step(26, days=14),
    "four_weeks": Step(13, days=28),
    "semimonth": Step(24),
    "month": Step(12, months=1),
    "two_months": Step(6, months=2),
    "quarter": Step(4, months=3),
    "half_year": Step(2, months=6),
    "year": Step(1, months=12),
}


def stepped(anchor: date, period: Period, count: int) -> date:
    """The day a number of periods after the anchor, clamped to month ends; not for a semimonth."""
    step = STEPS[period]
    if step.months:
        return add_months(anchor, step.months * count)
    return anchor + timedelta(step.days * count)
