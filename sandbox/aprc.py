"""EU annual percentage rate of charge (Directive 2008/48/EC annex I, 2014/17/EU annex I)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from sandbox.dates import add_months
from sandbox.rates import RateFigure, figure, solve
from sandbox.unit_periods import anchor_day, months_away, months_back

Interval = Literal["auto", "month", "week", "year", "day", "day_365.25"]

_SOURCE = "Directive 2008/48/EC annex I part I; 2014/17/EU annex I"


def years_between(
    begins: date, day: date, interval: Interval = "month", anchor: int | None = None
) -> Fraction:
    """Years from the first drawdown to a date, in the annex's intervals.

    month: whole equal months (1/12 year) counted backwards from the date, then the days left over
    the days (365 or 366) of the year that ends where the months begin. week: whole weeks (1/52),
    year: whole years, days likewise. day: only days. day_365.25: days over 365.25 (the former UK
    practice).
    """
    if interval == "day_365.25":
        return Fraction((day - begins).days * 4, 1461)
    whole = Fraction(0)
    rest = (day - begins).days
    if interval in ("month", "auto"):
        months, rest = months_back(begins, day, anchor)
        whole = Fraction(months, 12)
    elif interval == "year":
        years = months_back(begins, day, anchor)[0] // 12
        rest = (months_away(day, -12 * years, anchor) - begins).days
        whole = Fraction(years)
    elif interval == "week":
        weeks, rest = divmod(rest, 7)
        whole = Fraction(weeks, 52)
    if rest == 0:
        return whole
    ends = date.fromordinal(begins.toordinal() + rest)
    return whole + Fraction(rest, (ends - add_months(ends, -12)).days)


def natural_interval(begins: date, days: Sequence[date]) -> Interval:
    """The period that fits the dates: months if each is whole months after the first drawdown,
    else weeks if each is whole weeks after it; else the steps of the dates among themselves
    (years, then months, then weeks), and months if those have none.
    """
    later = sorted({day for day in days if day > begins})
    if not later:
        return "month"
    anchor = anchor_day(begins, later)
    if all(months_back(begins, day, anchor)[1] == 0 for day in later):
        return "month"
    if all((day - begins).days % 7 == 0 for day in later):
        return "week"
    steps = [months_back(first, second, anchor) for first, second in pairwise(later)]
    if steps and all(rest == 0 for _, rest in steps):
        return "year" if all(months % 12 == 0 for months, _ in steps) else "month"
    if steps and all((second - first).days % 7 == 0 for first, second in pairwise(later)):
        return "week"
    return "month"


def eu_aprc(flows: Sequence[tuple[date, Decimal]], interval: Interval = "auto") -> RateFigure:
    """The effective annual rate at which drawdowns (positive) equal repayments and charges
    (negative), in the annex's intervals from the first drawdown, shown with one decimal.
    """
    begins = min((day for day, amount in flows if amount > 0), default=flows[0][0])
    days = [day for day, amount in flows if amount]
    if interval == "auto":
        interval = natural_interval(begins, days)
    later = [day for day in days if day > begins] or [begins]
    anchor = anchor_day(begins, later) if interval in ("month", "year") else None
    timed = [
        (float(_signed(begins, day, interval, anchor)), float(amount)) for day, amount in flows
    ]
    return figure(
        solve(timed),
        lambda rate: rate,
        convention="eu_aprc" if interval != "day_365.25" else "aprc_days_365_25",
        source=_SOURCE,
        places=1,
    )


def _signed(begins: date, day: date, interval: Interval, anchor: int | None) -> Fraction:
    """Years, negative for a charge paid before the first drawdown."""
    if day < begins:
        return -years_between(day, begins, interval)
    return years_between(begins, day, interval, anchor)
