"""`python -m jiejian.quizbank export|import`: quiz items to and from Moodle, GIFT and Anki."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from jiejian.content.calls import Compute
from jiejian.content.library import Library, load_library
from jiejian.content.plain import Plain, plain
from jiejian.content.posing import pose
from jiejian.content.quizzes import read_quiz
from jiejian.quizbank import gift, moodle
from jiejian.quizbank.drafts import Apart, draft
from jiejian.quizbank.reading import LeftOut
from jiejian.services.cards import card_of, deck
from sandbox.answers import ANSWERS
from sandbox.datafiles import DataFileError, Mistake
from sandbox.text import LANGUAGES, Language

ROOT = Path(__file__).resolve().parents[2]
READERS: dict[str, Callable[[str], Iterator[Plain | LeftOut]]] = {
    "moodle-xml": moodle.read,
    "gift": gift.read,
}
WRITERS = {"moodle-xml": moodle.write, "gift": gift.write}
TITLES: dict[Language, str] = {"zh": "借鉴", "en": "Jiejian"}


class Refused(Exception):
    """The command cannot be carried out; the message says what to do."""


def main(arguments: Sequence[str] | None = None, compute: Compute = ANSWERS) -> int:
    """Run one command; the exit code: 0 done, 2 refused."""
    given = _parser().parse_args(arguments)
    try:
        if given.command == "export":
            _export(given, compute)
        else:
            _import(given, compute)
    except (Refused, Apart, moodle.NotMoodle) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m jiejian.quizbank", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    out = commands.add_parser("export", help="write items of quizzes in one language")
    out.add_argument("--format", choices=[*WRITERS, "anki"], required=True)
    out.add_argument("--language", choices=LANGUAGES, required=True)
    out.add_argument("--quiz", action="append", help="id of a quiz; may be repeated (default: all)")
    out.add_argument(
        "--seed", type=int, default=1, help="draws the numbers of items with parameters"
    )
    out.add_argument("--root", type=Path, default=ROOT, help="folder that holds quizzes/")
    out.add_argument("-o", "--output", type=Path, help="file to write (default: standard output)")
    into = commands.add_parser("import", help="make a draft of a quiz file")
    into.add_argument("--format", choices=READERS, required=True)
    for language in LANGUAGES:
        into.add_argument(
            f"--{language}", type=Path, metavar="FILE", help=f"the {language} version"
        )
    into.add_argument("--lesson", help="slug of the lesson it belongs to")
    into.add_argument(
        "-o", "--output", type=Path, required=True, help="quizzes/<id>.yaml, a new file"
    )
    return parser


def _export(given: argparse.Namespace, compute: Compute) -> None:
    library = load_library(given.root, compute)
    for mistake in library.mistakes:
        print(f"left out: {mistake}", file=sys.stderr)
    names = given.quiz or list(library.quizzes)
    if lost := [name for name in names if name not in library.quizzes]:
        known = ", ".join(library.quizzes)
        raise Refused(f"there is no quiz {lost[0]!r}; known are: {known}")
    if given.format == "anki":
        if given.output is None:
            raise Refused("an Anki deck is no text: say where to write it with -o deck.apkg")
        cards = [
            card_of(made, name)
            for name in names
            for made in questions(library, name, given.language, given.seed)
        ]
        given.output.write_bytes(deck(TITLES[given.language], cards, given.language))
        print(f"{given.output}: {len(cards)} cards", file=sys.stderr)
        return
    found = [
        made for name in names for made in questions(library, name, given.language, given.seed)
    ]
    text = WRITERS[given.format](found, f"{TITLES[given.language]} {' '.join(names)}"[:200])
    if given.output is None:
        sys.stdout.write(text)
    else:
        given.output.write_text(text, encoding="utf-8")
        print(f"{given.output}: {len(found)} questions", file=sys.stderr)


def questions(library: Library, quiz_id: str, language: Language, seed: int) -> Iterator[Plain]:
    """The questions of a quiz in one language."""
    for item in library.quizzes[quiz_id].items:
        yield from plain(pose(item, seed, library.compute), language)


def _import(given: argparse.Namespace, compute: Compute) -> None:
    files: dict[Language, Path] = {
        language: getattr(given, language) for language in LANGUAGES if getattr(given, language)
    }
    if not files:
        raise Refused("name the file to read with --zh or --en, or with both")
    if given.output.exists():
        raise Refused(f"{given.output} exists; nothing was overwritten")
    found = {
        language: _taken(READERS[given.format](_text(path)), path)
        for language, path in files.items()
    }
    if not any(found.values()):
        raise Refused("no question could be taken over, so there is nothing to write")
    sources = ", ".join(f"{path.name} ({language})" for language, path in files.items())
    note = f"Drafted from {sources}. python -m jiejian.content names what is still missing."
    text = draft(given.output.stem, given.lesson, found, note)
    given.output.write_text(text, encoding="utf-8")
    gaps = _gaps(given.output, compute)
    for gap in gaps:
        print(gap)
    items = max(len(taken) for taken in found.values())
    print(f"{given.output}: {items} items drafted, {len(gaps)} gaps named", file=sys.stderr)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path}: cannot be read as UTF-8 text: {error}") from error


def _taken(read: Iterable[Plain | LeftOut], path: Path) -> list[Plain]:
    taken = []
    for entry in read:
        if isinstance(entry, LeftOut):
            print(
                f"{path.name}: left out {entry.place} ({entry.name}): {entry.reason}",
                file=sys.stderr,
            )
        else:
            taken.append(entry)
    return taken


def _gaps(path: Path, compute: Compute) -> tuple[Mistake, ...]:
    """What the check says of the draft."""
    try:
        read_quiz(path, compute)
    except DataFileError as error:
        return error.mistakes
    return ()


if __name__ == "__main__":
    sys.exit(main())
