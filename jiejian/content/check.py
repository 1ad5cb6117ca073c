"""The check of all content: what keeps files from loading, and what keeps them from print."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from jiejian.content.calls import Compute
from jiejian.content.clinic.clinicbook import ClinicBook, read_clinic
from jiejian.content.clinic.linking import link_clinic
from jiejian.content.clinic.proof import proof
from jiejian.content.coverage import thin_objectives
from jiejian.content.glossary import Glossary
from jiejian.content.library import LESSONS, Library, Reading, link, read_all
from jiejian.content.proofreading import Course, plain_text, proofread
from jiejian.content.topics import coverage, gaps, read_topics, table
from jiejian.content.workshops.proof import proof as proof_of_scripts
from jiejian.content.workshops.scriptbook import ScriptBook, Surroundings, load_scripts
from sandbox.adverts import load_advertbook
from sandbox.answers import ANSWERS
from sandbox.datafiles import DataFileError, Mistake, line_of, shown_path
from sandbox.examples import load_examples
from sandbox.lender.lenderbook import LenderBook, load_lenderbook
from sandbox.lender.seatwords import load_seatwords
from sandbox.text import LANGUAGES
from sandbox.world import load_cues

ROOT = Path(__file__).resolve().parents[2]


def check(root: Path, compute: Compute, today: date) -> tuple[Library, list[Mistake]]:
    """The library of root and every mistake in its lessons and quizzes.

    Lessons that cannot be read are not proofread.
    """
    reading = read_all(root, compute)
    library = link(reading)
    course = Course(
        terms=reading.glossary.terms.keys(),
        anchors={name: _anchors(reading, name) for name in reading.folders},
        pages=pages(),
    )
    topics, found = read_topics(root)
    mistakes = [*library.mistakes, *found, *(gaps(topics, reading) if topics else ())]
    mistakes.extend(_glossary_mistakes(reading.glossary))
    for entry in reading.lessons.values():
        for document in entry.documents.values():
            folder = root / LESSONS / document.folder
            minutes = entry.lesson.minutes
            mistakes.extend(
                proofread(document, minutes=minutes, today=today, folder=folder, course=course)
            )
    for quiz in reading.quizzes.values():
        mistakes.extend(quiz.draw_mistakes(compute))
    for test in reading.tests.values():
        mistakes.extend(test.draw_mistakes(compute))
    return library, mistakes


def _glossary_mistakes(glossary: Glossary) -> Iterator[Mistake]:
    for name, term in glossary.terms.items():
        for language in LANGUAGES:
            for _, message in plain_text(term.short.say(language), language):
                path = ("terms", name, "short", language)
                line = line_of(glossary.data, path)
                yield Mistake(glossary.file, line, shown_path(path), message)


def _anchors(reading: Reading, name: str) -> set[str] | None:
    entry = reading.lessons.get(name)
    return set(entry.lesson.versions["zh"].anchors) if entry else None


def pages() -> set[str]:
    """Addresses of the site: the screens, and what the server answers itself."""
    screens = Path(__file__).resolve().parents[1] / "screens"
    return {path.stem for path in screens.glob("[a-z]*.py")} | {"", "recover"}


def remarks(root: Path, compute: Compute) -> list[Mistake]:
    """What is thin while the course is being written; once it is complete, a mistake instead."""
    topics, _ = read_topics(root)
    if topics is not None and topics.complete:
        return []
    return list(thin_objectives(read_all(root, compute)))


def check_clinic(
    root: Path, lessons: Collection[str], lender: LenderBook | None, today: date
) -> tuple[ClinicBook, list[Mistake]]:
    """The clinic of root and every mistake in its symptoms, myths and shared texts.

    Without a lender what the entries promise to show in the sandbox is not tried.
    """
    read = read_clinic(root)
    book = link_clinic(read, lessons)
    return book, [*book.mistakes, *proof(read, lender, today)]


def check_scripts(
    root: Path, library: Library, lender: LenderBook | None
) -> tuple[ScriptBook, list[Mistake]]:
    """The workshop scripts of root and every mistake in them and in the cues they fire.

    Without a lender they are not read: half of what they name is its.
    """
    if lender is None:
        return ScriptBook(), []
    cues = load_cues(regimes=lender.regimes)
    around = Surroundings(library, lender, load_seatwords().faults.keys(), cues)
    book = load_scripts(root, around)
    return book, proof_of_scripts(root, book, lender, cues, library.lessons)


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
    parser.add_argument(
        "root",
        nargs="?",
        default=str(ROOT),
        help="folder that holds them; `topics` prints and writes docs/topics.md, `calls` lists"
        " the calculations a figure may name",
    )
    wanted: str = parser.parse_args(arguments).root
    if wanted in ("topics", "calls"):
        print(_topics(compute or {}) if wanted == "topics" else _calls())
        return 0
    root = Path(wanted)
    today = datetime.now(UTC).date()
    library, mistakes = check(root, compute or {}, today)
    lender, slips = _lender()
    clinic, found = check_clinic(root, library.lessons, lender, today)
    mistakes += found
    scripts, found = check_scripts(root, library, lender)
    mistakes += found if root == ROOT else scripts.mistakes
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
        f" {len(clinic.symptoms)} symptoms in {wordings} wordings, {len(clinic.myths)} myths,"
        f" {len(scripts.scripts)} workshop scripts: no mistake"
    )
    for remark in remarks(root, compute or {}):
        print(f"remark: {remark}")
    return 0


def _topics(compute: Compute) -> str:
    """The table of topics, which is written to docs/topics.md as well."""
    topics, mistakes = read_topics(ROOT)
    if topics is None:
        return "\n".join(map(str, mistakes))
    rules = load_lenderbook().rules
    text = table(coverage(topics, read_all(ROOT, compute), rules))
    (ROOT / "docs" / "topics.md").write_text(text, encoding="utf-8")
    return text


def _calls() -> str:
    """Every call: its arguments, its unit, what it is."""
    lines = []
    for name, call in sorted(ANSWERS.items()):
        fields = call.takes.model_fields
        args = [
            key if field.is_required() else f"{key}={field.default!s}"
            for key, field in fields.items()
        ]
        unit = call.unit or "unit of its arguments"
        lines.append(f"{name}({', '.join(args)}) -> {unit}\n    {call.about}")
    return "\n".join(lines)
