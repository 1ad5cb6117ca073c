"""Quizzes: one YAML file each, both languages inside. See docs/authoring-quizzes.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from jiejian.content import itemcheck
from jiejian.content.calls import Compute
from jiejian.content.frontmatter import Slug
from jiejian.content.items import AnyItem, Item
from jiejian.content.questions import Entry, require_distinct
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


class Quiz(Entry):
    """The quiz of one lesson. revision rises when an answer or its meaning changes."""

    id: Slug
    lesson: Slug
    revision: int = Field(ge=1)
    title: Text
    items: tuple[AnyItem, ...] = Field(min_length=1)

    def item(self, item_id: str) -> Item | None:
        """The item with this id, None if the quiz no longer has it."""
        return next((item for item in self.items if item.id == item_id), None)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("items", [item.id for item in self.items])
        return self


@dataclass(frozen=True)
class QuizFile:
    """A quiz as read; data has the lines."""

    file: str
    quiz: Quiz
    data: Any

    def mistake(self, message: str, *path: str | int) -> Mistake:
        """A mistake at a value of the file."""
        return Mistake(self.file, line_of(self.data, path), shown_path(path), message)

    def draw_mistakes(self, compute: Compute) -> Iterator[Mistake]:
        """What fails for some draw of some item; every draw is tried, or many of very many."""
        for index, item in enumerate(self.quiz.items):
            for path, message in itemcheck.every_draw(item, compute):
                yield self.mistake(message, "items", index, *path)


def read_quiz(path: Path, compute: Compute, *, base: Path | None = None) -> QuizFile:
    """Read a quiz and pose each of its items once.

    Raises DataFileError, also for an answer that cannot be computed and for a near miss that
    would count as correct.
    """
    file = shown_name(path, base)
    data = parse_yaml(read_text(path, base=base), file=file)
    quiz = validate(Quiz, data, file=file)
    require_id(quiz, path, base)
    read = QuizFile(file, quiz, data)
    mistakes = [
        read.mistake(message, "items", index, *place)
        for index, item in enumerate(quiz.items)
        for place, message in item_findings(item, compute)
    ]
    if mistakes:
        raise DataFileError(tuple(mistakes))
    return read


def item_findings(item: Item, compute: Compute) -> list[itemcheck.Finding]:
    """What is wrong in an item: its words first; only if they are sound, its first draw."""
    return list(itemcheck.written(item)) or list(itemcheck.first_draw(item, compute))
