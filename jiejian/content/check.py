"""The check of all content: what keeps files from loading, and what keeps them from print."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from jiejian.content.calls import Compute
from jiejian.content.library import LESSONS, Library, link, read_all
from jiejian.content.proofreading import proofread
from sandbox.datafiles import DataFileError, Mistake
from sandbox.lender.lenderbook import load_lenderbook

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
    for quiz in reading.quizzes.values():
        mistakes.extend(quiz.draw_mistakes(compute))
    for test in reading.tests.values():
        mistakes.extend(test.draw_mistakes(compute))
    return library, mistakes


def _lender_mistakes() -> list[Mistake]:
    """Mistakes in the lender's rules, personas, product and choices."""
    try:
        return list(load_lenderbook().mistakes)
    except DataFileError as error:
        return list(error.mistakes)


def main(arguments: Sequence[str] | None = None, *, compute: Compute | None = None) -> int:
    """Print every mistake as file:line: field: message, or one line of counts.

    Returns the exit code: 1 if there is a mistake.
    """
    parser = argparse.ArgumentParser(prog="python -m jiejian.content", description=__doc__)
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="folder that holds them")
    root: Path = parser.parse_args(arguments).root
    library, mistakes = check(root, compute or {}, datetime.now(UTC).date())
    if root == ROOT:
        mistakes += _lender_mistakes()
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        return 1
    items = sum(len(quiz.items) for quiz in library.quizzes.values())
    print(
        f"{len(library.lessons)} lessons, {len(library.quizzes)} quizzes, {items} items: no mistake"
    )
    return 0
