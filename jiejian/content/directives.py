"""Block directives: the parts of a lesson that are more than prose.

    ::: sort-cards
    title: ...
    :::

The body is YAML, checked by the model registered for the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from jiejian.content import prose
from sandbox.datafiles import DataFileError, Mistake, parse_yaml, validate
from sandbox.text import Words

Family = Literal["technology", "risk_control", "compliance", "user"]


class Body(BaseModel):
    """A directive's body. `minutes` is the time its play takes beyond reading its words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: ClassVar[int] = 0

    def facts(self) -> object:
        """What must be the same in both languages."""
        return None


class Card(Body):
    """A card to sort: why the answer is the answer is told after the learner has chosen."""

    text: Words
    answer: Family
    because: Words


class SortCards(Body):
    """Cards to sort by the family of causes they belong to."""

    minutes: ClassVar[int] = 1

    title: Words
    prompt: Words
    cards: tuple[Card, ...] = Field(min_length=3)

    def facts(self) -> object:
        """The answers in order."""
        return [card.answer for card in self.cards]


class RetryCounter(Body):
    """A button that plays the lender's velocity rule: what happens when one tries again."""

    minutes: ClassVar[int] = 1

    title: Words
    prompt: Words
    explanation: Words


LAB_PRESETS = frozenset(
    [
        "tool",
        "principal",
        "price",
        "rate",
        "periods",
        "period",
        "method",
        "balloon",
        "minimum_rate",
        "upfront_fee",
        "upfront_fee_rate",
        "upfront_fee_paid",
        "instalment_fee",
        "instalment_fee_rate",
        "insurance",
        "membership",
        "first_due",
        "late_fee",
        "penalty_multiplier",
        "grace_days",
    ]
)
"""What a link into the cost lab may bring along; jiejian.ui.lab.offer_form says what each means."""


class TryIt(Body):
    """A way into the borrowing page or the cost lab, its form filled in by `preset`."""

    minutes: ClassVar[int] = 1

    label: Words
    note: Words | None = None
    target: Literal["borrow", "lab"]
    preset: dict[str, str | int | bool] = Field(default_factory=dict)

    @field_validator("preset")
    @classmethod
    def _known(cls, preset: dict[str, str | int | bool], info: ValidationInfo) -> Any:
        unknown = sorted(preset.keys() - LAB_PRESETS) if info.data.get("target") == "lab" else []
        if unknown:
            raise ValueError(f"the cost lab knows no {', '.join(unknown)}")
        return preset

    def facts(self) -> object:
        """Where it leads and with what."""
        return {"target": self.target, "preset": self.preset}


class KeyPoints(Body):
    """What to remember."""

    title: Words
    points: tuple[Words, ...] = Field(min_length=1)

    def facts(self) -> object:
        """How many points there are."""
        return len(self.points)


class Note(Body):
    """A remark set apart; `text` is Markdown."""

    tone: Literal["info", "caution"]
    text: Words

    def facts(self) -> object:
        """The tone."""
        return self.tone

    @property
    def html(self) -> str:
        """The text as safe HTML."""
        return prose.to_html(self.text)


DIRECTIVES: dict[str, type[Body]] = {
    "sort-cards": SortCards,
    "retry-counter": RetryCounter,
    "try-it": TryIt,
    "key-points": KeyPoints,
    "note": Note,
}

_OPEN = re.compile(r":::[ \t]*([^\s:]\S*)[ \t]*")
_CLOSE = re.compile(r":::[ \t]*")


@dataclass(frozen=True)
class Prose:
    """A run of Markdown; line is where it starts in its file."""

    text: str
    line: int


@dataclass(frozen=True)
class Directive:
    """A checked directive; line is where it opens; data is its body with line numbers."""

    name: str
    body: Body
    data: Any
    line: int


Block = Prose | Directive


def split(text: str, *, file: str, first_line: int = 1) -> tuple[Block, ...]:
    """Cut a lesson's body into prose and directives.

    Raises DataFileError with every directive that is unknown, never closed or has a bad body.
    """
    blocks: list[Block] = []
    mistakes: list[Mistake] = []
    for name, body, line in _runs(text, first_line):
        if name is None:
            if body.strip():
                blocks.append(Prose(body, line))
            continue
        try:
            blocks.append(_directive(name, body, file, line))
        except DataFileError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise DataFileError(tuple(mistakes))
    return tuple(blocks)


def _directive(name: str, body: str | None, file: str, line: int) -> Directive:
    if body is None:
        message = "is never closed by a line ::: of its own"
        raise DataFileError((Mistake(file, line, f"::: {name}", message),))
    model = DIRECTIVES.get(name)
    if model is None:
        message = f"is no directive; known are {', '.join(sorted(DIRECTIVES))}"
        raise DataFileError((Mistake(file, line, f"::: {name}", message),))
    data = parse_yaml(body, file=file, first_line=line + 1)
    return Directive(name, validate(model, data, file=file, first_line=line), data, line)


def _runs(text: str, first_line: int) -> Iterator[tuple[str | None, Any, int]]:
    """Name (None for prose), text (None if never closed) and line of each run."""
    name: str | None = None
    start, lines = first_line, list[str]()
    for number, line in enumerate(text.split("\n"), start=first_line):
        opening = _OPEN.fullmatch(line)
        if opening or (name is not None and _CLOSE.fullmatch(line)):
            yield name, None if opening and name is not None else "\n".join(lines), start
            name = opening[1] if opening else None
            start, lines = number + (0 if opening else 1), []
        else:
            lines.append(line)
    yield name, "\n".join(lines) if name is None else None, start
