"""`python -m sandbox advert`: JSON in, reading and figures out, and every kind of bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from sandbox.adverts import AdvertBook
from sandbox.adverts.door import advert_from_json, advert_schema
from sandbox.door_error import DoorError


def asked(book: AdvertBook, **given: Any) -> dict[str, Any]:
    answer = advert_from_json(json.dumps(given), book)
    assert json.loads(json.dumps(answer)) == answer
    return answer


def test_an_advert_becomes_a_reading_an_offer_and_figures(book: AdvertBook) -> None:
    answer = asked(book, text="0利息 手续费0.6%/期，借12000，12期")
    assert [item["text"] for item in answer["reading"]["stated"]][:2] == ["0利息", "手续费0.6%/期"]
    assert answer["offer"] == {
        "principal": "12000", "method": "flat_fee", "period_rate": "0.006", "periods": 12
    }  # fmt: skip
    assert answer["figures"]["total_repaid"] == "12864.00"
    assert answer["figures"]["yearly_simple"].startswith("0.1303")
    assert answer["figures"]["advertised_yearly"] == "0.072"
    assert answer["problem"] is None


def test_the_offer_goes_through_the_quote_door_unchanged(book: AdvertBook) -> None:
    from sandbox.loans.door import quote_from_json

    for sample in book.samples.values():
        answers = sample.expect.answers.model_dump(mode="json", exclude_none=True)
        answer = asked(book, text=sample.advert.zh, answers=answers)
        if answer["offer"] is not None:
            quoted = quote_from_json(json.dumps(answer["offer"]))
            assert quoted["totals"]["payment"] == answer["figures"]["total_repaid"]


def test_what_is_missing_is_asked_and_can_be_answered(book: AdvertBook) -> None:
    answer = asked(book, text="only $3 a day")
    must = [question["code"] for question in answer["questions"] if question["must_be_answered"]]
    assert must == ["daily_meaning", "amount", "periods"]
    assert answer["figures"] is None
    given = {"daily_meaning": "interest", "amount": "1000", "periods": 12}
    answer = asked(book, text="only $3 a day", answers=given)
    assert answer["figures"]["advertised_yearly"] is None
    assert answer["offer"]["daily_rate"] == "0.003"


def test_a_refusal_of_the_engine_is_a_problem_not_an_error(book: AdvertBook) -> None:
    answer = asked(book, text="日利率50%，借1000，12期")
    assert answer["figures"] is None
    assert (answer["problem"]["field"], answer["problem"]["reason"]) == ("daily_rate", "too_large")


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("{}", "text", "missing"),
        ('{"text": 5}', "text", "wrong_type"),
        ('{"text": "\\ud800"}', "text", "not_text"),
        (json.dumps({"text": "借" * 10_001}), "text", "too_long"),
        ('{"text": "", "more": 1}', "more", "unknown_field"),
        ('{"text": "", "answers": {"amount": 0}}', "answers.amount", "too_small"),
        ('{"text": "", "answers": {"amount": NaN}}', "answers.amount", "not_finite"),
        ('{"text": "", "answers": {"periods": 0}}', "answers.periods", "too_small"),
        ('{"text": "", "answers": {"periods": "12"}}', "answers.periods", "not_an_integer"),
        ('{"text": "", "answers": {"method": "magic"}}', "answers.method", "unknown_choice"),
        ('{"text": "", "answers": {"guess": 1}}', "answers.guess", "unknown_field"),
        ("[]", "", "wrong_type"),
        ("", "", "not_json"),
    ],
)
def test_bad_input_is_refused_with_field_and_reason(
    book: AdvertBook, text: str, field: str, reason: str
) -> None:
    with pytest.raises(DoorError) as caught:
        advert_from_json(text, book)
    assert (caught.value.field, caught.value.reason) == (field, reason)


def test_the_schema_explains_every_answer() -> None:
    schema = advert_schema()
    assert all(
        "description" in value for value in schema["$defs"]["Answers"]["properties"].values()
    )
    assert all("description" in value for value in schema["properties"].values())


def test_the_command_line_reads_an_advert() -> None:
    given = json.dumps({"text": "日息万五"}).encode()
    command = [sys.executable, "-m", "sandbox", "advert"]
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["reading"]["stated"][0]["value"] == "0.0005"
    done = subprocess.run(command, input=b'{"text": 1}', capture_output=True, check=False)
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["field"] == "text"
