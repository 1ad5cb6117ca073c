"""Published rates: spreadsheets, the appendix, short British loans, and what other solvers miss."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from sandbox.aprc import eu_aprc
from sandbox.loans import Offer, Quote, quote
from sandbox.loans.annuity import level_payment
from sandbox.money import round_to
from sandbox.rates import irr_compound, irr_simple, solve, xirr
from sandbox.us_apr import us_apr


def of(**terms: Any) -> Quote:
    return quote(Offer.model_validate(terms))


def test_spreadsheet_payments() -> None:
    """Help pages of PMT, IPMT, PPMT, CUMIPMT and CUMPRINC."""
    assert of(principal=10000, annual_rate="0.08", periods=10).instalment == D("1037.03")
    assert of(principal=8000, annual_rate="0.10", periods=36).rows[0].interest == D("66.67")
    yearly = of(principal=8000, annual_rate="0.10", periods=3, period="year")
    assert yearly.rows[2].interest == D("292.45")
    fine: dict[str, Any] = {"money_unit": "0.000001"}
    first = of(principal=2000, annual_rate="0.10", periods=24, **fine).rows[0]
    assert round(first.principal, 2) == D("75.62")
    tenth = of(principal=200000, annual_rate="0.08", periods=10, period="year", **fine).rows[9]
    assert round(tenth.principal, 2) == D("27598.05")
    rows = of(principal=125000, annual_rate="0.09", periods=360, **fine).rows
    assert round(sum((row.interest for row in rows[12:24]), D(0)), 2) == D("11135.23")
    assert round(sum((row.principal for row in rows[12:24]), D(0)), 4) == D("934.1071")
    assert (rows[0].interest, round(rows[0].principal, 5)) == (D("937.5"), D("68.27827"))


def test_numpy_financial_payment() -> None:
    """Docstring of pmt: 200,000 at 7.5 % over 15 years is 1,854.0247."""
    fine = of(principal=200000, annual_rate="0.075", periods=180, money_unit="0.000001")
    assert fine.instalment == D("1854.024720")


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-70000, 12000, 15000, 18000, 21000], "-0.021"),
        ([-70000, 12000, 15000, 18000, 21000, 26000], "0.087"),
        ([-70000, 12000, 15000], "-0.444"),
        ([-100, 0, 0, 74], "-0.0955"),
        ([-100, 100, 0, 7], "0.06206"),
    ],
)
def test_documented_internal_rates(flows: list[int], rate: str) -> None:
    """Help page of IRR, and the docstring of numpy-financial's irr."""
    found = solve(enumerate(map(float, flows))).rate
    assert found is not None
    assert round(D(repr(found)), -int(D(rate).as_tuple().exponent)) == D(rate)


@pytest.mark.parametrize(
    ("flows", "documented"), [([-100, 100, 0, -7], -0.0833), ([-5, 10.5, 1, -8, 1], 0.0886)]
)
def test_documented_rates_that_are_not_the_only_ones(flows: list[float], documented: float) -> None:
    """The docstring of numpy-financial's irr gives one root; there are others."""
    solution = solve(enumerate(map(float, flows)))
    assert (solution.rate, solution.problem) == (None, "not_unique")
    assert any(root == pytest.approx(documented, abs=5e-5) for root in solution.roots)
    for root in solution.roots:
        assert sum(x * (1 + root) ** -k for k, x in enumerate(flows)) == pytest.approx(0, abs=1e-9)


def test_spreadsheet_xirr_and_rate() -> None:
    """Help pages of XIRR (37.34 %), RATE (0.77 % a month, 9.24 % a year) and EFFECT."""
    days = [(2008, 1, 1), (2008, 3, 1), (2008, 10, 30), (2009, 2, 15), (2009, 4, 1)]
    amounts = [-10000, 2750, 4250, 3250, 2750]
    flows = [(date(*day), D(amount)) for day, amount in zip(days, amounts, strict=True)]
    assert round(xirr(flows).value or 0, 7) == D("0.3733625")
    monthly = solve([(0, 8000.0), *((k, -200.0) for k in range(1, 49))])
    assert round(100 * (irr_simple(monthly, 12).value or 0), 2) == D("9.24")
    quarterly = solve([(0, 1.0), (1, -1.013125)])
    assert round(irr_compound(quarterly, 4).value or 0, 7) == D("0.0535427")


# Annualised cost


def test_the_appendix_example_to_six_decimals() -> None:
    """Appendix J (b)(9): 12.825576 before it is shown as 12.83."""
    offer = of(principal=1000, instalment="33.61", annual_rate="0.1283", periods=36)
    start = offer.offer.start
    flows = [(start, D(1000)), *((row.due_date, D("-33.61")) for row in offer.rows)]
    assert round(100 * (us_apr(flows).value or 0), 6) == D("12.825576")


def test_five_days_in_a_leap_year() -> None:
    """10 to 15 October 2012: 324.436 % by 5/365, 326.1 % by the annex, whose year has 366 days."""
    flows = [(date(2012, 10, 10), D(500)), (date(2012, 10, 15), D(-510))]
    assert round(100 * (xirr(flows).value or 0), 3) == D("324.436")
    assert eu_aprc(flows).published == D("326.1")


@pytest.mark.parametrize(
    ("lent", "paid", "days", "shown"),
    [
        (250, "319.97", 28, "2400.3"),
        (350, "447.97", 23, "4935.9"),
        (150, "191.99", 36, "1123.2"),
        (100, "127.99", 26, "3103.4"),
        (280, "358.40", 25, "3584.2"),
        (400, "511.96", 36, "1122.9"),
        (250, "319.97", 27, "2716.8"),
        (150, "191.99", 9, "2238723.9"),
        (200, "255.98", 27, "2717.4"),
        (300, "383.97", 16, "27865.8"),
        ("364.54", "450", 30, "1199.0"),
        (250, "319.98", 16, "27875.8"),
    ],
)
def test_short_loans_by_days_of_365_25(lent: int | str, paid: str, days: int, shown: str) -> None:
    """Representative examples of UK lenders, as the tests of two APR libraries record them."""
    start = date(2026, 1, 1)
    flows = [(start, D(lent)), (start + timedelta(days), -D(paid))]
    assert eu_aprc(flows, "day_365.25").published == D(shown)


@pytest.mark.parametrize(
    ("lent", "paid", "months", "shown"),
    [(200, "350", 1, "82400.5"), (200, "250", 1, "1355.2"), (10000, "222.44", 60, "12.7")],
)
def test_months_of_a_consumer_finance_association(
    lent: int, paid: str, months: int, shown: str
) -> None:
    """An overdraft, a short-term and a personal loan compared by the UK's CFA."""
    solution = solve([(0, float(lent)), *((k, -float(paid)) for k in range(1, months + 1))])
    compound = irr_compound(solution, 12).value
    assert compound is not None
    assert round_to(100 * compound, D("0.1")) == D(shown)


# Roots


def test_ill_posed_and_extreme_rates() -> None:
    """Newton's steps jump below -1 on (1000, -5); one day at 2.55 % a day is 1,092,636 % a year."""
    assert solve([(0, 1000.0), (1, -5.0)]).rate == pytest.approx(-0.995, abs=1e-12)
    yearly = irr_compound(solve([(0, 100.0), (1, -102.58)]), 365).value
    assert yearly is not None
    assert yearly > 10_000


@pytest.mark.parametrize("count", [240, 241, 360, 361, 480, 481])
def test_long_series_keep_their_rate(count: int) -> None:
    """Lengths at which another library once answered None or a negative rate."""
    payment = float(level_payment(D(100000), [D("0.005")] * count))
    rate = solve([(0, 100000.0), *((k, -payment) for k in range(1, count + 1))]).rate
    assert rate == pytest.approx(0.005, abs=1e-13)
