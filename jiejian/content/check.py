"""The check of all content: what keeps files from loading, and what keeps them from print."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from jiejian.content.clinic.clinicbook import ClinicBook, read_clinic
from jiejian.content.clinic.linking import link_clinic
from jiejian.content.clinic.proof import proof
from jiejian.content.library import LESSONS, Library, link, read_all
from jiejian.content.proofreading import proofread
from jiejian.content.quizzes import Compute
from sandbox.adverts import load_advertbook
from sandbox.datafiles import DataFileError, Mistake
from sandbox.examples import load_examples
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.lender.seatwords import load_seatwords
from sandbox.text import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


def check(root: Path, compute: Compute, today: date) -> tuple[Library, list[Mistake]]:
    """The library of root and every mistake in its lessons and quizzes.

    Lessons that cannot be read are not proofread.
    """
    reading = read_all(root, compute)
    library = link(reading)
    mistakes = list(library.mistakes)
    for entry in reading.lessons.values():
        for document in entry.documents.values():
            folder = root / LESSONS / document.folder
            minutes = entry.lesson.minutes
            mistakes.extend(proofread(document, minutes=minutes, today=today, folder=folder))
    return library, mistakes


def check_clinic(
    root: Path, lessons: Collection[str], lender: LenderBook | None, today: date
) -> tuple[ClinicBook, list[Mistake]]:
    """The clinic of root and every mistake in its symptoms, myths and shared texts.

    Without a lender what the entries promise to show in the sandbox is not tried.
    """
    read = read_clinic(root)
    book = link_clinic(read, lessons)
    return book, [*book.mistakes, *proof(read, lender, today)]


def _lender() -> tuple[LenderBook | None, list[Mistake]]:
    """The lender's book, None if it cannot be read, and the mistakes in its data files."""
    try:
        book = load_lenderbook()
    except DataFileError as error:
        return None, list(error.mistakes)
    return book, list(book.mistakes)


def _advert_mistakes() -> list[Mistake]:
    """Mistakes in the advert reader's lexicon, forms, words and samples."""
    try:
        return list(load_advertbook().mistakes)
    except DataFileError as error:
        return list(error.mistakes)


def _example_mistakes() -> list[Mistake]:
    """Mistakes in the cost lab's examples."""
    return list(load_examples().mistakes)


def main(arguments: Sequence[str] | None = None, *, compute: Compute | None = None) -> int:
    """Print every mistake as file:line: field: message, or one line of counts.

    Returns the exit code: 1 if there is a mistake.
    """
    parser = argparse.ArgumentParser(prog="python -m jiejian.content", description=__doc__)
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="folder that holds them")
    root: Path = parser.parse_args(arguments).root
    today = datetime.now(UTC).date()
    library, mistakes = check(root, compute or {}, today)
    lender, slips = _lender()
    clinic, found = check_clinic(root, library.lessons, lender, today)
    mistakes += found
    if root == ROOT:
        mistakes += slips + _advert_mistakes() + _example_mistakes()
        mistakes += load_seatwords().mistakes
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        return 1
    items = sum(len(quiz.items) for quiz in library.quizzes.values())
    wordings = sum(
        len(symptom.wordings.of(language))
        for symptom in clinic.symptoms.values()
        for language in LANGUAGES
    )
    print(
        f"{len(library.lessons)} lessons, {len(library.quizzes)} quizzes, {items} items,"
        f" {len(clinic.symptoms)} symptoms in {wordings} wordings, {len(clinic.myths)} myths:"
        " no mistake"
    )
    return 0
