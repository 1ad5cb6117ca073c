"""Comparing, what-if, affording and rolling: every bad value is refused under its box's name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest

from jiejian.errors import InvalidInput
from jiejian.services.affording import Affording
from jiejian.services.comparing import Comparing
from sandbox.examples import load_examples

EXAMPLES = load_examples()
COMPARING, AFFORDING = Comparing(EXAMPLES), Affording(EXAMPLES)
LOAN: dict[str, Any] = {"principal": D(12000), "annual_rate": D("0.12"), "periods": 12}
CARD: dict[str, Any] = {"principal": D(10000), "annual_rate": D("0.18"), "method": "revolving"}
BUDGET: dict[str, Any] = {"income": D(8000), "spending": D(4500), "savings": D(5000)}
TERM: dict[str, Any] = {"periods": 24, "annual_rate": D("0.15")}
SHOCK: dict[str, Any] = {"fall": D("0.3"), "gap": 3}


def test_offers_are_compared_even_if_one_names_only_a_total() -> None:
    total = {"principal": D(12000), "repay_total": D("12720.00"), "periods": 12}
    result = COMPARING.compare([("A", total, {}), ("B", LOAN, {})], {"kind": "keep"})
    assert [one.cost for one in result.carried] == [D("720.00"), D("794.23")]
    assert result.ranking is not None
    assert result.ranking.best == (0,)


def pair(
    second: dict[str, Any],
    leaving: dict[str, Any] | None = None,
    plan: dict[str, Any] | None = None,
) -> object:
    offers = [("A", LOAN, {}), ("B", second, leaving or {})]
    return COMPARING.compare(offers, plan or {"kind": "keep"})


@pytest.mark.parametrize(
    ("call", "field", "reason"),
    [
        (lambda: pair({**LOAN, "periods": 0}), "offers.1.periods", "too_small"),
        (lambda: pair({**LOAN, "annual_rate": "abc"}), "offers.1.annual_rate", "not_a_number"),
        (lambda: pair({**LOAN, "principal": D("0.01")}), "offers.1.principal", "never_amortises"),
        (lambda: pair({"principal": D(100), "repay_total": D(99)}), "offers.1.repay_total", "too_small"),
        (lambda: pair(LOAN, {"fee": "x"}), "offers.1.prepayments.0.fee", "not_a_number"),
        (lambda: pair(LOAN, {"fee_rate": D(2)}), "offers.1.prepayments.0.fee_rate", "too_large"),
        (lambda: pair(LOAN, None, {"kind": "repay", "after_months": 0}), "plan.after_months", "too_small"),
        (lambda: pair(LOAN, None, {"kind": "repay", "after_months": "four"}), "plan.after_months", "not_an_integer"),
        (lambda: pair(LOAN, None, {"kind": "late", "instalment": D("1.5")}), "late_payments.0.instalment", "not_an_integer"),
        (lambda: pair(LOAN, None, {"kind": "late", "days": 0}), "late_payments.0.days", "too_small"),
        (lambda: COMPARING.compare([("A", LOAN, {})], {}), "offers", "too_few"),
        (lambda: COMPARING.repay_early({**LOAN, "periods": 0}, {}, {"after_months": 4}), "periods", "too_small"),
        (lambda: COMPARING.repay_early(LOAN, {}, {"after_months": 12}), "step.after_months", "after_end"),
        (lambda: COMPARING.repay_early(LOAN, {}, {"after_months": 4, "amount": D(99999)}), "prepayments.0.amount", "too_large"),
        (lambda: COMPARING.repay_early(LOAN, {}, {"after_months": 4, "amount": D(-1)}), "prepayments.0.amount", "too_small"),
        (lambda: COMPARING.repay_early(CARD, {}, {"after_months": 4}), "method", "not_possible"),
        (lambda: COMPARING.pay_late(LOAN, {"instalment": 13, "days": 1}), "late_payments.0.instalment", "too_large"),
        (lambda: COMPARING.pay_late(LOAN, {"instalment": 1, "days": "x"}), "late_payments.0.days", "not_an_integer"),
        (lambda: COMPARING.only_minimum(CARD, "x"), "revolving.payment", "not_a_number"),
        (lambda: COMPARING.only_minimum(CARD, D(0)), "revolving.payment", "too_small"),
        (lambda: COMPARING.only_minimum(CARD, None), "revolving.payment", "missing"),
        (lambda: COMPARING.only_minimum(LOAN, D(100)), "method", "not_possible"),
        (lambda: COMPARING.defer(LOAN, {"from_instalment": 13, "instalments": 1}), "deferrals.0.from_instalment", "too_large"),
        (lambda: COMPARING.defer(LOAN, {"from_instalment": 1, "instalments": 61}), "deferrals.0.instalments", "too_large"),
        (lambda: AFFORDING.carry({**BUDGET, "income": "x"}, TERM, SHOCK), "budget.income", "not_a_number"),
        (lambda: AFFORDING.carry({**BUDGET, "spending": D(-1)}, TERM, SHOCK), "budget.spending", "too_small"),
        (lambda: AFFORDING.carry({**BUDGET, "share": D(2)}, TERM, SHOCK), "budget.share", "too_large"),
        (lambda: AFFORDING.carry(BUDGET, {**TERM, "periods": 361}, SHOCK), "periods", "too_large"),
        (lambda: AFFORDING.carry(BUDGET, {**TERM, "annual_rate": D(99)}, SHOCK), "annual_rate", "too_large"),
        (lambda: AFFORDING.carry(BUDGET, TERM, {**SHOCK, "fall": D("1.1")}), "shock.fall", "too_large"),
        (lambda: AFFORDING.carry(BUDGET, TERM, {**SHOCK, "gap": 0}), "shock.gap", "too_small"),
        (lambda: AFFORDING.roll({"income": D(0)}), "rolling.income", "too_small"),
        (lambda: AFFORDING.roll({"debt_periods": 121}), "rolling.debt_periods", "too_large"),
        (lambda: AFFORDING.roll({"refusals_allowed": "x"}), "rolling.refusals_allowed", "not_an_integer"),
    ],
)  # fmt: skip
def test_bad_values_are_refused_by_name(
    call: Callable[[], object], field: str, reason: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert (refusal.value.field, refusal.value.reason) == (field, reason)


def test_a_budget_carries_its_largest_loan_through_the_plan_but_not_the_gap() -> None:
    found = AFFORDING.carry(BUDGET, TERM, SHOCK)
    assert found.safe.amount == D("3200.00")
    assert found.loan is not None
    assert max(row.payment for row in found.loan.rows) <= found.safe.amount
    assert found.steady.first_failure is None
    assert found.gap.first_failure is not None
    assert len(found.less.months) == 24
    nothing = AFFORDING.carry({**BUDGET, "spending": D(8000)}, TERM, SHOCK)
    assert nothing.loan is None
    assert nothing.steady.months[0].instalment == 0


def test_the_example_is_rolled_to_its_collapse() -> None:
    example = AFFORDING.examples["one-after-another"]
    rolled = AFFORDING.roll(example.terms.model_dump())
    assert rolled.story.ending == "collapsed"
    assert rolled.instead is not None
