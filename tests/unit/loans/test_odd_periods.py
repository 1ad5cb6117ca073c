"""First periods that are longer or shorter than the others, by every convention for odd days."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from sandbox.loans import Offer, Quote, quote

MORTGAGE: dict[str, Any] = {
    "principal": 200_000,
    "annual_rate": "0.06",
    "periods": 240,
    "upfront_fee": 4000,
    "odd_days": "calendar_year",
}


def of(**terms: Any) -> Quote:
    return quote(Offer.model_validate(terms))


@pytest.mark.parametrize(
    ("start", "first_due", "instalment", "aprc"),
    [
        ("2012-01-12", "2012-02-15", "1433.57", "6.434185"),  # EC 2, case 1: 3/365
        ("2012-12-12", "2013-01-15", "1433.56", "6.434111"),  # EC 2, case 2: 3/366
        ("2015-01-01", "2015-01-15", "1429.01", "6.435937"),  # EC 18, case 1: 14 days
        ("2012-06-01", "2012-07-21", "1437.54", "6.432478"),  # EC 18, case 2: a month, 20/366
    ],
)
def test_odd_days_as_parts_of_a_calendar_year(
    start: str, first_due: str, instalment: str, aprc: str
) -> None:
    """EC examples 2 and 18, instalment and rate. The document does not round rows, so the rates
    differ by what a last payment of some euros more or less weighs after twenty years."""
    result = of(**MORTGAGE, start=start, first_due=first_due)
    assert result.instalment == D(instalment)
    assert {row.payment for row in result.rows[:-1]} == {D(instalment)}
    assert result.totals.principal == D("200000.00")
    value = result.rates["eu_aprc"].value
    assert value is not None
    assert 100 * value == pytest.approx(D(aprc), abs=D("1e-4"))


def test_odd_days_before_yearly_payments() -> None:
    """EC example 2, case 3: twenty payments of 16,541.86, the first after 34 days, 6.282070 %."""
    terms = {**MORTGAGE, "periods": 20, "period": "year"}
    result = of(**terms, start="2012-01-12", first_due="2012-02-15")
    assert result.instalment == D("16541.86")
    value = result.rates["eu_aprc"].value
    assert value is not None
    assert 100 * value == pytest.approx(D("6.282070"), abs=D("1e-5"))


def test_a_day_of_the_period_it_belongs_to() -> None:
    """Fineract, LoanScheduleGeneratorTest: 17 of the 31 days to 1 February."""
    result = of(
        principal="192.22",
        annual_rate="0.0999",
        periods=6,
        start="2024-01-15",
        first_due="2024-02-01",
        odd_days="calendar_period",
    )
    assert [str(row.principal) for row in result.rows] == [
        "31.97", "31.52", "31.78", "32.04", "32.31", "32.60",
    ]  # fmt: skip
    assert [str(row.interest) for row in result.rows] == [
        "0.88", "1.33", "1.07", "0.81", "0.54", "0.27",
    ]  # fmt: skip
    assert (result.instalment, result.rows[-1].payment) == (D("32.85"), D("32.87"))


@pytest.mark.parametrize(
    ("period", "first_due", "odd_days", "interest"),
    [
        ("month", "2026-03-01", "thirtieths", "156.67"),  # 1 + 17/30 months
        ("month", "2026-03-01", "calendar_period", "154.84"),  # 1 + 17/31
        ("month", "2026-03-01", "calendar_year", "155.89"),  # 1/12 + 17/365 years
        ("quarter", "2026-06-01", "thirtieths", "456.67"),  # 4 months and 17 days of 30
        ("quarter", "2026-06-01", "calendar_period", "450.00"),  # 1 + 45/90 quarters
        ("quarter", "2026-06-01", "calendar_year", "455.89"),  # 4/12 + 17/365 years
        ("fortnight", "2026-02-05", "thirtieths", "69.23"),  # 1.5 fortnights of 26 a year
        ("fortnight", "2026-02-05", "calendar_period", "69.23"),
        ("week", "2026-02-05", "calendar_year", "69.23"),  # 3/52 years
        ("week", "2026-02-06", "calendar_year", "72.52"),  # 3/52 + 1/365
        ("month", "2026-02-28", "thirtieths", "143.33"),  # 1 + 13/30
    ],
)
def test_interest_of_a_long_first_period(
    period: str, first_due: str, odd_days: str, interest: str
) -> None:
    result = of(
        principal=10_000,
        annual_rate="0.12",
        method="interest_first",
        period=period,
        start="2026-01-15",
        first_due=first_due,
        odd_days=odd_days,
    )
    assert result.rows[0].interest == D(interest)


def test_from_a_month_end_to_the_next_is_one_month() -> None:
    result = of(start="2026-01-31", first_due="2026-02-28", period_rate="0.01")
    assert result.rows[0].interest == D("100.00")


def test_interest_above_the_instalment_waits_without_interest() -> None:
    """Half a year to the first due date: 6,000 of interest, an instalment of 1,468.51."""
    result = of(
        principal=200_000,
        annual_rate="0.06",
        periods=240,
        start="2026-01-15",
        first_due="2026-07-15",
        odd_days="thirtieths",
    )
    level = result.instalment
    first, second = result.rows[:2]
    assert level == D("1468.51")  # 1,432.8621 * 1.03 / 1.005
    assert (first.interest, first.principal, first.payment) == (level, D(0), level)
    assert (second.interest, second.principal) == (level, D(0))
    assert {row.payment for row in result.rows[:-1]} == {level}
    assert result.totals.principal == D("200000.00")
    assert sum(row.interest for row in result.rows[:12]) < D("6000") + 11 * D("1000")
    settled = of(
        principal=200_000,
        annual_rate="0.06",
        periods=240,
        start="2026-01-15",
        first_due="2026-07-15",
        prepayments=[{"after_instalment": 1}],
    )
    assert settled.totals.cost == D("6000.00")  # nothing waits longer than the loan


def test_a_kept_instalment_below_the_interest_leaves_it_to_the_last() -> None:
    """The rate triples, the instalment stays: what it does not cover waits for the last payment."""
    result = of(
        principal=100_000,
        annual_rate="0.05",
        periods=120,
        rate_changes=[{"after_instalment": 12, "annual_rate": "0.15", "keep_instalment": True}],
    )
    assert {row.payment for row in result.rows[:-1]} == {result.instalment}
    assert result.totals.principal == D("100000.00")
    assert result.rows[-1].payment > D("90000")
