"""The links between the clinic's files; an entry that leads nowhere is left out and named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from jiejian.content.clinic.clinicbook import ClinicBook, ClinicFile
from jiejian.content.clinic.entries import Advice, Contact, Contacts
from jiejian.content.clinic.myths import Myth
from jiejian.content.clinic.symptoms import Place, Symptom, tree_mistakes
from sandbox.datafiles import Mistake

PLANS = ("today", "week", "months", "never")


def link_clinic(book: ClinicBook, lessons: Collection[str]) -> ClinicBook:
    """The book without the symptoms, myths and advice that name what is not there."""
    mistakes: list[Mistake] = []
    broken: set[tuple[type, str]] = set()
    for file in book.files:
        found = [file.mistake(message, *place) for place, message in _dead(file, book, lessons)]
        mistakes.extend(found)
        if found and isinstance(file.entry, Symptom | Myth | Advice):
            broken.add((type(file.entry), file.entry.id))
    advice = {n: entry for n, entry in book.advice.items() if (Advice, n) not in broken}
    symptoms = {
        name: entry.model_copy(update={"advice": tuple(a for a in entry.advice if a in advice)})
        for name, entry in book.symptoms.items()
        if (Symptom, name) not in broken
    }
    return replace(
        book,
        symptoms=symptoms,
        myths={name: entry for name, entry in book.myths.items() if (Myth, name) not in broken},
        advice=advice,
        mistakes=(*book.mistakes, *mistakes),
    )


def _dead(
    file: ClinicFile, book: ClinicBook, lessons: Collection[str]
) -> Iterator[tuple[Place, str]]:
    """Names in this file that lead nowhere, with their places."""
    entry = file.entry
    if isinstance(entry, Symptom | Myth | Advice):
        yield from _unknown(("sources",), entry.sources, book.sources, "source")
    if isinstance(entry, Symptom | Myth) and entry.lesson not in lessons:
        yield ("lesson",), f"there is no lesson {entry.lesson!r}"
    if isinstance(entry, Symptom):
        yield from tree_mistakes(entry)
        yield from _unknown(("advice",), entry.advice, book.advice, "advice")
        yield from _unknown(("contacts",), entry.contacts, book.contacts, "contact")
        for plan in PLANS:
            names = [step if isinstance(step, str) else None for step in getattr(entry, plan)]
            yield from _unknown((plan,), names, book.steps, "shared step")
    if isinstance(entry, Contacts):
        for name, contact in _contacts(entry):
            place = ("contacts", name, "sources")
            yield from _unknown(place, contact.sources, book.sources, "source")


def _contacts(entry: Contacts) -> Iterator[tuple[str, Contact]]:
    yield from entry.contacts.items()


def _unknown(
    place: Place, names: Collection[str | None], known: Collection[str], kind: str
) -> Iterator[tuple[Place, str]]:
    for index, name in enumerate(names):
        if name is not None and name not in known:
            yield (*place, index), f"there is no {kind} {name!r}"
