"""EU annual percentage rate of charge (Directive 2008/48/EC annex I, 2014/17/EU annex I)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sandbox.dates import add_months
from sandbox.rates import RateFigure, figure, solve
from sandbox.unit_periods import anchor_day, months_back

Interval = Literal["auto", "month", "week", "day", "day_365.25"]

_SOURCE = "Directive 2008/48/EC annex I part I; 2014/17/EU annex I"


def years_between(
    begins: date, day: date, interval: Interval = "month", anchor: int | None = None
) -> Fraction:
    """Years from the first drawdown to a date, in the annex's intervals.

    month: whole equal months (1/12 year) counted backwards from the date, then the days left over
    the days (365 or 366) of the year that ends where the months begin. week: whole weeks (1/52),
    days likewise. day: only days. day_365.25: days over 365.25 (the former UK practice).
    """
    if interval == "day_365.25":
        return Fraction((day - begins).days * 4, 1461)
    whole = Fraction(0)
    rest = (day - begins).days
    if interval in ("month", "auto"):
        months, rest = months_back(begins, day, anchor)
        whole = Fraction(months, 12)
    elif interval == "week":
        weeks, rest = divmod(rest, 7)
        whole = Fraction(weeks, 52)
    if rest == 0:
        return whole
    ends = date.fromordinal(begins.toordinal() + rest)
    return whole + Fraction(rest, (ends - add_months(ends, -12)).days)


def natural_interval(begins: date, days: Sequence[date]) -> Interval:
    """Months if every date is whole months after the first drawdown, else weeks if every date is
    whole weeks after it or the dates run in whole weeks among themselves, else months."""
    later = [day for day in days if day > begins]
    if not later:
        return "month"
    anchor = anchor_day(begins, later)
    if all(months_back(begins, day, anchor)[1] == 0 for day in later):
        return "month"
    if all((day - later[0]).days % 7 == 0 for day in later) and (
        len(later) > 1 or (later[0] - begins).days % 7 == 0
    ):
        monthly = all(months_back(later[0], day, anchor)[1] == 0 for day in later)
        return "month" if monthly and len(later) > 1 else "week"
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
    anchor = anchor_day(begins, later) if interval == "month" else None
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
