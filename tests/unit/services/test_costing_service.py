"""Costing: the engine's own figures and refusals, a total in place of a rate, guesses kept once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.clock import SetClock
from jiejian.errors import InvalidInput
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.services.costing import Costing
from jiejian.services.journal import Journal
from jiejian.settings import Settings
from jiejian.store.memory_store import MemoryStore
from sandbox.door_error import DoorError
from sandbox.loans import Quote
from sandbox.loans.door import quote_from_json
from sandbox.rates import percent

ME, OTHER = Actor("a" * 32), Actor("b" * 32)
CLOCK = SetClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
FLAT = {"principal": 12000, "method": "flat_fee", "period_rate": "0.006", "periods": 12}


def plain_costing() -> Costing:
    return Costing(Journal(MemoryStore(), CLOCK))


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return build(Settings(data_dir=tmp_path), CLOCK)


def shown(quote: Quote, name: str, places: int = 4) -> Decimal:
    value = quote.rates[name].value
    assert value is not None
    return percent(value, places)


def test_the_worked_flat_fee_loan() -> None:
    quote = plain_costing().quote(FLAT)
    assert (quote.totals.cost, quote.instalment) == (Decimal(864), Decimal(1072))
    assert shown(quote, "irr_simple") == Decimal("13.0342")
    assert shown(quote, "irr_compound") == Decimal("13.8418")


REFUSED: list[dict[str, Any]] = [
    {"principal": "a lot"},
    {"principal": ""},
    {"principal": 0},
    {"principal": "-1"},
    {"principal": "NaN"},
    {"principal": "1e30"},
    {"principal": 10**30},
    {"principal": "10^30"},
    {"principal": "10.001"},
    {"principal": None},
    {"annual_rate": "1e30"},
    {"annual_rate": "much"},
    {"daily_rate": "0.5"},
    {"period_rate": "4"},
    {"periods": 0},
    {"periods": 601},
    {"periods": 10**30},
    {"periods": "twelve"},
    {"method": "magic"},
    {"upfront_fee": 10000},
    {"upfront_fee_rate": "1"},
    {"upfront_fee": "x"},
    {"fees": [{"kind": "insurance", "when": "instalment", "amount": "x"}]},
    {"fees": [{"kind": "insurance", "when": "instalment", "amount": -1}]},
    {"first_due": "soon"},
    {"first_due": "2026-01-15"},
    {"principal": "0.01"},
    {"surprise": 1},
]


@pytest.mark.parametrize("terms", REFUSED, ids=str)
def test_the_page_refuses_as_the_headless_door_does(terms: Mapping[str, Any]) -> None:
    with pytest.raises(DoorError) as at_the_door:
        quote_from_json(json.dumps(terms))
    with pytest.raises(InvalidInput) as on_the_page:
        plain_costing().quote(terms)
    assert (on_the_page.value.field, on_the_page.value.reason) == (
        at_the_door.value.field,
        at_the_door.value.reason,
    )


def test_a_passed_limit_is_told() -> None:
    with pytest.raises(InvalidInput) as caught:
        plain_costing().quote({"periods": 601})
    assert caught.value.details["high"] == 600
    with pytest.raises(InvalidInput) as caught:
        plain_costing().quote({"principal": 0})
    assert (caught.value.details["low"], caught.value.details["beyond"]) == (0, True)
    with pytest.raises(InvalidInput) as caught:
        plain_costing().quote({"daily_rate": "0.5"})
    assert caught.value.details["high"] == Decimal("0.1")


def test_a_refused_fee_says_of_which_kind_it_is() -> None:
    fee = {"kind": "membership", "when": "separate", "amount": "1e30"}
    with pytest.raises(InvalidInput) as caught:
        plain_costing().quote({"fees": [{"kind": "tax"}, fee]})
    assert caught.value.field == "fees.1.amount"
    assert caught.value.details["kind"] == "membership"


cents = st.integers(min_value=100_00, max_value=1_000_000_00).map(lambda n: Decimal(n) / 100)


@given(owed=cents, beyond=st.integers(0, 100_000_00), count=st.integers(1, 60))
def test_a_total_is_repaid_exactly_in_even_payments(owed: Decimal, beyond: int, count: int) -> None:
    total = owed + Decimal(beyond) / 100
    quote = plain_costing().quote({"principal": owed, "repay_total": total, "periods": count})
    payments = [row.payment for row in quote.rows]
    assert sum(payments) == total
    assert sum(row.principal for row in quote.rows) == owed
    assert quote.totals.cost == total - owed
    assert len(payments) == count
    assert len(set(payments[:-1])) <= 1
    # The last one takes the cents: less than one for each payment, both roundings together.
    assert abs(payments[-1] - total / count) <= Decimal("0.02") * count


def test_a_total_equal_to_the_loan_is_not_rounded_up() -> None:
    quote = plain_costing().quote({"principal": 3040, "repay_total": 3040, "periods": 12})
    payments = [row.payment for row in quote.rows]
    assert payments == [Decimal("253.33")] * 11 + [Decimal("253.37")]


def test_a_total_with_fees_withheld_and_added() -> None:
    withheld = plain_costing().quote(
        {"principal": 1000, "repay_total": 1200, "periods": 3, "upfront_fee": 50}
    )
    assert (withheld.received, withheld.totals.payment) == (Decimal(950), Decimal(1200))
    added = plain_costing().quote(
        {
            "principal": 1000,
            "repay_total": 1200,
            "periods": 3,
            "upfront_fee": 50,
            "upfront_fee_paid": "financed",
        }
    )
    assert (added.received, added.totals.payment) == (Decimal(1000), Decimal(1200))


@pytest.mark.parametrize(
    ("total", "reason"),
    [
        ("999.99", "too_small"),
        (0, "too_small"),
        (-1, "too_small"),
        ("1e13", "too_large"),
        ("1200.001", "too_precise"),
        ("x", "not_a_number"),
        ("", "not_a_number"),
        ("NaN", "not_finite"),
        (True, "wrong_type"),
        (None, "wrong_type"),
    ],
)
def test_a_total_that_cannot_be_is_refused(total: object, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plain_costing().quote({"principal": 1000, "repay_total": total})
    assert (caught.value.field, caught.value.reason) == ("repay_total", reason)


def test_with_a_total_other_terms_are_refused_first() -> None:
    with pytest.raises(InvalidInput) as caught:
        plain_costing().quote({"principal": "x", "repay_total": "y"})
    assert caught.value.field == "principal"


@pytest.mark.parametrize("terms", [FLAT, {"principal": 9000, "annual_rate": "0.18"}])
def test_a_larger_fee_costs_more_a_year(terms: dict[str, object]) -> None:
    points = plain_costing().fee_points({**terms, "upfront_fee": 123})
    rates = [point.rate for point in points if point.rate is not None]
    assert rates == sorted(rates)
    assert len(set(rates)) == len(points) == 12
    (here,) = (point for point in points if point.here)
    quote = plain_costing().quote({**terms, "upfront_fee": 123})
    assert (here.at, here.rate, here.cost) == (
        Decimal(123),
        quote.rates["irr_simple"].value,
        quote.totals.cost,
    )


def test_lengths_hold_the_own_one_and_leave_out_what_cannot_be_paid() -> None:
    points = plain_costing().length_points({**FLAT, "periods": 7})
    assert [int(point.at) for point in points] == [1, 3, 6, 7, 9, 12, 18, 24, 36, 48, 60]
    assert [int(point.at) for point in points if point.here] == [7]
    tiny = plain_costing().length_points(
        {"principal": "0.12", "method": "equal_principal", "periods": 12}
    )
    assert [int(point.at) for point in tiny][-1] < 36
    assert plain_costing().length_points({"method": "revolving"}) == ()


def test_points_of_an_offer_that_is_refused_are_refused() -> None:
    with pytest.raises(InvalidInput):
        plain_costing().fee_points({"principal": "x"})


def test_a_prediction_is_kept_once_a_key_newest_first(services: Services) -> None:
    costing = services.costing
    first = costing.predict(ME, "flat-fee-year", "8%", Decimal("14.31"), "guess-0001")
    again = costing.predict(ME, "flat-fee-year", "99", Decimal("14.31"), "guess-0001")
    second = costing.predict(ME, "other", Decimal(7), Decimal(9), "guess-0002", "count")
    assert again == first
    assert (first.guess, first.truth, first.off) == (
        Decimal(8),
        Decimal("14.31"),
        Decimal("-6.31"),
    )
    assert costing.predictions(ME) == (second, first)
    assert costing.predictions(OTHER) == ()


def test_predictions_outlive_the_process_and_are_shown_and_exported(
    services: Services, tmp_path: Path
) -> None:
    made = services.costing.predict(ME, "flat-fee-year", "8", Decimal("14.31"), "guess-0001")
    later = build(Settings(data_dir=tmp_path), CLOCK)
    overview = later.progress.overview(ME)
    assert overview.predictions == (made,)
    assert not overview.empty
    events = json.loads(later.progress.export(ME))["events"]
    assert [event["data"] for event in events if event["kind"] == "prediction_made"] == [
        {"exercise": "flat-fee-year", "guess": "8", "truth": "14.31", "unit": "percent"}
    ]
    later.progress.forget(ME)
    assert later.costing.predictions(ME) == ()


@pytest.mark.parametrize(
    ("guess", "reason"),
    [
        ("", "not_a_number"),
        ("about ten", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1e30", "not_a_number"),
        (Decimal("NaN"), "not_a_number"),
        ("-1", "too_small"),
        (Decimal(10**13), "too_large"),
    ],
)
def test_a_guess_that_is_none_is_refused_and_not_kept(
    services: Services, guess: str | Decimal, reason: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        services.costing.predict(ME, "flat-fee-year", guess, Decimal(1), "guess-0001")
    assert (caught.value.field, caught.value.reason) == ("guess", reason)
    assert services.costing.predictions(ME) == ()


@pytest.mark.parametrize("exercise", ["", "Flat Fee", "../x", "x" * 61, "免息"])
def test_an_exercise_needs_a_proper_id(services: Services, exercise: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        services.costing.predict(ME, exercise, "1", Decimal(1), "guess-0001")
    assert caught.value.field == "exercise"
