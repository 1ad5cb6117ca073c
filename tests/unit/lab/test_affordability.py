"""The safe instalment, the loan it carries, and how a shock uses up the cash."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.affordability import (
    GAP,
    LESS,
    STEADY,
    Budget,
    Shock,
    cash_path,
    largest_loan,
    safe_instalment,
)
from sandbox.loans import InputError, Offer, quote

BUDGET = Budget(
    income=D(8000), spending=D(4500), debts=D(600), buffer=D(500), savings=D(5000), share=D("0.4")
)


def test_the_smaller_limit_decides() -> None:
    safe = safe_instalment(BUDGET)
    assert (safe.by_share, safe.by_rest) == (D("2600.00"), D(2400))
    assert (safe.amount, safe.bound) == (D(2400), "what_is_left")
    frugal = safe_instalment(BUDGET.model_copy(update={"spending": D(3000)}))
    assert (frugal.amount, frugal.bound) == (D(2600), "share_of_income")
    nothing = safe_instalment(BUDGET.model_copy(update={"spending": D(8000)}))
    assert nothing.amount == 0


def test_the_share_is_rounded_down() -> None:
    assert safe_instalment(Budget(income=D("0.03"), share=D("0.5"))).by_share == D("0.01")


@settings(max_examples=80, deadline=None)
@given(
    st.integers(100, 10**6).map(lambda minor: D(minor) / 100),
    st.integers(1, 120),
    st.integers(0, 3600).map(lambda steps: D(steps) / 10_000),
    st.sampled_from(["equal_instalment", "equal_principal", "flat_fee"]),
)
def test_one_more_yuan_breaks_the_line(instalment: D, periods: int, rate: D, method: Any) -> None:
    def largest(principal: D) -> D:
        terms = {"periods": periods, "annual_rate": rate, "method": method}
        course = quote(Offer.model_validate({**terms, "principal": principal}))
        return max(row.payment for row in course.rows)

    def possible(principal: D) -> bool:
        try:
            return largest(principal) > 0
        except InputError as error:
            return error.reason != "too_small"

    loan = largest_loan(instalment, periods, rate, method)
    if loan is None:
        # not even what can be split into so many instalments: each takes a cent at least
        least = next(principal for principal in range(1, 10) if possible(D(principal)))
        assert largest(D(least)) > instalment
        return
    assert largest(loan.offer.principal) <= instalment
    for more in (1, 2, 3, 10):
        assert largest(loan.offer.principal + more) > instalment


def test_the_largest_loan_by_hand() -> None:
    free = largest_loan(D(100), 12, D(0))
    assert free is not None
    assert free.offer.principal == 1200
    # 1,200.03 would still be 100.00 a month and 100.03 in the last: whole yuan only
    flat = largest_loan(D(112), 12, D("0.12"), "flat_fee")
    assert flat is not None
    assert flat.offer.principal == 1200
    assert largest_loan(D("0.05"), 12, D("0.12")) is None


def test_shocks_of_the_model() -> None:
    loan = largest_loan(safe_instalment(BUDGET).amount, 24, D("0.15"))
    assert loan is not None
    due = loan.rows[0].payment
    steady = cash_path(BUDGET, loan, STEADY, 24)
    assert steady.first_failure is None
    assert steady.months[0].cash == 5000 + 8000 - 4500 - 600 - due
    less = cash_path(BUDGET, loan, LESS, 24)
    assert less.months[0].income == D("5600.00")
    assert less.first_failure is not None
    # each month takes 1,899.90 from 5,000
    assert less.first_failure.month == 3
    gap = cash_path(BUDGET, loan, GAP, 24)
    assert [month.income for month in gap.months[:4]] == [D(0), D(0), D(0), D(8000)]
    assert gap.first_failure is not None
    assert gap.first_failure.month == 1
    richer = BUDGET.model_copy(update={"savings": BUDGET.savings + gap.missing})
    saved = cash_path(richer, loan, GAP, 24)
    assert saved.lowest == 0
    assert saved.first_failure is None
    assert saved.missing == 0


def test_after_the_loan_nothing_is_due() -> None:
    loan = largest_loan(D(1000), 3, D("0.1"))
    path = cash_path(BUDGET, loan, STEADY, 5)
    assert [month.instalment > 0 for month in path.months] == [True, True, True, False, False]
    assert cash_path(BUDGET, None, STEADY, 2).months[1].cash == 5000 + 2 * (8000 - 4500 - 600)


money = st.integers(0, 2_000_000).map(lambda minor: D(minor) / 100)
budgets = st.builds(Budget, income=money, spending=money, debts=money, buffer=money, savings=money)
shocks = st.builds(
    Shock,
    factor=st.integers(0, 15).map(lambda tenth: D(tenth) / 10),
    from_month=st.integers(1, 12),
    months=st.one_of(st.none(), st.integers(1, 12)),
)


@settings(max_examples=100, deadline=None)
@given(budgets, shocks, st.integers(1, 36), st.integers(1, 500))
def test_the_cash_path_sums(budget: Budget, shock: Shock, months: int, principal: int) -> None:
    loan = quote(Offer(principal=D(principal * 100), periods=12))
    path = cash_path(budget, loan, shock, months)
    cash = budget.savings
    for month in path.months:
        cash += month.income - month.spending - month.debts - month.instalment
        assert month.cash == cash
    due = sum((row.payment for row in loan.rows[:months]), D(0))
    assert sum((month.instalment for month in path.months), D(0)) == due
    failing = [month.month for month in path.months if month.cash < 0]
    assert (path.first_failure.month if path.first_failure else None) == (
        failing[0] if failing else None
    )


@settings(max_examples=60, deadline=None)
@given(budgets, money, shocks)
def test_more_income_never_fails_earlier(budget: Budget, more: D, shock: Shock) -> None:
    richer = budget.model_copy(update={"income": budget.income + more})
    assert safe_instalment(richer).amount >= safe_instalment(budget).amount
    poor = cash_path(budget, None, shock, 24).first_failure
    rich = cash_path(richer, None, shock, 24).first_failure
    if rich is not None:
        assert poor is not None
        assert poor.month <= rich.month


def test_terms_that_never_repay_are_refused() -> None:
    with pytest.raises(InputError) as refusal:
        largest_loan(D(1000), 120, D(30))
    assert refusal.value.reason == "never_amortises"
