"""Search over the whole course: lessons by section, the glossary, the clinic, quiz questions.

A page is found by its words in either language and told in the reader's. Answers and explanations
are not searched, so that nothing is given away. Nothing typed is stored or logged.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jiejian.content.clinic.clinicbook import ClinicBook
from jiejian.content.directives import KeyPoints, Note
from jiejian.content.lessons import Lesson, LessonVersion
from jiejian.content.library import Library
from jiejian.content.marked import Marked, texts
from jiejian.content.steps import ProsePart
from jiejian.services.course_index import CourseIndex, Page, Words, terms
from sandbox.text import LANGUAGES, Language, Text

Kind = Literal["lesson", "term", "symptom", "question"]

LONGEST = 120
"""Characters that are read; a longer text is cut."""
MOST = 20
"""Places that are shown."""
BEFORE, AFTER = 24, 76
"""Characters of the text shown around what was found."""

_INLINE = re.compile(r"</?(?:a|b|strong|i|em|code|span|sup|mark)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_HEADED = re.compile(r"(?=<h2\b)")
_ANCHOR = re.compile(r'<h2 id="([^"]+)"')
_PLACEHOLDER = re.compile(r"\{[a-z0-9_]+\}")
_HAN = re.compile("[\u3400-\u9fff]")
_NOTHING: Words = {"zh": "", "en": ""}


WEIGHT: dict[Kind, float] = {"lesson": 2.0, "term": 2.0, "symptom": 1.0, "question": 0.5}
"""What explains comes before what is asked about it, where both fit alike."""


@dataclass(frozen=True)
class Source:
    """Where something stands, and what is searched for it.

    at is the section of a lesson or the item of a quiz; within the title of its lesson; text what
    an excerpt is taken from.
    """

    kind: Kind
    id: str
    at: str
    title: Words
    within: Words
    text: Words
    page: Page


@dataclass(frozen=True)
class Piece:
    """A piece of an excerpt; hit where it holds what was asked."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Found:
    """A place in the course that holds what was asked."""

    kind: Kind
    id: str
    at: str
    title: str
    within: str
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class Answer:
    """What a text found. asked: whether there was anything to search; cut: whether it was long."""

    asked: bool
    cut: bool
    found: tuple[Found, ...]


class Searching:
    """The course, ready to be searched."""

    def __init__(self, library: Library, symptoms: ClinicBook) -> None:
        self._sources = [
            *(source for lesson in library.in_order for source in _sections(lesson)),
            *_terms(library),
            *_symptoms(symptoms),
            *_questions(library),
        ]
        self._index = CourseIndex((source.page, WEIGHT[source.kind]) for source in self._sources)

    def search(self, text: str, language: Language) -> Answer:
        """The places that fit the text, best first, told in this language."""
        asked = text.strip()[:LONGEST]
        wanted = terms(asked)
        places = self._index.find(asked, MOST)
        found = tuple(_found(self._sources[place], language, wanted) for place in places)
        return Answer(bool(wanted), len(text.strip()) > LONGEST, found)


def _found(source: Source, language: Language, wanted: list[str]) -> Found:
    return Found(
        source.kind,
        source.id,
        source.at,
        source.title[language],
        source.within[language],
        excerpt(source.text[language], wanted),
    )


def excerpt(text: str, wanted: list[str]) -> tuple[Piece, ...]:
    """The text around the longest run of wanted terms, each marked where it stands."""
    # Two pairs that overlap are one run of characters; an English word is found by its stem.
    forms = [
        re.escape(term) if _HAN.match(term) else rf"\b{re.escape(term[: max(3, len(term) - 2)])}\w*"
        for term in wanted
    ]
    if not text or not forms:
        return (Piece(text, hit=False),) if text else ()
    pattern = re.compile(f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})+", re.IGNORECASE)
    best = max(pattern.finditer(text), key=lambda match: len(match[0]), default=None)
    start = max(0, best.start() - BEFORE) if best else 0
    # Not in the middle of an English word.
    while start and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    end = min(len(text), start + BEFORE + AFTER)
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    pieces = [Piece("…", hit=False)] if start else []
    place = start
    for match in pattern.finditer(text, start, end):
        if match.start() > place:
            pieces.append(Piece(text[place : match.start()], hit=False))
        pieces.append(Piece(match[0], hit=True))
        place = match.end()
    pieces.append(Piece(text[place:end] + ("…" if end < len(text) else ""), hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _sections(lesson: Lesson) -> Iterator[Source]:
    read = {language: _read(lesson.versions[language]) for language in LANGUAGES}
    # Both languages have the same sections, which is checked when a lesson is read.
    for place, (anchor, _, _) in enumerate(read["zh"]):
        title: Words = {language: read[language][place][1] for language in LANGUAGES}
        text: Words = {language: read[language][place][2] for language in LANGUAGES}
        within = _title(lesson) if anchor else _NOTHING
        yield Source("lesson", lesson.id, anchor, title, within, text, Page(title, text))


def _read(version: LessonVersion) -> list[tuple[str, str, str]]:
    """Anchor, title and words of each section; the opening under the lesson's own title."""
    titles = {section.anchor: section.title for section in version.sections}
    found: list[tuple[str, str, list[str]]] = [("", version.title, [version.summary])]
    for part in version.parts:
        if isinstance(part, ProsePart):
            for piece in _HEADED.split(part.plain_html):
                if anchor := _ANCHOR.match(piece):
                    found.append((anchor[1], titles.get(anchor[1], version.title), []))
                    piece = piece.partition("</h2>")[2]
                found[-1][2].append(_words(piece))
        elif isinstance(part.body, KeyPoints | Note):
            said = [text for _, text in texts(part.body) if isinstance(text, Marked)]
            found[-1][2].extend(_words(text.plain_html) for text in said)
    return [(anchor, title, " ".join(filter(None, said))) for anchor, title, said in found]


def _terms(library: Library) -> Iterator[Source]:
    for name, term in library.glossary.terms.items():
        title, short = _both(term.term), _both(term.short)
        yield Source("term", name, "", title, _NOTHING, short, Page(title, short))


def _symptoms(book: ClinicBook) -> Iterator[Source]:
    for symptom in book.symptoms.values():
        title, meaning = _both(symptom.says), _both(symptom.meaning)
        met = {
            language: " ".join((meaning[language], *symptom.wordings.of(language)))
            for language in LANGUAGES
        }
        yield Source("symptom", symptom.id, "", title, _NOTHING, meaning, Page(title, met))


def _questions(library: Library) -> Iterator[Source]:
    for lesson in library.in_order:
        quiz = library.quizzes.get(lesson.quiz or "")
        for item in quiz.items if quiz else ():
            stem = {
                language: _PLACEHOLDER.sub("…", words)
                for language, words in _both(item.stem).items()
            }
            page = Page(_NOTHING, stem)
            at = item.id
            yield Source("question", lesson.quiz or "", at, stem, _title(lesson), _NOTHING, page)


def _title(lesson: Lesson) -> Words:
    return {language: lesson.versions[language].title for language in LANGUAGES}


def _both(text: Text) -> Words:
    return {language: text.say(language) for language in LANGUAGES}


def _words(markup: str) -> str:
    """The words of safe HTML, blocks apart."""
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", markup))).split())
