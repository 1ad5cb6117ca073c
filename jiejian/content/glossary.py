"""The glossary: lessons/glossary.yaml, and terms in prose as [[id]] or [[id|shown words]]."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from jiejian.content.frontmatter import Slug
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
from sandbox.text import Language, Text

FILE = "glossary.yaml"
PAGE = "/glossary"
_DRESSED = re.compile(r'<span data-term="([a-z0-9-]+)">(.*?)</span>', re.DOTALL)


class Term(BaseModel):
    """A term of the field: what it is called, what it means in a sentence or two, what is near."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: Text
    short: Text
    see: tuple[Slug, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    terms: dict[Slug, Term] = Field(min_length=1)


@dataclass(frozen=True)
class Glossary:
    """Terms by id, in the order of the file."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    file: str = ""
    data: Any = None

    def ordered(self, language: Language) -> list[tuple[str, Term]]:
        """Terms by their name in this language; Chinese by the file's own order."""
        if language == "zh":
            return list(self.terms.items())
        return sorted(self.terms.items(), key=lambda entry: entry[1].term.en.casefold())


def read_glossary(folder: Path, *, base: Path | None = None) -> tuple[Glossary, list[Mistake]]:
    """The glossary of a folder of lessons and its mistakes; without the file, an empty one."""
    path = folder / FILE
    file = shown_name(path, base)
    if not path.exists():
        return Glossary(), []
    try:
        data = parse_yaml(read_text(path, base=base), file=file)
        terms = validate(_File, data, file=file).terms
    except DataFileError as error:
        return Glossary(), list(error.mistakes)
    return Glossary(terms, file, data), list(_dead_ends(terms, data, file))


def _dead_ends(terms: Mapping[str, Term], data: Any, file: str) -> Iterator[Mistake]:
    for name, term in terms.items():
        for place, other in enumerate(term.see):
            if other not in terms or other == name:
                path = ("terms", name, "see", place)
                line = line_of(data, path)
                message = f"there is no other term {other!r}"
                yield Mistake(file, line, shown_path(path), message)


class Dresser:
    """Turns marked terms in HTML into something to press, numbered so that each id is unique."""

    def __init__(self, glossary: Glossary, language: Language, prefix: str) -> None:
        self._glossary, self._language, self._prefix = glossary, language, prefix
        self._count = 0
        self.met: dict[str, None] = {}

    def dress(self, marked: str) -> tuple[str, str]:
        """HTML with terms to press, and HTML with their words alone."""
        return _DRESSED.sub(self._term, marked), _DRESSED.sub(self._words, marked)

    def _said(self, found: re.Match[str]) -> tuple[Term | None, str]:
        term = self._glossary.terms.get(found[1])
        name = html.escape(term.term.say(self._language)) if term else found[1]
        return term, found[2] or name

    def _words(self, found: re.Match[str]) -> str:
        return self._said(found)[1]

    def _term(self, found: re.Match[str]) -> str:
        term, words = self._said(found)
        if term is None:
            return words
        self._count += 1
        self.met[found[1]] = None
        place = f"{self._prefix}-{self._count}"
        name = html.escape(term.term.say(self._language))
        short = html.escape(term.short.say(self._language))
        return (
            f'<span class="term"><button type="button" popovertarget="{place}"'
            f' aria-describedby="{place}">{words}</button><span popover id="{place}"'
            f' class="term-card"><strong>{name}</strong> {short}</span></span>'
        )
