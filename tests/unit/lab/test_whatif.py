"""Before, after and difference of single steps."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.loans import InputError, Offer, quote
from sandbox.loans.plans import Candidate, Leaving
from sandbox.loans.whatif import defer, only_minimum, owed_by_month, pay_late, repay_early


def offer(**terms: Any) -> Offer:
    return Offer.model_validate({"principal": 12000, "period_rate": "0.01", "periods": 12, **terms})


def candidate(leaving: dict[str, Any] | None = None, **terms: Any) -> Candidate:
    return Candidate(name="A", offer=offer(**terms), leaving=Leaving(**leaving or {}))


def test_early_repayment_saves_the_interest_not_yet_earned() -> None:
    found = repay_early(candidate(), 6)
    before = found.change.before
    assert found.saved == sum(row.interest for row in before.rows[6:])
    assert found.fee == 0
    assert found.change.difference.days == -(181 + 3)  # 15 July 2026 instead of 15 January 2027
    assert found.worth_until == 11


def test_the_fee_moves_the_break_even_month() -> None:
    found = repay_early(candidate({"fee": 60}), 6)
    assert found.fee == 60
    interest = [row.interest for row in found.change.before.rows]
    expected = [sum(interest[month:]) - 60 for month in range(1, 12)]
    assert list(found.by_month) == expected
    # the last three interests, 31.35 + 21.01 + 10.56, are the last that exceed 60 together
    assert interest[9:] == [D("31.36"), D("21.01"), D("10.56")]
    assert found.worth_until == 9


def test_a_flat_fee_that_is_kept_is_never_worth_leaving() -> None:
    kept = repay_early(candidate({"fee": 50}, method="flat_fee"), 4)
    assert (kept.saved, kept.worth_until) == (D(-50), None)
    refunded = repay_early(candidate({"refund_unearned": True}, method="flat_fee"), 4)
    assert refunded.saved == 8 * 120


def test_a_part_ahead_shortens_or_lowers() -> None:
    shorter = repay_early(candidate({"fee_rate": "0.01"}), 6, D(3000))
    assert shorter.fee == D("30.00")
    assert shorter.change.difference.days < 0
    lower = repay_early(candidate(), 6, D(3000), "lower_instalment")
    assert lower.change.difference.days == 0
    assert lower.change.after.rows[-2].payment < lower.change.before.rows[-2].payment


def test_a_late_payment_adds_its_penalty() -> None:
    strict = offer(late={"fee": 20, "base": "instalment", "penalty_daily_rate": "0.0005"})
    change = pay_late(strict, 3, 10)
    due = change.before.rows[2].payment
    assert change.difference.cost == 20 + (due * D("0.005")).quantize(D("0.01"))
    assert change.difference.days == 0
    assert pay_late(strict, 12, 10).difference.days == 10
    assert pay_late(offer(late={"grace_days": 3}), 1, 3).difference.cost == 0


def test_only_the_minimum_takes_longer_and_costs_more() -> None:
    card = Offer(principal=D(10000), annual_rate=D("0.18"), method="revolving")
    change = only_minimum(card, D(1000))
    assert change.difference.payments > 20
    assert change.difference.cost > 0
    assert change.before.rows[0].payment == D(1015)  # 10 % of the bill is more than 1,000
    same = only_minimum(card, D("0.01"))
    assert same.difference.cost == 0


def test_a_deferral_and_its_price() -> None:
    change = defer(offer(), 4, 2)
    assert change.difference.payments == 0
    assert change.difference.days == 59  # 15 January to 15 March 2027
    assert change.difference.cost > 0
    free = defer(offer(), 4, 2, "waived")
    assert free.difference.cost == 0
    squeezed = defer(offer(), 4, 2, extend=False)
    assert squeezed.difference.largest > 0
    assert squeezed.difference.days == 0


def test_what_is_owed_by_month() -> None:
    plain = quote(offer())
    assert owed_by_month(plain, 13) == (
        D(12000),
        *(row.balance for row in plain.rows),
        D(0),
    )


@pytest.mark.parametrize(
    ("call", "field", "reason"),
    [
        (lambda: repay_early(candidate(), 12), "after_months", "after_end"),
        (lambda: repay_early(candidate(), 3, D(99999)), "amount", "too_large"),
        (lambda: repay_early(candidate(period_rate=None, method="revolving"), 3), "method", "not_possible"),
        (lambda: pay_late(offer(), 13, 1), "instalment", "too_large"),
        (lambda: pay_late(offer(period_rate=None, method="revolving"), 1, 1), "method", "not_possible"),
        (lambda: only_minimum(offer(), D(100)), "method", "not_possible"),
        (lambda: defer(offer(), 13, 1), "from_instalment", "too_large"),
        (lambda: defer(offer(), 12, 1, extend=False), "deferrals", "too_large"),
        (lambda: defer(offer(method="flat_fee"), 1, 1), "method", "not_possible"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused(call: Any, field: str, reason: str) -> None:
    with pytest.raises(InputError) as refusal:
        call()
    assert (refusal.value.field, refusal.value.reason) == (field, reason)


def test_a_fixed_payment_below_the_interest_is_refused() -> None:
    card = Offer.model_validate(
        {
            "principal": 10000,
            "annual_rate": "0.24",
            "method": "revolving",
            "revolving": {"minimum_rate": "0.001", "minimum_floor": 0},
        }
    )
    with pytest.raises(InputError) as refusal:
        only_minimum(card, D(150))
    assert (refusal.value.field, refusal.value.reason) == ("payment", "never_amortises")


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1000, 10**6),
    st.integers(1, 3000),
    st.integers(3, 36),
    st.integers(0, 500),
    st.data(),
)
def test_a_higher_fee_never_moves_the_break_even_later(
    principal: int, rate: int, periods: int, fee: int, data: st.DataObject
) -> None:
    terms = {"principal": principal, "period_rate": D(rate) / 100_000, "periods": periods}
    month = data.draw(st.integers(1, periods - 1))
    low = repay_early(candidate({"fee": fee}, **terms), month)
    high = repay_early(candidate({"fee": fee + 50}, **terms), month)
    assert low.saved == high.saved + 50
    assert low.saved == low.by_month[month - 1]
    assert (high.worth_until or 0) <= (low.worth_until or 0)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(1, 300), st.integers(0, 200))
def test_later_is_never_cheaper(instalment: int, days: int, fee: int) -> None:
    strict = offer(late={"fee": fee})
    sooner, later = pay_late(strict, instalment, days), pay_late(strict, instalment, days + 1)
    assert 0 <= sooner.difference.cost <= later.difference.cost
