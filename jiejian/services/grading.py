"""Grading: an answer to a posed question, judged. Pure: nothing is read or recorded here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from jiejian.content.items import (
    CaseItem,
    Item,
    MatchingItem,
    OrderingItem,
    TrapItem,
    TrippedItem,
)
from jiejian.content.posing import Posed
from jiejian.content.questions import Numeric, Single
from jiejian.content.scenes import Step
from sandbox.text import Text

Given = Decimal | tuple[str, ...] | Mapping[str, str]
"""A number; ids chosen, or all of them in order; or a target for each pair."""

Mark = Literal["hit", "wrong", "missed", "clear"]
"""Chosen rightly, chosen wrongly, left out wrongly, left out rightly."""

ANSWER = "answer"
FULL, NONE = Decimal("1.00"), Decimal("0.00")
_HUNDREDTH = Decimal("0.01")


class AnswerError(ValueError):
    """The answer does not fit the question: another kind, or an option it does not have."""


@dataclass(frozen=True)
class Line:
    """One option as it was answered, in the order shown.

    given and wanted are places counted from 1 (ordering) or ids of targets (matching).
    """

    id: str
    mark: Mark
    given: str | None = None
    wanted: str | None = None


@dataclass(frozen=True)
class Grade:
    """The verdict on one answer.

    credit runs from 0.00 to 1.00. because names the explanations to show, for `explanation`.
    """

    correct: bool
    credit: Decimal
    lines: tuple[Line, ...] = ()
    because: tuple[str, ...] = ()


def grade(posed: Posed, given: Given) -> Grade:
    """Judge an answer. Raises AnswerError if it does not fit; a mini-case is graded by steps."""
    item = posed.item
    if isinstance(item, CaseItem):
        raise AnswerError("a mini-case is answered step by step")
    if isinstance(item, Numeric):
        if not isinstance(given, Decimal) or not given.is_finite() or posed.answer is None:
            raise AnswerError("a number was asked for")
        return _number(item, posed, given, posed.answer)
    if isinstance(item, MatchingItem):
        if not isinstance(given, Mapping):
            raise AnswerError("a target for each pair was asked for")
        return _matched(item, given)
    if not isinstance(given, tuple):
        raise AnswerError("options were asked for")
    if isinstance(item, OrderingItem):
        return _ordered(item, given)
    if len(set(given)) != len(given) or not given:
        raise AnswerError("options were asked for, each once")
    if unknown := set(given) - set(posed.order):
        raise AnswerError(f"there is no option {', '.join(sorted(unknown))}")
    if isinstance(item, Single | TrippedItem) and len(given) != 1:
        raise AnswerError("one option was asked for")
    return _chosen(posed, frozenset(given), explain_all=isinstance(item, TrapItem))


def case_grade(grades: Iterable[Grade]) -> Grade:
    """A mini-case as a whole, from the steps that were met: right if every one of them was."""
    met = tuple(grades)
    if not met:
        raise AnswerError("no step was answered")
    share = sum((step.credit for step in met), Decimal(0)) / len(met)
    return Grade(correct=all(step.correct for step in met), credit=_cents(share))


def explanation(item: Item | Step, because: str) -> Text:
    """The words behind an entry of Grade.because. Raises KeyError if the item has none such."""
    return _explanations(item)[because]


def _chosen(posed: Posed, chosen: frozenset[str], *, explain_all: bool) -> Grade:
    """Full credit for the exact set; otherwise each wrong choice takes back a right one."""
    hits, wrong = len(chosen & posed.right), len(chosen - posed.right)
    share = Decimal(max(0, hits - wrong)) / max(1, len(posed.right))
    lines = tuple(Line(name, _mark(name in chosen, name in posed.right)) for name in posed.order)
    told = [line for line in lines if explain_all or line.mark != "clear"]
    told.sort(key=lambda line: line.mark == "missed")
    return Grade(
        correct=chosen == posed.right,
        credit=_cents(share),
        lines=lines,
        because=tuple(line.id for line in told),
    )


def _mark(chosen: bool, right: bool) -> Mark:
    if chosen:
        return "hit" if right else "wrong"
    return "missed" if right else "clear"


def _ordered(item: OrderingItem, given: tuple[str, ...]) -> Grade:
    """Credit for each thing in its own place."""
    right = tuple(stage.id for stage in item.sequence)
    if sorted(given) != sorted(right):
        raise AnswerError("every step was asked for, each once")
    lines = tuple(
        Line(
            name,
            "hit" if right[place] == name else "wrong",
            given=str(place + 1),
            wanted=str(right.index(name) + 1),
        )
        for place, name in enumerate(given)
    )
    return Grade(given == right, _hit_share(lines), lines, because=right)


def _matched(item: MatchingItem, given: Mapping[str, str]) -> Grade:
    """Credit for each pair with its target."""
    targets = {target.id for target in item.targets}
    if given.keys() != {pair.id for pair in item.pairs} or set(given.values()) - targets:
        raise AnswerError("a target for each pair was asked for")
    lines = tuple(
        Line(
            pair.id,
            "hit" if given[pair.id] == pair.target else "wrong",
            given=given[pair.id],
            wanted=pair.target,
        )
        for pair in item.pairs
    )
    correct = all(line.mark == "hit" for line in lines)
    return Grade(correct, _hit_share(lines), lines, because=tuple(line.id for line in lines))


def _hit_share(lines: tuple[Line, ...]) -> Decimal:
    return _cents(Decimal(sum(line.mark == "hit" for line in lines)) / len(lines))


def _cents(share: Decimal) -> Decimal:
    return share.quantize(_HUNDREDTH, ROUND_HALF_UP)


def _number(item: Numeric, posed: Posed, given: Decimal, answer: Decimal) -> Grade:
    if abs(given - answer) <= item.tolerance:
        return Grade(correct=True, credit=FULL, because=(ANSWER,))
    slips = tuple(
        _near_miss(index)
        for index, value in enumerate(posed.near)
        if abs(given - value) <= item.tolerance
    )
    return Grade(correct=False, credit=NONE, because=(*slips[:1], ANSWER))


def _near_miss(index: int) -> str:
    return f"near-miss-{index}"


def near_miss_value(posed: Posed, because: str) -> Decimal | None:
    """The number behind the explanation of a near miss, None if it is no such explanation."""
    for index, value in enumerate(posed.near):
        if because == _near_miss(index):
            return value
    return None


def _explanations(item: Item | Step) -> dict[str, Text]:
    if isinstance(item, Numeric):
        slips = {_near_miss(i): miss.because for i, miss in enumerate(item.near_misses)}
        return {ANSWER: item.because, **slips}
    if isinstance(item, TrippedItem):
        return {choice.control: choice.because for choice in item.choices}
    if isinstance(item, CaseItem):
        return {}
    if isinstance(item, OrderingItem):
        options: Iterable[object] = item.sequence
    elif isinstance(item, MatchingItem):
        options = item.pairs
    elif isinstance(item, TrapItem):
        options = item.phrases
    else:
        options = item.choices
    return {option.id: option.because for option in options}  # type: ignore[attr-defined]
