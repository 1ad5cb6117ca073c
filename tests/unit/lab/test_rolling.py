"""Borrowing anew to repay the old: one course by hand, and what always holds."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sandbox.loans import Offer, quote
from sandbox.rolling import Story, easing, simulate
from sandbox.rolling_terms import Lender, Rolling


def lender(name: str = "app", **terms: Any) -> Lender:
    given = {"limit": 20000, "annual_rate": "0.24", "periods": 6, "fee_rate": "0.05", **terms}
    return Lender.model_validate({"name": name, **given})


def rolling(**terms: Any) -> Rolling:
    given = {"income": 6000, "spending": 5500, "debt": 12000, "debt_rate": "0.12", **terms}
    return Rolling.model_validate(given)


def test_a_course_by_hand() -> None:
    story = simulate(rolling(lenders=[lender(limit=1200)]))
    due = quote(Offer(principal=D(12000), annual_rate=D("0.12"))).rows[0].payment
    assert due == D("1066.19")
    first = story.months[0]
    assert (first.due, first.gap) == (due, D("566.19"))
    # 600 less 30 is 570, the least multiple of 100 that covers 566.19
    assert [(loan.principal, loan.received) for loan in first.loans] == [(D(600), D("570.00"))]
    assert (first.cash, first.owed) == (D("3.81"), story.first.rows[0].balance + 600)
    second = story.months[1]
    new = first.loans[0].quote.rows[0].payment
    assert second.due == due + new
    assert second.gap == second.due - 500 - D("3.81")
    # 1,200 less 514.56 still owed leaves room for 600 more; 700 would be wanted
    assert [loan.principal for loan in second.loans] == [D(600)]
    assert second.unpaid == second.due - 500 - D("3.81") - 570 > 0
    assert story.ending == "collapsed"
    assert story.collapse is second
    assert len(story.months) == 2


def test_without_a_gap_nobody_is_asked() -> None:
    story = simulate(rolling(spending=4000, lenders=[lender()]))
    assert (story.ending, story.loans, len(story.months)) == ("free", (), 12)
    assert story.months[-1].cost == story.first.totals.cost


def test_savings_are_used_before_a_loan() -> None:
    story = simulate(rolling(cash=1000, lenders=[lender()]))
    assert story.months[0].loans == ()
    assert story.months[0].cash == 1000 + 500 - D("1066.19")


def test_lenders_stop_at_the_burden_line_and_after_refusals() -> None:
    strict = [lender(name, burden_line="0.1") for name in ("a", "b")]
    story = simulate(rolling(lenders=[*strict, lender("late", burden_line=5)], refusals_allowed=2))
    assert [(turned.lender, turned.why) for turned in story.months[0].refusals] == [
        ("a", "burden"),
        ("b", "burden"),
        ("late", "refusals"),
    ]
    assert story.ending == "collapsed"
    patient = simulate(
        rolling(lenders=[*strict, lender("late", burden_line=5)], refusals_allowed=3)
    )
    assert [loan.lender for loan in patient.months[0].loans] == ["late"]
    # whoever refused is not asked again
    assert all(not month.refusals for month in patient.months[1:])


def test_several_lenders_share_a_gap() -> None:
    story = simulate(rolling(lenders=[lender("small", limit=300), lender("next")]))
    assert [(loan.lender, loan.principal) for loan in story.months[0].loans] == [
        ("small", D(300)),
        ("next", D(300)),
    ]
    assert story.months[0].lenders == 3


def test_it_can_go_on_to_the_horizon() -> None:
    story = simulate(rolling(lenders=[lender(limit=10**6, burden_line=10)], months=6))
    assert (story.ending, story.collapse, len(story.months)) == ("still_going", None, 6)


def test_a_longer_term_fits_where_new_loans_do_not() -> None:
    found = easing(rolling())
    assert found is not None
    assert max(row.payment for row in found.quote.rows) <= 500
    shorter = quote(Offer(principal=D(12000), annual_rate=D("0.12"), periods=found.periods - 1))
    assert max(row.payment for row in shorter.rows) > 500
    assert easing(rolling(spending=6000)) is None
    assert easing(rolling(spending=5990)) is None


def test_two_lenders_of_one_name_are_refused() -> None:
    with pytest.raises(ValidationError, match="same name"):
        rolling(lenders=[lender(), lender()])


lenders = st.builds(
    lender,
    st.uuids().map(str),
    limit=st.integers(0, 300).map(lambda hundreds: hundreds * 100),
    annual_rate=st.integers(0, 60).map(lambda percent: D(percent) / 100),
    periods=st.integers(1, 24),
    fee_rate=st.integers(0, 20).map(lambda percent: D(percent) / 100),
    burden_line=st.integers(1, 30).map(lambda tenths: D(tenths) / 10),
)
households = st.builds(
    rolling,
    income=st.integers(1000, 12000),
    spending=st.integers(0, 12000),
    cash=st.integers(0, 5000),
    debt=st.integers(1000, 60000),
    debt_rate=st.integers(0, 40).map(lambda percent: D(percent) / 100),
    debt_periods=st.integers(1, 36),
    lenders=st.lists(lenders, max_size=4).map(tuple),
    refusals_allowed=st.integers(1, 5),
    step=st.sampled_from([1, 100]),
)


def check(story: Story) -> None:
    """Every month's cash, and all money in and out, to the cent."""
    cash, terms = story.terms.cash, story.terms
    for number, month in enumerate(story.months, start=1):
        assert month.number == number
        cash += month.income - month.spending + month.borrowed - month.paid
        assert month.cash == cash
        assert 0 <= month.unpaid <= month.due
        assert month.borrowed == sum((loan.received for loan in month.loans), D(0))
        # nothing goes unpaid but in the last month, and only when it ends so
        assert (month.unpaid > 0) == (month is story.collapse)
        for loan in month.loans:
            assert loan.principal % terms.step == 0
    paid = sum((month.paid for month in story.months), D(0))
    lent = terms.debt + sum((loan.received for loan in story.loans), D(0))
    last = story.months[-1]
    # All that was paid or is still owed is what arrived and what it has cost so far. An instalment
    # that went unpaid counts as owed with its interest.
    assert paid + last.owed == lent + last.cost


@settings(max_examples=120, deadline=None)
@given(households)
def test_every_month_balances(terms: Rolling) -> None:
    story = simulate(terms)
    check(story)
    assert simulate(terms) == story
    for name in {lender.name for lender in terms.lenders}:
        refusals = [t for month in story.months for t in month.refusals if t.lender == name]
        assert len(refusals) <= 1


@settings(max_examples=80, deadline=None)
@given(households, lenders, st.integers(100, 3000))
def test_more_income_never_collapses_earlier(terms: Rolling, only: Lender, more: int) -> None:
    """With one lender. The rise is at least a step, so that rounding up cannot turn it round.

    With lenders of different price and limit it need not hold: more income can leave a dear,
    short loan to the month in which it hurts most.
    """
    poor = terms.model_copy(update={"lenders": (only,)})
    rich = poor.model_copy(update={"income": poor.income + more})
    early, late = simulate(poor), simulate(rich)
    if late.ending == "collapsed":
        assert early.ending == "collapsed"
        assert len(early.months) <= len(late.months)


@settings(max_examples=80, deadline=None)
@given(households, lenders)
def test_more_spending_never_collapses_later(terms: Rolling, only: Lender) -> None:
    """The mirror of the above: 100 a month more to live on is 100 less to repay with."""
    thrifty = terms.model_copy(update={"lenders": (only,)})
    spending = thrifty.model_copy(update={"spending": thrifty.spending + 100})
    if simulate(thrifty).ending == "collapsed":
        assert len(simulate(spending).months) <= len(simulate(thrifty).months)
