"""An append with its fsyncs against SQLite, in a small folder and a large one, and by 300 at once.

All of it lies in TMPDIR, so set that to a folder on the disk in question. On ext4 a folder whose
neighbourhood is full of small files makes new files several times as expensive.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.report import Line, repeated, spread, timed
from jiejian.clock import SystemClock
from jiejian.store.backup import back_up
from jiejian.store.inspection import look
from jiejian.store.records import Event
from jiejian.store.tinydb_store import TinyDBStore

ATTEMPTS = 20
"""Attempts a learner has stored."""
FEW, MANY = 100, 100_000
ROUNDS, TIMES = 40, 5
LEARNERS, PROCESSES, WRITES = 300, 4, 10


def measure() -> list[Line]:
    """SQLite, the small folder and the large one by turns, so that the machine's load is shared."""
    with tempfile.TemporaryDirectory(prefix="jiejian-bench-") as name:
        place = Path(name)
        small = [_append(_filled(place / f"small-{turn}", FEW)) for turn in range(ROUNDS)]
        large = _filled(place / "large", MANY)
        database = _database(place / "attempts.db", MANY)
        by_turns = {"sqlite": _insert(database), "large": _append(large)}
        seconds: dict[str, list[float]] = {"sqlite": [], "small": [], "large": []}
        for turn in range(ROUNDS):
            # Five learners a folder, one attempt each: in one folder they would come to hold many
            # times what those of the large one do.
            for who, write in {**by_turns, "small": small[turn]}.items():
                seconds[who] += repeated(write, TIMES)
        database.close()
        sqlite, few, many = (
            statistics.median(seconds[who]) for who in ("sqlite", "small", "large")
        )
        lines = [
            Line("SQLite, WAL, synchronous=FULL", spread(seconds["sqlite"])),
            Line(f"append, {FEW} attempts stored", spread(seconds["small"])),
            Line(f"append, {MANY:,} attempts stored", spread(seconds["large"])),
            Line("append against SQLite", f"{many / sqlite:.1f}x", "at most 6x"),
            Line(f"{MANY:,} stored against {FEW}", f"{many / few:.2f}x", "at most 1.3x"),
            *_changes(large),
            *_whole_folder(place),
        ]
    return [*lines, *_together()]


def _attempt(number: int) -> Event:
    data = {"quiz": "bnpl-tricks", "item": "late-fee", "answer": ["a"], "correct": number % 3 > 0}
    return Event("answer_given", data, "2026-01-05T09:00:00+00:00", f"key-{number:08d}")


def _filled(folder: Path, attempts: int) -> TinyDBStore:
    store = TinyDBStore(folder)
    for learner in range(attempts // ATTEMPTS):
        # In three writes: the first two of a record make files, later ones go over a spare one.
        for begin, end in itertools.pairwise((0, 10, 15, ATTEMPTS)):
            some = [_attempt(number) for number in range(begin, end)]
            store.append(f"learner/{learner:032x}", some, begin)
    return store


def _append(store: TinyDBStore) -> Callable[[], object]:
    """One attempt more, each time of another learner, none of whom comes to hold many more."""
    names = list(store.streams("learner"))
    numbers = itertools.count(ATTEMPTS)

    def write() -> object:
        number = next(numbers)
        return store.append(names[number * 7919 % len(names)], [_attempt(number)], None)

    return write


def _database(path: Path, attempts: int) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE events (stream, revision, kind, data, at, key)")
    database.execute("CREATE UNIQUE INDEX by_stream ON events (stream, revision)")
    database.execute("BEGIN")
    for number in range(attempts):
        _put(database, number // ATTEMPTS, number % ATTEMPTS)
    database.execute("COMMIT")
    return database


def _insert(database: sqlite3.Connection) -> Callable[[], object]:
    numbers = itertools.count(ATTEMPTS)
    learners = MANY // ATTEMPTS

    def write() -> object:
        number = next(numbers)
        return _put(database, number * 7919 % learners, number)

    return write


def _put(database: sqlite3.Connection, learner: int, number: int) -> object:
    event = _attempt(number)
    row = (
        f"learner/{learner:032x}",
        number,
        event.kind,
        json.dumps(event.data),
        event.at,
        event.key,
    )
    return database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", row)


def _changes(store: TinyDBStore) -> list[Line]:
    """Following the changes of a large folder: one at a time, against all there are."""
    names = list(store.streams("learner"))
    cursors = [store.changed_since("")[1]]
    numbers = itertools.count(10**6)

    def follow() -> float:
        store.append(names[0], [_attempt(next(numbers))], None)
        return timed(lambda: cursors.append(store.changed_since(cursors[-1])[1]))

    return [
        Line("what changed, one of 5,000 learners", spread([follow() for _ in range(100)])),
        Line("what there is, all of them", spread(repeated(lambda: store.changed_since(""), 5))),
    ]


def _whole_folder(place: Path) -> list[Line]:
    saved = timed(lambda: back_up(place / "large", place / "large.tar.gz", SystemClock()))
    checked = timed(lambda: list(look(place / "large")))
    size = (place / "large.tar.gz").stat().st_size / 1e6
    return [
        Line("backup of 5,000 learners", f"{saved:.1f} s, {size:.1f} MB"),
        Line("verify of 5,000 learners", f"{checked:.1f} s"),
    ]


_WRITER = """
import sys, threading
from pathlib import Path
from bench.cases.storage import LEARNERS, PROCESSES, WRITES, _attempt
from jiejian.store.tinydb_store import TinyDBStore
process, store = int(sys.argv[2]), TinyDBStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
def learn(learner):
    for number in range(WRITES):
        store.append(f"learner/{learner:032x}", [_attempt(number)], number)
threads = [
    threading.Thread(target=learn, args=(learner,))
    for learner in range(process, LEARNERS, PROCESSES)
]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def _together() -> list[Line]:
    """Each learner a thread, all let go at once; then every attempt is looked for."""
    with tempfile.TemporaryDirectory(prefix="jiejian-bench-") as name:
        writers = [_writer(name, process) for process in range(PROCESSES)]
        started = time.perf_counter()
        for writer in writers:
            _say(writer)
        failed = sum(writer.wait() != 0 for writer in writers)
        passed = time.perf_counter() - started
        lost = _lost(TinyDBStore(Path(name)))
    total = LEARNERS * WRITES
    return [
        Line(
            f"{LEARNERS} learners from {PROCESSES} processes",
            f"{total / passed:.0f} appends a second, {passed:.1f} s for {total:,}",
        ),
        Line("attempts lost, processes that failed", f"{lost}, {failed}", "0, 0"),
    ]


def _writer(folder: str, process: int) -> subprocess.Popen[str]:
    command: Sequence[str] = [sys.executable, "-c", _WRITER, folder, str(process)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def _say(writer: subprocess.Popen[str]) -> None:
    assert writer.stdin is not None
    writer.stdin.write("go\n")
    writer.stdin.flush()


def _lost(store: TinyDBStore) -> int:
    wanted = [f"key-{number:08d}" for number in range(WRITES)]
    lost = 0
    for learner in range(LEARNERS):
        there = [entry.event.key for entry in store.read(f"learner/{learner:032x}").events]
        lost += WRITES - sum(one == other for one, other in zip(there, wanted, strict=False))
    return lost
