"""Lessons and quizzes: what there is, what this learner has read and answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jiejian.content.lessons import Lesson
from jiejian.content.library import Library
from jiejian.errors import NotFound
from jiejian.services.actor import Actor
from jiejian.services.journal import Journal, Past
from jiejian.services.standing import QuizStanding, answers, standings
from jiejian.store.records import Event


@dataclass(frozen=True)
class LessonStanding:
    """A lesson and how far this learner is with it."""

    lesson: Lesson
    opened: bool
    read: bool
    quiz: QuizStanding | None


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
        quizzes = standings(self.library, answers(past))
        opened = _lessons(past, "lesson_opened", "lesson_finished")
        read = _lessons(past, "lesson_finished")
        return tuple(
            LessonStanding(
                lesson=lesson,
                opened=lesson.id in opened,
                read=lesson.id in read,
                quiz=quizzes.get(lesson.quiz or ""),
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
        quizzes = standings(self.library, answers(past))
        return LessonStanding(lesson, True, read, quizzes.get(lesson.quiz or ""))

    def finish_lesson(self, actor: Actor, lesson_id: str) -> None:
        """Note that the lesson was read to its end; once for each revision. Raises NotFound."""
        lesson = self.lesson(lesson_id)
        key = f"finished:{lesson_id}:{lesson.revision}"
        event = self._journal.event("lesson_finished", _mark(lesson), key)
        self._journal.record(actor, key, lambda _: [event])


def _lessons(past: Past, *kinds: str) -> set[str]:
    return {event.data["lesson"] for event in past.of(*kinds)}


def _mark(lesson: Lesson) -> dict[str, Any]:
    return {"lesson": lesson.id, "revision": lesson.revision}
