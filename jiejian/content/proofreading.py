"""Proofreading: what a lesson's file gets wrong without being broken.

Such a lesson can be shown (its HTML is made safe in any case), but must not be published.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jiejian.content import prose
from jiejian.content.directives import Note, Prose
from jiejian.content.documents import Document
from jiejian.content.frontmatter import Facts
from jiejian.content.outline import Outline, outline
from sandbox.datafiles import Mistake
from sandbox.text import Language

READING_SPEED: dict[Language, int] = {"zh": 300, "en": 180}
"""Chinese characters, or words, read in a minute."""

LONGEST_SENTENCE: dict[Language, int] = {"zh": 80, "en": 40}
"""Characters in Chinese, words in English."""

_SENTENCE_END = {"zh": re.compile(r"(?<=[。！？!?…])"), "en": re.compile(r"(?<=[.!?])\s")}
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][\w'’.,%-]*")
_RAW_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^>]*|/)?>|<!--|<[A-Za-z][\w-]*\s*$")
_CODE_SPAN = re.compile(r"(`+).+?\1")
_LEFT_OVER = re.compile(r":::|///|\{[:#]|\]\(|\*\*|\*(?=\S)|(?<=\S)\*")

Finding = tuple[int, str, str]
"""Line, field, message."""


@dataclass(frozen=True)
class _Piece:
    """A run of Markdown: its text, its first line, where its pictures lie, what it shows."""

    text: str
    line: int
    folder: str
    outline: Outline

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


def proofread(document: Document, *, minutes: int, today: date, folder: Path) -> list[Mistake]:
    """Every mistake of one language's file, in the order of lines.

    minutes is what the lesson claims to take, folder where its pictures lie.
    """
    pieces = _pieces(document)
    found = [
        *_review_date(document, today),
        *_reading_time(document, pieces, minutes),
        *_headings(pieces),
        *_plain_words(document),
    ]
    for piece in pieces:
        found.extend(_source(piece))
        found.extend(_left_over(piece))
        found.extend(_links(piece, pieces))
        found.extend(_pictures(piece, folder))
        for block in piece.outline.blocks:
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
            read = outline(prose.unsafe_html(block.text, document.folder))
            pieces.append(_Piece(block.text, block.line, document.folder, read))
        elif isinstance(block.body, Note):
            text = block.body.text
            # A text of several lines is a YAML block, which begins below its key.
            line = block.data.lines["text"] + ("\n" in text)
            pieces.append(_Piece(text, line, "", outline(prose.unsafe_html(text))))
    return pieces


def _review_date(document: Document, today: date) -> Iterator[Finding]:
    if isinstance(document.front, Facts) and document.front.reviewed_on > today:
        yield document.line("reviewed_on"), "reviewed_on", "lies in the future"


def _reading_time(document: Document, pieces: list[_Piece], minutes: int) -> Iterator[Finding]:
    language = document.language
    texts = [block.text for piece in pieces for block in piece.outline.blocks]
    texts += [text for _, text in _widget_words(document)]
    length = sum(_length(text, language) for text in texts)
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


def _links(piece: _Piece, pieces: list[_Piece]) -> Iterator[Finding]:
    anchors = {heading.anchor for other in pieces for heading in other.outline.headings}
    for href in piece.outline.links:
        if not prose.is_link(href):
            yield piece.line_of(href), "link", f"{href!r} is not allowed"
        elif href.startswith("#") and href[1:] not in anchors:
            yield piece.line_of(href), "link", f"there is no section {href[1:]!r}"


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
    for directive in document.directives:
        if not isinstance(directive.body, Note):
            yield from _texts(directive.data, directive.line)


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


def _too_long(language: Language) -> str:
    unit = "characters" if language == "zh" else "words"
    return f"is longer than {LONGEST_SENTENCE[language]} {unit}"
