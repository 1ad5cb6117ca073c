"""Lessons: a folder NNN-slug with the same lesson in zh.md and en.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from jiejian.content import prose
from jiejian.content.directives import Prose, Surroundings
from jiejian.content.documents import Document, read_document
from jiejian.content.frontmatter import Audience, Facts, Level, Source
from jiejian.content.glossary import Dresser, Glossary
from jiejian.content.marked import furnish
from jiejian.content.outline import outline
from jiejian.content.steps import Part, ProsePart, Step, WidgetPart, boundaries, cut
from jiejian.content.workings import Workings
from sandbox.datafiles import DataFileError, Mistake, line_of, shown_path
from sandbox.text import LANGUAGES, Language

FOLDER = re.compile(r"([0-9]{3})-([a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass(frozen=True)
class Section:
    """A heading that can be linked to."""

    anchor: str
    title: str


@dataclass(frozen=True)
class LessonVersion:
    """A lesson in one language, cut into steps; terms are those of the glossary it uses."""

    title: str
    summary: str
    objectives: tuple[str, ...]
    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    terms: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything in order."""
        return tuple(part for step in self.steps for part in step.parts)

    def step_at(self, anchor: str) -> int:
        """The place of the step that holds this section, 0 if none does."""
        for place, step in enumerate(self.steps):
            if anchor == step.anchor or anchor in step.anchors:
                return place
        return 0

    def title_of(self, step: Step) -> str:
        """The title of a step: its first section's, or the lesson's."""
        named = {section.anchor: section.title for section in self.sections}
        return named.get(step.anchor) or next(
            (named[anchor] for anchor in step.anchors if anchor in named), self.title
        )

    @property
    def anchors(self) -> tuple[str, ...]:
        """The anchors of the sections, in order; the same in both languages."""
        return tuple(section.anchor for section in self.sections)


@dataclass(frozen=True)
class Lesson:
    """A lesson. order is the number of its folder; quiz is None while its quiz is broken, track
    while its track is not known."""

    id: str
    folder: str
    order: int
    track: str | None
    minutes: int
    level: Level
    audience: tuple[Audience, ...]
    topics: tuple[str, ...]
    prerequisites: tuple[str, ...]
    quiz: str | None
    reviewed_on: date
    sources: tuple[Source, ...]
    revision: int
    workings: Workings
    versions: Mapping[Language, LessonVersion]


@dataclass(frozen=True)
class LessonFile:
    """A lesson as read, with the files it was made of."""

    lesson: Lesson
    documents: Mapping[Language, Document]

    def mistake(self, message: str, *path: str | int) -> Mistake:
        """A mistake at a value of the front matter of zh.md."""
        zh = self.documents["zh"]
        return Mistake(zh.file, zh.line(*path), shown_path(path), message)


def read_lesson(
    folder: Path,
    *,
    base: Path | None = None,
    glossary: Glossary | None = None,
    shared: Path | None = None,
) -> LessonFile:
    """Read a lesson's folder, whose name matches FOLDER. shared holds the shared drawings.

    Raises DataFileError if either language has a mistake or the two do not match.
    """
    documents: dict[Language, Document] = {}
    mistakes: list[Mistake] = []
    workings: Workings | None = None
    for language in LANGUAGES:
        try:
            path = folder / f"{language}.md"
            documents[language] = read_document(path, base=base, workings=workings)
            workings = documents[language].workings
        except DataFileError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise DataFileError(tuple(mistakes))
    zh, en = documents["zh"], documents["en"]
    read = {name: _text(document, glossary or Glossary()) for name, document in documents.items()}
    mistakes = [*_unfound(zh, folder, shared), *_unfound(en, folder, shared), *_idle(zh, en)]
    if mistakes := mistakes or _differences(read["zh"], read["en"]):
        raise DataFileError(tuple(mistakes))
    starts = boundaries(read["zh"].parts)
    versions = {name: text.version(starts) for name, text in read.items()}
    number, _, slug = folder.name.partition("-")
    facts = zh.front
    if not isinstance(facts, Facts):
        raise TypeError("zh.md carries the facts")
    lesson = Lesson(
        id=slug,
        folder=folder.name,
        order=int(number),
        track=facts.track,
        minutes=facts.minutes,
        level=facts.level,
        audience=facts.audience,
        topics=facts.topics,
        prerequisites=facts.prerequisites,
        quiz=facts.quiz,
        reviewed_on=facts.reviewed_on,
        sources=facts.sources,
        revision=facts.revision,
        workings=zh.workings,
        versions=versions,
    )
    return LessonFile(lesson, documents)


@dataclass(frozen=True)
class _Text:
    """A lesson's text in one language before it is cut into steps."""

    document: Document
    sections: tuple[Section, ...]
    parts: tuple[Part, ...]
    terms: tuple[str, ...]

    def version(self, starts: tuple[int, ...]) -> LessonVersion:
        front = self.document.front
        steps = cut(self.parts, starts, self.document.folder[4:])
        return LessonVersion(
            front.title, front.summary, front.objectives, self.sections, steps, self.terms
        )


def _text(document: Document, glossary: Glossary) -> _Text:
    parts: list[Part] = []
    sections: list[Section] = []
    dresser = Dresser(glossary, document.language, f"term-{document.folder[:3]}")
    for block in document.blocks:
        if isinstance(block, Prose):
            html = prose.to_html(block.text, document.folder)
            parts.append(ProsePart(*dresser.dress(html)))
            sections.extend(
                Section(heading.anchor, heading.text)
                for heading in outline(html).headings
                if heading.anchor
            )
        else:
            index = sum(isinstance(part, WidgetPart) for part in parts)
            furnish(block.body, lambda text: dresser.dress(prose.to_html(text)))
            parts.append(WidgetPart(block.name, block.body, index))
    return _Text(document, tuple(sections), tuple(parts), tuple(dresser.met))


def _unfound(document: Document, folder: Path, shared: Path | None) -> Iterator[Mistake]:
    """What directives refer to and is not there; ids of guesses used twice."""
    around = Surroundings(document.workings, folder, shared or folder, document.language)
    seen: set[str] = set()
    for directive in document.directives:
        for path, message in directive.body.problems(around):
            line = line_of(directive.data, path, directive.line)
            yield Mistake(document.file, line, f"{directive.name}.{shown_path(path)}", message)
        name = getattr(directive.body, "id", None)
        if name is not None and name in seen:
            line = line_of(directive.data, ("id",), directive.line)
            yield Mistake(document.file, line, f"{directive.name}.id", f"{name!r} is used twice")
        seen.add(str(name))


def _idle(zh: Document, en: Document) -> Iterator[Mistake]:
    """Figures, loans, curves and requests that nothing shows: left over, or forgotten."""
    used = set(zh.used)
    for document in (zh, en):
        for block in document.blocks:
            if isinstance(block, Prose):
                continue
            used.update(block.body.uses())
        used.update(f"figures.{name}" for name in document.placeholders)
    facts = zh.front
    if not isinstance(facts, Facts):
        return
    for group in ("loans", "figures", "curves", "requests"):
        for name in getattr(facts, group):
            if f"{group}.{name}" not in used:
                path = (group, name)
                yield Mistake(zh.file, zh.line(*path), shown_path(path), "is never used")


def _differences(chinese: _Text, english: _Text) -> list[Mistake]:
    """Where the two languages are not the same lesson; the line is the one in en.md."""
    zh, en = chinese.document, english.document
    mistakes: list[Mistake] = []

    def differ(line: int | None, field: str, here: object, there: object) -> None:
        message = f"is {here or 'missing'}, in zh.md it is {there or 'missing'}"
        mistakes.append(Mistake(en.file, line, field, message))

    if zh.front.revision != en.front.revision:
        differ(en.line("revision"), "revision", en.front.revision, zh.front.revision)
    there, here = len(zh.front.objectives), len(en.front.objectives)
    if there != here:
        differ(en.line("objectives"), "objectives", f"a list of {here}", f"a list of {there}")
    if odd := _first_difference(
        *((s.anchor for s in text.sections) for text in (chinese, english))
    ):
        _, there_anchor, here_anchor = odd
        differ(_anchor_line(en, here_anchor), "section", here_anchor, there_anchor)
    if odd := _first_difference(*((d.name for d in doc.directives) for doc in (zh, en))):
        index, there_name, here_name = odd
        line = en.directives[index].line if here_name else None
        differ(line, "directive", here_name, there_name)
        return mistakes
    for one, other in zip(zh.directives, en.directives, strict=True):
        if one.body.facts() != other.body.facts():
            differ(other.line, f"::: {other.name}", other.body.facts(), one.body.facts())
    return mistakes


def _first_difference(
    zh: Iterable[str], en: Iterable[str]
) -> tuple[int, str | None, str | None] | None:
    for index, (there, here) in enumerate(zip_longest(zh, en)):
        if there != here:
            return index, there, here
    return None


def _anchor_line(document: Document, anchor: str | None) -> int | None:
    for run in document.prose:
        for number, line in enumerate(run.text.split("\n"), start=run.line):
            if anchor and f"#{anchor}" in line and line.startswith("#"):
                return number
    return None
