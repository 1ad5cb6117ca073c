"""One language's file of a lesson: front matter between lines ---, then Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiejian.content.directives import Block, Directive, Prose, split
from jiejian.content.frontmatter import Facts, FrontMatter
from jiejian.content.working_out import Worker
from jiejian.content.workings import PLACEHOLDER, Workings
from sandbox.datafiles import (
    DataFileError,
    Mistake,
    line_of,
    parse_yaml,
    read_text,
    shown_name,
    shown_path,
    validate,
)
from sandbox.text import Language


@dataclass(frozen=True)
class Document:
    """One language's file: its front matter (data is the same with line numbers) and blocks.

    workings: what the lesson computes, as zh.md says; used: names its figures are made from;
    placeholders: figures its text shows.
    """

    file: str
    folder: str
    language: Language
    front: FrontMatter
    data: Any
    blocks: tuple[Block, ...]
    workings: Workings
    used: frozenset[str] = frozenset()
    placeholders: frozenset[str] = frozenset()

    def line(self, *path: str | int) -> int:
        """The line of a value of the front matter."""
        return line_of(self.data, path)

    @property
    def prose(self) -> tuple[Prose, ...]:
        """The runs of Markdown in order."""
        return tuple(block for block in self.blocks if isinstance(block, Prose))

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The directives in order."""
        return tuple(block for block in self.blocks if isinstance(block, Directive))


def read_document(
    path: Path, *, base: Path | None = None, workings: Workings | None = None
) -> Document:
    """Read zh.md or en.md; en.md is given the workings of zh.md. Raises DataFileError."""
    language: Language = "zh" if path.stem == "zh" else "en"
    file = shown_name(path, base)
    front_text, body, body_line = _cut(read_text(path, base=base), file)
    mistakes: list[Mistake] = []
    data: Any = None
    front: FrontMatter | None = None
    used: frozenset[str] = frozenset()
    blocks: tuple[Block, ...] = ()
    try:
        data = parse_yaml(front_text, file=file, first_line=2)
        front = validate(Facts if language == "zh" else FrontMatter, data, file=file)
        if isinstance(front, Facts):
            workings, used, found = _worked(front, data, file)
            mistakes.extend(found)
    except DataFileError as error:
        mistakes.extend(error.mistakes)
    try:
        # A figure that could not be worked out is named once, not wherever it is used.
        known = None if mistakes else workings
        blocks = split(body, file=file, first_line=body_line, workings=known, language=language)
    except DataFileError as error:
        mistakes.extend(error.mistakes)
    if front is None or mistakes:
        raise DataFileError(tuple(mistakes))
    named = frozenset(found[1] for found in PLACEHOLDER.finditer(body))
    return Document(
        file, path.parent.name, language, front, data, blocks, workings or Workings(), used, named
    )


def _worked(front: Facts, data: Any, file: str) -> tuple[Workings, frozenset[str], list[Mistake]]:
    worker = Worker(front.loans, front.figures, front.curves, front.requests)
    workings, errors = worker.work()
    mistakes = [
        Mistake(file, line_of(data, error.path), shown_path(error.path), error.message)
        for error in errors
    ]
    return workings, frozenset(worker.used), mistakes


def _cut(text: str, file: str) -> tuple[str, str, int]:
    """Front matter, body, and the line the body starts on."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise DataFileError((Mistake(file, 1, "", "must begin with front matter: a line ---"),))
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    raise DataFileError((Mistake(file, 1, "", "the front matter is never closed by a line ---"),))
