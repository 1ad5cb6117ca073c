"""Grading: an answer to a quiz item, judged. Pure: nothing is read or recorded here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jiejian.content.items import Item, MultipleItem, NumericItem, SingleItem
from sandbox.text import Text

Answer = str | Collection[str] | Decimal
"""A choice's id, several ids, or a number, as the kind of the item asks for."""

ANSWER = "answer"
FULL, NONE = Decimal("1.00"), Decimal("0.00")
_HUNDREDTH = Decimal("0.01")


class AnswerError(ValueError):
    """The answer does not fit the item: another kind, or a choice it does not have."""


@dataclass(frozen=True)
class Grade:
    """The verdict on one answer.

    credit runs from 0.00 to 1.00. chosen and missed are choice ids in the item's order; missed
    are the correct ones left out. because names the explanations to show, for `explanation`.
    """

    correct: bool
    credit: Decimal
    chosen: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


def grade(item: Item, answer: Answer, computed: Decimal | None = None) -> Grade:
    """Judge an answer; `computed` is the number of a numeric item, from Library.answers.

    Raises AnswerError if the answer does not fit the item.
    """
    if isinstance(item, NumericItem):
        if not isinstance(answer, Decimal) or not answer.is_finite() or computed is None:
            raise AnswerError(f"{item.id}: a number was asked for, and what it should be")
        return _grade_number(item, answer, computed)
    if isinstance(answer, Decimal):
        raise AnswerError(f"{item.id}: a choice was asked for")
    chosen = frozenset([answer] if isinstance(answer, str) else answer)
    if isinstance(item, SingleItem) and len(chosen) != 1:
        raise AnswerError(f"{item.id}: one choice was asked for")
    if unknown := chosen - {choice.id for choice in item.choices}:
        raise AnswerError(f"{item.id}: has no choice {', '.join(sorted(unknown))}")
    return _grade_choices(item, chosen)


def explanation(item: Item, because: str) -> Text:
    """The words behind an entry of Grade.because. Raises KeyError if the item has none such."""
    return _explanations(item)[because]


def _grade_choices(item: SingleItem | MultipleItem, chosen: frozenset[str]) -> Grade:
    """Full credit for the exact set; otherwise each wrong choice takes back a right one."""
    right, wrong = len(chosen & item.correct), len(chosen - item.correct)
    share = Decimal(max(0, right - wrong)) / len(item.correct)
    order = [choice.id for choice in item.choices]
    picked = tuple(name for name in order if name in chosen)
    missed = tuple(name for name in order if name in item.correct - chosen)
    return Grade(
        correct=chosen == item.correct,
        credit=share.quantize(_HUNDREDTH, ROUND_HALF_UP),
        chosen=picked,
        missed=missed,
        because=picked + missed,
    )


def _grade_number(item: NumericItem, answer: Decimal, computed: Decimal) -> Grade:
    if abs(answer - computed) <= item.tolerance:
        return Grade(correct=True, credit=FULL, because=(ANSWER,))
    slips = tuple(
        _near_miss(index)
        for index, miss in enumerate(item.near_misses)
        if abs(answer - miss.value) <= item.tolerance
    )
    return Grade(correct=False, credit=NONE, because=(*slips[:1], ANSWER))


def _near_miss(index: int) -> str:
    return f"near-miss-{index}"


def _explanations(item: Item) -> dict[str, Text]:
    if isinstance(item, NumericItem):
        slips = {_near_miss(i): miss.because for i, miss in enumerate(item.near_misses)}
        return {ANSWER: item.because, **slips}
    return {choice.id: choice.because for choice in item.choices}
