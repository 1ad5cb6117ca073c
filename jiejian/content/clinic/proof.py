"""Proofreading the clinic: what a file gets wrong without being broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from jiejian.content.clinic.clinicbook import ClinicBook, ClinicFile
from jiejian.content.clinic.entries import Advice, Contacts, Sources, Steps
from jiejian.content.clinic.linking import PLANS
from jiejian.content.clinic.myths import Myth
from jiejian.content.clinic.play import wrong_with
from jiejian.content.clinic.symptoms import Place, Symptom
from jiejian.content.proofreading import plain_text
from jiejian.content.wordings import folded
from sandbox.datafiles import Mistake
from sandbox.lender.lenderbook import LenderBook
from sandbox.text import LANGUAGES, Language

# A year, a span, an amount, a share or a named rule: what a reader may take for a fact.
_FACT = re.compile(
    r"《|[0-9]{4}\s*年|\b(19|20)[0-9]{2}\b|[0-9]\s*(年|天|日|小时|%|％|万|元|次|期|years?|days?|hours?|times)"
    r"|[¥￥$][0-9]|第\s*[0-9]+\s*条|[Aa]rticle [0-9]"
)
_PHONE = re.compile(r"(?<![0-9.,¥:-])(1[0-9]{2}|[19][0-9]{4}|400-[0-9]{3}-[0-9]{4})(?![0-9.,:-])")
# Not facts of the world: what the learner does in the sandbox, and what people type.
_NO_FACTS = {"play", "wordings", "says", "sources", "reviewed_on", "contacts"}


def proof(book: ClinicBook, lender: LenderBook | None, today: date) -> Iterator[Mistake]:
    """Every such mistake, in the order of the files."""
    numbers = {contact.number for contact in book.contacts.values()}
    for file in book.files:
        for place, message in _in_file(file, book, lender, today):
            yield file.mistake(message, *place)
        for place, text in _texts(file.data):
            for language in LANGUAGES:
                if language in place:
                    for _field, message in plain_text(text, language):
                        yield file.mistake(message, *place)
            for phone in _PHONE.findall(text):
                if phone not in numbers and not isinstance(file.entry, Sources):
                    yield file.mistake(f"{phone} is the number of no contact", *place)
    yield from _twice(book)
    yield from _unused(book)


def _in_file(
    file: ClinicFile, book: ClinicBook, lender: LenderBook | None, today: date
) -> Iterator[tuple[Place, str]]:
    entry = file.entry
    if lender and isinstance(entry, Symptom | Myth) and (wrong := wrong_with(entry.play, lender)):
        yield ("play",), wrong
    if isinstance(entry, Symptom | Myth | Advice):
        if entry.reviewed_on > today:
            yield ("reviewed_on",), "lies in the future"
        for index, name in enumerate(entry.sources):
            source = book.sources.get(name)
            if source and source.date > entry.reviewed_on.isoformat()[: len(source.date)]:
                yield ("sources", index), "is dated after reviewed_on"
    if isinstance(entry, Symptom) and not entry.sources:
        for place, text in _texts(file.data):
            if place[0] not in _NO_FACTS and (fact := _FACT.search(text)):
                yield place, f"states a fact ({fact.group()}) but the file names no source"


def _texts(data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text of parsed YAML with its place."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*place, index))


def _twice(book: ClinicBook) -> Iterator[Mistake]:
    """A wording two symptoms claim: the search could not tell them apart."""
    first: dict[tuple[Language, str], str] = {}
    for file in book.files:
        if not isinstance(file.entry, Symptom):
            continue
        for language in LANGUAGES:
            for index, words in enumerate(file.entry.wordings.of(language)):
                key = language, folded(words)
                if key in first:
                    message = f"{words!r} is already a wording of {first[key]}"
                    yield file.mistake(message, "wordings", language, index)
                first.setdefault(key, file.entry.id)


def _unused(book: ClinicBook) -> Iterator[Mistake]:
    """Shared entries nothing names."""
    used: dict[str, set[str]] = {
        "sources": set(),
        "steps": set(),
        "contacts": set(),
        "advice": set(),
    }
    for contact in book.contacts.values():
        used["sources"].update(contact.sources)
    for file in book.files:
        entry = file.entry
        if isinstance(entry, Symptom | Myth | Advice):
            used["sources"].update(entry.sources)
        if isinstance(entry, Symptom):
            used["contacts"].update(entry.contacts)
            used["advice"].update(entry.advice)
            for plan in PLANS:
                used["steps"].update(s for s in getattr(entry, plan) if isinstance(s, str))
    for file in book.files:
        entry = file.entry
        if isinstance(entry, Sources | Steps | Contacts):
            for name in getattr(entry, entry.id):
                if name not in used[entry.id]:
                    yield file.mistake("is used nowhere", entry.id, name)
        elif isinstance(entry, Advice) and entry.id not in used["advice"]:
            yield file.mistake("is used nowhere", "id")
