"""Readings: streams as last read, kept as long as their file is untouched.

A page reads its learner's stream in every run, and taking a long file apart and checking it costs
far more than asking the system whether it has changed.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from jiejian.store.records import Recorded

MOST_EVENTS = 40_000
"""Events kept in all; the streams read longest ago go first."""

Stamp = tuple[int, int, int]


def stamp(path: Path) -> Stamp | None:
    """What changes whenever the file is replaced or written: inode, size, time; None: no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


@dataclass(frozen=True)
class _Reading:
    seen: Stamp
    packed: bytes
    events: int


class Readings:
    """Events by stream and stamp; each caller gets objects of its own."""

    def __init__(self, most: int = MOST_EVENTS) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[str, _Reading] = OrderedDict()
        self._events = 0

    def get(self, stream: str, seen: Stamp | None) -> tuple[Recorded, ...] | None:
        """The events if they were read from the file as it is now."""
        with self._lock:
            found = self._kept.get(stream)
            if found is None or found.seen != seen:
                return None
            self._kept.move_to_end(stream)
        events: tuple[Recorded, ...] = pickle.loads(found.packed)  # noqa: S301 - packed below
        return events

    def keep(self, stream: str, seen: Stamp, recorded: tuple[Recorded, ...]) -> None:
        """Keep a reading in place of an older one."""
        with self._lock:
            self._drop(stream)
            self._kept[stream] = _Reading(seen, pickle.dumps(recorded), len(recorded))
            self._events += len(recorded)
            while self._events > self._most and self._kept:
                self._drop(next(iter(self._kept)))

    def _drop(self, stream: str) -> None:
        found = self._kept.pop(stream, None)
        if found:
            self._events -= found.events
