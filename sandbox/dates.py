"""Calendar steps that do not drift and day-count conventions.

Local calendar dates only. Days run from the start (included) to the end (excluded).
"""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from sandbox.money import EXACT

DayCount = Literal["actual/365", "actual/360", "30/360", "30E/360", "30/360US", "actual/actual"]


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def calendar_day(value: object) -> date:
    """A date from a date or its text YYYY-MM-DD; raises a pydantic error not_a_date otherwise."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_a_date", "a calendar date written YYYY-MM-DD is expected")


CalendarDay = Annotated[date, BeforeValidator(calendar_day)]
"""A local calendar date; timestamps and numbers are refused."""

_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Days in the month."""
    return 29 if month == 2 and isleap(year) else _LENGTHS[month]


def is_month_end(day: date) -> bool:
    """Whether the day is the last of its month."""
    return day.day == month_length(day.year, day.month)


def add_months(
    anchor: date, months: int, *, day: int | None = None, end_of_month: bool = False
) -> date:
    """The date `months` calendar months from the anchor, clamped to the month's last day.

    Always step from the anchor, never from the previous result: 31 January steps to 28 February
    and then to 31 March. day replaces the anchor's day of the month (so that a 30th clamped in
    February returns to the 30th); with end_of_month an anchor on a month's last day stays there.
    Raises OverflowError outside the years 1 to 9999.
    """
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    wanted = anchor.day if day is None else day
    if end_of_month and is_month_end(anchor):
        wanted = 31
    return _clamped(year, month, wanted)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, day if day <= 28 else min(day, month_length(year, month)))


def month_series(
    anchor: date, step: int, numbers: range, *, end_of_month: bool = False
) -> list[date]:
    """`add_months(anchor, step * number)` for every number, the years not checked."""
    wanted = 31 if end_of_month and is_month_end(anchor) else anchor.day
    first = anchor.year * 12 + anchor.month - 1
    indices = range(first + step * numbers.start, first + step * numbers.stop, step)
    return [_clamped(index // 12, index % 12 + 1, wanted) for index in indices]


def _days_30(y1: int, m1: int, d1: int, y2: int, m2: int, d2: int) -> int:
    return 360 * (y2 - y1) + 30 * (m2 - m1) + d2 - d1


def _last_of_february(day: date) -> bool:
    return day.month == 2 and is_month_end(day)


def days_between(start: date, end: date, convention: DayCount) -> int:
    """Days by the convention; a 30/360 family count or the actual days.

    30/360 (bond basis, ISDA 2006 4.16 f): a 31st start becomes 30, then a 31st end becomes 30 only
    if the start is the 30th. 30E/360 (4.16 g): both 31sts become 30. 30/360US: additionally the
    last day of February counts as the 30th, at the start, and at the end if the start is one too.
    """
    d1, d2 = start.day, end.day
    match convention:
        case "actual/365" | "actual/360" | "actual/actual":
            return (end - start).days
        case "30/360":
            d1 = min(d1, 30)
            d2 = 30 if d2 == 31 and d1 == 30 else d2
        case "30E/360":
            d1, d2 = min(d1, 30), min(d2, 30)
        case "30/360US":
            if _last_of_february(start):
                d2 = 30 if _last_of_february(end) else d2
                d1 = 30
            d2 = 30 if d2 == 31 and d1 >= 30 else d2
            d1 = min(d1, 30)
    return _days_30(start.year, start.month, d1, end.year, end.month, d2)


def year_ratio(start: date, end: date, convention: DayCount) -> tuple[int, int]:
    """Years between two dates as an exact ratio of integers (numerator, denominator).

    actual/actual is ISDA's: days in leap years over 366 plus the other days over 365.
    """
    if convention == "actual/365":
        return (end - start).days, 365
    if convention != "actual/actual":
        return days_between(start, end, convention), 360
    if end < start:
        backwards, denominator = year_ratio(end, start, convention)
        return -backwards, denominator
    leap = common = 0
    for year in range(start.year, end.year + 1):
        first = max(start, date(year, 1, 1)).toordinal()
        after = min(end.toordinal(), date(year, 12, 31).toordinal() + 1)
        if isleap(year):
            leap += after - first
        else:
            common += after - first
    return leap * 365 + common * 366, 365 * 366


def year_fraction(start: date, end: date, convention: DayCount) -> Decimal:
    """Years between two dates, to 50 digits."""
    numerator, denominator = year_ratio(start, end, convention)
    return EXACT.divide(Decimal(numerator), Decimal(denominator))
