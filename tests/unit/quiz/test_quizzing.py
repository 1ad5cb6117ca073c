"""The way through a quiz: what is kept of an answer, what comes back, what stays as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jiejian.content.items import Item
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.built import build
from jiejian.services.mastery import mastery, sureness
from jiejian.services.quizzing import Quizzing
from jiejian.services.standing import answers, standings
from jiejian.settings import Settings
from jiejian.store.records import Event
from tests.right_answers import right
from tests.unit.quiz.kinds import LIBRARY, ME, QUIZ, ROOT, Desk

OLD = Path(__file__).with_name("old_answers.json")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_whole_quiz_is_answered_and_everything_about_it_is_kept(desk: Desk) -> None:
    asked = []
    for _ in range(12):
        question = desk.services.quizzing.at_hand(ME, QUIZ.id)[1]
        if question is None:
            break
        asked.append((question.item.id, question.step))
        desk.wait(seconds=23)
        verdict = desk.next(certainty="sure")
        assert verdict is not None
        assert verdict.grade.correct
    assert asked == [
        *[(item.id, None) for item in QUIZ.items[:-1]],
        ("mini", "answer"),
        ("mini", "cost"),
    ]
    standing = desk.services.quizzing.at_hand(ME, QUIZ.id)[0]
    assert standing.done
    kept = desk.events("answer_given")
    assert [data["position"] for data in kept] == list(range(1, 9))
    number = next(data for data in kept if data["item"] == "number")
    item = QUIZ.item("number")
    assert item is not None
    assert number["version"] == item.version
    assert number["seconds"] == 25
    assert number["certainty"] == "sure"
    assert number["where"] == "quiz"
    assert set(number["drawn"]) == {"principal", "rate", "name"}  # type: ignore[call-overload]
    one = next(data for data in kept if data["item"] == "one")
    assert sorted(one["order"]) == ["look", "resend", "wait"]  # type: ignore[call-overload]
    assert isinstance(one["seed"], int)
    steps = desk.events("case_step_answered")
    assert [data["step"] for data in steps] == ["answer", "cost"]


def test_a_wrong_turn_leads_through_the_branch_and_back(desk: Desk) -> None:
    for _ in range(7):
        desk.next()
    desk.next(correct=False)
    question = desk.services.quizzing.at_hand(ME, QUIZ.id)[1]
    assert question is not None
    assert question.step == "harm"
    assert [step.grade.correct for step in question.taken] == [False]
    desk.next()
    verdict = desk.next(certainty="guess")
    assert verdict is not None
    assert verdict.whole is not None
    assert (verdict.whole.correct, str(verdict.whole.credit)) == (False, "0.67")
    again = desk.services.quizzing.at_hand(ME, QUIZ.id)[1]
    assert again is not None
    assert (again.item.id, again.tries, again.step) == ("mini", 1, "answer")


def test_a_question_stays_the_same_until_it_is_answered_and_then_draws_anew(desk: Desk) -> None:
    desk.next()
    desk.next()
    first = desk.services.quizzing.at_hand(ME, QUIZ.id)[1]
    again = build(Settings(data_dir=desk.services.settings.data_dir), desk.clock, root=ROOT)
    assert again.quizzing.at_hand(ME, QUIZ.id)[1] == first
    for _ in range(20):
        desk.next(correct=False)
    seeds = {data["seed"] for data in desk.events("answer_given") if data["item"] == "number"}
    assert len(seeds) > 1


def reworded(item: Item) -> Item:
    """The item as an author changes it."""
    written = item.model_dump(by_alias=True) | {"stem": {"zh": "改过的题干", "en": "Another stem"}}
    return type(item).model_validate(written)


def test_the_same_key_counts_once_and_a_wrong_word_for_certainty_is_refused(desk: Desk) -> None:
    question = desk.services.quizzing.at_hand(ME, QUIZ.id)[1]
    assert question is not None
    quizzing: Quizzing = desk.services.quizzing
    one = quizzing.answer(ME, question, ["look"], None, "attempt-000001")
    two = quizzing.answer(ME, question, ["look"], None, "attempt-000001")
    assert one.grade == two.grade
    assert len(desk.events("answer_given")) == 1
    with pytest.raises(InvalidInput, match="certainty"):
        quizzing.answer(ME, question, ["look"], "certain", desk.key())  # type: ignore[arg-type]


def test_a_question_rewritten_meanwhile_is_not_graded_by_its_old_words(desk: Desk) -> None:
    question = desk.services.quizzing.at_hand(ME, QUIZ.id)[1]
    assert question is not None
    old = replace(question, item=reworded(question.item))
    with pytest.raises(InvalidInput) as caught:
        desk.services.quizzing.answer(ME, old, right(question.posed), None, desk.key())
    assert caught.value.reason == "changed"
    gone = replace(question, source="nothing")
    with pytest.raises(NotFound):
        desk.services.quizzing.answer(ME, gone, ["look"], None, desk.key())


def test_records_older_than_fingerprints_still_count(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    real = build(Settings(data_dir=tmp_path), desk.clock)
    old = [Event(**entry) for entry in json.loads(OLD.read_text(encoding="utf-8"))]
    real.store.append(ME.stream, old, 0)
    standing = real.quizzing.at_hand(ME, "why-requests-fail")[0]
    assert set(standing.answers) == {"families", "vague-message", "wait-window"}
    assert (standing.right, standing.first_try) == (3, 2)
    due = real.quizzing.due(ME)
    assert due.in_review == 1
    overview = real.progress.overview(ME)
    assert overview.mastery["why-requests-fail"].level == "started"


def test_a_new_revision_asks_afresh_what_has_changed_and_nothing_else(desk: Desk) -> None:
    desk.next()
    desk.next()
    given = answers(entry.event for entry in desk.services.store.read(ME.stream).events)
    rewritten = reworded(QUIZ.items[0])
    revised = QUIZ.model_copy(update={"revision": 2, "items": (rewritten, *QUIZ.items[1:])})
    library = replace(LIBRARY, quizzes={QUIZ.id: revised})
    assert set(standings(library, given)[QUIZ.id].answers) == {"several"}
    typo_only = QUIZ.model_copy(update={"items": (rewritten, *QUIZ.items[1:])})
    library = replace(LIBRARY, quizzes={QUIZ.id: typo_only})
    assert set(standings(library, given)[QUIZ.id].answers) == {"one", "several"}


def test_mastery_goes_from_new_to_firm(desk: Desk) -> None:
    def level() -> str:
        given = answers(entry.event for entry in desk.services.store.read(ME.stream).events)
        return mastery(LIBRARY, given, desk.clock.now())[QUIZ.id].level

    assert level() == "new"
    desk.next(correct=False, certainty="sure")
    assert level() == "started"
    for _ in range(20):
        desk.wait(seconds=30)
        if desk.next(certainty="sure") is None:
            break
    assert level() == "passed"
    for _ in range(6):
        question = desk.services.quizzing.due(ME).question
        if question:
            answer = right(question.at_hand)
            desk.services.quizzing.answer(ME, question, answer, "sure", desk.key())
        desk.wait(days=3)
    assert level() == "firm"


def test_sureness_is_counted(desk: Desk) -> None:
    desk.next(correct=False, certainty="sure")
    desk.next(certainty="sure")
    desk.next(certainty="guess")
    desk.next()
    given = answers(entry.event for entry in desk.services.store.read(ME.stream).events)
    found = [(entry.certainty, entry.answers, entry.right) for entry in sureness(given)]
    assert found == [("sure", 2, 1), ("guess", 1, 1)]
