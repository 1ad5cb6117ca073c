"""The vectorised engine equals the exact one to the cent, and its rates the scalar ones."""

from __future__ import annotations

from decimal import Decimal as D

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.loans import InputError, Offer, Quote, quote
from sandbox.loans.batch import BatchMethod, annual_rates, period_rates, schedules
from sandbox.rates import solve

loans = st.tuples(st.integers(1, 10**10), st.integers(0, 3_000_000), st.integers(1, 48))
PERIODS = {"week": 52, "fortnight": 26, "month": 12, "quarter": 4, "year": 1}
methods: list[BatchMethod] = ["equal_instalment", "equal_principal", "interest_first", "flat_fee"]


def exact(offer: Offer) -> Quote | tuple[str, str]:
    """The exact quote, or field and reason of its refusal."""
    try:
        return quote(offer)
    except InputError as refusal:
        return refusal.field, refusal.reason


@pytest.mark.parametrize("method", methods)
@settings(max_examples=80)
@given(loan=loans, period=st.sampled_from(sorted(PERIODS)))
def test_rows_equal_the_exact_engine(
    loan: tuple[int, int, int], period: str, method: BatchMethod
) -> None:
    minor, millionths, periods = loan
    offer = Offer.model_validate(
        {
            "principal": D(minor) / 100,
            "annual_rate": D(millionths) / 10**6,
            "periods": periods,
            "method": method,
            "period": period,
        }
    )
    expected = exact(offer)
    if isinstance(expected, tuple):
        with pytest.raises(InputError) as caught:
            schedules([minor], [millionths], [periods], method, PERIODS[period])
        assert (caught.value.field, caught.value.reason) == expected
        return
    batch = schedules([minor], [millionths], [periods], method, PERIODS[period])
    for name in ("principal", "interest", "balance", "payment"):
        column = [int(getattr(row, name) * 100) for row in expected.rows]
        assert getattr(batch, name)[0].tolist() == column
    if expected.instalment is not None:
        assert batch.instalment[0] == expected.instalment * 100


@pytest.mark.parametrize("method", methods)
def test_thirty_years_equal_the_exact_engine(method: BatchMethod) -> None:
    generator = np.random.default_rng(11)
    lent = generator.integers(10**6, 10**9, 20)
    rates = generator.integers(0, 240_000, 20)
    batch = schedules(lent, rates, 360, method)
    for line in range(20):
        offer = Offer(
            principal=D(int(lent[line])) / 100,
            annual_rate=D(int(rates[line])) / 10**6,
            periods=360,
            method=method,
        )
        rows = quote(offer).rows
        assert batch.payment[line].tolist() == [int(row.payment * 100) for row in rows]
        assert batch.balance[line].tolist() == [int(row.balance * 100) for row in rows]


def test_loans_of_different_length_side_by_side() -> None:
    batch = schedules([500_000, 1_200_000], 120_000, [18, 12])
    for line, (principal, periods) in enumerate([(5000, 18), (12000, 12)]):
        rows = quote(Offer(principal=D(principal), annual_rate=D("0.12"), periods=periods)).rows
        expected = [int(row.payment * 100) for row in rows] + [0] * (18 - periods)
        assert batch.payment[line].tolist() == expected
        assert batch.principal[line].sum() == principal * 100


def test_a_half_cent_is_decided_exactly() -> None:
    """At zero interest 1.25 / 10 is 12.5 cents and 0.45 / 2 is 22.5: half up, as in `quote`."""
    assert schedules([125, 45], [0, 0], [10, 2]).instalment.tolist() == [13, 23]


def test_rates_agree_with_the_scalar_engine_and_pyxirr() -> None:
    generator = np.random.default_rng(7)
    lent = generator.integers(100_000, 10_000_000, 300)
    batch = schedules(lent, generator.integers(1_000, 2_000_000, 300), 12)
    received = lent * generator.uniform(0.7, 1.0, 300)
    rates = period_rates(received, batch.payment)
    for index in range(300):
        flows = [float(received[index]), *(-float(x) for x in batch.payment[index])]
        scalar = solve(enumerate(flows)).rate
        assert scalar is not None
        assert rates[index] == pytest.approx(scalar, abs=1e-9)
        assert rates[index] == pytest.approx(pyxirr.irr(flows), abs=1e-9)


@settings(max_examples=100)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40), st.integers(1, 10**7))
def test_any_payments_converge_to_the_only_root(payments: list[int], received: int) -> None:
    rate = float(period_rates([received], [payments])[0])
    if not any(payments):
        assert np.isnan(rate)
        return
    scalar = solve(enumerate([float(received), *(-float(x) for x in payments)])).rate
    assert scalar is not None
    assert rate == pytest.approx(scalar, rel=1e-9, abs=1e-9)


def test_annualised_as_the_quote_does() -> None:
    offer = Offer(principal=D(12000), period_rate=D("0.006"), method="flat_fee")
    simple, compound = annual_rates([12000], [[1072] * 12])
    figures = quote(offer).rates
    assert simple[0] == pytest.approx(float(figures["irr_simple"].value or 0), abs=1e-9)
    assert compound[0] == pytest.approx(float(figures["irr_compound"].value or 0), abs=1e-9)


def test_no_rate_is_not_a_number() -> None:
    assert np.isnan(period_rates([0.0, 100.0], [[10.0], [0.0]])).all()


@pytest.mark.parametrize(
    ("arguments", "field", "reason"),
    [
        (([1.5], [0], [1]), "principal", "not_an_integer"),
        (([0], [0], [1]), "principal", "too_small"),
        (([10**15], [0], [1]), "principal", "too_large"),
        (([10**14], [36_000_000], [1]), "principal", "too_large"),
        (([100], [-1], [1]), "annual_rate", "too_small"),
        (([100], [0], [601]), "periods", "too_large"),
        (([True], [0], [1]), "principal", "not_an_integer"),
    ],
)
def test_bad_input_is_refused(arguments: tuple[object, ...], field: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        schedules(*arguments)  # type: ignore[arg-type]
    assert (caught.value.field, caught.value.reason) == (field, reason)


def test_bad_flows_are_refused() -> None:
    with pytest.raises(InputError, match="finite"):
        period_rates([1.0], [[np.inf]])
    with pytest.raises(InputError, match="negative"):
        period_rates([1.0], [[-1.0]])
    with pytest.raises(InputError, match="line"):
        period_rates([1.0, 2.0], [[1.0]])


@pytest.mark.parametrize(
    ("received", "payments"),
    [
        (10**7, [10**6, *[0] * 598, 1]),  # most of it never repaid, and a trifle after fifty years
        (1, [10**6] * 600),
        (10**9, [*[0] * 359, 1]),
        (100, [*[0] * 599, 10**12]),
        (5, [3, 3]),
    ],
)
def test_payments_far_apart(received: int, payments: list[int]) -> None:
    scalar = solve(enumerate([float(received), *(-float(x) for x in payments)])).rate
    assert scalar is not None
    assert period_rates([received], [payments])[0] == pytest.approx(scalar, rel=1e-9, abs=1e-10)


def test_a_rate_out_of_range_is_not_a_number() -> None:
    assert np.isnan(period_rates([1.0, 1.0], [[1e17], [1e-10]])).all()
