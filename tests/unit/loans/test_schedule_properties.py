"""What holds for every schedule the engine gives out, whatever the terms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any, get_args

import numpy_financial as npf
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from sandbox.loans import InputError, Offer, Quote, quote
from sandbox.loans.ledger import Ledger
from sandbox.loans.offer_fields import OddDays

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


fees: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    kind=st.sampled_from(["service", "insurance", "membership", "guarantee"]),
    when=st.sampled_from(["withheld", "separate", "financed", "instalment", "last"]),
    amount=st.integers(0, 30),
    rate=st.sampled_from(["0", "0.001", "0.01"]),
)


@st.composite
def offers(draw: st.DrawFn) -> dict[str, Any]:
    terms: dict[str, Any] = {
        "principal": draw(cents),
        "annual_rate": draw(rates),
        "periods": draw(st.integers(1, 40)),
        "method": draw(st.sampled_from([*METHODS, "balloon"])),
        "period": draw(st.sampled_from(["week", "fortnight", "month", "quarter", "year"])),
        "start": draw(days),
        "rounding": draw(st.sampled_from(["half_up", "half_even", "down", "up"])),
        "day_count": draw(
            st.sampled_from([None, "periodic", "actual/365", "actual/360", "30E/360"])
        ),
        "fees": draw(st.lists(fees, max_size=2)),
    }
    first_due = draw(st.none() | st.integers(1, 400))
    if first_due is not None:
        terms["first_due"] = terms["start"] + timedelta(first_due)
        if terms["day_count"] in (None, "periodic"):
            terms["odd_days"] = draw(st.sampled_from(get_args(OddDays)))
    if terms["method"] == "balloon":
        terms["amortisation_periods"] = terms["periods"] + draw(st.integers(0, 40))
    if terms["method"] in ("equal_instalment", "equal_principal") and terms["periods"] > 4:
        terms |= draw(departures())
    elif draw(st.booleans()):
        late = draw(st.integers(1, terms["periods"])) if terms["method"] != "bullet" else 1
        terms["late_payments"] = [{"instalment": late, "days": draw(st.integers(1, 90))}]
    return terms


@st.composite
def departures(draw: st.DrawFn) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    if draw(st.booleans()):
        terms |= {"grace_periods": 2, "grace_interest": draw(holiday)}
    if draw(st.booleans()):
        skipped = draw(st.integers(1, 3))
        terms["deferrals"] = [
            {"from_instalment": 4, "instalments": skipped, "interest": draw(holiday)}
        ]
    if draw(st.booleans()):
        terms["rate_changes"] = [
            {
                "after_instalment": 4,
                "annual_rate": draw(rates),
                "keep_instalment": draw(st.booleans()),
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
    lent = result.offer.principal + result.upfront.financed
    balance = lent
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
    assert totals.principal == lent + totals.capitalised
    assert totals.cost == totals.interest + totals.fees + totals.penalty + totals.capitalised
    assert result.received == result.offer.principal - result.upfront.withheld - (
        result.upfront.separate
    )
    assert all(a.due_date < b.due_date for a, b in zip(result.rows, result.rows[1:], strict=False))


@settings(max_examples=100)
@given(offers())
def test_level_instalments_are_level(terms: dict[str, Any]) -> None:
    """All but the last, and the one that also pays what a holiday postponed."""
    plain = {name: terms[name] for name in terms if name not in ("late_payments", "fees")}
    if plain["method"] not in ("equal_instalment", "balloon") or {
        "rate_changes",
        "restructuring",
    } & set(plain):
        reject()
    result = attempt(plain)
    regular = [row.payment for row in result.rows if row.kind == "instalment"][:-1]
    postponed = "postponed" in str(plain)
    odd = [payment for payment in regular if payment != result.instalment]
    if "deferrals" not in plain:
        assert len(odd) <= postponed


@settings(max_examples=100)
@given(
    st.integers(10**4, 10**8),
    st.integers(0, 3000),
    st.integers(1, 120),
    st.sampled_from(["equal_instalment", "equal_principal", "interest_first", "balloon"]),
    st.sampled_from([("month", 12), ("week", 52), ("quarter", 4), ("year", 1)]),
)
def test_without_fees_the_rate_of_the_schedule_is_the_rate_it_was_made_with(
    minor: int, rate: int, periods: int, method: str, period: tuple[str, int]
) -> None:
    """Within what rounding can do. Each row's interest is i * balance + e with |e| <= half a cent,
    so the payments' value at rate i misses the principal by at most 0.005 * sum(v**k), v = 1/(1+i);
    the value falls by sum(k * payment * v**(k+1)) for a unit of rate. Their quotient bounds the
    difference of the rates, up to the curvature between the two (1 % is ample).
    """
    terms = {
        "principal": D(minor) / 100,
        "annual_rate": D(rate) / 10_000,
        "periods": periods,
        "method": method,
        "period": period[0],
    }
    if method == "balloon":
        terms["amortisation_periods"] = 2 * periods
    result = attempt(terms)
    found = result.rates["irr_simple"].value
    assert found is not None
    v = 1 / (1 + rate / 10_000 / period[1])
    numbers = range(1, len(result.rows) + 1)
    missed = 0.005 * sum(v**k for k in numbers)
    payments = [float(row.payment) for row in result.rows]
    slope = sum(k * paid * v ** (k + 1) for k, paid in zip(numbers, payments, strict=True))
    bound = 1.01 * period[1] * missed / slope
    assert float(found) == pytest.approx(rate / 10_000, abs=bound + 1e-9, rel=0)


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
    terms.pop("late_payments", None)  # of an instalment that settling does away with
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


@settings(max_examples=60)
@given(offers(), st.integers(1, 30))
def test_a_fee_at_the_start_raises_every_rate(terms: dict[str, Any], percent: int) -> None:
    dearer = {**terms, "upfront_fee_rate": D(percent) / 100}
    before, after = attempt(terms).rates, attempt(dearer).rates
    for name in ("irr_simple", "irr_compound", "xirr", "us_apr", "eu_aprc", "china_compound"):
        low, high = before[name].value, after[name].value
        if low is not None and high is not None:
            assert low < high


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


@given(offers())
def test_instalments_paid_in_one_loop_are_those_paid_one_by_one(terms: dict[str, Any]) -> None:
    usual = ("principal", "annual_rate", "periods", "period", "start", "rounding")
    plain = {name: terms[name] for name in usual} | {"method": "equal_instalment"}
    for agreed in (terms, plain):
        together = attempt(agreed)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Ledger, "pay_alike", lambda _, number: number)
            assert attempt(agreed) == together
