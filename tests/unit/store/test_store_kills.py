"""Writers killed at random moments: what was acknowledged stays, what is there is whole.

`make soak` kills 500 with one process and 500 with four; the usual run kills fewer.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiejian.store.inspection import look
from jiejian.store.records import Event
from jiejian.store.tinydb_store import TinyDBStore
from tests.unit.store.writers import start

KILLS = int(os.environ.get("JIEJIAN_KILLS", "24"))
LONGEST = 0.04
"""Seconds from a writer's first acknowledgement to its end, at most: some dozen writes."""
RENEWED = 25
"""The shared stream is left for a new one after so many writers, or it would grow without end."""

WRITE_UNTIL_KILLED = """
number = 0
shared = f"learner/{run // RENEWED:031x}f"
while True:
    for stream in (shared, f"learner/{run:031x}0"):
        key = f"{run}-{number}"
        store.append(stream, [Event("a", {}, AT, key), Event("b", {"of": key}, AT)], None)
        say(stream, key)
    number += 1
""".replace("RENEWED", str(RENEWED))

Acknowledged = set[tuple[str, str]]


def event(kind: str, key: str | None = None) -> Event:
    return Event(kind, {}, "2026-01-02T03:04:05+00:00", key)


def kill(process: subprocess.Popen[str], after: float) -> Acknowledged:
    """What a writer had acknowledged before it was killed."""
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    time.sleep(after)
    process.kill()
    lines += process.stdout.read().splitlines(keepends=True)
    process.wait(timeout=10)
    process.stdout.close()
    pairs = (line.split() for line in lines if line.endswith("\n"))
    return {(stream, key) for stream, key in pairs}


def keys(store: TinyDBStore, stream: str) -> Iterator[str]:
    return (entry.event.key for entry in store.read(stream).events if entry.event.key)


@pytest.mark.parametrize("at_once", [1, 4])
def test_writers_killed_at_random_moments_lose_nothing_acknowledged(
    tmp_path: Path, at_once: int
) -> None:
    chance = random.Random(20260102)
    acknowledged: Acknowledged = set()
    running: list[subprocess.Popen[str]] = []
    for run in range(KILLS + at_once - 1):
        if run < KILLS:
            running.append(start(WRITE_UNTIL_KILLED, tmp_path, run))
        if len(running) == at_once or run >= KILLS:
            acknowledged |= kill(running.pop(0), chance.uniform(0, LONGEST))
    assert not running

    store = TinyDBStore(tmp_path)
    streams = list(store.streams("learner"))
    # A writer killed before its own stream's first write has written to the shared one alone.
    assert {stream for stream, _ in acknowledged} <= set(streams)
    assert len(acknowledged) >= KILLS
    # A change is noted before it is made, so a killed writer may have noted one it never made.
    assert set(store.changed_since("")[0]) >= set(streams)
    held: Acknowledged = set()
    for stream in streams:
        view = store.read(stream)
        assert view.notice is None
        pairs = [entry.event for entry in view.events]
        assert [one.key for one in pairs[::2]] == [two.data["of"] for two in pairs[1::2]]
        held |= {(stream, one.key) for one in pairs if one.key}
    assert acknowledged <= held
    assert {looked.state for looked in look(tmp_path)} == {"sound"}
    check_that_writing_goes_on(store, tmp_path, acknowledged, held)


def check_that_writing_goes_on(
    store: TinyDBStore, folder: Path, acknowledged: Acknowledged, held: Acknowledged
) -> None:
    streams = sorted({stream for stream, _ in held})
    for stream in streams:
        resent = [key for known, key in sorted(acknowledged) if known == stream]
        store.append(stream, [one for key in resent for one in (event("a", key), event("b"))], None)
        store.append(stream, [event("last")], None)
        there = list(keys(store, stream))
        assert len(there) == len(set(there))
    assert {(stream, key) for stream in streams for key in keys(store, stream)} == held
    # What a killed writer left beside its file is cleared by the next write; a stream that was
    # never written at all has had none.
    written = {stream.partition("/")[2] for stream in streams}
    left = [path.name for path in folder.rglob("*") if path.suffix in {".new", ".link"}]
    assert not [name for name in left if name.partition(".")[0] in written]
