"""What holds for every schedule the engine gives out, whatever the terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import numpy_financial as npf
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from sandbox.loans import InputError, Offer, Quote, quote

METHODS = ["equal_instalment", "equal_principal", "interest_first", "flat_fee", "bullet"]
cents = st.integers(10**4, 10**9).map(lambda minor: D(minor) / 100)
rates = st.integers(0, 4_000).map(lambda steps: D(steps) / 10_000)
days = st.dates(date(1990, 1, 1), date(2080, 12, 31))
holiday = st.sampled_from(["collected", "capitalised", "postponed", "waived"])


POSSIBLE = {"too_small", "never_amortises", "fee_not_below_principal"}


def attempt(terms: dict[str, Any]) -> Quote:
    """The quote; the example is dropped if its terms cannot be carried out, for a known reason."""
    try:
        return quote(Offer.model_validate(terms))
    except InputError as refusal:
        if refusal.reason not in POSSIBLE:
            raise
        return reject()


@st.composite
def offers(draw: st.DrawFn) -> dict[str, Any]:
    terms: dict[str, Any] = {
        "principal": draw(cents),
        "annual_rate": draw(rates),
        "periods": draw(st.integers(1, 40)),
        "method": draw(st.sampled_from(METHODS)),
        "period": draw(st.sampled_from(["week", "fortnight", "month", "quarter", "year"])),
        "start": draw(days),
        "rounding": draw(st.sampled_from(["half_up", "half_even", "down", "up"])),
        "day_count": draw(
            st.sampled_from([None, "periodic", "actual/365", "actual/360", "30E/360"])
        ),
    }
    if draw(st.booleans()):
        terms["instalment_fee"] = draw(st.integers(0, 500).map(D))
    if terms["method"] in ("equal_instalment", "equal_principal") and terms["periods"] > 4:
        if draw(st.booleans()):
            terms |= {"grace_periods": 2, "grace_interest": draw(holiday)}
        if draw(st.booleans()):
            terms["deferrals"] = [
                {
                    "from_instalment": 4,
                    "instalments": draw(st.integers(1, 3)),
                    "interest": draw(holiday),
                }
            ]
        if draw(st.booleans()):
            terms["restructuring"] = {
                "after_instalment": 3,
                "periods": draw(st.integers(1, 40)),
                "annual_rate": draw(rates),
            }
    return terms


@settings(max_examples=150)
@given(offers())
def test_every_schedule_balances_to_the_cent(terms: dict[str, Any]) -> None:
    result = attempt(terms)
    balance = result.offer.principal
    for number, row in enumerate(result.rows, start=1):
        assert row.number == number
        assert row.principal >= 0
        assert row.interest >= 0
        assert row.payment == row.principal + row.interest + row.fees + row.penalty
        balance += row.capitalised - row.principal
        assert row.balance == balance >= 0
        assert row.payment == row.payment.quantize(D("0.01"))
    assert balance == 0
    totals = result.totals
    assert totals.principal == result.offer.principal + totals.capitalised
    assert totals.cost == totals.interest + totals.fees + totals.penalty + totals.capitalised
    assert all(a.due_date < b.due_date for a, b in zip(result.rows, result.rows[1:], strict=False))


@settings(max_examples=60)
@given(
    st.integers(10**6, 10**8),
    st.integers(1, 3000),
    st.integers(2, 120),
    st.sampled_from(["equal_instalment", "equal_principal", "interest_first"]),
)
def test_without_fees_the_rate_of_the_schedule_is_the_nominal_rate(
    minor: int, rate: int, periods: int, method: str
) -> None:
    terms = {
        "principal": D(minor) / 100,
        "annual_rate": D(rate) / 10_000,
        "periods": periods,
        "method": method,
    }
    found = attempt(terms).rates["irr_simple"].value
    assert found is not None
    # one rounding of at most half a cent a row, against interest that grows with time
    assert float(found) == pytest.approx(rate / 10_000, abs=0.0001)


@settings(max_examples=60)
@given(st.integers(10**4, 10**8), st.integers(1, 3000), st.integers(2, 360))
def test_the_instalment_is_the_textbook_one(minor: int, rate: int, periods: int) -> None:
    terms = {"principal": D(minor) / 100, "annual_rate": D(rate) / 10_000, "periods": periods}
    expected = -npf.pmt(rate / 10_000 / 12, periods, minor / 100)
    instalment = attempt(terms).instalment
    assert instalment is not None
    assert float(instalment) == pytest.approx(expected, abs=0.0051)


@settings(max_examples=60)
@given(offers(), st.data())
def test_settling_on_the_last_due_date_is_the_schedule(
    terms: dict[str, Any], data: st.DataObject
) -> None:
    result = attempt(terms)
    settled = attempt({**terms, "prepayments": [{"on": result.rows[-1].due_date}]})
    assert settled.rows == result.rows
    after = data.draw(st.integers(0, len(result.rows) - 1))
    early = attempt({**terms, "prepayments": [{"after_instalment": after}]})
    assert early.rows[-1].balance == 0
    if terms["method"] != "flat_fee":
        assert early.totals.cost <= result.totals.cost + D("0.01") * len(result.rows)


@settings(max_examples=60)
@given(
    cents,
    st.integers(0, 3000),
    st.integers(1, 500),
    st.integers(1, 60),
    st.sampled_from(METHODS),
)
def test_cost_rises_with_rate_and_term(
    principal: D, rate: int, more: int, periods: int, method: str
) -> None:
    def cost(rate: int, periods: int) -> D:
        terms = {"annual_rate": D(rate) / 10_000, "periods": periods, "method": method}
        return attempt({"principal": principal, **terms}).totals.cost

    slack = D("0.01") * (periods + 1)
    assert cost(rate, periods) <= cost(rate + more, periods) + slack
    assert cost(rate, periods) <= cost(rate, periods + 1) + slack


@settings(max_examples=50)
@given(
    st.integers(10**5, 10**8),
    st.integers(1, 2400),
    st.integers(3, 60),
    st.integers(1, 100),
    st.sampled_from(["shorter_term", "lower_instalment"]),
    st.data(),
)
def test_partial_prepayment_saves_interest_and_balances(
    minor: int, rate: int, periods: int, share: int, effect: str, data: st.DataObject
) -> None:
    terms = {"principal": D(minor) / 100, "annual_rate": D(rate) / 10_000, "periods": periods}
    base = attempt(terms)
    after = data.draw(st.integers(0, periods - 2))
    owed = base.rows[after - 1].balance if after else base.offer.principal
    amount = (owed * share / 200).quantize(D("0.01"))
    assume(amount > 0)
    prepaid = {"after_instalment": after, "amount": amount, "effect": effect}
    result = attempt({**terms, "prepayments": [prepaid]})
    assert result.totals.principal == base.totals.principal
    assert result.rows[-1].balance == 0
    assert result.totals.interest <= base.totals.interest + D("0.01") * periods
    if effect == "lower_instalment":
        assert len(result.rows) == periods + 1
    else:
        assert len(result.rows) <= periods + 1
