"""The library of tests/kinds, which holds one item of each kind, and services on top of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from jiejian.clock import SetClock
from jiejian.content.items import Item
from jiejian.content.library import Library, load_library
from jiejian.content.posing import Posed, pose
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.services.quizzing import Verdict
from jiejian.services.standing import Certainty
from jiejian.settings import Settings
from sandbox.answers import ANSWERS
from tests.right_answers import right, wrong

ROOT = Path(__file__).resolve().parents[2] / "kinds"
LIBRARY: Library = load_library(ROOT, ANSWERS)
QUIZ = LIBRARY.quizzes["every-kind"]
ME = Actor("a" * 32)


def item(name: str) -> Item:
    """An item of the quiz."""
    found = QUIZ.item(name)
    assert found is not None
    return found


def posed(name: str, seed: int = 1) -> Posed:
    """The item as one seed poses it."""
    return pose(item(name), seed, ANSWERS)


class Desk:
    """A learner at the quiz, with a clock that can be moved."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
        self.services: Services = build(Settings(data_dir=folder), self.clock, root=ROOT)
        self.count = 0

    def key(self) -> str:
        """A fresh key."""
        self.count += 1
        return f"attempt-{self.count:06d}"

    def wait(self, **span: float) -> None:
        """Let real time pass."""
        self.clock.moment += timedelta(**span)

    def next(self, *, correct: bool = True, certainty: Certainty | None = None) -> Verdict | None:
        """Answer what is at hand in the quiz, None if nothing is."""
        question = self.services.quizzing.at_hand(ME, QUIZ.id)[1]
        if question is None:
            return None
        answer = right(question.at_hand) if correct else wrong(question.at_hand)
        return self.services.quizzing.answer(ME, question, answer, certainty, self.key())

    def events(self, kind: str) -> list[dict[str, object]]:
        """Data of all events of a kind."""
        view = self.services.store.read(ME.stream)
        return [entry.event.data for entry in view.events if entry.event.kind == kind]
