"""The test before and after a track: two forms, each answered once, explained at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.question import Question
from tests.right_answers import right, wrong
from tests.unit.quiz.kinds import LIBRARY, Desk

EVEN, ODD = Actor("b" * 31 + "0"), Actor("b" * 31 + "1")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def take(desk: Desk, actor: Actor, *, correct: bool) -> list[str]:
    """Answer a phase to its end; the ids of the items asked."""
    asked = []
    for _ in range(3):
        question = desk.services.tests.standing(actor, "borrower").question
        assert question is not None
        asked.append(question.item.id)
        answer = right(question.posed) if correct else wrong(question.posed)
        desk.services.tests.answer(actor, question, answer, "think", desk.key())
    return asked


@pytest.mark.parametrize("actor", [EVEN, ODD])
def test_before_and_after_ask_the_two_forms(desk: Desk, actor: Actor) -> None:
    forms = LIBRARY.tests["borrower"].forms
    before = take(desk, actor, correct=False)
    between = desk.services.tests.standing(actor, "borrower")
    assert between.before is not None
    assert (between.before.right, between.before.total) == (0, 3)
    assert between.before.to_read == ("every-kind",)
    assert between.phase == "after"
    after = take(desk, actor, correct=True)
    end = desk.services.tests.standing(actor, "borrower")
    assert end.question is None
    assert end.after is not None
    assert end.after.right == 3
    first, second = ("a", "b") if actor is EVEN else ("b", "a")
    assert sorted(before) == sorted(entry.item.id for entry in forms[first])  # type: ignore[index]
    assert sorted(after) == sorted(entry.item.id for entry in forms[second])  # type: ignore[index]
    assert all(outcome.grade and not outcome.grade.correct for outcome in between.before.pairs)


def test_an_item_of_a_phase_counts_once_even_with_another_key(desk: Desk) -> None:
    question = desk.services.tests.standing(EVEN, "borrower").question
    assert isinstance(question, Question)
    tests = desk.services.tests
    assert not tests.answer(EVEN, question, wrong(question.posed), None, desk.key()).correct
    assert tests.answer(EVEN, question, right(question.posed), None, desk.key()).correct
    assert tests.standing(EVEN, "borrower").answered == 1
    view = desk.services.store.read(EVEN.stream)
    assert [entry.event.data["correct"] for entry in view.events] == [False]


def test_it_does_not_count_for_the_quiz_nor_for_review(desk: Desk) -> None:
    take(desk, EVEN, correct=False)
    assert desk.services.quizzing.due(EVEN).in_review == 0
    assert not desk.services.quizzing.at_hand(EVEN, "every-kind")[0].answers


def test_what_is_not_there_and_what_belongs_to_the_other_form(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.services.tests.standing(EVEN, "nothing")
    foreign = desk.services.tests.standing(ODD, "borrower").question
    assert foreign is not None
    with pytest.raises(InvalidInput):
        desk.services.tests.answer(EVEN, foreign, right(foreign.posed), None, desk.key())
