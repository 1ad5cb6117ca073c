"""Cover ratios of project loans, against the identities that define them."""

from __future__ import annotations

from decimal import Decimal as D

import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.coverage import debt_capacity, debt_service_cover, loan_life_cover, present_value
from sandbox.input_error import InputError
from sandbox.loans import Offer, quote


def test_debt_that_a_cash_flow_supports() -> None:
    """A training site's example: a present value of 1,201.4 at cover 1.50 supports 800.9."""
    assert round(debt_capacity(D("1201.4"), D("1.50")), 2) == D("800.93")


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30), st.integers(0, 3000))
def test_present_value_is_the_libraries(cash: list[int], rate: int) -> None:
    expected = npf.npv(rate / 10_000, [0, *cash])
    ours = present_value([D(amount) for amount in cash], D(rate) / 10_000)
    assert float(ours) == pytest.approx(expected, rel=1e-12)


def test_a_level_loan_paid_from_exactly_its_instalments_is_covered_once() -> None:
    rows = quote(Offer(principal=D(10000), period_rate=D("0.01"))).rows
    cash = [row.payment for row in rows]
    assert round(loan_life_cover(cash, D("0.01"), D(10000)), 5) == 1
    first = rows[0]
    assert debt_service_cover(first.payment, first.interest, first.principal) == 1
    assert debt_service_cover(first.payment * 2, first.interest, first.principal) == 2


def test_no_debt_has_no_cover() -> None:
    with pytest.raises(InputError) as refused:
        debt_service_cover(D(5), D(0), D(0))
    assert (refused.value.field, refused.value.reason) == ("interest", "too_small")
