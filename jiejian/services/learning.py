"""Lessons and quizzes: what there is, what this learner has read and answered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from jiejian.content.lessons import Lesson
from jiejian.content.library import Library
from jiejian.content.tracks import Track
from jiejian.errors import NotFound
from jiejian.services.actor import Actor
from jiejian.services.guessing import Guess, judge, question
from jiejian.services.journal import Journal, Past
from jiejian.services.standing import QuizStanding, answers, standings
from jiejian.store.records import Event

LESSON_EVENTS = ("lesson_opened", "section_reached", "guess_made", "lesson_finished")


@dataclass(frozen=True)
class LessonStanding:
    """A lesson and how far this learner is with it.

    reached: the step gone on to last; touched: the place in the stream of what was last done here;
    guesses: first guesses by the id of their part, at the present revision.
    """

    lesson: Lesson
    opened: bool
    read: bool
    quiz: QuizStanding | None
    reached: str | None = None
    touched: int = 0
    guesses: Mapping[str, Guess] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether the lesson was opened or its quiz answered."""
        return self.opened or bool(self.quiz and self.quiz.answers)

    @property
    def step(self) -> int:
        """The place of the step to go on with."""
        return self.lesson.versions["zh"].step_at(self.reached) if self.reached else 0

    @property
    def minutes_left(self) -> int:
        """Minutes of reading left; at least one while the lesson is not read."""
        if self.read:
            return 0
        steps = len(self.lesson.versions["zh"].steps)
        return max(1, round(self.lesson.minutes * (steps - self.step) / steps))


@dataclass(frozen=True)
class TrackStanding:
    """A track with its lessons in order; track is None for lessons whose track is not known.

    tested: whether there is a test before and after it.
    """

    track: Track | None
    lessons: tuple[LessonStanding, ...]
    tested: bool = False

    @property
    def read(self) -> int:
        """Lessons read."""
        return sum(lesson.read for lesson in self.lessons)

    @property
    def minutes_left(self) -> int:
        """Minutes of reading left."""
        return sum(lesson.minutes_left for lesson in self.lessons)


@dataclass(frozen=True)
class Course:
    """The whole course as a learner stands in it.

    latest: the lesson worked on last and not read to its end; left_out: lessons that cannot be
    shown.
    """

    tracks: tuple[TrackStanding, ...]
    latest: LessonStanding | None
    left_out: int

    @property
    def standings(self) -> tuple[LessonStanding, ...]:
        """Every lesson."""
        return tuple(lesson for track in self.tracks for lesson in track.lessons)


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
        return tuple(
            self._lesson(past, lesson, quizzes) for lesson in self.library.lessons.values()
        )

    def course(self, actor: Actor) -> Course:
        """The tracks with this learner's standing in each lesson."""
        found = {standing.lesson.id: standing for standing in self.standings(actor)}
        library = self.library
        tracks = [
            TrackStanding(
                track,
                tuple(found[lesson.id] for lesson in library.of_track(name)),
                tested=name in library.tests,
            )
            for name, track in library.tracks.items()
        ]
        if rest := library.of_track(None):
            tracks.append(TrackStanding(None, tuple(found[lesson.id] for lesson in rest)))
        begun = [s for s in found.values() if s.touched and not s.read]
        latest = max(begun, key=lambda standing: standing.touched, default=None)
        return Course(tuple(tracks), latest, len(library.left_out))

    def open_lesson(self, actor: Actor, lesson_id: str) -> LessonStanding:
        """Note that the lesson was opened (once) and give the standing. Raises NotFound."""
        lesson = self.lesson(lesson_id)

        def happen(past: Past) -> Iterable[Event]:
            if not any(event.data["lesson"] == lesson_id for event in past.of(*LESSON_EVENTS)):
                yield self._journal.event("lesson_opened", _mark(lesson), f"opened:{lesson_id}")

        past, _ = self._journal.record(actor, f"opened:{lesson_id}", happen)
        return self._lesson(past, lesson, standings(self.library, answers(past)), opened=True)

    def reach(self, actor: Actor, lesson_id: str, anchor: str) -> LessonStanding:
        """Note that the learner went on to this step; once for each revision of the lesson.

        Raises NotFound for a lesson or a step there is not.
        """
        lesson = self.lesson(lesson_id)
        if anchor not in {step.anchor for step in lesson.versions["zh"].steps}:
            raise NotFound("section", anchor)
        key = f"reached:{_short(lesson, anchor)}"
        event = self._journal.event("section_reached", {**_mark(lesson), "section": anchor}, key)
        past, _ = self._journal.record(actor, key, lambda _: [event])
        return self._lesson(past, lesson, standings(self.library, answers(past)))

    def guess(self, actor: Actor, lesson_id: str, name: str, guess: str) -> Guess:
        """Judge a guess inside a lesson and keep the first one for each revision.

        Raises NotFound for a lesson or a part there is not, InvalidInput for a guess that cannot
        be used. A later guess changes nothing: the first one is given back.
        """
        lesson = self.lesson(lesson_id)
        judged = judge(question(lesson, name), lesson.workings, guess)
        key = f"guess:{_short(lesson, name)}"
        data = {**_mark(lesson), "part": name, **asdict(judged)}
        event = self._journal.event("guess_made", data, key)
        past, _ = self._journal.record(actor, key, lambda _: [event])
        return self._guesses(past, lesson)[name]

    def finish_lesson(self, actor: Actor, lesson_id: str) -> None:
        """Note that the lesson was read to its end; once for each revision. Raises NotFound."""
        lesson = self.lesson(lesson_id)
        key = f"finished:{lesson_id}:{lesson.revision}"
        event = self._journal.event("lesson_finished", _mark(lesson), key)
        self._journal.record(actor, key, lambda _: [event])

    def _lesson(
        self,
        past: Past,
        lesson: Lesson,
        quizzes: Mapping[str, QuizStanding],
        *,
        opened: bool = False,
    ) -> LessonStanding:
        touched, reached, read = 0, None, False
        for place, event in enumerate(past.of(*LESSON_EVENTS), start=1):
            if event.data["lesson"] != lesson.id:
                continue
            touched = place
            if event.kind == "lesson_finished":
                read = True
            elif event.kind == "section_reached" and event.data["revision"] == lesson.revision:
                reached = event.data["section"]
        return LessonStanding(
            lesson=lesson,
            opened=opened or touched > 0,
            read=read,
            quiz=quizzes.get(lesson.quiz or ""),
            reached=reached,
            touched=touched,
            guesses=self._guesses(past, lesson),
        )

    def _guesses(self, past: Past, lesson: Lesson) -> dict[str, Guess]:
        found: dict[str, Guess] = {}
        for event in past.of("guess_made"):
            data = event.data
            if data["lesson"] == lesson.id and data["revision"] == lesson.revision:
                given = Guess(data["guess"], data["truth"], bool(data["right"]))
                found.setdefault(data["part"], given)
        return found


def _short(lesson: Lesson, name: str) -> str:
    """What tells one place of one revision from another, short enough for a key."""
    text = f"{lesson.id}/{lesson.revision}/{name}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _mark(lesson: Lesson) -> dict[str, Any]:
    return {"lesson": lesson.id, "revision": lesson.revision}
