"""Who is in a data folder: processes that use it, writers that pass, a snapshot that goes alone.

All are kernel locks: they end with the process, however it ends, and are never left behind.
"""

from __future__ import annotations

import fcntl
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jiejian.errors import StoreBusy
from jiejian.store.locks import PATIENCE

GATE, TURNSTILE = "gate.lock", "pause.lock"
_POLL = 0.002


class Use:
    """A mark that this process uses a folder: a shared lock on the folder itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held = False

    def hold(self) -> None:
        """Mark the folder for as long as this object lives; where that fails, later calls try.

        Raises StoreBusy while a backup is being restored into it.
        """
        if self._held:
            return
        try:
            descriptor = os.open(self._folder, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise StoreBusy(self._folder.name) from None
        self._held = True
        weakref.finalize(self, os.close, descriptor)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder nobody else uses. Raises StoreBusy if somebody does, and OSError."""
    with _opened(folder, os.O_RDONLY) as descriptor:
        if not _taken(descriptor, fcntl.LOCK_EX):
            raise StoreBusy(folder.name)
        yield


@contextmanager
def passing(folder: Path) -> Iterator[None]:
    """Pass as one of many writers. Raises StoreBusy if a pause does not end, and OSError."""
    # Whoever pauses holds the turnstile first, so that new writers queue there and the gate empties
    # however many there are. Where nobody has ever paused there is none.
    with suppress(FileNotFoundError), _opened(folder / TURNSTILE, os.O_RDONLY) as turnstile:
        _wait(turnstile, fcntl.LOCK_SH, folder)
    with _opened(folder / GATE, os.O_RDWR | os.O_CREAT) as gate:
        _wait(gate, fcntl.LOCK_SH, folder)
        yield


@contextmanager
def paused(folder: Path) -> Iterator[None]:
    """Let no writer pass: those on their way are done, others wait. Raises StoreBusy, OSError."""
    with _opened(folder / TURNSTILE, os.O_RDWR | os.O_CREAT) as turnstile:
        _wait(turnstile, fcntl.LOCK_EX, folder)
        with _opened(folder / GATE, os.O_RDWR | os.O_CREAT) as gate:
            _wait(gate, fcntl.LOCK_EX, folder)
            yield


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _wait(descriptor: int, lock: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _taken(descriptor, lock):
        if time.monotonic() > until:
            raise StoreBusy(folder.name)
        time.sleep(_POLL)


def _taken(descriptor: int, lock: int) -> bool:
    try:
        fcntl.flock(descriptor, lock | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
