"""Whatever combination of terms is sent, the door answers exactly or refuses by name."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal as D
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.aprc import Interval
from sandbox.door_error import DoorError
from sandbox.loans.door import quote_from_json
from sandbox.periods import Period

VALUES: dict[str, list[Any]] = {
    "principal": ["0.01", 1, "99.99", 5000, 10**9, 10**12, -1, "1e30", None, True, "x"],
    "annual_rate": [0, "0.0001", "0.24", 36.5, -1],
    "period_rate": [0, "0.006", 3],
    "daily_rate": ["0.0005", "0.1", 0],
    "periods": [1, 2, 12, 60, 360, 600, 0],
    "method": [
        "equal_instalment",
        "equal_principal",
        "interest_first",
        "flat_fee",
        "bullet",
        "balloon",
        "revolving",
    ],
    "period": ["week", "fortnight", "four_weeks", "month", "quarter", "half_year", "year", "dates"],
    "start": ["2024-02-29", "2026-01-31", "2026-01-15", "2399-12-31"],
    "first_due": ["2026-02-28", "2026-04-30", "2030-01-01", "2400-01-01"],
    "due_dates": [["2026-03-01", "2026-03-02", "2027-03-01"], ["2026-02-01"]],
    "term_days": [1, 30, 31, 36525],
    "end_of_month": [True, False],
    "odd_days": ["calendar_year", "calendar_period", "thirtieths"],
    "day_count": ["periodic", "actual/365", "30/360", "30/360US", "actual/actual"],
    "rounding": ["half_even", "down", "up"],
    "money_unit": ["1", "0.001", "0.05", 0],
    "instalment_unit": [1, 10, 1000, "0.05"],
    "instalment": [1, 500, 1000, 10**9],
    "amortisation_periods": [12, 360, 1200],
    "balloon": [0, 1000, 5000],
    "balloon_from": ["unrounded"],
    "interest_in_advance": [True],
    "grace_periods": [1, 3],
    "grace_interest": ["capitalised", "postponed", "waived"],
    "upfront_fee": [10, 5000],
    "upfront_fee_rate": ["0.02", 1],
    "upfront_fee_paid": ["financed", "separate"],
    "instalment_fee": [5],
    "fees": [
        [{"when": "last", "amount": 9}],
        [{"when": "instalment", "rate": "0.01", "base": "balance", "mandatory": False}],
        [{"when": "instalment", "amount": 99, "every": 12, "from_instalment": 2}],
    ],
    "revolving": [
        {"interest_rule": "from_posting"},
        {"interest_rule": "unpaid_rest", "first_bill": "2026-02-10"},
        {"minimum_rate": 0, "minimum_floor": 0},
        {"payment": 700},
    ],
    "late_payments": [[{"instalment": 1, "days": 40}]],
    "late": [{"compound": True, "fee": 5}],
    "prepayments": [
        [{"after_instalment": 0}],
        [{"on": "2026-02-20", "amount": 100, "effect": "lower_instalment"}],
        [{"on": "2026-03-01", "refund_unearned": True, "fee_rate": "0.01"}],
        [{"after_instalment": 1, "rebate": "uk_2004", "rebate_apr": "0.3", "rebate_days": 28}],
    ],
    "deferrals": [
        [{"from_instalment": 1, "instalments": 2}],
        [{"from_instalment": 2, "interest": "postponed", "extend": False}],
    ],
    "rate_changes": [
        [{"after_instalment": 1, "annual_rate": "0.3"}],
        [{"after_instalment": 2, "annual_rate": 0, "keep_instalment": True}],
    ],
    "restructuring": [
        {"after_instalment": 1, "periods": 5, "method": "interest_first"},
        {"annual_rate": 0},
    ],
}


@st.composite
def offers(draw: st.DrawFn) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=7, unique=True))
    return {name: draw(st.sampled_from(VALUES[name])) for name in chosen}


@settings(max_examples=400)
@given(offers())
def test_the_answer_balances_or_names_the_field(offer: dict[str, Any]) -> None:
    try:
        answer = quote_from_json(json.dumps(offer))
    except DoorError as error:
        refused = error
    else:
        totals = {name: D(value) for name, value in answer["totals"].items()}
        assert D(answer["rows"][-1]["balance"]) == 0
        costs = totals["interest"] + totals["fees"] + totals["penalty"] + totals["capitalised"]
        assert totals["cost"] == costs
        for rate in answer["rates"].values():
            assert (rate["value"] is None) == (rate["problem"] is not None)
        return
    assert refused.field.split(".")[0] in VALUES
    assert refused.reason.replace("_", "").isalpha()
    assert refused.message


AMOUNTS = [1, "0.01", 10**15, "-0.01", -1, -(10**15), 0, "12345678901234567.8", True, None]
AT = [0, 1, "0.5", 12, 40000, -1, "x"]
DATES = ["2026-01-31", "2024-02-29", "1900-01-01", "2400-12-31", "2026-02-30", 5]
flow = st.fixed_dictionaries(
    {"amount": st.sampled_from(AMOUNTS) | st.integers(-1000, 1000)},
    optional={
        "at": st.sampled_from(AT),
        "date": st.sampled_from(DATES)
        | st.dates(date(2026, 1, 1), date(2027, 1, 1)).map(date.isoformat),
        "times": st.sampled_from([1, 2, 30, 1200, 0]),
    },
)
cash_flows = st.fixed_dictionaries(
    {"flows": st.lists(flow, max_size=6)},
    optional={
        "period": st.sampled_from([*get_args(Period), "decade"]),
        "interval": st.sampled_from([*get_args(Interval), "hour"]),
        "settle": st.just({"at": 3, "apr": "0.2"}),
    },
)


@settings(max_examples=400)
@given(cash_flows)
def test_flows_are_answered_or_the_field_is_named(flows: dict[str, Any]) -> None:
    try:
        answer = quote_from_json(json.dumps(flows))
    except DoorError as error:
        refused = error
    else:
        assert D(answer["cost"]) == D(answer["paid"]) - D(answer["received"])
        for rate in answer["rates"].values():
            assert (rate["value"] is None) == (rate["problem"] is not None)
        return
    assert refused.field.split(".")[0] in {"flows", "period", "interval", "settle"}
    assert refused.message


def test_a_settlement_that_grew_for_centuries_is_refused_by_name() -> None:
    settled = {"after_instalment": 1, "rebate": "uk_2004", "rebate_apr": "0.3", "rebate_days": 28}
    offer = {"annual_rate": 0, "first_due": "2400-01-01", "prepayments": [settled]}
    with pytest.raises(DoorError) as refused:
        quote_from_json(json.dumps(offer))
    assert (refused.value.field, refused.value.reason) == ("prepayments", "too_large")
