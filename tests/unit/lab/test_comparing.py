"""Offers side by side: the worked example, ties, what cannot be compared, and what always holds."""

from __future__ import annotations

from decimal import Decimal as D
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from sandbox.loans import InputError, Offer, quote
from sandbox.loans.comparing import Comparison, compare
from sandbox.loans.plans import Candidate, Carried, Leaving, Plan, carry_out


def offer(name: str = "A", leaving: dict[str, Any] | None = None, **terms: Any) -> Candidate:
    given = {"principal": 12000, "periods": 12, **terms}
    return Candidate(name=name, offer=Offer.model_validate(given), leaving=Leaving(**leaving or {}))


FLAT = offer("flat", period_rate="0.005", method="flat_fee")
DAILY = offer("daily", daily_rate="0.0004")


def after(months: int) -> Plan:
    return Plan(kind="repay", after_months=months)


def test_the_flat_fee_keeps_its_fees_when_repaid_after_four_months() -> None:
    result = compare([FLAT, DAILY], after(4))
    flat, daily = result.carried
    # flat: 12 fees of 60, all of them, although 8 months are not used
    assert flat.cost == D(720)
    # daily: 4 level instalments of 1,080.49, then what is left; interest on actual days
    interest = [row.interest for row in daily.quote.rows]
    assert interest == [D("148.80"), D("123.97"), D("125.39"), D("109.88"), D(0)]
    assert daily.cost == sum(interest) == D("508.04")
    assert result.ranking is not None
    assert (result.ranking.best, result.ranking.margin) == ((1,), D("211.96"))
    assert flat.on_leaving == D(1060) + D(8000) + D(480)
    assert (flat.saved, daily.saved) == (D(0), D("457.90"))
    assert result.caveats == ()


def test_kept_to_the_schedule_the_answer_turns_round() -> None:
    result = compare([FLAT, DAILY], Plan())
    assert result.ranking is not None
    assert (result.ranking.best, result.ranking.margin) == ((0,), D("245.94"))
    assert [(s.first, s.last, s.best) for s in result.stretches] == [(1, 6, (1,)), (7, 12, (0,))]
    assert result.curve[1][3] == D("508.04")


def test_a_refund_of_the_unused_fees_turns_it_back() -> None:
    refunding = offer("kind", {"refund_unearned": True}, period_rate="0.005", method="flat_fee")
    result = compare([refunding, DAILY], after(4))
    assert result.carried[0].cost == D(240)
    assert result.ranking is not None
    assert result.ranking.best == (0,)


def test_a_fee_for_leaving_counts() -> None:
    fined = offer("fined", {"fee_rate": "0.03"}, daily_rate="0.0004")
    one = carry_out(fined, after(4))
    owed = one.agreed.rows[3].balance
    assert one.cost == D("508.04") + (owed * D("0.03")).quantize(D("0.01"))


def test_ties_are_named() -> None:
    result = compare([FLAT, offer("twin", period_rate="0.005", method="flat_fee")], Plan())
    assert result.ranking is not None
    assert result.ranking.tie
    assert (result.ranking.best, result.ranking.margin) == ((0, 1), None)


def test_different_amounts_have_no_cheapest_in_yuan() -> None:
    result = compare([FLAT, offer("double", principal=24000, daily_rate="0.0004")], after(4))
    assert result.ranking is None
    assert "different_principal" in result.caveats
    assert result.decisive is result.per_1000
    assert result.per_1000 is not None
    assert result.per_1000.best == (1,)
    assert result.per_1000.margin == D("60.00") - D("42.34")


def test_a_withheld_fee_and_another_term_are_said() -> None:
    short = offer("short", periods=6, annual_rate="0.1", upfront_fee_rate="0.02")
    result = compare([short, offer("long", annual_rate="0.1")], Plan())
    assert set(result.caveats) >= {"different_received", "different_terms"}


def test_less_interest_can_be_the_dearer_rate() -> None:
    """Three months at 20 % cost less than two years at 10 %."""
    short, long = offer(periods=3, annual_rate="0.2"), offer("B", periods=24, annual_rate="0.1")
    result = compare([short, long], Plan())
    assert result.ranking is not None
    assert result.yearly is not None
    assert (result.ranking.best, result.yearly.best) == ((0,), (1,))
    assert "rate_disagrees" in result.caveats


def test_an_offer_that_ends_before_keeps_its_schedule() -> None:
    result = compare([offer(periods=3), offer("B")], after(4))
    assert [one.applied for one in result.carried] == ["ended_before", "as_planned"]
    assert "ended_before" in result.caveats
    assert result.ranking is not None


@pytest.mark.parametrize(
    ("terms", "plan"),
    [
        ({"method": "revolving", "annual_rate": "0.18"}, after(4)),
        ({"method": "revolving", "annual_rate": "0.18"}, Plan(kind="late")),
        ({"method": "bullet", "interest_in_advance": True}, after(4)),
    ],
)
def test_an_offer_that_cannot_follow_the_plan_is_not_ranked(
    terms: dict[str, Any], plan: Plan
) -> None:
    result = compare([offer("odd", **terms), offer("B")], plan)
    assert (result.ranking, result.per_1000, result.yearly) == (None, None, None)
    assert "not_possible" in result.caveats
    assert (result.curve[0], result.stretches) == ((), ())
    kept = compare([offer("odd", **terms), offer("B")], Plan())
    assert kept.ranking is not None


def test_a_late_instalment_costs_fee_and_penalty() -> None:
    strict = offer("strict", late={"fee": 30, "base": "instalment"}, annual_rate="0.1")
    one = carry_out(strict, Plan(kind="late", instalment=2, days=10))
    row = one.quote.rows[1]
    daily = D("0.1") * D("1.5") / 365
    assert row.penalty == 30 + ((row.principal + row.interest) * daily * 10).quantize(D("0.01"))
    assert -one.saved == row.penalty
    beyond = carry_out(strict, Plan(kind="late", instalment=13, days=10))
    assert beyond.applied == "ended_before"


def test_the_plan_replaces_what_the_offer_said() -> None:
    planned = offer(prepayments=[{"after_instalment": 2}])
    assert carry_out(planned, Plan()).quote == quote(offer().offer)


def test_too_few_too_many_and_an_impossible_offer_are_refused() -> None:
    for count, reason in ((1, "too_few"), (5, "too_many")):
        with pytest.raises(InputError) as refusal:
            compare([offer(str(k)) for k in range(count)], Plan())
        assert (refusal.value.field, refusal.value.reason) == ("offers", reason)
    with pytest.raises(InputError) as refusal:
        compare([offer(), offer("B", upfront_fee_rate=1)], Plan())
    assert refusal.value.field == "offers.1.upfront_fee_rate"
    assert refusal.value.reason == "fee_not_below_principal"


rates = st.integers(0, 4000).map(lambda steps: D(steps) / 10_000)
methods = st.sampled_from(["equal_instalment", "equal_principal", "interest_first", "flat_fee"])


@st.composite
def candidates(draw: st.DrawFn, name: str, principal: D | None = None) -> Candidate:
    terms: dict[str, Any] = {
        "principal": principal or draw(st.integers(1000, 10**6).map(D)),
        "annual_rate": draw(rates),
        "periods": draw(st.integers(1, 36)),
        "method": draw(methods),
        "upfront_fee_rate": draw(st.sampled_from(["0", "0.01", "0.05"])),
        "upfront_fee_paid": draw(st.sampled_from(["withheld", "separate", "financed"])),
        "instalment_fee": draw(st.sampled_from([0, 5])),
        "late": {"fee": draw(st.integers(0, 100))},
    }
    leaving: dict[str, Any] = {
        "fee_rate": draw(st.sampled_from(["0", "0.03"])),
        "fee_months_interest": draw(st.sampled_from([0, 1])),
        "refund_unearned": draw(st.booleans()),
    }
    return Candidate(name=name, offer=Offer.model_validate(terms), leaving=Leaving(**leaving))


plans = st.one_of(
    st.just(Plan()),
    st.integers(1, 40).map(after),
    st.builds(Plan, kind=st.just("late"), instalment=st.integers(1, 40), days=st.integers(1, 100)),
)


def attempt(offers: list[Candidate], plan: Plan) -> Comparison:
    try:
        return compare(offers, plan)
    except InputError as refusal:
        if refusal.reason not in {"too_small", "never_amortises", "fee_not_below_principal"}:
            raise
        return reject()


@settings(max_examples=60, deadline=None)
@given(st.data(), plans)
def test_the_cheapest_is_cheapest_and_the_margin_is_the_gap(
    data: st.DataObject, plan: Plan
) -> None:
    principal = D(data.draw(st.integers(1000, 10**6)))
    count = data.draw(st.integers(2, 4))
    offers = [data.draw(candidates(str(k), principal)) for k in range(count)]
    result = attempt(offers, plan)
    assert result.ranking is not None
    costs = [one.cost for one in result.carried]
    best = costs[result.ranking.best[0]]
    assert all(costs[index] == best for index in result.ranking.best)
    others = [cost for index, cost in enumerate(costs) if index not in result.ranking.best]
    assert all(cost > best for cost in others)
    assert result.ranking.margin == (min(others) - best if others else None)


@settings(max_examples=60, deadline=None)
@given(candidates("A"), st.integers(1, 1000), plans)
def test_a_dearer_rate_never_wins_all_else_equal(
    candidate: Candidate, more: int, plan: Plan
) -> None:
    rate = candidate.offer.annual_rate + D(more) / 10_000
    dearer = Candidate(
        name="B",
        offer=Offer.model_validate(
            {**candidate.offer.model_dump(exclude_unset=True), "annual_rate": rate}
        ),
        leaving=candidate.leaving,
    )
    result = attempt([candidate, dearer], plan)
    cheap, dear = result.carried
    # each row rounds interest once, by at most half a cent either way
    slack = D("0.01") * (len(cheap.quote.rows) + 1)
    assert cheap.cost <= dear.cost + slack


@settings(max_examples=80, deadline=None)
@given(candidates("A"), plans)
def test_the_paths_end_at_the_totals(candidate: Candidate, plan: Plan) -> None:
    one = attempt([candidate, candidate], plan).carried[0]
    path, burden = one.cost_by_month(), one.by_month()
    assert path[-1] == one.cost == one.quote.totals.cost
    assert sum(burden, D(0)) == one.quote.totals.payment
    assert len(path) == len(burden) + 1
    if not candidate.leaving.refund_unearned:
        assert all(a <= b for a, b in pairwise(path))


@settings(max_examples=40, deadline=None)
@given(candidates("A"), candidates("B"), st.integers(1, 40))
def test_the_curve_holds_the_cost_of_every_month(
    first: Candidate, second: Candidate, month: int
) -> None:
    result = attempt([first, second], after(month))
    at = min(month, len(result.curve[0])) - 1
    assert [curve[at] for curve in result.curve] == [one.cost for one in result.carried]
    covered = [m for s in result.stretches for m in range(s.first, s.last + 1)]
    assert covered == list(range(1, len(result.curve[0]) + 1))
    if result.ranking is not None:
        stretch = next(s for s in result.stretches if s.first <= at + 1 <= s.last)
        assert stretch.best == result.ranking.best


def test_months_of_burden_follow_the_calendar() -> None:
    weekly = offer("weekly", period="week", periods=9, annual_rate="0")
    one: Carried = carry_out(weekly, Plan())
    # from 15 January: payments on 22, 29, 5, 12 | 19, 26, 5, 12 | 19 of March
    share, rest = one.quote.rows[0].payment, one.quote.rows[-1].payment
    assert one.by_month() == (4 * share, 4 * share, rest)
    assert one.months == 3
