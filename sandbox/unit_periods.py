"""Unit periods of US Regulation Z (12 CFR 1026, Appendix J, paragraphs (b)(3) to (b)(5)).

Which standard interval is a transaction's unit period, and how many whole and part unit periods
lie between two of its dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from sandbox.dates import add_months, is_month_end, month_length

Kind = Literal["day", "week", "semimonth", "month", "year", "term"]


@dataclass(frozen=True)
class UnitPeriod:
    """count intervals of a kind: 2 months, 4 weeks, 1 semimonth, 10 days.

    "term" is the whole term of a single-advance, single-payment credit shorter than a year.
    """

    kind: Kind
    count: int = 1

    @property
    def days(self) -> Fraction:
        """Nominal length in days, to order periods by length."""
        length = {
            "day": Fraction(1),
            "week": Fraction(7),
            "semimonth": Fraction(365, 24),
            "month": Fraction(365, 12),
            "year": Fraction(365),
            "term": Fraction(1),
        }[self.kind]
        return length * self.count


@dataclass(frozen=True)
class Clock:
    """Counts unit periods from the beginning of the term.

    anchor_day: the day of the month of the payment series, so that a 30th due on 28 February
    counts as the 30th; months of a series due on month ends run from month end to month end.
    """

    unit: UnitPeriod
    begins: date
    anchor_day: int | None = None
    per_year: Fraction = Fraction(12)

    def position(self, day: date) -> tuple[int, Fraction]:
        """Whole unit periods and the remaining fraction from the beginning to the day."""
        unit = self.unit
        if unit.kind == "term":
            return (1, Fraction(0)) if day > self.begins else (0, Fraction(0))
        days = (day - self.begins).days
        if unit.kind in ("day", "week"):
            length = unit.count * (7 if unit.kind == "week" else 1)
            return days // length, Fraction(days % length, length)
        months, rest = months_back(self.begins, day, self.anchor_day)
        if unit.kind == "month" and unit.count == 1:
            return months + rest // 30, Fraction(rest % 30, 30)
        if unit.kind == "year":
            years, months = divmod(months, 12)
            if rest == 0:
                return years, Fraction(months, 12)
            start_of_years = months_away(day, -12 * years, self.anchor_day)
            return years, Fraction((start_of_years - self.begins).days, 365)
        length = 15 if unit.kind == "semimonth" else 30 * unit.count
        whole, left = divmod(30 * months + rest, length)
        return whole, Fraction(left, length)


def months_away(day: date, months: int, anchor_day: int | None) -> date:
    """A date whole months away; a clamped date of a series at anchor_day regains that day."""
    return add_months(day, months, day=_day_of_series(day, anchor_day))


def _day_of_series(day: date, anchor_day: int | None) -> int:
    """The day of the month a date stands for: 28 February stands for the 30th of its series."""
    if anchor_day is not None and day.day < anchor_day and is_month_end(day):
        return anchor_day
    return day.day


def months_back(begins: date, day: date, anchor_day: int | None = None) -> tuple[int, int]:
    """Full months measured back from the later date, and the days left before them."""
    months = (day.year - begins.year) * 12 + day.month - begins.month
    wanted = _day_of_series(day, anchor_day)
    back = min(wanted, month_length(begins.year, begins.month))  # in the month of the beginning
    if back >= begins.day:
        return months, back - begins.day
    first = add_months(day, 1 - months, day=wanted)
    return months - 1, (first - begins).days


def anchor_day(begins: date, days: Sequence[date]) -> int | None:
    """The common day of the month of a series, seen through clamping, or None without one.

    The day on which the term begins, if every date is that day (28 February after 31 January).
    A series on month ends is anchored at the 31st if the term begins on a month end as well.
    """
    for wanted in (begins.day, max(day.day for day in days)):
        if all(day.day == min(wanted, month_length(day.year, day.month)) for day in days):
            ends = is_month_end(begins) and all(is_month_end(day) for day in days)
            return 31 if ends and len(days) > 1 else wanted
    return None


def clock(advances: Iterable[date], payments: Iterable[date]) -> Clock:
    """The unit period of a transaction and the counter of it.

    The term begins with the first advance. Paragraph (b)(4): the common period, not above a year,
    that occurs most often; the smaller one on a tie; without one the average of all periods,
    rounded to a standard interval. One advance and one payment: the term, at most a year.
    """
    drawn, paid = sorted(set(advances)), sorted(set(payments))
    begins = drawn[0]
    anchor = anchor_day(begins, paid)
    if len(drawn) == 1 and len(paid) == 1:
        return _single(begins, paid[0])
    periods = [(begins, paid[0]), *pairwise(paid), *pairwise(drawn)]
    periods = [(first, second) for first, second in periods if first < second]
    unit = _most_common(periods, paid, anchor) or _average(periods)
    per_year = {
        "day": Fraction(365, unit.count),
        "week": Fraction(52, unit.count),
        "semimonth": Fraction(24),
        "month": Fraction(12, unit.count),
    }.get(unit.kind, Fraction(1))
    return Clock(unit, begins, anchor, per_year)


def _single(begins: date, paid: date) -> Clock:
    months, rest = months_back(begins, paid, anchor_day(begins, [paid]))
    if months >= 12:
        return Clock(UnitPeriod("year"), begins, None, Fraction(1))
    if rest == 0 and months > 0:
        return Clock(UnitPeriod("term"), begins, None, Fraction(12, months))
    return Clock(UnitPeriod("term"), begins, None, Fraction(365, (paid - begins).days))


def _lengths(first: date, second: date, anchor: int | None) -> list[UnitPeriod]:
    """Every standard interval that a period between two dates equals; its days if it equals none.

    Four weeks may be a month as well (28 February to 28 March).
    """
    found = []
    months, rest = months_back(first, second, anchor)
    if rest == 0 and 1 <= months <= 12:
        found.append(UnitPeriod("year") if months == 12 else UnitPeriod("month", months))
    days = (second - first).days
    if days % 7 == 0 and days <= 364:
        found.append(UnitPeriod("week", days // 7))
    if not found and days <= 365:
        found.append(UnitPeriod("day", days))
    return found


def _semimonths(paid: Sequence[date]) -> int:
    """Periods of a series that falls twice a month on two fixed days half a month apart."""
    series = [
        (first, middle, last)
        for first, middle, last in zip(paid, paid[1:], paid[2:], strict=False)
        if months_back(first, last, last.day if not is_month_end(last) else 31) == (1, 0)
        and 12 <= (middle - first).days <= 18
    ]
    return len(series) + 1 if series else 0


def _most_common(
    periods: Sequence[tuple[date, date]], paid: Sequence[date], anchor: int | None
) -> UnitPeriod | None:
    counts: Counter[UnitPeriod] = Counter()
    for first, second in periods:
        counts.update(_lengths(first, second, anchor))
    if _semimonths(paid) > 1:
        counts[UnitPeriod("semimonth")] = _semimonths(paid)
    common = [(count, unit) for unit, count in counts.items() if count > 1]
    if not common:
        return None
    most = max(count for count, _ in common)
    return min((unit for count, unit in common if count == most), key=lambda unit: unit.days)


def _average(periods: Sequence[tuple[date, date]]) -> UnitPeriod:
    """The mean period rounded to the nearest standard interval, the lower one when equally near."""
    mean = Fraction(
        sum((second - first) // timedelta(1) for first, second in periods), len(periods)
    )
    standard = [
        UnitPeriod("day"),
        UnitPeriod("semimonth"),
        UnitPeriod("year"),
        *(UnitPeriod("week", count) for count in range(1, 53)),
        *(UnitPeriod("month", count) for count in range(1, 12)),
    ]
    return min(standard, key=lambda unit: (abs(unit.days - mean), unit.days))
