"""The folder as it was at one moment, to be read at leisure while writers go on.

A stored file is never changed under its name or while it has another, only replaced. So second names of all files, made while no writer
passes, are a snapshot: it costs a few microseconds a file and no space.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiejian.store.files import PRIVATE_FOLDER, private_folder, second_name
from jiejian.store.gate import paused
from jiejian.store.layout import files

_PREFIX = ".backup-"


@contextmanager
def snapshot(folder: Path) -> Iterator[Path]:
    """A folder with all records of this one; gone afterwards. Raises StoreBusy and OSError."""
    clear(folder)
    taken = folder / f"{_PREFIX}{secrets.token_hex(8)}"
    taken.mkdir(mode=PRIVATE_FOLDER)
    descriptor = os.open(taken, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with paused(folder):
            for path, found in files(folder):
                if found and found.kept:
                    private_folder(taken / path.parent, durable=False)
                    second_name(folder / path, taken / path)
        yield taken
    finally:
        shutil.rmtree(taken, ignore_errors=True)
        os.close(descriptor)


def clear(folder: Path) -> int:
    """Remove what killed backups left, which may hold records deleted since; how many."""
    left = abandoned(folder)
    for path in left:
        shutil.rmtree(path)
    return len(left)


def abandoned(folder: Path) -> list[Path]:
    """Snapshots whose process is gone."""
    return [path for path in sorted(folder.glob(f"{_PREFIX}*")) if _free(path)]


def _free(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
