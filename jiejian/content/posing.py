"""Posing: an item made ready to be asked, with its numbers drawn, computed and its options mixed.

Pure: the same item, seed and calculations pose the same question, so a reload, a change of
language and a look back years later show what was shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from pydantic import ValidationError

from jiejian.content.calls import PLACEHOLDER, CallFailed, Compute, Drawn, filled
from jiejian.content.items import (
    CaseItem,
    Item,
    MatchingItem,
    OrderingItem,
    TrapItem,
    TrippedItem,
)
from jiejian.content.parameters import draw, scatter, shown
from jiejian.content.questions import Choosing, Multiple, Numeric, Single
from jiejian.content.scenes import NOTHING, Step
from sandbox.lender.case import Case
from sandbox.lender.decide import decide
from sandbox.lender.decision import Decision
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.text import Text


class PoseError(Exception):
    """An item cannot be posed with what was drawn; the message says why."""


@dataclass(frozen=True)
class Posed:
    """A question as it is asked of one learner in one attempt.

    order is that of the options as shown (of the targets, for matching). right holds the ids of
    the right options; answer and near are the number asked for and the near misses of a numeric
    question. decision is the lender's, for `tripped`; steps are those of a mini-case.
    """

    item: Item | Step
    seed: int
    drawn: Drawn
    order: tuple[str, ...] = ()
    right: frozenset[str] = frozenset()
    answer: Decimal | None = None
    near: tuple[Decimal, ...] = ()
    words: Mapping[str, Text] = field(default_factory=dict)
    case: Case | None = None
    decision: Decision | None = None
    steps: Mapping[str, Posed] = field(default_factory=dict)

    def say(self, text: Text, **more: Text) -> Text:
        """The words with every placeholder filled in."""
        if "{" not in text.zh + text.en:
            return text
        words = {**self.words, **more}
        return Text(
            zh=PLACEHOLDER.sub(lambda m: words[m[1]].zh if m[1] in words else m[0], text.zh),
            en=PLACEHOLDER.sub(lambda m: words[m[1]].en if m[1] in words else m[0], text.en),
        )


@cache
def lender_book() -> LenderBook:
    """The book that decides the cases of `tripped` items, read once a process."""
    return load_lenderbook()


def pose(item: Item, seed: int, compute: Compute) -> Posed:
    """Draw and pose. Raises PoseError if a calculation fails for what was drawn."""
    return pose_drawn(item, draw(item.parameters, seed), seed, compute)


def pose_drawn(item: Item, drawn: Drawn, seed: int, compute: Compute) -> Posed:
    """Pose with what was drawn. Raises PoseError."""
    words = {name: shown(value, item.parameters[name].unit) for name, value in drawn.items()}
    try:
        for name, figure in item.figures.items():
            words[name] = shown(figure.value(drawn, compute), figure.unit)
        if isinstance(item, CaseItem):
            steps = {
                step.id: _question(step, drawn, words, scatter(seed, step.id), compute)
                for step in item.steps
            }
            return Posed(item, seed, drawn, words=words, steps=steps)
        if isinstance(item, TrippedItem):
            return _tripped(item, drawn, words, seed, compute)
        if isinstance(item, OrderingItem | MatchingItem | TrapItem):
            return _arranged(item, drawn, words, seed)
        return _question(item, drawn, words, seed, compute)
    except CallFailed as error:
        raise PoseError(str(error)) from error


def _question(
    item: Single | Multiple | Numeric,
    drawn: Drawn,
    words: Mapping[str, Text],
    seed: int,
    compute: Compute,
) -> Posed:
    asked: Item | Step = item  # type: ignore[assignment]
    if isinstance(item, Choosing):
        ids = [choice.id for choice in item.choices]
        order = mixed(ids, seed) if item.shuffle else tuple(ids)
        return Posed(asked, seed, drawn, order, item.correct, words=words)
    answer = item.answer.value(drawn, compute)
    near = tuple(
        call.value(drawn, compute) if (call := miss.asked) else miss.value or Decimal(0)
        for miss in item.near_misses
    )
    words = {**words, "answer": shown(answer, item.unit)}
    return Posed(asked, seed, drawn, answer=answer, near=near, words=words)


def _arranged(
    item: OrderingItem | MatchingItem | TrapItem, drawn: Drawn, words: Mapping[str, Text], seed: int
) -> Posed:
    if isinstance(item, OrderingItem):
        right = tuple(stage.id for stage in item.sequence)
        order = mixed(right, seed)
        if order == right:  # shown solved, there would be nothing to do
            order = (*right[1:], right[0])
        return Posed(item, seed, drawn, order, words=words)
    if isinstance(item, MatchingItem):
        order = mixed([target.id for target in item.targets], seed)
        return Posed(item, seed, drawn, order, words=words)
    order = tuple(phrase.id for phrase in item.phrases)
    traps = frozenset(phrase.id for phrase in item.phrases if phrase.trap)
    return Posed(item, seed, drawn, order, traps, words=words)


def _tripped(
    item: TrippedItem, drawn: Drawn, words: Mapping[str, Text], seed: int, compute: Compute
) -> Posed:
    try:
        case = Case.model_validate(filled(item.case, drawn, compute))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field_name = ".".join(str(step) for step in first["loc"])
        raise PoseError(f"case: {field_name}: {first['msg']}") from error
    decision = decide(case, lender_book())
    found = tripped_controls(decision) or {NOTHING}
    controls = [choice.control for choice in item.choices]
    right = frozenset(controls) & found
    order = mixed(controls, seed)
    return Posed(item, seed, drawn, order, right, words=words, case=case, decision=decision)


def tripped_controls(decision: Decision) -> frozenset[str]:
    """Ids of the rules that tripped."""
    checks = (check for stage in decision.stages for check in stage.checks)
    return frozenset(check.rule for check in checks if check.status == "tripped")


def mixed(ids: Iterable[str], seed: int) -> tuple[str, ...]:
    """The ids in an order fixed by the seed."""
    return tuple(sorted(ids, key=lambda name: (scatter(seed, f"order:{name}"), name)))
