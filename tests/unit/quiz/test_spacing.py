"""Spaced repetition: what comes back, when, and always the same for the same answers."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.services.spacing import SOON, comes_back, remembered
from jiejian.services.standing import CERTAINTIES, Answered
from sandbox.text import Language
from tests.right_answers import right, wrong
from tests.unit.quiz.kinds import ME, Desk

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def answered(correct: bool, certainty: str | None, days: float, item: str = "one") -> Answered:
    at = (START + timedelta(days=days)).isoformat()
    return Answered("q", item, [], correct, Decimal(1), 0, at, 1, certainty=certainty)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("correct", "certainty", "back"),
    [
        (False, "sure", True),
        (False, None, True),
        (True, "think", True),
        (True, "guess", True),
        (True, "sure", False),
        (True, None, False),
    ],
)
def test_wrong_and_unsure_answers_come_back(
    correct: bool, certainty: str | None, back: bool
) -> None:
    answer = answered(correct, certainty, 0)
    assert comes_back(answer) == back
    assert (("q", "one") in remembered([answer])) == back


def test_a_wrong_answer_is_soon_due_and_right_ones_send_it_further_away() -> None:
    past = [answered(False, None, 0)]
    entry = remembered(past)["q", "one"]
    assert entry.due == START + SOON
    rests = [entry.rests]
    for _ in range(5):
        at = (remembered(past)["q", "one"].due - START) / timedelta(days=1)
        past.append(answered(True, "think", at))
        rests.append(remembered(past)["q", "one"].rests)
    assert rests == sorted(rests)
    assert rests[-1] > timedelta(days=14)
    past.append(answered(False, "sure", at + 30))
    assert remembered(past)["q", "one"].rests == SOON


def test_the_surer_the_later() -> None:
    rests = [remembered([answered(True, word, 0)]) for word in ("guess", "think")]
    guess, think = (found["q", "one"].due for found in rests)
    assert guess <= think


ANSWERS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from([*CERTAINTIES, None]),
        st.floats(0, 5),
        st.sampled_from(["one", "two"]),
    ),
    max_size=25,
)


@given(ANSWERS)
def test_the_fold_is_deterministic_and_items_do_not_touch_each_other(
    given: list[tuple[bool, str | None, float, str]],
) -> None:
    past, day = [], 0.0
    for correct, certainty, later, item in given:
        day += later
        past.append(answered(correct, certainty, day, item))
    found = remembered(past)
    assert found == remembered(past)
    alone = remembered([answer for answer in past if answer.item == "one"])
    assert alone.get(("q", "one")) == found.get(("q", "one"))
    for entry in found.values():
        assert entry.rests > timedelta(0)
        assert entry.answered >= entry.missed


def test_the_review_asks_what_is_due_and_nothing_else(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    quizzing = desk.services.quizzing
    assert quizzing.due(ME).in_review == 0
    desk.next(correct=False)
    desk.next(certainty="sure")
    desk.next(certainty="guess")
    assert (quizzing.due(ME).count, quizzing.due(ME).in_review) == (0, 2)
    assert quizzing.due(ME).next_in_minutes is not None
    desk.wait(days=2)
    due = quizzing.due(ME)
    assert due.question is not None
    assert due.question.where == "review"
    assert due.question.item.id == "one"
    verdict = quizzing.answer(ME, due.question, right(due.question.posed), "sure", desk.key())
    assert verdict.back_in_minutes is not None
    assert verdict.back_in_minutes > 24 * 60
    later = quizzing.due(ME).question
    assert later is not None
    assert later.item.id == "number"
    missed = quizzing.answer(ME, later, wrong(later.posed), "sure", desk.key())
    assert missed.back_in_minutes == 10
    assert quizzing.due(ME).question is None


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "查借款记录"), ("en", "Check the loan list")]
)
def test_what_comes_back_can_be_taken_along_as_cards(
    tmp_path: Path, language: Language, word: str
) -> None:
    desk = Desk(tmp_path / "data")
    desk.next(correct=False)
    desk.next(certainty="sure")
    package = desk.services.quizzing.deck(ME, language)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        (tmp_path / "cards").write_bytes(archive.read("collection.anki2"))
    with sqlite3.connect(tmp_path / "cards") as database:
        ((fields,),) = list(database.execute("select flds from notes"))
    assert word in fields
