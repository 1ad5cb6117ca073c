"""Spaced repetition: which items come back, and when, folded from the answers. Pure.

The FSRS algorithm (library `fsrs`) with its default weights; its random scatter is off, so the
same answers give the same days on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler

from jiejian.services.standing import Answered

SOON = timedelta(minutes=10)
LONGEST_DAYS = 365
_SCHEDULER = Scheduler(
    learning_steps=(SOON,),
    relearning_steps=(SOON,),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True)
class Remembered:
    """An item that comes back: due is when, rests how long it was sent away for by the last
    answer; answered and missed count its answers since it came in.
    """

    quiz: str
    item: str
    due: datetime
    rests: timedelta
    answered: int
    missed: int


def rating(answer: Answered) -> Rating:
    """How well it was known: a right guess was not known well, a sure right one was."""
    if not answer.correct:
        return Rating.Again
    match answer.certainty:
        case "sure":
            return Rating.Easy
        case "guess":
            return Rating.Hard
        case _:
            return Rating.Good


def comes_back(answer: Answered) -> bool:
    """Whether an answer brings its item into review: it was wrong, or right but not sure."""
    return not answer.correct or answer.certainty in ("think", "guess")


def remembered(given: Iterable[Answered]) -> dict[tuple[str, str], Remembered]:
    """The items in review by (quiz, item)."""
    cards: dict[tuple[str, str], Card] = {}
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for answer in given:
        name = (answer.quiz, answer.item)
        if name not in cards and not comes_back(answer):
            continue
        at = datetime.fromisoformat(answer.at)
        # The library would number a card by the clock; the number plays no part here.
        card = cards.get(name) or Card(card_id=1, due=at)
        cards[name], _ = _SCHEDULER.review_card(card, rating(answer), at)
        answered, missed = counts.get(name, (0, 0))
        counts[name] = (answered + 1, missed + (not answer.correct))
    return {
        name: Remembered(
            *name,
            due=card.due,
            rests=card.due - (card.last_review or card.due),
            answered=counts[name][0],
            missed=counts[name][1],
        )
        for name, card in cards.items()
    }
