"""Quizzes: one YAML file each, both languages inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jiejian.content.frontmatter import Slug
from sandbox.datafiles import (
    DataFileError,
    Mistake,
    line_of,
    parse_yaml,
    read_text,
    require_id,
    shown_name,
    shown_path,
    validate,
)
from sandbox.text import Text

Compute = Mapping[str, Callable[[Mapping[str, object]], Decimal]]
"""Named calls that answer numeric items: the arguments of the item in, the number out."""

Unit = Literal["yuan", "percent", "minutes", "hours", "days", "count"]
Amount = Annotated[Decimal, Field(allow_inf_nan=False)]

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Entry):
    """A choice and why it is right or wrong, shown after the answer."""

    id: Slug
    text: Text
    because: Text
    correct: bool = False


class _Asked(_Entry):
    """What every item has. objective counts the lesson's objectives from 0."""

    id: Slug
    objective: int = Field(ge=0)
    difficulty: int = Field(ge=1, le=3)
    stem: Text


class _ChoiceItem(_Asked):
    choices: tuple[Choice, ...] = Field(min_length=3)

    @property
    def correct(self) -> frozenset[str]:
        """Ids of the correct choices."""
        return frozenset(choice.id for choice in self.choices if choice.correct)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if repeated := _repeated([choice.id for choice in self.choices]):
            raise ValueError(f"choices: id {repeated!r} is used twice")
        return self


class SingleItem(_ChoiceItem):
    """One choice is correct."""

    kind: Literal["single"]

    @model_validator(mode="after")
    def _one_correct(self) -> Self:
        if len(self.correct) != 1:
            raise ValueError(f"choices: exactly one must be correct, {len(self.correct)} are")
        return self


class MultipleItem(_ChoiceItem):
    """Any number of choices is correct, but not all and not none."""

    kind: Literal["multiple"]

    @model_validator(mode="after")
    def _some_correct(self) -> Self:
        if not 0 < len(self.correct) < len(self.choices):
            raise ValueError("choices: at least one must be correct and at least one wrong")
        return self


class Call(_Entry):
    """A named call and its arguments."""

    call: str
    args: dict[str, object] = Field(default_factory=dict)


class NearMiss(_Entry):
    """A wrong number that tells which slip led to it."""

    value: Amount
    because: Text


class NumericItem(_Asked):
    """A number to work out, right within `tolerance`; both are in `unit` (percent: 5 is 5 %).

    The answer is computed, never typed, so it cannot fall behind the model. The words of
    `because` may hold {answer}.
    """

    kind: Literal["numeric"]
    answer: Call
    unit: Unit
    tolerance: Amount = Field(ge=0)
    because: Text
    near_misses: tuple[NearMiss, ...] = ()

    @model_validator(mode="after")
    def _known_placeholders(self) -> Self:
        for words in (self.because, *(miss.because for miss in self.near_misses)):
            for found in _PLACEHOLDER.findall(words.zh + words.en):
                if found != "{answer}":
                    raise ValueError(f"because: unknown placeholder {found}; known is {{answer}}")
        return self


Item = SingleItem | MultipleItem | NumericItem


class Quiz(_Entry):
    """The quiz of one lesson. revision rises when an answer or its meaning changes."""

    id: Slug
    lesson: Slug
    revision: int = Field(ge=1)
    title: Text
    items: tuple[Annotated[Item, Field(discriminator="kind")], ...] = Field(min_length=1)

    def item(self, item_id: str) -> Item | None:
        """The item with this id, None if the quiz no longer has it."""
        return next((item for item in self.items if item.id == item_id), None)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if repeated := _repeated([item.id for item in self.items]):
            raise ValueError(f"items: id {repeated!r} is used twice")
        return self


@dataclass(frozen=True)
class QuizFile:
    """A quiz as read: answers maps each numeric item to its number; data has the lines."""

    file: str
    quiz: Quiz
    answers: Mapping[str, Decimal]
    data: Any

    def mistake(self, message: str, *path: str | int) -> Mistake:
        """A mistake at a value of the file."""
        return Mistake(self.file, line_of(self.data, path), shown_path(path), message)


def read_quiz(path: Path, compute: Compute, *, base: Path | None = None) -> QuizFile:
    """Read a quiz and work out its numeric answers once.

    Raises DataFileError, also for an answer that cannot be computed and for a near miss that
    would count as correct.
    """
    file = shown_name(path, base)
    data = parse_yaml(read_text(path, base=base), file=file)
    quiz = validate(Quiz, data, file=file)
    require_id(quiz, path, base)
    answers: dict[str, Decimal] = {}
    read = QuizFile(file, quiz, answers, data)
    mistakes: list[Mistake] = []
    for index, item in enumerate(quiz.items):
        if not isinstance(item, NumericItem):
            continue
        answer = _answer(item.answer, compute)
        if isinstance(answer, str):
            mistakes.append(read.mistake(answer, "items", index, "answer"))
            continue
        answers[item.id] = answer
        for number, miss in enumerate(item.near_misses):
            if abs(miss.value - answer) <= item.tolerance:
                message = f"counts as correct: the answer is {answer}"
                place = ("items", index, "near_misses", number, "value")
                mistakes.append(read.mistake(message, *place))
    if mistakes:
        raise DataFileError(tuple(mistakes))
    return read


def _answer(call: Call, compute: Compute) -> Decimal | str:
    """The number, or what is wrong with the call."""
    function = compute.get(call.call)
    if function is None:
        known = ", ".join(sorted(compute)) or "none"
        return f"there is no call {call.call!r}; known are: {known}"
    try:
        number = function(call.args)
    except (ArithmeticError, LookupError, TypeError, ValueError, DataFileError) as error:
        return f"{call.call} cannot be computed: {' '.join(str(error).split())}"
    if not number.is_finite():
        return f"{call.call} gives {number}, which is no number"
    return number


def _repeated(ids: list[str]) -> str | None:
    return next((item_id for index, item_id in enumerate(ids) if item_id in ids[:index]), None)
