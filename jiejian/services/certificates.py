"""Certificates of completion: who has earned one, issuing it, checking it by its code.

The name on it is printed and not kept: only a hash of it with the code is, so that whoever holds
the paper can check that the name was not changed.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest
from typing import Any

from jiejian.content.lessons import Lesson
from jiejian.content.library import Library
from jiejian.content.printed.certificate import Sheet, certificate_pdf, unprintable
from jiejian.content.tracks import Track
from jiejian.errors import DocumentExists, InvalidInput, NotFound, StoreError
from jiejian.services.actor import Actor
from jiejian.services.journal import Journal, Past
from jiejian.services.learning import Learning, LessonStanding
from jiejian.services.permissions import require
from jiejian.services.standing import ANSWERED
from jiejian.store.port import Documents
from jiejian.store.records import Event
from sandbox.text import LANGUAGES, Language, Text

ISSUED = "certificate_issued"
COLLECTION = "certificates"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No sign that is read as another: no 0, O, 1, I, L, U."""
GROUPS, GROUP = 4, 4
"""16 signs of 30 are 78 random bits."""
LONGEST_NAME = 60
MOST_FOR_A_TRACK = 5
"""A name was misspelt, a married name, another language: no more than this for one learner."""


@dataclass(frozen=True)
class Certificate:
    """What a code stands for. completed: the day the last of it was done; lessons: their titles
    then; questions: how many were right in the end.
    """

    code: str
    track: str
    title: Text
    lessons: tuple[Text, ...]
    questions: int
    completed: date
    issued: date


@dataclass(frozen=True)
class TrackCompletion:
    """A track as one learner stands in it: what is still to read and to answer."""

    track: Track
    lessons: tuple[LessonStanding, ...]
    codes: tuple[str, ...]

    @property
    def unread(self) -> tuple[LessonStanding, ...]:
        """Lessons not read to their end."""
        return tuple(standing for standing in self.lessons if not standing.read)

    @property
    def unanswered(self) -> tuple[LessonStanding, ...]:
        """Lessons whose quiz still has items that are not right."""
        return tuple(s for s in self.lessons if s.quiz and not s.quiz.done)

    @property
    def complete(self) -> bool:
        """Whether everything is read and right."""
        return bool(self.lessons) and not self.unread and not self.unanswered


class Certificates:
    """Earned by reading every lesson of a track and answering every quiz item right in the end."""

    def __init__(
        self, journal: Journal, documents: Documents, learning: Learning, library: Library
    ) -> None:
        self._journal = journal
        self._documents = documents
        self._learning = learning
        self._library = library

    def completion(self, actor: Actor, track_id: str) -> TrackCompletion:
        """How far the learner is in a track. Raises NotFound."""
        track = self._library.tracks.get(track_id)
        if track is None:
            raise NotFound("track", track_id)
        lessons = tuple(
            standing
            for standing in self._learning.standings(actor)
            if standing.lesson.track == track_id
        )
        past = self._journal.read(actor)
        codes = tuple(e.data["code"] for e in past.of(ISSUED) if e.data["track"] == track_id)
        return TrackCompletion(track, lessons, codes)

    def issue(self, actor: Actor, track_id: str, name: str, key: str) -> Certificate:
        """Issue a certificate for this name, or find the one issued for it before.

        name may be empty. Raises NotFound, and InvalidInput: track (incomplete, too_many), name
        (too_long, unprintable: the characters are in `signs`).
        """
        require(actor, "certificate.issue", actor.learner)
        name = _readable(name)
        completion = self.completion(actor, track_id)
        for code in completion.codes:
            kept = self._documents.get(COLLECTION, _key(code))
            if kept and compare_digest(kept["name"], _name_hash(code, name)):
                return _certificate(code, kept)
        if not completion.complete:
            raise InvalidInput("track", "incomplete")
        if len(completion.codes) >= MOST_FOR_A_TRACK:
            raise InvalidInput("track", "too_many", most=MOST_FOR_A_TRACK)
        past = self._journal.read(actor)
        lessons = [standing.lesson for standing in completion.lessons]
        value: dict[str, Any] = {
            "learner": actor.learner,
            "track": track_id,
            "title": completion.track.title.model_dump(),
            "lessons": [_titles(lesson) for lesson in lessons],
            "questions": sum(s.quiz.total for s in completion.lessons if s.quiz),
            "completed": _completed(past, lessons).isoformat(),
            "issued": self._journal.now().date().isoformat(),
        }
        code = self._put(value, name)
        event = self._journal.event(ISSUED, {"track": track_id, "code": code}, key)
        now, added = self._journal.record(actor, key, lambda _: [event])
        if not added and (first := now.with_key(key)):
            # A double click: the first one stands, this one leaves nothing behind.
            self._documents.delete(COLLECTION, _key(code))
            return self.check(first.data["code"], None)[0]
        return _certificate(code, value)

    def check(self, code: str, name: str | None) -> tuple[Certificate, bool | None]:
        """What a code stands for, and whether it was issued for this name; None without a name.

        Spaces, dashes, small letters and full width do not matter. Raises NotFound.
        """
        plain = _plain_code(code)
        kept = self._documents.get(COLLECTION, _key(plain)) if plain else None
        if kept is None:
            raise NotFound("certificate", code)
        told = None
        if name is not None and name.strip():
            told = compare_digest(kept["name"], _name_hash(plain, _folded(name)))
        return _certificate(plain, kept), told

    def sheet(self, code: str, name: str, language: Language, address: str) -> bytes:
        """The certificate as PDF; `address` is where its code is checked.

        Raises NotFound, and InvalidInput if it was issued for another name.
        """
        name = _readable(name)
        found, _ = self.check(code, None)
        kept = self._documents.get(COLLECTION, _key(found.code))
        if kept is None or not compare_digest(kept["name"], _name_hash(found.code, name)):
            raise InvalidInput("name", "not_issued_for")
        return certificate_pdf(
            Sheet(
                language=language,
                name=name,
                track=found.title,
                lessons=[lesson.say(language) for lesson in found.lessons],
                questions=found.questions,
                completed=found.completed,
                code=found.code,
                address=address,
            )
        )

    def forget(self, actor: Actor, past: Past) -> None:
        """Withdraw every certificate of a learner who is deleted: their codes stand for nothing."""
        for event in past.of(ISSUED):
            self._documents.delete(COLLECTION, _key(event.data["code"]))

    def forget_unlisted(self, actor: Actor) -> None:
        """Withdraw the certificates of a learner whose record cannot be read; looks at every one."""
        for key in list(self._documents.keys(COLLECTION)):
            try:
                kept = self._documents.get(COLLECTION, key)
            except StoreError:
                continue  # it names nobody any more
            if kept and kept["learner"] == actor.learner:
                self._documents.delete(COLLECTION, key)

    def _put(self, value: dict[str, Any], name: str) -> str:
        while True:
            signs = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
            code = "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))
            value["name"] = _name_hash(code, name)
            try:
                self._documents.put(COLLECTION, _key(code), value, expect_absent=True)
            except DocumentExists:
                continue
            return code


def _titles(lesson: Lesson) -> dict[str, str]:
    return {language: lesson.versions[language].title for language in LANGUAGES}


def _certificate(code: str, kept: dict[str, Any]) -> Certificate:
    return Certificate(
        code=code,
        track=kept["track"],
        title=Text(**kept["title"]),
        lessons=tuple(Text(**title) for title in kept["lessons"]),
        questions=int(kept["questions"]),
        completed=date.fromisoformat(kept["completed"]),
        issued=date.fromisoformat(kept["issued"]),
    )


def _completed(past: Past, lessons: Iterable[Lesson]) -> date:
    """The day of the last thing that was done in these lessons and their quizzes."""
    names = {lesson.id for lesson in lessons} | {lesson.quiz for lesson in lessons}
    days = [event.at[:10] for event in past if _about(event) in names]
    return date.fromisoformat(max(days))


def _about(event: Event) -> str | None:
    if event.kind == "lesson_finished":
        return str(event.data["lesson"])
    return str(event.data["quiz"]) if event.kind == ANSWERED else None


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _readable(name: str) -> str:
    name = _folded(name)
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name", "too_long", most=LONGEST_NAME)
    if signs := unprintable(name):
        raise InvalidInput("name", "unprintable", signs=signs)
    return name


def _plain_code(code: str) -> str:
    """The code as it is printed; empty if it is none."""
    signs = unicodedata.normalize("NFKC", code[:200]).upper()
    signs = "".join(sign for sign in signs if not sign.isspace() and sign not in "-—–_.")
    if len(signs) != GROUPS * GROUP or any(sign not in ALPHABET for sign in signs):
        return ""
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def _key(code: str) -> str:
    return code.lower()


def _name_hash(code: str, name: str) -> str:
    """Slow on purpose: names are few, and the code alone must not give one away."""
    salt = f"jiejian certificate v1 {code}".encode()
    return hashlib.scrypt(name.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()
