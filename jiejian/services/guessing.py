"""Guesses made inside a lesson, judged against what is computed. Pure: nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from jiejian.content.directives import Predict, PredictChart
from jiejian.content.lessons import Lesson
from jiejian.content.workings import Workings
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.typed_numbers import parse_number

LONGEST_GUESS = 60


@dataclass(frozen=True)
class Guess:
    """A guess and how it stood: guess and truth are option places or numbers, as text."""

    guess: str
    truth: str
    right: bool


def question(lesson: Lesson, name: str) -> Predict | PredictChart:
    """The part of a lesson with this id. Raises NotFound."""
    for part in lesson.versions["zh"].parts:
        body = getattr(part, "body", None)
        if isinstance(body, Predict | PredictChart) and body.id == name:
            return body
    raise NotFound("prediction", name)


def judge(body: Predict | PredictChart, workings: Workings, guess: str) -> Guess:
    """Hold a guess against the truth.

    guess: the place of an option or curve, a typed number, or a value of the chart's axis.
    Raises InvalidInput for an empty guess, text that is no number, a place there is not.
    """
    text = guess.strip()
    if not text:
        raise InvalidInput("answer", "empty")
    if len(text) > LONGEST_GUESS:
        raise InvalidInput("answer", "too_long", longest=LONGEST_GUESS)
    if isinstance(body, PredictChart):
        return _on_chart(body, workings, text)
    if body.options:
        place = _place(text, len(body.options))
        return Guess(str(place), str(body.right(workings)), place == body.right(workings))
    number = parse_number(text)
    if number is None:
        raise InvalidInput("answer", "not_a_number")
    truth = workings.figures[body.figure or ""].value
    close = abs(number - truth) <= abs(truth) * body.within / 100
    return Guess(str(number), str(truth), close)


def _on_chart(body: PredictChart, workings: Workings, text: str) -> Guess:
    truth = body.truth(workings)
    if truth is None:
        raise InvalidInput("answer", "unknown_choice")
    if body.ask in ("highest", "lowest"):
        place = _place(text, len(body.curves))
        return Guess(str(place), str(truth), place == truth)
    xs = body.xs(workings)
    number = parse_number(text)
    if number is None or number not in xs:
        raise InvalidInput("answer", "unknown_choice")
    step = xs[1] - xs[0]
    return Guess(str(number), str(truth), abs(number - truth) <= step)


def _place(text: str, count: int) -> int:
    if not text.isdecimal() or int(text) >= count:
        raise InvalidInput("answer", "unknown_choice")
    return int(text)
