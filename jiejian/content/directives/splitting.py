"""Cutting a lesson's body into prose and block directives.

    ::: sort-cards
    title: ...
    :::

The body is YAML, checked by the model registered for the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from jiejian.content.directives.body import Body
from jiejian.content.directives.cards import OrderSteps, SortCards
from jiejian.content.directives.guesses import Predict, PredictChart
from jiejian.content.directives.said import KeyPoints, Note, Picture, TeacherNote
from jiejian.content.directives.scenes import Decide, RetryCounter, SendRequest, TryIt
from jiejian.content.directives.worked import CompareOffers, Slider, WorkedExample
from jiejian.content.workings import Workings
from sandbox.datafiles import DataFileError, Mistake, parse_yaml, validate
from sandbox.text import Language
from sandbox.yamltext import Mapping, Sequence

DIRECTIVES: dict[str, type[Body]] = {
    "compare-offers": CompareOffers,
    "decide": Decide,
    "figure": Picture,
    "key-points": KeyPoints,
    "note": Note,
    "order-steps": OrderSteps,
    "predict": Predict,
    "predict-chart": PredictChart,
    "retry-counter": RetryCounter,
    "send-request": SendRequest,
    "slider": Slider,
    "sort-cards": SortCards,
    "teacher-note": TeacherNote,
    "try-it": TryIt,
    "worked-example": WorkedExample,
}

_UNQUOTED = re.compile(r"(^|[:\-,{\[])\s*\{\{")
_OPEN = re.compile(r":::[ \t]*([^\s:]\S*)[ \t]*")
_CLOSE = re.compile(r":::[ \t]*")


@dataclass(frozen=True)
class Prose:
    """A run of Markdown; line is where it starts in its file."""

    text: str
    line: int


@dataclass(frozen=True)
class Directive:
    """A checked directive; line is where it opens.

    data is its body with line numbers and figures written out, written the same as it stands.
    """

    name: str
    body: Body
    data: Any
    line: int
    written: Any


Block = Prose | Directive


def split(
    text: str,
    *,
    file: str,
    first_line: int = 1,
    workings: Workings | None = None,
    language: Language = "zh",
) -> tuple[Block, ...]:
    """Cut a lesson's body into prose and directives, the figures of `workings` written out.

    Without workings the placeholders stay as they are.

    Raises DataFileError with every directive that is unknown, never closed or has a bad body.
    """
    pen = _Pen(workings, language, file)
    blocks: list[Block] = []
    mistakes: list[Mistake] = pen.mistakes
    for name, body, line in _runs(text, first_line):
        if name is None:
            if body.strip():
                blocks.append(Prose(pen.prose(body, line), line))
            continue
        try:
            blocks.append(_directive(name, body, file, line, pen))
        except DataFileError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise DataFileError(tuple(mistakes))
    return tuple(blocks)


def _directive(name: str, body: str | None, file: str, line: int, pen: _Pen) -> Directive:
    if body is None:
        message = "is never closed by a line ::: of its own"
        raise DataFileError((Mistake(file, line, f"::: {name}", message),))
    model = DIRECTIVES.get(name)
    if model is None:
        message = f"is no directive; known are {', '.join(sorted(DIRECTIVES))}"
        raise DataFileError((Mistake(file, line, f"::: {name}", message),))
    try:
        written = parse_yaml(body, file=file, first_line=line + 1)
    except DataFileError as error:
        raise _hinted(error, body, line + 1) from error
    data = pen.data(written, line)
    checked = validate(model, data, file=file, first_line=line)
    return Directive(name, checked, data, line, written)


def _hinted(error: DataFileError, body: str, first_line: int) -> DataFileError:
    """The mistakes, with the likeliest cause named: a figure that begins a text without quotes."""
    lines = body.split("\n")

    def hint(mistake: Mistake) -> Mistake:
        place = (mistake.line or 0) - first_line
        if 0 <= place < len(lines) and _UNQUOTED.search(lines[place]):
            return replace(mistake, message="a text that begins with {{ must be in quotes")
        return mistake

    return DataFileError(tuple(hint(mistake) for mistake in error.mistakes))


class _Pen:
    """Writes figures out, and notes the placeholders that name none."""

    def __init__(self, workings: Workings | None, language: Language, file: str) -> None:
        self.workings, self.language, self.file = workings, language, file
        self.mistakes: list[Mistake] = []

    def prose(self, text: str, line: int) -> str:
        return "\n".join(
            self._line(written, number)
            for number, written in enumerate(text.split("\n"), start=line)
        )

    def data(self, value: Any, line: int) -> Any:
        """The same YAML with every text filled in; lines are kept."""
        if isinstance(value, str):
            return self._line(value, line)
        if isinstance(value, Mapping):
            copy = Mapping(value.line)
            copy.lines = value.lines
            for key, inner in value.items():
                copy[key] = self.data(inner, value.lines[key])
            return copy
        if isinstance(value, Sequence):
            items = Sequence(value.line)
            items.lines = value.lines
            items.extend(self.data(inner, value.lines[n]) for n, inner in enumerate(value))
            return items
        return value

    def _line(self, text: str, line: int) -> str:
        if self.workings is None:
            return text
        for message in self.workings.unknown(text):
            self.mistakes.append(Mistake(self.file, line, "figure", message))
        return self.workings.fill(text, self.language)


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
