"""EU APRC: intervals of the annex and published rates.

"EC": examples prepared for DG FISMA (January 2015); "SWD": Commission guidelines SWD(2012) 128.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction

import pytest

from sandbox.aprc import Interval, eu_aprc, years_between
from sandbox.dates import add_months
from sandbox.rates import percent, xirr


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("begins", "ends", "interval", "years"),
    [
        ("2013-02-25", "2013-03-28", "month", Fraction(1, 12) + Fraction(3, 366)),  # SWD 4.1.1
        ("2012-01-12", "2012-02-15", "month", Fraction(1, 12) + Fraction(3, 365)),  # EC 2.1
        ("2012-10-10", "2013-10-10", "month", Fraction(1)),
        ("2026-01-15", "2026-01-20", "month", Fraction(5, 365)),
        ("2024-02-26", "2024-03-02", "month", Fraction(5, 366)),
        ("2026-01-01", "2026-01-22", "week", Fraction(3, 52)),
        ("2026-01-01", "2026-01-24", "week", Fraction(3, 52) + Fraction(2, 365)),
        ("2026-01-01", "2026-02-01", "day", Fraction(31, 365)),
        ("2026-01-01", "2026-02-01", "day_365.25", Fraction(124, 1461)),
    ],
)
def test_intervals_are_counted_backwards(
    begins: str, ends: str, interval: Interval, years: Fraction
) -> None:
    assert years_between(day(begins), day(ends), interval) == years


def test_annuity_with_fee() -> None:
    """EC example 1, with the level payment to the end: 6.434412 %."""
    start = day("2012-01-01")
    flows = [(start, D(196000))]
    flows += [(add_months(start, k), D("-1432.86")) for k in range(1, 241)]
    figure = eu_aprc(flows)
    assert figure.value == pytest.approx(D("0.06434412"), abs=D("1e-8"))
    assert figure.published == D("6.4")


def test_first_interval_longer_by_three_days() -> None:
    """EC example 2.1: signed on 12 January 2012, due on the 15th: 6.434185 %."""
    start = day("2012-01-12")
    flows = [(start, D(196000))]
    flows += [(add_months(day("2012-01-15"), k), D("-1433.57")) for k in range(1, 241)]
    assert eu_aprc(flows).value == pytest.approx(D("0.06434185"), abs=D("1e-8"))


def test_months_are_not_days() -> None:
    """Two months are 2/12 of a year: 85.585 %; counting 31/365 and 61/365 gives 84.63 %."""
    flows = [
        (day("2012-10-10"), D(500)),
        (day("2012-11-10"), D(-270)),
        (day("2012-12-10"), D(-270)),
    ]
    by_months, by_days = eu_aprc(flows).value, xirr(flows).value
    assert by_months is not None
    assert by_days is not None
    assert percent(by_months, 3) == D("85.585")
    assert percent(by_days, 2) == D("84.63")


@pytest.mark.parametrize(("interval", "shown"), [("day", "1283.7"), ("day_365.25", "1286.2")])
def test_a_very_dear_month(interval: Interval, shown: str) -> None:
    flows = [(day("2026-01-01"), D(100)), (day("2026-02-01"), D(-125))]
    assert eu_aprc(flows, interval).published == D(shown)


def test_five_days() -> None:
    flows = [(day("2026-01-05"), D(500)), (day("2026-01-10"), D(-510))]
    value = eu_aprc(flows).value
    assert value is not None
    assert percent(value, 3) == D("324.436")


def test_weekly_repayments_count_fifty_two_weeks() -> None:
    start = day("2026-01-05")
    flows = [(start, D(1000))]
    flows += [(start + timedelta(7 * k), D(-105)) for k in range(1, 11)]
    value = eu_aprc(flows).value
    assert value is not None
    paid = sum(105 * (1 + float(value)) ** (-k / 52) for k in range(1, 11))
    assert paid == pytest.approx(1000, abs=1e-6)


def test_published_rounding_is_half_up() -> None:
    """Annex I: 3.055 is shown as 3.1 or 3.06."""
    assert percent(D("0.03055"), 1) == D("3.1")
    assert percent(D("0.03055"), 2) == D("3.06")
