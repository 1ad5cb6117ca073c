"""Due dates and day counts against published tables (QuantLib's test suite) and by property."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.dates import DayCount, add_months, days_between, year_fraction
from sandbox.loans import Offer, quote
from sandbox.money import EXACT

PAIRS = [
    ("2006-08-31", "2007-02-28", 181, 178, 178, 178),
    ("2007-02-28", "2007-08-31", 184, 183, 182, 180),
    ("2006-01-31", "2006-02-28", 28, 28, 28, 28),
    ("2006-02-28", "2006-03-03", 3, 5, 5, 3),
    ("2008-02-29", "2009-02-28", 365, 359, 359, 360),
]
CONVENTIONS: tuple[DayCount, ...] = ("actual/365", "30/360", "30E/360", "30/360US")
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize("pair", PAIRS)
def test_days_of_each_convention(pair: tuple[str, str, int, int, int, int]) -> None:
    start, end = date.fromisoformat(pair[0]), date.fromisoformat(pair[1])
    counted = tuple(days_between(start, end, convention) for convention in CONVENTIONS)
    assert counted == pair[2:]


def test_actual_actual_splits_leap_years() -> None:
    years = year_fraction(date(2008, 2, 29), date(2009, 2, 28), "actual/actual")
    assert round(years, 5) == D("0.99770")


def test_a_year_by_360_is_longer() -> None:
    years = year_fraction(date(2026, 1, 1), date(2027, 1, 1), "actual/360")
    assert round(years, 4) == D("1.0139")


@given(days, days, st.sampled_from([*CONVENTIONS, "actual/360", "actual/actual"]))
def test_swapping_actual_dates_changes_the_sign(a: date, b: date, convention: DayCount) -> None:
    if convention.startswith("actual"):
        assert year_fraction(a, b, convention) + year_fraction(b, a, convention) == 0
    assert year_fraction(a, a, convention) == 0


@pytest.mark.parametrize(
    ("start", "end_of_month", "expected"),
    [
        ("2024-01-31", False, "2024-02-29 2024-03-31 2024-04-30 2024-05-31 2024-06-30"),
        ("2024-02-29", False, "2024-03-29 2024-04-29 2024-05-29 2024-06-29 2024-07-29"),
        ("2024-02-29", True, "2024-03-31 2024-04-30 2024-05-31 2024-06-30 2024-07-31"),
        ("2025-12-29", False, "2026-01-29 2026-02-28 2026-03-29 2026-04-29 2026-05-29"),
    ],
)
def test_due_dates_step_from_the_anchor(start: str, end_of_month: bool, expected: str) -> None:
    offer = Offer.model_validate({"start": start, "periods": 5, "end_of_month": end_of_month})
    assert " ".join(row.due_date.isoformat() for row in quote(offer).rows) == expected


@given(days, st.integers(-600, 600))
def test_months_keep_the_day_or_the_month_end(anchor: date, months: int) -> None:
    try:
        stepped = add_months(anchor, months)
    except OverflowError:
        assert not 1 <= anchor.year + months // 12 <= 9998
        return
    difference = (stepped.year - anchor.year) * 12 + stepped.month - anchor.month
    assert difference == months
    assert stepped.day == anchor.day or (
        stepped.day < anchor.day and add_months(stepped, 0, day=31) == stepped
    )


@pytest.mark.parametrize(
    ("period", "days_apart", "count"),
    [("week", 7, 52), ("fortnight", 14, 26), ("four_weeks", 28, 13)],
)
def test_weekly_periods(period: str, days_apart: int, count: int) -> None:
    result = quote(Offer.model_validate({"period": period, "periods": 10, "annual_rate": "0.52"}))
    gaps = {
        (b.due_date - a.due_date).days for a, b in zip(result.rows, result.rows[1:], strict=False)
    }
    assert gaps == {days_apart}
    assert result.rows[0].interest == (D(5200) / count).quantize(D("0.01"))


def test_given_dates_bear_interest_by_the_day() -> None:
    result = quote(
        Offer.model_validate(
            {
                "principal": 36500,
                "annual_rate": "0.10",
                "period": "dates",
                "start": "2026-01-01",
                "due_dates": ["2026-01-11", "2026-03-02"],
                "method": "interest_first",
            }
        )
    )
    assert [row.interest for row in result.rows] == [D("100.00"), D("500.00")]


def test_odd_first_period_in_thirtieths() -> None:
    """A month counted back from 1 March, then 17 days: 1 + 17/30 of a month's interest."""
    result = quote(
        Offer.model_validate(
            {
                "principal": 30000,
                "period_rate": "0.01",
                "method": "interest_first",
                "start": "2026-01-15",
                "first_due": "2026-03-01",
                "periods": 3,
            }
        )
    )
    assert [row.interest for row in result.rows] == [D("470.00"), D("300.00"), D("300.00")]
    assert result.rows[1].due_date == date(2026, 4, 1)
    assert result.rates["irr_simple"].value == pytest.approx(D("0.12"), abs=D("0.0005"))


def test_the_same_day_is_no_day() -> None:
    day = date(2026, 1, 31)
    for convention in get_args(DayCount):
        assert year_fraction(day, day, convention) == 0


@pytest.mark.parametrize(
    ("start", "end", "days_365", "days_366"),
    [
        ("2020-01-28", "2020-02-28", 0, 31),
        ("2019-01-28", "2019-02-28", 31, 0),
        ("2017-12-31", "2019-12-31", 730, 0),
        ("2019-06-30", "2021-06-30", 365, 366),
        ("2020-02-29", "2021-02-28", 58, 307),
        ("2019-12-31", "2020-01-01", 1, 0),
    ],
)
def test_actual_actual_by_year(start: str, end: str, days_365: int, days_366: int) -> None:
    """Factors in the tests of the library curo (ISDA 1999)."""
    years = year_fraction(date.fromisoformat(start), date.fromisoformat(end), "actual/actual")
    assert years == EXACT.divide(D(days_365 * 366 + days_366 * 365), D(365 * 366))


@pytest.mark.parametrize(
    ("start", "end", "bond", "us"),
    [
        ("2020-01-28", "2020-02-29", 31, 31),
        ("2020-01-31", "2020-03-31", 60, 60),
        ("2020-02-28", "2020-03-31", 33, 33),
        ("2020-02-29", "2020-03-31", 32, 30),
        ("2023-02-28", "2024-02-29", 361, 360),
        ("2017-12-31", "2019-12-31", 720, 720),
    ],
)
def test_thirty_days_a_month(start: str, end: str, bond: int, us: int) -> None:
    """Bond basis (ISDA 4.16 f) and the US rule, which takes the end of February for the 30th."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert days_between(first, last, "30/360") == bond
    assert days_between(first, last, "30/360US") == us
