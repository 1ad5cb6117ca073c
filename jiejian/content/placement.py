"""Tests before and after a track: pairs of items that ask the same in two forms, A and B."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from jiejian.content import itemcheck
from jiejian.content.calls import Compute
from jiejian.content.frontmatter import Slug
from jiejian.content.items import CaseItem, Item
from jiejian.content.questions import Entry, require_distinct
from jiejian.content.quizzes import QuizFile, item_findings
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

Form = Literal["a", "b"]
FORMS: tuple[Form, ...] = ("a", "b")


class Named(Entry):
    """An item of a lesson's quiz, by name."""

    kind: Literal["named"]
    quiz: Slug
    item: Slug


class TestPair(Entry):
    """The same objective of a lesson, asked in two forms of one kind and difficulty."""

    __test__ = False  # no test of pytest's

    id: Slug
    lesson: Slug
    a: Item | Named = Field(discriminator="kind")
    b: Item | Named = Field(discriminator="kind")

    def held(self) -> Iterator[tuple[Form, Item]]:
        """The forms whose item the file holds itself, not by name."""
        for form in FORMS:
            item = getattr(self, form)
            if not isinstance(item, Named):
                yield form, item


class TrackTest(Entry):
    """The test of one track: half the learners meet form A first, the others form B."""

    id: Slug
    revision: int = Field(ge=1)
    title: Text
    about: Text
    pairs: tuple[TestPair, ...] = Field(min_length=3, max_length=30)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("pairs", [pair.id for pair in self.pairs])
        return self


@dataclass(frozen=True)
class TestItem:
    """An item of a form: the pair it stands for, the lesson it tests."""

    __test__ = False

    pair: str
    lesson: str
    item: Item


@dataclass(frozen=True)
class TestFile:
    """A test as read; data has the lines."""

    __test__ = False

    file: str
    test: TrackTest
    data: Any

    def mistake(self, message: str, *path: str | int) -> Mistake:
        """A mistake at a value of the file."""
        return Mistake(self.file, line_of(self.data, path), shown_path(path), message)

    def draw_mistakes(self, compute: Compute) -> Iterator[Mistake]:
        """What fails for some draw of an item the file holds itself."""
        for index, form, item in self._held():
            for path, message in itemcheck.every_draw(item, compute):
                yield self.mistake(message, "pairs", index, form, *path)

    def findings(self, compute: Compute) -> Iterator[Mistake]:
        """What is wrong in the items the file holds itself."""
        for index, form, item in self._held():
            for path, message in item_findings(item, compute):
                yield self.mistake(message, "pairs", index, form, *path)

    def _held(self) -> Iterator[tuple[int, Form, Item]]:
        for index, pair in enumerate(self.test.pairs):
            for form, item in pair.held():
                yield index, form, item


def read_test(path: Path, compute: Compute, *, base: Path | None = None) -> TestFile:
    """Read a track's test. Raises DataFileError."""
    file = shown_name(path, base)
    data = parse_yaml(read_text(path, base=base), file=file)
    test = validate(TrackTest, data, file=file)
    require_id(test, path, base)
    read = TestFile(file, test, data)
    if mistakes := tuple(read.findings(compute)):
        raise DataFileError(mistakes)
    return read


@dataclass(frozen=True)
class Forms:
    """A test with its named items looked up: the items of each form in the order of the pairs."""

    test: TrackTest
    forms: Mapping[Form, tuple[TestItem, ...]]


def look_up(read: TestFile, quizzes: Mapping[str, QuizFile]) -> Forms | list[Mistake]:
    """The two forms, or what keeps them from being parallel."""
    mistakes: list[Mistake] = []
    forms: dict[Form, list[TestItem]] = {form: [] for form in FORMS}
    for index, pair in enumerate(read.test.pairs):
        found: dict[Form, Item] = {}
        for form in FORMS:
            entry = getattr(pair, form)
            item = _named(entry, pair.lesson, quizzes) if isinstance(entry, Named) else entry
            if isinstance(item, str):
                mistakes.append(read.mistake(item, "pairs", index, form))
                continue
            found[form] = item
            forms[form].append(TestItem(pair.id, pair.lesson, item))
        if len(found) == len(FORMS):
            for name in ("kind", "objective", "difficulty"):
                here, there = getattr(found["a"], name), getattr(found["b"], name)
                if here != there:
                    message = f"{name} is {there}, in form a it is {here}: not parallel"
                    mistakes.append(read.mistake(message, "pairs", index, "b"))
    mistakes.extend(
        read.mistake("a mini-case is too long for a test", "pairs", place, form)
        for form in FORMS
        for place, entry in enumerate(forms[form])
        if isinstance(entry.item, CaseItem)
    )
    for form in FORMS:
        ids = [entry.item.id for entry in forms[form]]
        for item_id in sorted({one for one in ids if ids.count(one) > 1}):
            mistakes.append(read.mistake(f"form {form} asks {item_id!r} twice", "pairs"))
    return mistakes or Forms(read.test, {form: tuple(forms[form]) for form in FORMS})


def _named(entry: Named, lesson: str, quizzes: Mapping[str, QuizFile]) -> Item | str:
    """The item named, or what is wrong with the name."""
    if entry.quiz not in quizzes:
        return f"there is no usable quiz {entry.quiz!r}"
    quiz = quizzes[entry.quiz].quiz
    if quiz.lesson != lesson:
        return f"{entry.quiz!r} is the quiz of {quiz.lesson!r}, not of {lesson!r}"
    item = quiz.item(entry.item)
    return item if item else f"{entry.quiz!r} has no item {entry.item!r}"
