"""One writer to a file at a time, among threads and among processes."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from filelock import FileLock, Timeout

from jiejian.errors import StoreBusy

# A write takes milliseconds; whoever waits this long waits for a process that hangs.
PATIENCE = 20.0
# The file lock alone would also part the threads, but it polls; threads wait here without polling.
# So many that two streams seldom share one: whoever waits behind another learner waits for nothing.
_THREADS = tuple(threading.Lock() for _ in range(2048))


def lock_path(path: Path) -> Path:
    """Where the lock of a main file lies."""
    return path.with_name(f"{path.name}.lock")


@contextmanager
def locked(path: Path, name: str) -> Iterator[None]:
    """Hold the main file's lock. Raises StoreBusy, and OSError if there can be no lock file."""
    mutex = _THREADS[crc32(os.fsencode(path)) % len(_THREADS)]
    if not mutex.acquire(timeout=PATIENCE):
        raise StoreBusy(name)
    try:
        lock = FileLock(
            lock_path(path),
            timeout=PATIENCE,
            mode=0o600,
            thread_local=False,
            is_singleton=False,
            poll_interval=0.002,
        )
        try:
            lock.acquire()
        except Timeout:
            raise StoreBusy(name) from None
        try:
            yield
        finally:
            lock.release()
    finally:
        mutex.release()


def settle(path: Path) -> None:
    """Return once a write of this file that has begun is done or dead.

    Creates no lock file: where there is none, nobody is writing. filelock takes its lock by
    flock, which this waits for.
    """
    try:
        descriptor = os.open(lock_path(path), os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)
