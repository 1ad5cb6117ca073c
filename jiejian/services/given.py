"""Answers as the page hands them over, made into what grading takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jiejian.content.items import MatchingItem, OrderingItem
from jiejian.content.posing import Posed
from jiejian.content.questions import Numeric
from jiejian.errors import InvalidInput
from jiejian.services.grading import AnswerError, Given, Grade, grade
from jiejian.services.typed_numbers import parse_number

LONGEST = 60
Raw = str | list[str] | dict[str, str]
"""Text typed for a number, ids of options, or ids of targets by pair."""


def graded(posed: Posed, raw: Raw) -> Grade:
    """Grade what the page hands over.

    Raises InvalidInput for an empty or unfinished answer, text that is no number, and an option
    the question does not have.
    """
    try:
        return grade(posed, _given(posed, raw))
    except AnswerError as error:
        raise InvalidInput("answer", "unknown_choice") from error


def _given(posed: Posed, raw: Any) -> Given:
    item = posed.item
    if not raw or (isinstance(raw, str) and not raw.strip()):
        raise InvalidInput("answer", "empty")
    if isinstance(item, Numeric):
        return _number(raw)
    if isinstance(item, MatchingItem):
        if not isinstance(raw, dict):
            raise InvalidInput("answer", "unknown_choice")
        if any(not raw.get(pair.id) for pair in item.pairs):
            raise InvalidInput("answer", "unmatched")
        return {str(pair): str(target) for pair, target in raw.items()}
    if not isinstance(raw, list) or not all(isinstance(name, str) for name in raw):
        raise InvalidInput("answer", "unknown_choice")
    if isinstance(item, OrderingItem) and len(raw) < len(item.sequence):
        raise InvalidInput("answer", "unplaced")
    return tuple(raw)


def _number(raw: object) -> Decimal:
    if not isinstance(raw, str):
        raise InvalidInput("answer", "not_a_number")
    if len(raw) > LONGEST:
        raise InvalidInput("answer", "too_long", longest=LONGEST)
    number = parse_number(raw)
    if number is None:
        raise InvalidInput("answer", "not_a_number")
    return number
