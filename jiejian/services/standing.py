"""Where a learner stands: answers folded from the stream. Pure; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from jiejian.content.items import Item
from jiejian.content.library import Library
from jiejian.content.quizzes import Quiz
from jiejian.store.records import Event

Certainty = Literal["sure", "think", "guess"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
ANSWERED = "answer_given"


@dataclass(frozen=True)
class Answered:
    """One answer as it was given and graded; place is its number among the learner's answers.

    version is the fingerprint of the item then, None in records older than fingerprints;
    certainty is None if it was not said.
    """

    quiz: str
    item: str
    answer: Any
    correct: bool
    credit: Decimal
    place: int
    at: str
    revision: int
    version: str | None = None
    certainty: Certainty | None = None
    where: str = "quiz"

    def stands(self, quiz: Quiz, item: Item) -> bool:
        """Whether it still answers the item: same revision of the quiz, or the item unchanged."""
        return self.revision == quiz.revision or self.version == item.version


def answers(events: Iterable[Event]) -> tuple[Answered, ...]:
    """Every answer to an item of a quiz, oldest first, whatever has become of the item."""
    given = (event for event in events if event.kind == ANSWERED)
    return tuple(_answered(event, place) for place, event in enumerate(given))


def _answered(event: Event, place: int) -> Answered:
    data = event.data
    certainty = data.get("certainty")
    return Answered(
        quiz=data["quiz"],
        item=data["item"],
        answer=data["answer"],
        correct=bool(data["correct"]),
        credit=Decimal(data["credit"]),
        place=place,
        at=event.at,
        revision=int(data["revision"]),
        version=data.get("version"),
        certainty=certainty if certainty in CERTAINTIES else None,
        where=data.get("where", "quiz"),
    )


@dataclass(frozen=True)
class QuizStanding:
    """A quiz as this learner stands in it; answers to what has changed since do not count.

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


def standing(quiz: Quiz, given: Iterable[Answered]) -> QuizStanding:
    """The standing in one quiz."""
    items = {item.id: item for item in quiz.items}
    counted: dict[str, list[Answered]] = {}
    for answer in given:
        item = items.get(answer.item) if answer.quiz == quiz.id else None
        if item and answer.stands(quiz, item):
            counted.setdefault(answer.item, []).append(answer)
    return QuizStanding(quiz, {item: tuple(entries) for item, entries in counted.items()})


def standings(library: Library, given: Iterable[Answered]) -> dict[str, QuizStanding]:
    """The standing in every quiz of the library."""
    by_quiz: dict[str, list[Answered]] = {}
    for answer in given:
        by_quiz.setdefault(answer.quiz, []).append(answer)
    return {name: standing(quiz, by_quiz.get(name, ())) for name, quiz in library.quizzes.items()}
