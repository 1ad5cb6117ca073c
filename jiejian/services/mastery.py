"""How firmly a quiz sits, and how well the learner's sureness matches. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from jiejian.content.library import Library
from jiejian.services.spacing import Remembered, remembered
from jiejian.services.standing import CERTAINTIES, Answered, Certainty, QuizStanding, standings

FIRM = timedelta(days=7)
Level = Literal["new", "started", "passed", "firm"]


@dataclass(frozen=True)
class Mastery:
    """A quiz's standing and its review. passed: all right in the end; firm: besides, whatever
    comes back may rest a week or longer.
    """

    quiz: QuizStanding
    level: Level
    in_review: int
    due: int


@dataclass(frozen=True)
class Sureness:
    """Of the answers given with this certainty: how many there are, how many were right."""

    certainty: Certainty
    answers: int
    right: int


def mastery(library: Library, given: Sequence[Answered], now: datetime) -> Mapping[str, Mastery]:
    """The mastery of every quiz, by its id."""
    kept = remembered(given)
    found = {}
    for name, standing in standings(library, given).items():
        back = [
            entry
            for (quiz, item), entry in kept.items()
            if quiz == name and standing.quiz.item(item) is not None
        ]
        found[name] = Mastery(
            quiz=standing,
            level=_level(standing, back),
            in_review=len(back),
            due=sum(entry.due <= now for entry in back),
        )
    return found


def _level(standing: QuizStanding, back: list[Remembered]) -> Level:
    if not standing.answers:
        return "new"
    if not standing.done:
        return "started"
    return "firm" if all(entry.rests >= FIRM for entry in back) else "passed"


def sureness(given: Sequence[Answered]) -> tuple[Sureness, ...]:
    """For each certainty said at least once."""
    said = []
    for word in CERTAINTIES:
        answers = [answer for answer in given if answer.certainty == word]
        if answers:
            said.append(Sureness(word, len(answers), sum(a.correct for a in answers)))
    return tuple(said)
