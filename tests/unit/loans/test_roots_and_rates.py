"""Internal rates: published values, missing and several roots, three independent libraries."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise

import numpy_financial as npf
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from sandbox.rates import irr_compound, irr_simple, solve, xirr
from sandbox.roots import brent, discount_roots


def test_xirr_equals_spreadsheets() -> None:
    """Documentation of the Rust crate xirr: 0.1635371584432641, equal to spreadsheet results."""
    flows = [
        (date(2015, 6, 11), D(-1000)),
        (date(2015, 7, 21), D(-9000)),
        (date(2015, 10, 17), D(-3000)),
        (date(2018, 6, 10), D(20000)),
    ]
    assert xirr(flows).value == D("0.1635371584")


def test_irr_of_four_payments() -> None:
    """numpy-financial documentation of irr: 0.28095."""
    rate = solve(enumerate([-100.0, 39, 59, 55, 20])).rate
    assert rate == pytest.approx(0.28095, abs=5e-6)


def test_two_roots_are_reported_not_chosen() -> None:
    """Two libraries answer 10 % and 20 % for these flows without a word."""
    figure = irr_simple(solve(enumerate([-100.0, 230, -132])), 1)
    assert (figure.value, figure.problem) == (None, "not_unique")
    assert figure.roots == (D("0.1000000000"), D("0.2000000000"))


@pytest.mark.parametrize(
    ("flows", "problem"),
    [
        ([-100.0, 230, -133], "no_root"),
        ([100.0, 20], "no_sign_change"),
        ([0.0, 0], "no_sign_change"),
        ([1.0, -1e17], "out_of_range"),
        ([1.0, -1.0] * 30, "not_unique"),
    ],
)
def test_no_root_is_said_so(flows: list[float], problem: str) -> None:
    solution = solve(enumerate(flows))
    assert (solution.rate, solution.problem) == (None, problem)


def test_beyond_the_range_searched() -> None:
    assert irr_compound(solve([(0, 100.0), (1, -200000.0)]), 365).problem == "out_of_range"


def test_flows_of_one_day_have_no_rate() -> None:
    same = date(2026, 1, 1)
    assert xirr([(same, D(100)), (same, D(-120))]).problem == "no_sign_change"


def test_a_touching_root_is_found() -> None:
    solution = solve(enumerate([-100.0, 220, -121]))
    assert solution.roots == pytest.approx((0.1,), abs=1e-7)


def test_rates_of_a_million_percent() -> None:
    assert solve([(0, 500.0), (5 / 365, -510.0)]).rate == pytest.approx(3.24436, abs=5e-6)
    assert solve([(0, 1.0), (1, -10001.0)]).rate == pytest.approx(10000)


def test_a_week_for_three_tenths() -> None:
    """700 in hand, 1,000 after seven days: 42.86 % a week, (10/7)**(365/7) - 1 a year."""
    start = date(2026, 1, 5)
    value = xirr([(start, D(700)), (start + timedelta(7), D(-1000))]).value
    assert float(value or 0) == pytest.approx((10 / 7) ** (365 / 7) - 1, rel=1e-9)


def test_the_solver_needs_a_bracket() -> None:
    assert brent(lambda x: x * x - 2, 0, 2) == pytest.approx(math.sqrt(2), abs=1e-15)
    with pytest.raises(ValueError, match="no sign change"):
        brent(lambda x: x * x + 1, -1, 1)


payments = st.lists(st.integers(1, 500), min_size=1, max_size=30)


@settings(max_examples=60)
@given(payments, st.integers(100, 5000))
def test_three_oracles_agree_on_conventional_flows(amounts: list[int], lent: int) -> None:
    flows = [float(lent), *(-float(amount) for amount in amounts)]
    rate = solve(enumerate(flows)).rate
    assert rate is not None
    ours = npf.npv(rate, flows)
    assert abs(ours) <= 1e-9 * sum(abs(x * (1 + rate) ** -k) for k, x in enumerate(flows))

    def value(i: float) -> float:
        return sum(x * math.exp(-k * math.log1p(i)) for k, x in enumerate(flows))

    if rate > -0.9:
        assert rate == pytest.approx(brentq(value, -0.95, 1e4, xtol=1e-14), abs=1e-9)
    if 1e-6 < rate < 1:
        assert rate == pytest.approx(pyxirr.irr(flows), abs=1e-9)
        assert rate == pytest.approx(npf.irr(flows), abs=1e-9)


@settings(max_examples=40)
@given(st.lists(st.integers(5, 90), min_size=1, max_size=12), st.integers(1, 40))
def test_xirr_agrees_with_pyxirr(gaps: list[int], margin: int) -> None:
    day = date(2024, 1, 1)
    flows = [(day, D(100 * len(gaps)))]
    for gap in gaps:
        day += timedelta(gap)
        flows.append((day, -D(100 + margin)))
    value = xirr(flows).value
    assert value is not None
    theirs = pyxirr.xirr([d for d, _ in flows], [float(a) for _, a in flows])
    assert float(value) == pytest.approx(theirs, rel=1e-8, abs=1e-9)


@settings(max_examples=60)
@given(st.lists(st.floats(0.01, 1.5), min_size=1, max_size=4, unique=True))
def test_every_root_of_a_made_polynomial_is_found(rates: list[float]) -> None:
    """Flows with the discount factors 1/(1+r) as polynomial roots."""
    spread = sorted(rates)
    if any(b - a < 0.02 for a, b in pairwise(spread)):
        return
    flows = [1.0]
    for rate in spread:
        shifted = [0.0, *flows]
        flows = [a - b * (1 + rate) for a, b in zip([*flows, 0.0], shifted, strict=True)]
    found = [math.expm1(u) for u in discount_roots(range(len(flows)), flows)]
    assert found == pytest.approx(spread, rel=1e-5)
