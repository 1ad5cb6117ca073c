"""Named calculations against published figures and the engine they stand on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jiejian.content.printed.words import call_words, term_words
from sandbox.answers import ANSWERS
from sandbox.answers.calls import LoanArguments
from sandbox.loans import Offer, quote

FLAT = {"principal": 12000, "period_rate": "0.006", "periods": 12, "method": "flat_fee"}
BANK = {"principal": 12000, "annual_rate": "0.12", "periods": 12}
NUMPY = {"principal": 2500, "annual_rate": "0.0824", "periods": 12}

# call, arguments, value, places compared; figures with a source in the loan mathematics.
KNOWN = [
    ("instalment", {"principal": 200000, "annual_rate": "0.06", "periods": 240}, "1432.86", 2),
    ("irr_simple", FLAT, "13.0342", 4),
    ("irr_compound", FLAT, "13.8418", 4),
    ("total_interest", FLAT, "864.00", 2),
    ("daily_interest", {"amount": 10000, "daily_rate": "0.0005", "days": 30}, "150.00", 2),
    ("schedule_cell", {**NUMPY, "row": 1, "column": "interest"}, "17.17", 2),
    ("payments", BANK, "12", 0),
    ("balance_after", {**BANK, "after": 0}, "12000", 2),
    ("balance_after", {**BANK, "after": 12}, "0.00", 2),
    ("received", {**BANK, "upfront_fee": 500}, "11500.00", 2),
    ("total_fees", {**BANK, "upfront_fee": 500}, "500.00", 2),
    ("nominal_annual", BANK, "12", 4),
    ("advertised_period", FLAT, "0.6", 4),
    ("advertised_daily", {**BANK, "annual_rate": "0.1825"}, "0.05", 6),
    # Reg. Z, Appendix J (c)(1)(i): 5,000 repaid in 24 payments of 230 is 9.69 %.
    (
        "cash_flow_rate",
        {"flows": [{"at": 0, "amount": 5000}, {"at": 1, "amount": -230, "times": 24}]},
        "9.69",
        2,
    ),
    ("requests_in_window", {"requests_minutes_ago": [5, 59, 60]}, "3", 0),
    ("cool_down_hours", {}, "24", 0),
    ("freeze_hours", {}, "72", 0),
    ("cool_down_left_hours", {"tripped_hours_ago": 30}, "0", 0),
    ("velocity_limit", {}, "3", 0),
    ("velocity_wait_minutes", {"requests_minutes_ago": [10, 20]}, "40", 0),
    ("rule_limit", {"rule": "debt-burden"}, "50", 2),
    ("tripped_checks", {"persona": "student"}, "1", 0),
    ("given", {"value": 3000}, "3000", 0),
    ("added", {"of": [1, "2.5", 3]}, "6.5", 2),
    ("multiplied", {"of": [3, "2.5"]}, "7.5", 2),
    ("difference", {"of": 5, "less": 7}, "-2", 0),
    ("quotient", {"of": 7, "by": 2}, "3.5", 2),
    ("ratio", {"of": 9, "by": 6}, "1.5", 2),
    ("percent_of", {"part": 1, "whole": 8}, "12.5", 2),
    ("compounded", {"start": 100, "rate": "0.01", "times": 12}, "112.68", 2),
]


@pytest.mark.parametrize(("name", "args", "value", "places"), KNOWN)
def test_a_known_value(name, args, value, places):
    unit = Decimal(1).scaleb(-places)
    assert ANSWERS[name](args).quantize(unit) == Decimal(value).quantize(unit)


def test_every_call_has_words_and_a_docstring():
    assert ANSWERS.keys() == call_words().keys()
    assert all(call.about.endswith(".") for call in ANSWERS.values())


def test_every_term_with_words_is_an_argument_of_a_call_or_a_loan():
    known = set(Offer.model_fields)
    for call in ANSWERS.values():
        known |= call.takes.model_fields.keys()
    assert term_words().keys() <= known


REFUSED = [
    ("instalment", {**BANK, "method": "equal_principal"}, "no instalment of this loan is level"),
    ("instalment", {**BANK, "weather": 1}, "weather"),
    ("schedule_cell", {**BANK, "row": 13}, "rows 1 to 12"),
    ("column_sum", {**BANK, "first_row": 5, "last_row": 4}, "last_row"),
    ("balance_after", {**BANK, "after": 13}, "12 payments"),
    ("payoff", {**BANK, "after": 6, "amount": 5}, "settles everything"),
    ("cash_flow_rate", {"flows": [{"at": 0, "amount": 1}, {"at": 1, "amount": 1}]}, "flows"),
    ("check_value", {"rule": "nothing"}, "there is no 'nothing'"),
    ("check_value", {"persona": "student", "rule": "debt-burden"}, "never reaches"),
    ("check_value", {"persona": "nobody", "rule": "adult"}, "there is no 'nobody'"),
    ("priced_rate", {"persona": "student"}, "not approved: declined"),
    ("most_approved", {"persona": "student"}, "not even the smallest"),
    ("ratio", {"of": 1, "by": 0}, "divided by 0"),
    ("given", {"value": True}, "a number is expected"),
    ("given", {"value": "NaN"}, "finite"),
    ("added", {"of": [1]}, "at least 2"),
]


@pytest.mark.parametrize(("name", "args", "said"), REFUSED)
def test_what_cannot_be_computed_says_why(name, args, said):
    with pytest.raises((ValueError, ValidationError), match=said):
        ANSWERS[name](args)


def test_a_loan_may_be_given_whole_or_beside_the_other_arguments():
    whole = ANSWERS["balance_after"]({"loan": BANK, "after": 6})
    assert whole == ANSWERS["balance_after"]({**BANK, "after": 6})
    assert ANSWERS["payoff"]({**BANK, "after": 6}) == whole


@given(
    principal=st.integers(1000, 300_000),
    rate=st.integers(1, 36),
    periods=st.integers(2, 36),
    after=st.integers(1, 35),
)
@settings(max_examples=40, deadline=None)
def test_the_parts_of_a_loan_agree(principal, rate, periods, after):
    loan = {"principal": principal, "annual_rate": Decimal(rate) / 100, "periods": periods}
    after = min(after, periods - 1)
    found = quote(Offer.model_validate(loan))
    assert ANSWERS["total_cost"](loan) == found.totals.cost
    assert ANSWERS["total_paid"](loan) - ANSWERS["received"](loan) == ANSWERS["total_cost"](loan)
    repaid = principal - ANSWERS["balance_after"]({**loan, "after": after})
    paid = ANSWERS["paid_after"]({**loan, "after": after})
    interest = ANSWERS["column_sum"]({**loan, "last_row": after})
    assert paid == repaid + interest
    assert ANSWERS["prepayment_saving"]({**loan, "after": after}) >= 0


def test_paying_ahead_shortens_or_lowers():
    early = {**BANK, "after": 3, "amount": 3000}
    assert ANSWERS["instalments_saved"](early) > 0
    lower = {**early, "effect": "lower_instalment"}
    assert ANSWERS["instalment_after_prepayment"](lower) < ANSWERS["instalment"](BANK)


def test_a_holiday_and_a_late_payment_cost_something():
    assert ANSWERS["deferral_cost"]({**BANK, "from_instalment": 3}) > 0
    assert ANSWERS["penalty"]({**BANK, "days": 10}) > 0


def test_the_minimum_payment_takes_longer_and_costs_more_than_a_fixed_one():
    card = {"balance": 10000, "annual_rate": "0.18"}
    fixed = {**card, "payment": 2000}
    assert ANSWERS["revolving_months"](card) > ANSWERS["revolving_months"](fixed)
    assert ANSWERS["revolving_cost"](card) > ANSWERS["revolving_cost"](fixed)
    assert ANSWERS["revolving_first_payment"](fixed) == 2000


def test_the_largest_amount_approved_is_at_the_edge():
    most = ANSWERS["most_approved"]({"persona": "new-clerk"})
    approved = {"persona": "new-clerk", "request": {"amount": most}}
    assert ANSWERS["tripped_checks"](approved) == 0
    beyond = {"persona": "new-clerk", "request": {"amount": most + 100}}
    assert ANSWERS["tripped_checks"](beyond) > 0
    assert ANSWERS["priced_cost"](approved) > 0


def test_calls_on_loans_are_known_as_such():
    assert ANSWERS["instalment"].takes_loan
    assert issubclass(ANSWERS["payoff"].takes, LoanArguments)
    assert not ANSWERS["given"].takes_loan
