"""Lessons and quizzes: what there is, what this learner has read and answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jiejian.content.items import Item, NumericItem
from jiejian.content.lessons import Lesson
from jiejian.content.library import Library
from jiejian.content.posing import pose
from jiejian.content.quizzes import Quiz
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.grading import AnswerError, Grade, grade
from jiejian.services.journal import Journal, Past
from jiejian.services.typed_numbers import parse_number
from jiejian.store.records import Event

LONGEST_ANSWER = 60


@dataclass(frozen=True)
class LessonStanding:
    """A lesson and how far this learner is with it."""

    lesson: Lesson
    opened: bool
    read: bool
    quiz: QuizStanding | None


@dataclass(frozen=True)
class QuizStanding:
    """A quiz as this learner stands in it, at its present revision.

    first_try counts items right at the first answer; right, items whose latest answer is right;
    answers holds each item's answers, oldest first.
    """

    quiz: Quiz
    answers: Mapping[str, tuple[Answered, ...]]

    @property
    def right(self) -> int:
        """Items whose latest answer is right."""
        return sum(1 for given in self.answers.values() if given[-1].correct)

    @property
    def first_try(self) -> int:
        """Items answered right at the first try."""
        return sum(1 for given in self.answers.values() if given[0].correct)

    @property
    def total(self) -> int:
        """Items in the quiz."""
        return len(self.quiz.items)

    @property
    def done(self) -> bool:
        """Whether every item has been answered right in the end."""
        return self.right == self.total

    @property
    def next_item(self) -> Item | None:
        """What to ask next: a fresh item, else the one waiting longest since a wrong answer."""
        fresh = next((item for item in self.quiz.items if item.id not in self.answers), None)
        if fresh:
            return fresh
        wrong = [item for item in self.quiz.items if not self.answers[item.id][-1].correct]
        return min(wrong, key=lambda item: self.answers[item.id][-1].place, default=None)


@dataclass(frozen=True)
class Answered:
    """One answer as it was given and graded; place is its number in the learner's stream."""

    item: str
    answer: Any
    correct: bool
    credit: Decimal
    place: int
    at: str
    revision: int


class Learning:
    """Everything a learner does with lessons and quizzes."""

    def __init__(self, journal: Journal, library: Library) -> None:
        self._journal = journal
        self.library = library

    def lesson(self, lesson_id: str) -> Lesson:
        """A lesson by its id. Raises NotFound."""
        found = self.library.lessons.get(lesson_id)
        if found is None:
            raise NotFound("lesson", lesson_id)
        return found

    def standings(self, actor: Actor) -> tuple[LessonStanding, ...]:
        """Every lesson in order, with this learner's standing."""
        past = self._journal.read(actor)
        opened = _lessons(past, "lesson_opened", "lesson_finished")
        read = _lessons(past, "lesson_finished")
        return tuple(
            LessonStanding(
                lesson=lesson,
                opened=lesson.id in opened,
                read=lesson.id in read,
                quiz=self._standing(past, lesson.quiz),
            )
            for lesson in self.library.lessons.values()
        )

    def open_lesson(self, actor: Actor, lesson_id: str) -> LessonStanding:
        """Note that the lesson was opened (once) and give the standing. Raises NotFound."""
        lesson = self.lesson(lesson_id)

        def happen(past: Past) -> Iterable[Event]:
            if lesson_id not in _lessons(past, "lesson_opened", "lesson_finished"):
                yield self._journal.event("lesson_opened", _mark(lesson), f"opened:{lesson_id}")

        past, _ = self._journal.record(actor, f"opened:{lesson_id}", happen)
        read = lesson_id in _lessons(past, "lesson_finished")
        return LessonStanding(lesson, True, read, self._standing(past, lesson.quiz))

    def finish_lesson(self, actor: Actor, lesson_id: str) -> None:
        """Note that the lesson was read to its end; once for each revision. Raises NotFound."""
        lesson = self.lesson(lesson_id)
        key = f"finished:{lesson_id}:{lesson.revision}"
        event = self._journal.event("lesson_finished", _mark(lesson), key)
        self._journal.record(actor, key, lambda _: [event])

    def quiz(self, actor: Actor, quiz_id: str) -> QuizStanding:
        """A quiz and this learner's standing in it. Raises NotFound."""
        standing = self._standing(self._journal.read(actor), quiz_id)
        if standing is None:
            raise NotFound("quiz", quiz_id)
        return standing

    def answer(
        self, actor: Actor, quiz_id: str, item_id: str, answer: str | list[str], key: str
    ) -> Grade:
        """Grade an answer and keep it; the same key is kept once.

        answer is the chosen choice ids, or the text typed for a number. Raises NotFound and
        InvalidInput (an empty answer, an unknown choice, text that is no number).
        """
        quiz = self.library.quizzes.get(quiz_id)
        if quiz is None:
            raise NotFound("quiz", quiz_id)
        item = next((entry for entry in quiz.items if entry.id == item_id), None)
        if item is None:
            raise NotFound("item", item_id)
        if not answer or (isinstance(answer, str) and not answer.strip()):
            raise InvalidInput("answer", "empty")
        if isinstance(answer, str) and len(answer) > LONGEST_ANSWER:
            raise InvalidInput("answer", "too_long", longest=LONGEST_ANSWER)
        result = self._graded(quiz_id, item, answer)
        data = {
            "quiz": quiz_id,
            "revision": quiz.revision,
            "item": item_id,
            "answer": answer,
            "correct": result.correct,
            "credit": str(result.credit),
        }
        event = self._journal.event("answer_given", data, key)
        self._journal.record(actor, key, lambda _: [event])
        return result

    def _graded(self, quiz_id: str, item: Item, answer: str | list[str]) -> Grade:
        given: str | list[str] | Decimal = answer
        if isinstance(item, NumericItem):
            number = parse_number(answer) if isinstance(answer, str) else None
            if number is None:
                raise InvalidInput("answer", "not_a_number")
            given = number
        try:
            return grade(item, given, pose(item, 0, self.library.compute).answer)
        except AnswerError as error:
            raise InvalidInput("answer", "unknown_choice") from error

    def _standing(self, past: Past, quiz_id: str | None) -> QuizStanding | None:
        quiz = self.library.quizzes.get(quiz_id or "")
        if quiz is None:
            return None
        known = {item.id for item in quiz.items}
        answers: dict[str, list[Answered]] = {}
        for place, event in enumerate(past.of("answer_given")):
            data = event.data
            current = data["quiz"] == quiz.id and data["revision"] == quiz.revision
            if current and data["item"] in known:
                answers.setdefault(data["item"], []).append(_answered(event, place))
        return QuizStanding(quiz, {item: tuple(given) for item, given in answers.items()})


def _answered(event: Event, place: int) -> Answered:
    data = event.data
    return Answered(
        item=data["item"],
        answer=data["answer"],
        correct=bool(data["correct"]),
        credit=Decimal(data["credit"]),
        place=place,
        at=event.at,
        revision=int(data["revision"]),
    )


def _lessons(past: Past, *kinds: str) -> set[str]:
    return {event.data["lesson"] for event in past.of(*kinds)}


def _mark(lesson: Lesson) -> dict[str, Any]:
    return {"lesson": lesson.id, "revision": lesson.revision}
