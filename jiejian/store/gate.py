"""Who is in a data folder: processes that use it, writers that pass, a snapshot that goes alone.

All are kernel locks: they end with the process, however it ends, and are never left behind.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jiejian.errors import StoreBusy
from jiejian.store.locks import PATIENCE, opened, taken, wait

GATE, TURNSTILE = "gate.lock", "pause.lock"


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
    with opened(folder, os.O_RDONLY) as descriptor:
        if not taken(descriptor, fcntl.LOCK_EX):
            raise StoreBusy(folder.name)
        yield


@contextmanager
def passing(folder: Path) -> Iterator[None]:
    """Pass as one of many writers. Raises StoreBusy if a pause does not end, and OSError."""
    turnstile_path, gate_path = f"{folder}/{TURNSTILE}", f"{folder}/{GATE}"
    # Whoever pauses holds the turnstile first, so that new writers queue there and the gate empties
    # however many there are. Where nobody has ever paused there is none.
    with suppress(FileNotFoundError), opened(turnstile_path, os.O_RDONLY) as turnstile:
        wait(turnstile, fcntl.LOCK_SH, folder.name, PATIENCE)
    with opened(gate_path, os.O_RDWR | os.O_CREAT) as gate:
        wait(gate, fcntl.LOCK_SH, folder.name, PATIENCE)
        yield


@contextmanager
def paused(folder: Path) -> Iterator[None]:
    """Let no writer pass: those on their way are done, others wait. Raises StoreBusy, OSError."""
    with opened(folder / TURNSTILE, os.O_RDWR | os.O_CREAT) as turnstile:
        wait(turnstile, fcntl.LOCK_EX, folder.name, PATIENCE)
        with opened(folder / GATE, os.O_RDWR | os.O_CREAT) as gate:
            wait(gate, fcntl.LOCK_EX, folder.name, PATIENCE)
            yield
