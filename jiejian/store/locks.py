"""One writer to a file at a time, among threads and among processes.

The locks are the kernel's (flock): they end with their process, so none is ever left behind.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from jiejian.errors import StoreBusy

# A write takes milliseconds; whoever waits this long waits for a process that hangs.
PATIENCE = 20.0
_POLL = 0.002
# flock would also part the threads, but waiting for it polls; threads wait here without polling.
# So many that two streams seldom share one: whoever waits behind another learner waits for nothing.
_THREADS = tuple(threading.Lock() for _ in range(2048))


def lock_path(path: Path) -> str:
    """Where the lock of a main file lies."""
    return f"{path}.lock"


@contextmanager
def locked(path: Path, name: str) -> Iterator[None]:
    """Hold the main file's lock. Raises StoreBusy, and OSError if there can be no lock file."""
    mutex = _THREADS[crc32(os.fsencode(path)) % len(_THREADS)]
    if not mutex.acquire(timeout=PATIENCE):
        raise StoreBusy(name)
    try:
        descriptor = _own(lock_path(path), name)
        try:
            yield
        finally:
            os.close(descriptor)
    finally:
        mutex.release()


def settle(path: Path) -> None:
    """Return once a write of this file that has begun is done or dead.

    Creates no lock file: where there is none, nobody is writing.
    """
    try:
        with opened(lock_path(path), os.O_RDONLY) as descriptor:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
    except FileNotFoundError:
        return


@contextmanager
def opened(path: str | Path, flags: int) -> Iterator[int]:
    """A descriptor of a lock file or a folder, closed afterwards, its lock with it."""
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def wait(descriptor: int, lock: int, name: str, patience: float) -> None:
    """Take a lock. Raises StoreBusy if that takes longer than `patience` seconds."""
    until = time.monotonic() + patience
    while not taken(descriptor, lock):
        if time.monotonic() > until:
            raise StoreBusy(name)
        time.sleep(_POLL)


def taken(descriptor: int, lock: int) -> bool:
    """Take a lock if it is free; whether it was."""
    try:
        fcntl.flock(descriptor, lock | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _own(path: str, name: str) -> int:
    """The descriptor that holds the lock of this file and of no removed one."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            wait(descriptor, fcntl.LOCK_EX, name, PATIENCE)
            # Who held it before may have removed the record, and the lock file with it.
            if _same(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _same(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False
