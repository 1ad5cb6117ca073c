"""A full-text index over the course in both languages: SQLite's FTS5, kept in memory.

Chinese has no spaces to cut words at. Each character is stored as a word of its own and a run of
characters is asked for as phrases of two, which finds exactly the pairs that stand side by side.
Rare words weigh more and titles more than text (bm25 of FTS5).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from jiejian.content.wordings import LITTLE_WORDS, folded
from sandbox.text import LANGUAGES, Language

TITLE_WEIGHT = 5.0
"""How much more a word in a title says than one in the text."""

_RUN = re.compile("[\u3400-\u9fff]+|[^\\W_\u3400-\u9fff]+")
_HAN = re.compile("[\u3400-\u9fff]")


Words = Mapping[Language, str]
"""Words in each language; they may be none."""


@dataclass(frozen=True)
class Page:
    """What can be found: its title and its text in each language."""

    title: Words
    text: Words


class CourseIndex:
    """Pages by their place in the given order, ready to be searched. Each comes with its weight:
    how many times as well as another it counts that fits the words alike.
    """

    def __init__(self, pages: Iterable[tuple[Page, float]]) -> None:
        # One connection for every session's thread: reading takes a millisecond, under a lock.
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(
            "CREATE VIRTUAL TABLE pages USING fts5(place UNINDEXED, weight UNINDEXED, title, text,"
            " tokenize = 'porter unicode61')"
        )
        self._base.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?)",
            (
                (place, weight, _spaced(page.title[language]), _spaced(page.text[language]))
                for place, (page, weight) in enumerate(pages)
                for language in LANGUAGES
            ),
        )

    def find(self, text: str, limit: int) -> list[int]:
        """Places of the pages that hold all of the text's words, else any of them, best first."""
        asked = terms(text)
        if not asked:
            return []
        whole = [_phrase(term) for term in asked]
        begun = [_beginning(term) for term in asked]
        # "apr" is not "april" as long as there is an "apr".
        queries = (" AND ".join(whole), " AND ".join(begun), " OR ".join(begun))
        return next(filter(None, (self._matching(query, limit) for query in queries)), [])

    def _matching(self, query: str, limit: int) -> list[int]:
        with self._lock:
            # A page that fits in both languages comes up twice.
            rows = self._base.execute(
                "SELECT place FROM pages WHERE pages MATCH ?"
                " ORDER BY weight * bm25(pages, 0, 0, ?, 1.0) LIMIT ?",
                (query, TITLE_WEIGHT, 2 * limit),
            ).fetchall()
        return list(dict.fromkeys(place for (place,) in rows))[:limit]


def terms(text: str) -> list[str]:
    """What a text asks for: English words, and Chinese in pairs of characters.

    Little words are left out unless there is nothing else.
    """
    found: dict[str, None] = {}
    for run in _RUN.findall(folded(text)):
        if not _HAN.match(run) or len(run) == 1:
            found[run] = None
        else:
            found.update(dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1)))
    telling = [term for term in found if term not in LITTLE_WORDS]
    return telling or list(found)


def _phrase(term: str) -> str:
    """A term as FTS5 reads it: an English word, or characters side by side."""
    return f'"{_spaced(term).strip()}"'


def _beginning(term: str) -> str:
    """The same, and an English word also as the beginning of longer ones."""
    phrase = _phrase(term)
    return phrase if _HAN.match(term) or len(term) < 3 else f"({phrase} OR {phrase} *)"


def _spaced(text: str) -> str:
    return _HAN.sub(lambda found: f" {found[0]} ", folded(text))
