"""Asking and answering: lessons' quizzes and what comes back for review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from jiejian.content.items import CaseItem, Item
from jiejian.content.library import Library
from jiejian.content.plain import plain
from jiejian.content.quizzes import Quiz
from jiejian.errors import InvalidInput, NotFound
from jiejian.services import spacing
from jiejian.services.actor import Actor
from jiejian.services.cards import card_of, deck
from jiejian.services.first_seen import FirstSeen
from jiejian.services.given import Raw, graded
from jiejian.services.grading import Grade, case_grade
from jiejian.services.journal import Journal, Past
from jiejian.services.question import (
    STEP_ANSWERED,
    Question,
    StepTaken,
    Where,
    following,
    posed_for,
    steps_taken,
)
from jiejian.services.standing import (
    ANSWERED,
    CERTAINTIES,
    Answered,
    Certainty,
    QuizStanding,
    answers,
    standing,
)
from jiejian.store.records import Event
from sandbox.text import Language

DECKS: dict[Language, str] = {"zh": "借鉴 · 复习", "en": "Jiejian · Review"}


@dataclass(frozen=True)
class Verdict:
    """What became of an answer. whole is the grade of a mini-case once its last step is answered;
    back_in_minutes says when the item comes back for review, None if it does not.
    """

    question: Question
    answer: Raw
    grade: Grade
    certainty: Certainty | None
    whole: Grade | None = None
    back_in_minutes: int | None = None


@dataclass(frozen=True)
class Due:
    """Review as it stands: the question to ask now, how many are due, how many come back at all,
    and when the next one will be due.
    """

    question: Question | None
    count: int
    in_review: int
    next_in_minutes: int | None


class Quizzing:
    """Everything a learner does with questions of quizzes."""

    def __init__(self, journal: Journal, library: Library, first_seen: FirstSeen) -> None:
        self._journal = journal
        self._library = library
        self._first_seen = first_seen

    def quiz(self, quiz_id: str) -> Quiz:
        """A quiz by its id. Raises NotFound."""
        found = self._library.quizzes.get(quiz_id)
        if found is None:
            raise NotFound("quiz", quiz_id)
        return found

    def at_hand(self, actor: Actor, quiz_id: str) -> tuple[QuizStanding, Question | None]:
        """The standing in a quiz and the question to ask now, None when all is answered right.

        Raises NotFound.
        """
        quiz = self.quiz(quiz_id)
        past = self._journal.read(actor)
        given = answers(past)
        now = standing(quiz, given)
        item = now.next_item
        if item is None:
            return now, None
        return now, self._question(actor, past, given, quiz_id, item, "quiz")

    def due(self, actor: Actor) -> Due:
        """What is due for review, longest overdue first."""
        past = self._journal.read(actor)
        given = answers(past)
        known = {
            name: entry
            for name, entry in spacing.remembered(given).items()
            if self._item(*name) is not None
        }
        now = self._journal.now()
        due = sorted(
            (entry for entry in known.values() if entry.due <= now),
            key=lambda entry: (entry.due, entry.quiz, entry.item),
        )
        later = [entry.due for entry in known.values() if entry.due > now]
        question = None
        if due and (item := self._item(due[0].quiz, due[0].item)):
            question = self._question(actor, past, given, due[0].quiz, item, "review")
        return Due(question, len(due), len(known), _minutes(now, min(later, default=None)))

    def deck(self, actor: Actor, language: Language) -> bytes:
        """Whatever comes back for review, as an Anki deck in one language."""
        past = self._journal.read(actor)
        given = answers(past)
        cards = []
        for quiz_id, item_id in spacing.remembered(given):
            item = self._item(quiz_id, item_id)
            if item is not None:
                posed = posed_for(actor.learner, quiz_id, item, 0, self._library.compute)
                cards += [card_of(made, quiz_id) for made in plain(posed, language)]
        return deck(DECKS[language], cards, language)

    def answer(
        self,
        actor: Actor,
        question: Question,
        raw: Raw,
        certainty: Certainty | None,
        key: str,
    ) -> Verdict:
        """Grade an answer and keep it; the same key is kept once.

        Raises NotFound, and InvalidInput for an answer that is empty, unfinished or no answer,
        and for a question that has been rewritten since it was shown ("changed").
        """
        item = self._item(question.source, question.item.id)
        if item is None:
            raise NotFound("item", question.item.id)
        if item.version != question.item.version:
            raise InvalidInput("answer", "changed")
        if certainty not in (*CERTAINTIES, None):
            raise InvalidInput("certainty", "unknown_choice")
        grade = graded(question.at_hand, raw)
        seconds = self._first_seen.seconds(self._sight(actor, question))
        whole = self._whole(question, raw, grade)

        def happen(past: Past) -> Iterable[Event]:
            said = {"certainty": certainty, "seconds": seconds, "where": question.where}
            if question.step is None:
                data = self._data(past, question, raw, grade) | said
                yield self._journal.event(ANSWERED, data, key)
                return
            step = self._data(past, question, raw, grade) | said | {"step": question.step}
            yield self._journal.event(STEP_ANSWERED, step, key)
            if whole is not None:
                taken = {entry.step: entry.answer for entry in question.taken}
                told = [entry.certainty for entry in question.taken] + [certainty]
                data = self._data(past, question, {**taken, question.step: raw}, whole)
                data |= {**said, "certainty": _least(told), "seconds": None}
                yield self._journal.event(ANSWERED, data)

        past, _ = self._journal.record(actor, key, happen)
        name = (question.source, item.id)
        given = (entry for entry in answers(past) if (entry.quiz, entry.item) == name)
        entry = spacing.remembered(given).get(name)
        back = _minutes(self._journal.now(), entry.due if entry else None)
        unfinished = question.step is not None and whole is None
        return Verdict(question, raw, grade, certainty, whole, None if unfinished else back)

    def _whole(self, question: Question, raw: Raw, grade: Grade) -> Grade | None:
        """The grade of the mini-case if this was its last step."""
        item = question.item
        if question.step is None or not isinstance(item, CaseItem):
            return None
        if following(item, question.step, raw) is not None:
            return None
        return case_grade([*(entry.grade for entry in question.taken), grade])

    def _data(self, past: Past, question: Question, answer: Any, grade: Grade) -> dict[str, Any]:
        quiz = self._library.quizzes[question.source]
        before = [entry for entry in answers(past) if entry.quiz == quiz.id]
        return {
            "quiz": quiz.id,
            "revision": quiz.revision,
            "item": question.item.id,
            "answer": answer,
            "correct": grade.correct,
            "credit": str(grade.credit),
            "position": len(before) + 1,
            **question.drawn(),
        }

    def _question(
        self,
        actor: Actor,
        past: Past,
        given: Sequence[Answered],
        quiz_id: str,
        item: Item,
        where: Where,
    ) -> Question:
        tries = sum(1 for entry in given if entry.quiz == quiz_id and entry.item == item.id)
        posed = posed_for(actor.learner, quiz_id, item, tries, self._library.compute)
        question = Question(quiz_id, item, posed, tries, where)
        if isinstance(item, CaseItem):
            taken = steps_taken(item, posed, list(past), quiz_id, tries)
            question = replace(question, taken=taken, step=_next_step(item, taken))
        self._first_seen.note(self._sight(actor, question))
        return question

    def _sight(self, actor: Actor, question: Question) -> str:
        return f"{actor.learner}:{question.name}"

    def _item(self, quiz_id: str, item_id: str) -> Item | None:
        quiz = self._library.quizzes.get(quiz_id)
        return quiz.item(item_id) if quiz else None


def _minutes(now: datetime, then: datetime | None) -> int | None:
    return None if then is None else max(1, round((then - now).total_seconds() / 60))


def _next_step(item: CaseItem, taken: tuple[StepTaken, ...]) -> str | None:
    if not taken:
        return item.steps[0].id
    return following(item, taken[-1].step, taken[-1].answer)


def _least(told: Iterable[str | None]) -> str | None:
    """The least sure word of all said, None if nothing was."""
    said = [word for word in told if word in CERTAINTIES]
    return max(said, key=lambda word: CERTAINTIES.index(word), default=None)
