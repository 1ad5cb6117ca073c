"""A question in one language as other programs know it: text, options, feedback, tags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from jiejian.content.items import (
    PHRASE,
    CaseItem,
    Item,
    MatchingItem,
    OrderingItem,
    TrapItem,
    TrippedItem,
)
from jiejian.content.parameters import shown
from jiejian.content.posing import Posed, lender_book
from jiejian.content.questions import Multiple, Numeric, Single
from jiejian.content.scenes import NOTHING, Step
from sandbox.lender.decision import Check
from sandbox.text import Language, Text

Kind = Literal["single", "multiple", "numeric", "ordering", "matching"]


@dataclass(frozen=True)
class Option:
    """A choice, a thing to order (in the right order) or to match; target is for matching."""

    text: str
    because: str = ""
    correct: bool = False
    target: str = ""


@dataclass(frozen=True)
class Slip:
    """A number that is wrong in a known way."""

    value: Decimal
    because: str


@dataclass(frozen=True)
class Plain:
    """One question. tags hold what a foreign program has no field for, by name ("" for topics).

    targets are those nothing is matched with.
    """

    id: str
    kind: Kind
    stem: str
    options: tuple[Option, ...] = ()
    answer: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    because: str = ""
    slips: tuple[Slip, ...] = ()
    targets: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()


def plain(posed: Posed, language: Language) -> list[Plain]:
    """The item in one language; a mini-case gives a question for each of its steps.

    Numbers are those drawn; a scene becomes part of the text.
    """
    item = posed.item
    if isinstance(item, CaseItem):
        return [
            _question(f"{item.id}-{step.id}", step, posed.steps[step.id], item, language)
            for step in item.steps
        ]
    return [_question(item.id, item, posed, item, language)]


def _question(
    name: str, asked: Item | Step, posed: Posed, item: Item | Step, language: Language
) -> Plain:
    say = _Speaker(posed, language)
    before = _scene(asked, posed, item, say)
    stem = f"{before}\n{say(asked.stem)}" if before else say(asked.stem)
    tags = {}
    topics: tuple[str, ...] = ()
    if not isinstance(item, Step):
        tags = {"objective": str(item.objective), "difficulty": str(item.difficulty)}
        topics = item.topics
    if asked.kind not in ("single", "multiple", "numeric", "ordering", "matching"):
        tags["kind"] = asked.kind
    made = Plain(name, _kind(asked), stem, tags=tags, topics=topics)
    if isinstance(asked, Numeric):
        return _numeric(made, asked, posed, say)
    if isinstance(asked, MatchingItem):
        targets = {target.id: say(target.text) for target in asked.targets}
        options = tuple(
            Option(say(pair.text), say(pair.because), True, targets[pair.target])
            for pair in asked.pairs
        )
        used = {option.target for option in options}
        idle = tuple(text for text in targets.values() if text not in used)
        return _with(made, options=options, targets=idle)
    return _with(made, options=_options(asked, posed, say))


@dataclass(frozen=True)
class _Speaker:
    posed: Posed
    language: Language

    def __call__(self, text: Text, **more: Text) -> str:
        return self.posed.say(text, **more).say(self.language)


def _kind(asked: Item | Step) -> Kind:
    if isinstance(asked, TrapItem | Multiple):
        return "multiple"
    if isinstance(asked, TrippedItem | Single):
        return "single"
    if isinstance(asked, Numeric):
        return "numeric"
    return "ordering" if isinstance(asked, OrderingItem) else "matching"


def _with(made: Plain, **changes: object) -> Plain:
    return replace(made, **changes)  # type: ignore[arg-type]


def _numeric(made: Plain, asked: Numeric, posed: Posed, say: _Speaker) -> Plain:
    slips = tuple(
        Slip(value, say(miss.because, value=shown(value, asked.unit)))
        for value, miss in zip(posed.near, asked.near_misses, strict=True)
    )
    return _with(
        made,
        answer=posed.answer,
        tolerance=asked.tolerance,
        because=say(asked.because),
        slips=slips,
        tags={**made.tags, "unit": asked.unit},
    )


def _options(asked: Item | Step, posed: Posed, say: _Speaker) -> tuple[Option, ...]:
    if isinstance(asked, OrderingItem):
        return tuple(Option(say(s.text), say(s.because), True) for s in asked.sequence)
    if isinstance(asked, TrapItem):
        phrases = {phrase.id: phrase for phrase in asked.phrases}
        found = re.findall(PHRASE, asked.message.text.say(say.language))
        return tuple(
            Option(say(phrases[name].text), say(phrases[name].because), phrases[name].trap)
            for name in found
        )
    if isinstance(asked, TrippedItem):
        rules = {rule.id: rule.title for rule in lender_book().rules}
        return tuple(
            Option(
                say(choice.text or rules[choice.control]),
                say(choice.because),
                choice.control in posed.right,
            )
            for choice in asked.choices
        )
    if isinstance(asked, Single | Multiple):
        return tuple(Option(say(c.text), say(c.because), c.correct) for c in asked.choices)
    return ()


def _scene(asked: Item | Step, posed: Posed, item: Item | Step, say: _Speaker) -> str:
    """What stands before the question: the message, the trace, or the story so far."""
    if isinstance(asked, TrapItem):
        texts = {phrase.id: say(phrase.text) for phrase in asked.phrases}
        body = re.sub(PHRASE, lambda m: texts[m[1]], say(asked.message.text))
        sender = f"{say(asked.message.sender)}: " if asked.message.sender else ""
        return f"{sender}{body}"
    if isinstance(asked, TrippedItem) and posed.decision:
        offered = {choice.control for choice in asked.choices} - {NOTHING}
        checks = [c for stage in posed.decision.stages for c in stage.checks if c.rule in offered]
        return "\n".join(_check(check, say.language) for check in checks)
    if isinstance(item, CaseItem):
        told = getattr(asked, "say", None)
        parts = [say(item.stem), say(told) if isinstance(told, Text) else ""]
        return "\n".join(part for part in parts if part)
    return ""


def _check(check: Check, language: Language) -> str:
    """One line of the trace: the question, the value seen, the range that passes."""
    rule = lender_book().rule(check.rule)
    question = rule.question.say(language) if rule else check.rule
    if check.unit == "yes_no":
        yes, no = ("是", "否") if language == "zh" else ("Yes", "No")
        return f"{question} {yes if check.value else no} ({yes})"
    value = f"{check.value:f}" if isinstance(check.value, Decimal) else str(check.value)
    sign = "%" if check.unit == "percent" else ""
    limit = ", ".join(check.choices)
    if check.limit:
        low, high = check.limit.low, check.limit.high
        parts = []
        if low is not None:
            parts.append(f"{'≥' if check.limit.low_included else '>'} {low:f}{sign}")
        if high is not None:
            parts.append(f"{'≤' if check.limit.high_included else '<'} {high:f}{sign}")
        limit = ", ".join(parts)
    return f"{question} {value}{sign} ({limit})"


def feedback_of(options: tuple[Option, ...]) -> str:
    """One text of the explanations of things to order or to match, a line each."""
    return "\n".join(f"{option.text}: {option.because}" for option in options if option.because)


def with_feedback(options: tuple[Option, ...], feedback: str) -> tuple[Option, ...]:
    """The options with the explanations found in such a text."""
    found = {}
    for line in feedback.split("\n"):
        for option in options:
            if line.startswith(f"{option.text}: "):
                found[option.text] = line.removeprefix(f"{option.text}: ").strip()
    return tuple(
        Option(option.text, found.get(option.text, ""), option.correct, option.target)
        for option in options
    )
