"""Looking at a whole data folder without changing anything: what is sound, and how much there is.

It may be done while the folder is used: a file is replaced in one step, so each is read whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Literal

from jiejian.errors import StoreTooNew
from jiejian.store.files import SET_ASIDE
from jiejian.store.formats import Body, Unsound, newest, unseal
from jiejian.store.layout import DOCUMENTS, Held, files
from jiejian.store.snapshot import abandoned

State = Literal[
    "sound", "restorable", "lost", "set_aside", "too_new", "unreadable", "unknown_file", "abandoned"
]


@dataclass(frozen=True)
class Looked:
    """A record (or a file that is none), how it is, and for a sound one its body and format."""

    name: str
    state: State
    path: PurePath
    body: Body | None = None
    format: int = 0


@dataclass
class Totals:
    """What a folder holds. records: by kind or collection; bytes: of all files, copies included.

    first, last: the times of the oldest and newest event, as stored; copies: files set aside after
    damage.
    """

    records: Counter[str] = field(default_factory=Counter)
    events: int = 0
    bytes: int = 0
    copies: int = 0
    formats: Counter[int] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None


def look(folder: Path) -> Iterator[Looked]:
    """Every record, and every file that belongs to none."""
    for left in abandoned(folder):
        yield Looked(left.name, "abandoned", PurePath(left.name))
    previous: Held | None = None
    seen = ""
    for path, found in files(folder):
        if previous and (found is None or found.name != previous.name):
            yield from _without_main(folder, previous)
            previous = None
        if found is None:
            yield Looked(path.as_posix(), "unknown_file", path)
        elif found.role == "main":
            seen = found.name
            yield from _main(folder, found)
        elif found.role == "previous" and found.name != seen:
            previous = found
    if previous:
        yield from _without_main(folder, previous)


def count(folder: Path) -> Totals:
    """Totals over a whole folder; reads every record once."""
    totals = Totals()
    for looked in look(folder):
        totals.states[looked.state] += 1
        if looked.body is not None:
            _add(totals, looked, looked.body)
    for path, found in files(folder):
        totals.bytes += _size(folder / path)
        totals.copies += bool(found and found.role == "damaged")
    return totals


def _add(totals: Totals, looked: Looked, body: Body) -> None:
    kind, _, _ = looked.name.partition("/")
    totals.records[kind] += 1
    totals.formats[looked.format] += 1
    if looked.path.parts[0] == DOCUMENTS:
        return
    rows = body.get("events", {})
    totals.events += len(rows)
    moments = [row["at"] for row in rows.values()]
    if moments:
        totals.first = min([*moments, *([totals.first] if totals.first else [])])
        totals.last = max([*moments, *([totals.last] if totals.last else [])])


def _main(folder: Path, found: Held) -> Iterator[Looked]:
    try:
        body, stored = unseal(found.name, (folder / found.path).read_bytes())
    except FileNotFoundError:
        return  # deleted since it was listed
    except OSError:
        yield Looked(found.name, "unreadable", found.path)
    except StoreTooNew:
        yield Looked(found.name, "too_new", found.path)
    except Unsound:
        yield Looked(found.name, _fallback(folder, found), found.path)
    else:
        state: State = "set_aside" if SET_ASIDE in body else "sound"
        yield Looked(found.name, state, found.path, None if SET_ASIDE in body else body, stored)


def _without_main(folder: Path, previous: Held) -> Iterator[Looked]:
    if (folder / previous.path).exists():
        yield Looked(previous.name, _fallback(folder, previous), previous.path)


def _fallback(folder: Path, found: Held) -> State:
    identifier, _, _ = found.path.name.partition(".")
    try:
        path = folder / found.path.with_name(f"{identifier}.json.previous")
        body, _ = unseal(found.name, path.read_bytes())
    except (OSError, Unsound):
        return "lost"
    except StoreTooNew:
        return "too_new"
    return "lost" if SET_ASIDE in body else "restorable"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def older(looked: Looked) -> bool:
    """Whether a sound record is stored in a format that is no longer written."""
    return looked.state == "sound" and looked.format < newest()
