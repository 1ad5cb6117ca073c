"""Adverts read for a learner: answers as typed, and what is wrong with them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jiejian.errors import InvalidInput
from jiejian.services.adverts import Adverts, Told
from sandbox.adverts import Answers, shipped_advertbook

ADVERTS = Adverts(shipped_advertbook())


def told(text: str, **typed: str) -> Told:
    return ADVERTS.cost(ADVERTS.read(text), typed)


def source(answer: Told, field: str) -> str:
    return next(use.source for use in answer.truth.workings.used if use.field == field)


def test_answers_are_taken_as_people_type_them() -> None:
    answer = told(
        "日息万五", amount="1.2万", periods="２４期", other_fees="￥1,00".replace(",", "")
    )
    assert answer.refused == {}
    assert answer.truth.quote is not None
    assert answer.truth.quote.offer.principal == 12000
    assert answer.truth.quote.offer.periods == 24
    assert answer.truth.quote.received == Decimal(11900)


def test_a_percentage_is_typed_in_per_cent() -> None:
    answer = told("年化利率7.2%-24%，12期", rate="24")
    assert answer.truth.simple is not None
    assert round(answer.truth.simple, 3) == Decimal("0.240")


def test_an_answer_may_raise_the_next_question() -> None:
    answer = told("only $3 a day", daily_meaning="repayment", amount="1000", periods="12")
    assert answer.truth.quote is not None
    answer = told(
        "only $3 a day",
        daily_meaning="interest",
        amount="1000",
        periods="12",
        method="interest_first",
    )
    assert answer.truth.quote is not None
    assert answer.truth.quote.offer.method == "interest_first"


def test_an_empty_answer_is_none() -> None:
    assert source(told("日息万五", amount="", periods="  "), "amount") == "assumed"


def test_an_answer_nobody_asked_for_changes_nothing() -> None:
    plain = told("借1000，30天还1400")
    other = told(
        "借1000，30天还1400", instalment="5", rate="3", daily_meaning="interest", fee_when="last"
    )
    assert plain.truth == other.truth


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        ("amount", "lots", "not_a_number"),
        ("amount", "0", "too_small"),
        ("amount", "-5", "too_small"),
        ("amount", "1" + "0" * 15, "too_large"),
        ("amount", "1e30", "too_large"),
        ("amount", "NaN", "not_finite"),
        ("periods", "12.5", "not_an_integer"),
        ("periods", "0", "too_small"),
        ("periods", "601", "too_large"),
        ("periods", "<b>", "not_an_integer"),
        ("method", "magic", "unknown_choice"),
        ("other_fees", "-1", "too_small"),
    ],
)
def test_an_answer_that_cannot_be_used_is_explained_and_not_counted(
    code: str, text: str, reason: str
) -> None:
    answer = told("日息万五", **{code: text})
    assert {name: error.reason for name, error in answer.refused.items()} == {code: reason}
    assert answer.refused[code].field == code
    assert source(answer, code) == "assumed"
    assert answer.truth.quote is not None


def test_a_passed_limit_is_told() -> None:
    assert told("日息万五", periods="601").refused["periods"].details["high"] == 600


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        ADVERTS.read("借" * 10_001)
    assert (caught.value.field, caught.value.reason) == ("text", "too_long")


def test_every_answer_has_a_way_to_be_typed() -> None:
    """A code that is none of these would be passed on as text."""
    from jiejian.services.adverts import COUNTS, NUMBERS, PERCENTS

    texts = {"pay_every", "method", "rate_per", "daily_meaning", "fee_when"}
    assert texts | {*COUNTS, *NUMBERS, *PERCENTS} == set(Answers.model_fields)
