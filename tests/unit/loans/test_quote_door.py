"""The headless door: the default offer, the schema, flows alone, and every kind of bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal as D
from pathlib import Path
from typing import Any, get_args

import pytest

from sandbox.door_error import DoorError
from sandbox.loans import Offer
from sandbox.loans.door import quote_from_json, quote_schema
from sandbox.loans.terms import Unit


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(DoorError) as caught:
        quote_from_json(text)
    shape = caught.value.to_json()["error"]
    assert shape["message"]
    return shape["field"], shape["reason"]


def test_an_empty_object_quotes_the_default_offer() -> None:
    answer = quote_from_json("{}")
    assert answer["instalment"] == "888.49"
    assert len(answer["rows"]) == 12
    assert answer["rows"][-1]["balance"] == "0.00"
    assert answer["rates"]["nominal_annual"]["percent"] == "12.00"
    assert json.loads(json.dumps(answer)) == answer


def test_amounts_may_be_numbers_or_text_and_stay_exact() -> None:
    as_number = quote_from_json('{"principal": 1234567.89, "annual_rate": 0.1}')
    as_text = quote_from_json('{"principal": "1234567.89", "annual_rate": "0.1"}')
    assert as_number["rows"] == as_text["rows"]
    assert as_number["totals"]["principal"] == "1234567.89"


def properties(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every key of the input by the name of its object and its own."""
    return {
        f"{name}.{key}": value
        for name, definition in schema["$defs"].items()
        for key, value in definition["properties"].items()
    }


def test_the_schema_gives_every_key_a_meaning_and_a_unit() -> None:
    schema = quote_schema()
    units = get_args(Unit)
    for name, value in properties(schema).items():
        assert len(value["description"]) > 10, name
        assert value["unit"] in units, name
    assert {"Offer", "CashFlows", "Fee", "Prepayment", "Deferral"} <= set(schema["$defs"])
    assert set(schema["$defs"]["Offer"]["properties"]) == set(Offer.model_fields)
    assert json.loads(json.dumps(schema)) == schema


def test_the_schema_names_every_part_of_the_answer() -> None:
    described = quote_schema()["answer"]
    answer = quote_from_json("{}")
    assert set(described["offer"]) == set(answer)
    assert set(described["row"]) == set(answer["rows"][0])
    assert set(described["totals"]) == set(answer["totals"])
    assert set(described["rates"]) >= set(answer["rates"])
    assert set(described["rate"]) == set(answer["rates"]["xirr"])
    flows = quote_from_json(json.dumps(SETTLED))
    assert set(described["flows"]) == set(flows)
    assert set(described["rates"]) >= set(flows["rates"])


def test_the_examples_of_the_schema_are_answered() -> None:
    examples = quote_schema()["examples"]
    assert len(examples) > 5
    for example in examples:
        assert quote_from_json(json.dumps(example))["rates"]


NEVER = [
    ('{"principal": 0}', "principal", "too_small"),
    ('{"principal": -1}', "principal", "too_small"),
    ('{"principal": NaN}', "principal", "not_finite"),
    ('{"principal": Infinity}', "principal", "not_finite"),
    ('{"principal": "NaN"}', "principal", "not_finite"),
    ('{"principal": "much"}', "principal", "not_a_number"),
    ('{"principal": "1_000"}', "principal", "not_a_number"),
    ('{"principal": "１００"}', "principal", "not_a_number"),
    ('{"principal": 1e30}', "principal", "too_large"),
    ('{"principal": 1e999999999}', "principal", "too_large"),
    ('{"principal": true}', "principal", "wrong_type"),
    ('{"principal": null}', "principal", "wrong_type"),
    ('{"principal": [1]}', "principal", "wrong_type"),
    ('{"principal": 10.001}', "principal", "too_precise"),
    ('{"principal": 0.01}', "principal", "never_amortises"),
    ('{"principal": 0.01, "method": "equal_principal"}', "principal", "too_small"),
    ('{"principal": 0.05, "periods": 10, "method": "equal_principal"}', "principal", "too_small"),
    ('{"annual_rate": -0.1}', "annual_rate", "too_small"),
    ('{"annual_rate": 37}', "annual_rate", "too_large"),
    ('{"daily_rate": 0.5}', "daily_rate", "too_large"),
    ('{"annual_rate": 0.1, "daily_rate": 0.0005}', "daily_rate", "conflict"),
    ('{"periods": 0}', "periods", "too_small"),
    ('{"periods": 601}', "periods", "too_large"),
    ('{"periods": 1.5}', "periods", "not_an_integer"),
    ('{"periods": true}', "periods", "not_an_integer"),
    ('{"periods": "12"}', "periods", "not_an_integer"),
    ('{"method": "magic"}', "method", "unknown_choice"),
    ('{"upfront_fee": 10000}', "upfront_fee", "fee_not_below_principal"),
    ('{"upfront_fee_rate": 1.5}', "upfront_fee_rate", "fee_not_below_principal"),
    ('{"surprise": 1}', "surprise", "unknown_field"),
    ('{"fees": [{"surprise": 1}]}', "fees.0.surprise", "unknown_field"),
    ('{"fees": [{"when": "financed", "mandatory": false}]}', "fees.0.mandatory", "conflict"),
    ('{"start": "2026-02-30"}', "start", "not_a_date"),
    ('{"start": 0}', "start", "not_a_date"),
    ('{"start": "1899-12-31"}', "start", "out_of_range"),
    ('{"first_due": "2026-01-15"}', "first_due", "dates_out_of_order"),
    ('{"odd_days": "calendar_year"}', "odd_days", "conflict"),
    ('{"period": "dates"}', "due_dates", "missing"),
    (
        '{"period": "dates", "due_dates": ["2026-03-01", "2026-02-01"]}',
        "due_dates",
        "dates_out_of_order",
    ),
    ('{"instalment": 100}', "instalment", "never_amortises"),
    ('{"instalment": 900, "method": "bullet"}', "instalment", "conflict"),
    ('{"method": "balloon"}', "balloon", "conflict"),
    ('{"grace_periods": 12}', "grace_periods", "too_large"),
    ('{"prepayments": [{"amount": 5}]}', "prepayments.0.on", "missing"),
    (
        '{"prepayments": [{"on": "2026-02-20", "amount": 10000}]}',
        "prepayments.0.amount",
        "too_large",
    ),
    ('{"prepayments": [{"on": "2030-01-01"}]}', "prepayments.0.on", "after_end"),
    ('{"prepayments": [{"on": "2026-01-01"}]}', "prepayments.0.on", "dates_out_of_order"),
    ('{"late_payments": [{"instalment": 13}]}', "late_payments.0.instalment", "too_large"),
    (
        '{"deferrals": [{"from_instalment": 3, "instalments": 2}, {"from_instalment": 4}]}',
        "deferrals.1.from_instalment",
        "dates_out_of_order",
    ),
    (
        '{"method": "revolving", "annual_rate": 2, "revolving": {"minimum_rate": 0.01}}',
        "revolving.minimum_rate",
        "never_amortises",
    ),
    (
        '{"method": "revolving", "daily_rate": 0.0005, "start": "2026-04-05",'
        ' "revolving": {"first_bill": "2026-04-04", "interest_rule": "unpaid_rest"}}',
        "revolving.first_bill",
        "dates_out_of_order",
    ),
    ('{"method": "revolving", "revolving": {"due_days": 5}}', "revolving.due_days", "conflict"),
    ('{"fees": [{"name": "\\ud800"}]}', "fees.0.name", "not_text"),
    ('{"flows": []}', "flows", "too_short"),
    ('{"flows": [{"at": 0, "amount": 1}, {"at": 1, "amount": 1}]}', "flows", "no_sign_change"),
    (
        '{"flows": [{"at": 0, "amount": 1}, {"date": "2026-01-01", "amount": -1}]}',
        "flows.1.date",
        "conflict",
    ),
    ('{"flows": [{"amount": 1}, {"at": 1, "amount": -1}]}', "flows.0.date", "missing"),
    (
        '{"flows": [{"at": 0, "amount": NaN}, {"at": 1, "amount": -1}]}',
        "flows.0.amount",
        "not_finite",
    ),
    (
        '{"flows": [{"date": "2026-01-01", "amount": 1}, {"date": "2026-02-01", "amount": -1,'
        ' "times": 2}], "period": "semimonth"}',
        "flows.1.times",
        "conflict",
    ),
    (
        '{"flows": [' + '{"at": 0, "amount": 1, "times": 1200},' * 4 + '{"at": 0, "amount": -1,'
        ' "times": 201}]}',
        "flows",
        "too_long",
    ),
    ('{"periods": 1e999}', "periods", "too_large"),
    ('{"periods": 1e30}', "periods", "too_large"),
    ('{"periods": -1e30}', "periods", "too_small"),
    ('{"periods": NaN}', "periods", "not_finite"),
    ('{"term_days": true, "method": "bullet"}', "term_days", "not_an_integer"),
    ('{"principal": 1, "principal": 2}', "principal", "duplicate_field"),
    ("[]", "", "wrong_type"),
    ("{", "", "not_json"),
    ("", "", "not_json"),
    ("[" * 100000, "", "not_json"),
]


@pytest.mark.parametrize(("text", "field", "reason"), NEVER)
def test_bad_input_is_refused_with_field_and_reason(text: str, field: str, reason: str) -> None:
    assert refusal(text) == (field, reason)


RIGHT = [
    ('{"annual_rate": 0}', "10000.00"),
    ('{"annual_rate": 0, "periods": 12.0}', "10000.00"),
    ('{"periods": 1, "annual_rate": 0.12}', "10100.00"),
    ('{"principal": 0.01, "periods": 1}', "0.01"),
    ('{"principal": 0.12, "annual_rate": 0}', "0.12"),
    ('{"start": "2024-02-29", "annual_rate": 0}', "10000.00"),
    ('{"periods": 360, "annual_rate": 0}', "10000.00"),
    ('{"principal": "12000", "money_unit": 1, "annual_rate": 0}', "12000"),
]


@pytest.mark.parametrize(("text", "paid"), RIGHT)
def test_edges_that_are_right(text: str, paid: str) -> None:
    answer = quote_from_json(text)
    assert answer["totals"]["payment"] == paid
    assert D(answer["rows"][-1]["balance"]) == 0


def test_amounts_have_the_places_of_the_money_unit() -> None:
    for unit, zero in (("0.01", "0.00"), ("1", "0"), ("0.001", "0.000")):
        answer = quote_from_json(json.dumps({"money_unit": unit, "periods": 3}))
        assert {row["fees"] for row in answer["rows"]} == {zero}
        assert answer["totals"]["penalty"] == answer["upfront_fees"] == zero


def test_three_hundred_and_sixty_instalments() -> None:
    answer = quote_from_json('{"principal": 1000000, "periods": 360, "annual_rate": 0.042}')
    assert len(answer["rows"]) == 360
    assert answer["instalment"] == "4890.17"


def test_flows_by_period_report_two_roots() -> None:
    answer = quote_from_json(
        '{"period": "year", "flows": [{"at": 0, "amount": 100}, {"at": 1, "amount": -230},'
        ' {"at": 2, "amount": 132}]}'
    )
    assert answer["rates"]["irr"]["problem"] == "not_unique"
    assert [float(root) for root in answer["rates"]["irr"]["roots"]] == pytest.approx([0.1, 0.2])


def test_flows_by_date_give_the_dated_rates() -> None:
    """Appendix J (c)(5)(i): 1,000 on 3 January 1978, 1,080 on 15 September."""
    answer = quote_from_json(
        '{"flows": [{"date": "1978-01-03", "amount": 1000}, {"date": "1978-09-15", "amount": -1080}]}'
    )
    assert answer["rates"]["us_apr"]["published_percent"] == "11.45"
    assert answer["cost"] == "80.00"
    assert set(answer["rates"]) == {"xirr", "us_apr", "eu_aprc"}


def test_a_dated_flow_may_repeat() -> None:
    """Appendix J (c)(1)(ii): 6,000 on 10 February 1978, 36 times 200 from 1 April: 11.82."""
    flows = [
        {"date": "1978-02-10", "amount": 6000},
        {"date": "1978-04-01", "amount": -200, "times": 36},
    ]
    answer = quote_from_json(json.dumps({"flows": flows}))
    assert answer["rates"]["us_apr"]["published_percent"] == "11.82"
    assert answer["paid"] == "7200.00"


SETTLED = {
    "flows": [{"at": 0, "amount": 5000}, {"at": 1, "amount": "-134.57", "times": 48}],
    "settle": {"at": 12, "days": 0, "apr": 0.14},
}


@pytest.mark.parametrize(("days", "rebate"), [(0, "860.52"), (28, "819.71")])
def test_settlement_of_flows(days: int, rebate: str) -> None:
    """UK Early Settlement Regulations 2004, example 1."""
    given = {**SETTLED, "settle": {"at": 12, "days": days, "apr": 0.14}}
    assert quote_from_json(json.dumps(given))["settlement"]["rebate"] == rebate


def sandbox(*arguments: str, given: bytes = b"", close: bool = False) -> tuple[int, bytes, bytes]:
    """Status, output and errors of `python -m sandbox`; close: nobody reads the output."""
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox", *arguments],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        if close:
            process.stdout.close()
        process.stdin.write(given)
        process.stdin.close()
        output = b"" if close else process.stdout.read()
        errors = process.stderr.read()
    return process.returncode, output, errors


def test_the_command_answers_refuses_and_never_tracebacks() -> None:
    status, output, errors = sandbox("quote", given=b"{}")
    assert (status, errors) == (0, b"")
    assert json.loads(output) == quote_from_json("{}")
    for given in (b'{"principal": true}', b"\xff", b'{"\\ud800": 1}', b"[" * 2000, b"9" * 10**6):
        status, output, errors = sandbox("quote", given=given)
        assert (status, output) == (2, b"")
        assert set(json.loads(errors)["error"]) == {"field", "reason", "message"}


def test_a_reader_who_leaves_early_is_no_error() -> None:
    assert sandbox("schema", "quote", close=True)[2] == b""
