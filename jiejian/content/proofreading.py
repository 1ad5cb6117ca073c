"""Proofreading: what a lesson's file gets wrong without being broken.

Such a lesson can be shown (its HTML is made safe in any case), but must not be published.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jiejian.content import prose
from jiejian.content.directives import Prose, WorkedExample
from jiejian.content.documents import Document
from jiejian.content.frontmatter import Facts
from jiejian.content.marked import Marked, texts
from jiejian.content.outline import Outline, outline
from jiejian.content.typed_figures import typed_figures
from sandbox.datafiles import Mistake, line_of
from sandbox.text import Language

READING_SPEED: dict[Language, int] = {"zh": 300, "en": 180}
"""Chinese characters, or words, read in a minute."""

LONGEST_SENTENCE: dict[Language, int] = {"zh": 80, "en": 40}
"""Characters in Chinese, words in English."""

LONGEST_PARAGRAPH: dict[Language, int] = {"zh": 200, "en": 110}
"""Characters in Chinese, words in English."""

_SENTENCE_END = {"zh": re.compile(r"(?<=[。！？!?…])"), "en": re.compile(r"(?<=[.!?])\s")}
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][\w'’.,%-]*")
_RAW_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^>]*|/)?>|<!--|<[A-Za-z][\w-]*\s*$")
_CODE_SPAN = re.compile(r"(`+).+?\1")
_LEFT_OVER = re.compile(r":::|///|\{[:#{]|\]\(|\[\[|\]\]|\*\*|\*(?=\S)|(?<=\S)\*")
_CODE = re.compile(r"[a-z0-9_{}./-]+")
"""A name or a file in a directive, which nobody reads."""
_TERM = re.compile(r'data-term="([^"]*)"')
_LESSON = re.compile(r"/lesson\?id=([^#&]*)(?:&at=(.*))?")
_PAGE = re.compile(r"/([a-z0-9_-]*)")

Finding = tuple[int, str, str]
"""Line, field, message."""


@dataclass(frozen=True)
class Course:
    """What a lesson may refer to: terms, each lesson's anchors, pages of the site.

    None where it is not known (a lesson that is broken itself): nothing is held against it.
    """

    terms: Set[str] | None = None
    anchors: Mapping[str, Set[str] | None] | None = None
    pages: Set[str] | None = None


@dataclass(frozen=True)
class _Piece:
    """A run of Markdown: its text, its first line, where its pictures lie, what it shows."""

    text: str
    line: int
    folder: str
    outline: Outline
    html: str
    for_teachers: bool = False

    def line_of(self, shown: str) -> int:
        """The line where something shown was written; the first line if it is not found.

        Compares letters and digits only, since markup and line ends come between them.
        """
        lines = list(enumerate(self.text.split("\n"), start=self.line))
        for number, line in lines:
            if shown in line:
                return number
        letters = [(c, number) for number, line in lines for c in line if c.isalnum()]
        source = "".join(c for c, _ in letters)
        wanted = "".join(c for c in shown if c.isalnum())
        # A link's address interrupts the words, so the beginning has to do.
        for part in (wanted, wanted[:12], wanted[:6]):
            place = source.find(part) if part else -1
            if place >= 0:
                return letters[place][1]
        return self.line


def proofread(
    document: Document, *, minutes: int, today: date, folder: Path, course: Course | None = None
) -> list[Mistake]:
    """Every mistake of one language's file, in the order of lines.

    minutes is what the lesson claims to take, folder where its pictures lie.
    """
    course = course or Course()
    pieces = _pieces(document)
    found = [
        *_review_date(document, today),
        *_reading_time(document, pieces, minutes),
        *_headings(pieces),
        *_plain_words(document),
        *_typed_figures(document),
    ]
    for piece in pieces:
        found.extend(_source(piece))
        found.extend(_left_over(piece))
        found.extend(_links(piece, pieces, course))
        found.extend(_terms(piece, course))
        found.extend(_pictures(piece, folder))
        for block in piece.outline.blocks:
            if _length(block.text, document.language) > LONGEST_PARAGRAPH[document.language]:
                line = piece.line_of(block.text)
                found.append((line, "paragraph", _too_long(document.language, LONGEST_PARAGRAPH)))
            for sentence in _long_sentences(block.text, document.language):
                found.append((piece.line_of(sentence), "sentence", _too_long(document.language)))
    return [Mistake(document.file, *finding) for finding in sorted(set(found))]


def plain_text(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Field and message of each mistake in words that are shown as they are."""
    if html := _RAW_HTML.search(text):
        yield "html", f"raw HTML is not allowed: {html.group()}"
    for _ in _long_sentences(text, language):
        yield "sentence", _too_long(language)


def _pieces(document: Document) -> list[_Piece]:
    pieces = []
    for block in document.blocks:
        if isinstance(block, Prose):
            pieces.append(_piece(block.text, block.line, document.folder))
            continue
        for path, text in texts(block.body):
            if isinstance(text, Marked):
                line = line_of(block.data, path, block.line)
                # A text of several lines is a YAML block, which begins below its key.
                line += "\n" in text
                pieces.append(_piece(text, line, "", for_teachers=block.body.for_teachers))
    return pieces


def _piece(text: str, line: int, folder: str, *, for_teachers: bool = False) -> _Piece:
    html = prose.unsafe_html(text, folder)
    return _Piece(text, line, folder, outline(html), html, for_teachers)


def _review_date(document: Document, today: date) -> Iterator[Finding]:
    if isinstance(document.front, Facts) and document.front.reviewed_on > today:
        yield document.line("reviewed_on"), "reviewed_on", "lies in the future"


def _reading_time(document: Document, pieces: list[_Piece], minutes: int) -> Iterator[Finding]:
    language = document.language
    shown = [piece for piece in pieces if not piece.for_teachers]
    words = [block.text for piece in shown for block in piece.outline.blocks]
    words += [text for _, text in _widget_words(document)]
    length = sum(_length(text, language) for text in words)
    play = sum(directive.body.minutes for directive in document.directives)
    needed = math.ceil(length / READING_SPEED[language] + play)
    if needed > minutes:
        line = document.line("minutes")
        yield line, "minutes", f"is {minutes}, but reading and play take {needed}"


def _headings(pieces: list[_Piece]) -> Iterator[Finding]:
    seen: set[str] = set()
    for piece in pieces:
        for heading in piece.outline.headings:
            line = piece.line_of(heading.text)
            anchor = heading.anchor
            if heading.tag not in ("h2", "h3"):
                yield line, "heading", "must be of level 2 or 3 (## or ###)"
            elif anchor is None:
                if heading.tag == "h2":
                    yield line, "heading", "needs an anchor: ## Words {#anchor}"
            elif not prose.is_anchor(anchor):
                yield line, "heading", f"anchor {anchor!r} may hold a-z, 0-9 and - only"
            elif anchor in seen:
                yield line, "heading", f"anchor {anchor!r} is used twice"
            seen.add(anchor or "")


def _source(piece: _Piece) -> Iterator[Finding]:
    """What is seen in the source only, line by line."""
    for number, written in enumerate(piece.text.split("\n"), start=piece.line):
        line = _CODE_SPAN.sub("x", written)
        if html := _RAW_HTML.search(line):
            yield number, "html", f"raw HTML is not allowed: {html.group()}"
        if _unclosed_emphasis(line):
            message = "some viewers do not close it: keep punctuation outside, **so**，"
            yield number, "emphasis", message


def _unclosed_emphasis(line: str) -> bool:
    """Whether CommonMark reads a ** here otherwise than Markdown does.

    It takes no closing ** between punctuation and a letter, and no opening one between a letter
    and punctuation, as Chinese often has it.
    """
    for index, stars in enumerate(re.finditer(r"\*\*", line)):
        before, after = line[: stars.start()][-1:], line[stars.end() :][:1]
        outside, inside = (before, after) if index % 2 == 0 else (after, before)
        if outside.isalnum() and inside and not inside.isalnum() and not inside.isspace():
            return True
    return False


def _left_over(piece: _Piece) -> Iterator[Finding]:
    """Marks that should have become something and are shown as they stand."""
    for block in piece.outline.blocks:
        if mark := _LEFT_OVER.search(block.text_without_code):
            around = block.text_without_code[max(0, mark.start() - 6) : mark.end() + 6]
            line = piece.line_of(around.split("\n")[0].strip() or mark.group())
            yield line, "markup", f"{mark.group()!r} is left as text"


def _links(piece: _Piece, pieces: list[_Piece], course: Course) -> Iterator[Finding]:
    here = {heading.anchor for other in pieces for heading in other.outline.headings}
    for href in piece.outline.links:
        line = piece.line_of(href)
        if not prose.is_link(href):
            yield piece.line_of(href), "link", f"{href!r} is not allowed"
        elif href.startswith("#"):
            if href[1:] not in here:
                yield line, "link", f"there is no section {href[1:]!r}"
        elif lesson := _LESSON.fullmatch(href):
            yield from _lesson_link(piece, lesson[1], lesson[2], course)
        elif href.startswith("/") and course.pages is not None:
            page = _PAGE.match(href)
            if page is None or page[1] not in course.pages:
                yield line, "link", f"there is no page {href!r}"


def _lesson_link(piece: _Piece, name: str, anchor: str | None, course: Course) -> Iterator[Finding]:
    if course.anchors is None:
        return
    line = piece.line_of(f"lesson:{name}")
    if name not in course.anchors:
        yield line, "link", f"there is no lesson {name!r}"
    elif anchor and anchor not in (course.anchors[name] or {anchor}):
        yield line, "link", f"the lesson {name!r} has no section {anchor!r}"


def _terms(piece: _Piece, course: Course) -> Iterator[Finding]:
    for name in _TERM.findall(piece.html):
        if course.terms is not None and name not in course.terms:
            line = piece.line_of(f"[[{name}")
            yield line, "term", f"there is no {name!r} in lessons/glossary.yaml"


def _pictures(piece: _Piece, folder: Path) -> Iterator[Finding]:
    for source, description in piece.outline.pictures:
        name = source.removeprefix(f"{prose.FIGURES_URL}/{piece.folder}/")
        line = piece.line_of(name)
        if name == source:
            yield line, "picture", f"{source!r} must be a file in the lesson's folder"
        elif not (folder / name).is_file():
            yield line, "picture", f"there is no file {name!r}"
        if not description.strip():
            yield line, "picture", "needs a description: ![description](file)"


def _plain_words(document: Document) -> Iterator[Finding]:
    """Words shown as they are: titles, objectives and the texts of widgets."""
    for line, text in [*_front_words(document), *_widget_words(document)]:
        for field, message in plain_text(text, document.language):
            yield line, field, message


def _front_words(document: Document) -> Iterator[tuple[int, str]]:
    for field in ("title", "summary", "objectives"):
        yield from _texts(document.data[field], document.line(field))


def _widget_words(document: Document) -> Iterator[tuple[int, str]]:
    """Words of widgets that are shown as they are; codes and names are not words."""
    for directive in document.directives:
        if directive.body.for_teachers:
            continue
        for path, text in texts(directive.body):
            if not isinstance(text, Marked) and not _CODE.fullmatch(text):
                yield line_of(directive.data, path, directive.line), text


def _typed_figures(document: Document) -> Iterator[Finding]:
    """Results that are typed in a worked example instead of computed."""
    for directive in document.directives:
        if isinstance(directive.body, WorkedExample):
            for line, text in _texts(directive.written, directive.line):
                for typed in typed_figures(text, document.workings.inputs):
                    message = f"{typed} is typed; make it a figure, or an input of one"
                    yield line, directive.name, message


def _texts(data: Any, line: int) -> Iterator[tuple[int, str]]:
    """Every text in parsed YAML, with its line."""
    if isinstance(data, str):
        yield line, data
    elif isinstance(data, dict | list):
        steps = data if isinstance(data, dict) else range(len(data))
        lines = getattr(data, "lines", {})
        for step in steps:
            yield from _texts(data[step], lines.get(step, line))


def _length(text: str, language: Language) -> int:
    """Words; in Chinese the characters as well."""
    words = len(_WORD.findall(text))
    return words + len(_HAN.findall(text)) if language == "zh" else words


def _long_sentences(text: str, language: Language) -> Iterator[str]:
    for sentence in _SENTENCE_END[language].split(text):
        size = len(sentence.strip()) if language == "zh" else len(sentence.split())
        if size > LONGEST_SENTENCE[language]:
            yield sentence.strip()


def _too_long(language: Language, longest: Mapping[Language, int] = LONGEST_SENTENCE) -> str:
    unit = "characters" if language == "zh" else "words"
    return f"is longer than {longest[language]} {unit}"
