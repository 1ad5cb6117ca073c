"""Grading: pure, fair, and with an explanation for whatever was answered."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.content.posing import Posed
from jiejian.errors import InvalidInput
from jiejian.services.given import Raw, graded
from jiejian.services.grading import AnswerError, case_grade, explanation, grade
from tests.right_answers import right, wrong
from tests.unit.quiz.kinds import QUIZ, posed

PLAIN = [item.id for item in QUIZ.items if item.kind != "case"]


def questions(name: str) -> list[Posed]:
    found = posed(name)
    return list(found.steps.values()) or [found]


@pytest.mark.parametrize("name", [item.id for item in QUIZ.items])
def test_the_right_answer_earns_everything_and_a_wrong_one_is_wrong(name: str) -> None:
    for question in questions(name):
        best = graded(question, right(question))
        assert (best.correct, best.credit) == (True, Decimal("1.00"))
        worst = graded(question, wrong(question))
        assert not worst.correct
        assert worst.credit < 1


@pytest.mark.parametrize("name", [item.id for item in QUIZ.items])
@pytest.mark.parametrize("answer", [right, wrong])
def test_every_answer_is_explained_in_both_languages(name: str, answer: object) -> None:
    for question in questions(name):
        result = graded(question, answer(question))  # type: ignore[operator]
        assert result.because
        for key in result.because:
            text = question.say(explanation(question.item, key))
            assert text.zh
            assert text.en
            assert "{" not in text.zh.replace("{value}", "") + text.en.replace("{value}", "")


def test_several_choices_each_wrong_one_takes_back_a_right_one() -> None:
    question = posed("several")
    ids = question.order
    for chosen in chain.from_iterable(combinations(ids, n) for n in range(1, len(ids) + 1)):
        result = graded(question, list(chosen))
        hits, slips = len(set(chosen) & question.right), len(set(chosen) - question.right)
        assert result.credit == round(Decimal(max(0, hits - slips)) / 2, 2)
        assert result.correct == (set(chosen) == question.right)
        marks = {line.id: line.mark for line in result.lines}
        assert {name for name, mark in marks.items() if mark in ("hit", "wrong")} == set(chosen)


def test_an_order_earns_what_stands_in_its_place() -> None:
    question = posed("order")
    ideal = right(question)
    assert isinstance(ideal, list)
    for order in permutations(ideal):
        result = graded(question, list(order))
        in_place = sum(a == b for a, b in zip(order, ideal, strict=True))
        assert result.credit == Decimal(in_place) / 4
        assert result.correct == (list(order) == ideal)
        assert [line.given for line in result.lines] == ["1", "2", "3", "4"]


def test_matches_earn_one_by_one() -> None:
    question = posed("match")
    pairs, targets = ["busy", "often", "face"], ["technology", "risk", "user"]
    for chosen in product(targets, repeat=3):
        result = graded(question, dict(zip(pairs, chosen, strict=True)))
        hits = sum(a == b for a, b in zip(chosen, targets, strict=True))
        assert result.credit == round(Decimal(hits) / 3, 2)


@given(st.decimals(-2, 2, places=3))
def test_a_number_is_right_within_its_tolerance(off: Decimal) -> None:
    question = posed("number")
    assert question.answer is not None
    assert grade(question, question.answer + off).correct == (abs(off) <= 1)


def test_a_near_miss_is_told_by_its_own_words() -> None:
    question = posed("number")
    result = graded(question, str(question.near[0]))
    assert result.because == ("near-miss-0", "answer")


BAD: list[tuple[str, Raw, str]] = [
    ("one", [], "empty"),
    ("one", ["look", "resend"], "unknown_choice"),
    ("one", ["nothing"], "unknown_choice"),
    ("one", "look", "unknown_choice"),
    ("several", ["value", "value"], "unknown_choice"),
    ("number", "", "empty"),
    ("number", "   ", "empty"),
    ("number", "abc", "not_a_number"),
    ("number", "9" * 61, "too_long"),
    ("number", ["12"], "not_a_number"),
    ("order", ["list", "bank"], "unplaced"),
    ("order", ["list", "list", "bank", "support"], "unknown_choice"),
    ("match", {"busy": "technology"}, "unmatched"),
    ("match", {"busy": "technology", "often": "risk", "face": "moon"}, "unknown_choice"),
    ("match", ["busy"], "unknown_choice"),
    ("control", ["adult"], "unknown_choice"),
    ("advert", ["sure", "nothing"], "unknown_choice"),
]


@pytest.mark.parametrize(("name", "answer", "reason"), BAD)
def test_what_is_no_answer_is_refused_with_a_reason(name: str, answer: Raw, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        graded(posed(name), answer)
    assert (caught.value.field, caught.value.reason) == ("answer", reason)


def test_a_mini_case_is_the_mean_of_the_steps_met() -> None:
    steps = posed("mini").steps
    good, bad = graded(steps["answer"], ["hang-up"]), graded(steps["answer"], ["share"])
    assert case_grade([good, good]).correct
    half = case_grade([bad, good])
    assert (half.correct, half.credit) == (False, Decimal("0.50"))
    with pytest.raises(AnswerError):
        case_grade([])
