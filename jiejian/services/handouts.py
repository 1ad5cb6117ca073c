"""Lessons to take along: one on paper, a track as a book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from jiejian.content.library import Library
from jiejian.content.printed import epub
from jiejian.content.printed.handout import front, handout
from jiejian.content.printed.pieces import Paper
from jiejian.errors import NotFound
from sandbox.text import Language


@dataclass(frozen=True)
class Handout:
    """A lesson on paper: its title, and what stands below it as HTML."""

    title: str
    html: str
    has_teacher_notes: bool


class Handouts:
    """Pages and books of the course. They hold nothing of a learner's."""

    def __init__(self, library: Library, root: Path) -> None:
        self._library, self._root = library, root
        self._books: dict[tuple[str, Language], bytes] = {}
        self._lock = Lock()

    def lesson(self, lesson_id: str, language: Language, *, teach: bool) -> Handout:
        """A lesson on paper, with notes for teachers if wanted. Raises NotFound."""
        lesson = self._library.lessons.get(lesson_id)
        if lesson is None:
            raise NotFound("lesson", lesson_id)
        paper = Paper(lesson, language, plain=True)
        text = front(paper) + handout(paper, self._library.glossary, teach=teach)
        version = lesson.versions[language]
        notes = any(getattr(part, "name", "") == "teacher-note" for part in version.parts)
        return Handout(version.title, text, notes)

    def book(self, track_id: str, language: Language) -> bytes:
        """A track as an EPUB, made once. Raises NotFound for a track without lessons."""
        track = self._library.tracks.get(track_id)
        if track is None or not self._library.of_track(track_id):
            raise NotFound("track", track_id)
        with self._lock:
            if (track_id, language) not in self._books:
                made = epub.book(self._library, track, language, self._root)
                self._books[track_id, language] = made
            return self._books[track_id, language]
