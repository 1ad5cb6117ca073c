"""Backing a data folder up while it is used, and restoring it where nobody uses it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from jiejian.clock import Clock
from jiejian.errors import StoreBusy
from jiejian.store import archive
from jiejian.store.archive import Refused
from jiejian.store.files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    private_folder,
    sync_folder,
    writable,
)
from jiejian.store.formats import Unsound, unseal
from jiejian.store.gate import GATE, TURNSTILE, alone, paused
from jiejian.store.keyfile import NAME as KEY
from jiejian.store.layout import RECORDS, files
from jiejian.store.snapshot import snapshot

_STAGE = ".restoring"
_JOURNAL = ("changes.log", "changes.log.older")


@dataclass(frozen=True)
class Backup:
    """Where it is, how many records it holds, how many of their main files are damaged."""

    path: Path
    records: int
    damaged: int


@dataclass(frozen=True)
class Restored:
    """How many records came back, how many damaged as they were, where the former ones are."""

    records: int
    damaged: int
    replaced: Path | None


def back_up(folder: Path, target: Path, clock: Clock) -> Backup:
    """Write all records, as they were at one moment, to a new file, or one in a folder named.

    Raises Refused, StoreBusy and StoreUnwritable; then there is no file.
    """
    _there(folder)
    made = clock.now().astimezone(UTC)
    if target.is_dir():
        target /= f"jiejian-{made:%Y%m%dT%H%M%SZ}.tar.gz"
    if target.exists():
        raise Refused(f"{target} exists, and nothing was overwritten: name another file")
    if not target.parent.is_dir():
        raise Refused(f"there is no folder {target.parent}: make it first")
    if folder.resolve() in target.resolve().parents:
        raise Refused(f"{target} is in the data folder itself: choose another place")
    part = target.with_name(f"{target.name}.part")
    with writable():
        part.unlink(missing_ok=True)  # of a backup that was killed
        try:
            with snapshot(folder) as taken:
                archive.write(part, taken, [path for path, _ in files(taken)], made)
            read = _count(part)
            part.rename(target)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    return Backup(target, *read)


def check(source: Path) -> Backup:
    """Read a whole backup and compare it with its checksums. Raises Refused, StoreTooNew."""
    return Backup(source, *_count(source))


def restore(source: Path, folder: Path, clock: Clock, *, replace: bool = False) -> Restored:
    """Bring a backup back into a folder that is empty, or, with replace, in place of its records.

    Those are then moved to a folder `replaced-<UTC time>` in it. Raises Refused, StoreTooNew,
    StoreBusy and StoreUnwritable; the folder then holds what it held.
    """
    with writable():
        new = not folder.exists()
        private_folder(folder)
        try:
            with _unused(folder):
                if not replace and not _empty(folder):
                    raise Refused(
                        f"{folder} is not empty: restore to another folder, or give --replace to "
                        "move what is there aside"
                    )
                with paused(folder):
                    return _restore(source, folder, clock)
        except BaseException:
            if new:
                shutil.rmtree(folder, ignore_errors=True)
            raise


def _restore(source: Path, folder: Path, clock: Clock) -> Restored:
    stage = folder / _STAGE
    if stage.exists():
        shutil.rmtree(stage)  # of a restore that was killed
    try:
        stage.mkdir(mode=PRIVATE_FOLDER)
        records = damaged = 0
        for of, data in archive.read(source):
            path = stage / of.path
            private_folder(path.parent, durable=False)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            with os.fdopen(os.open(path, flags, PRIVATE_FILE), "wb") as file:
                file.write(data)
            records += of.role == "main"
            damaged += of.role == "main" and not _sound(of.name, data)
        os.sync()  # once for all files
        with ExitStack() as undo:
            aside = _put_aside(folder, clock, undo)
            for top in RECORDS:
                _move(stage / top, folder / top, undo)
            undo.pop_all()
        # Followers of the former records' changes must not take their cursor for one of these.
        for name in _JOURNAL:
            (folder / name).unlink(missing_ok=True)
        sync_folder(folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Restored(records, damaged, aside)


def _put_aside(folder: Path, clock: Clock, undo: ExitStack) -> Path | None:
    there = [top for top in RECORDS if (folder / top).exists()]
    if not there:
        return None
    aside = folder / f"replaced-{clock.now().astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    aside.mkdir(mode=PRIVATE_FOLDER)
    for top in there:
        _move(folder / top, aside / top, undo)
    return aside


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    if source.exists():
        source.rename(target)
        undo.callback(target.rename, source)


@contextmanager
def _unused(folder: Path) -> Iterator[None]:
    try:
        with alone(folder):
            yield
    except StoreBusy:
        raise Refused(f"{folder} is in use: stop Jiejian there, then restore") from None


def _empty(folder: Path) -> bool:
    return {path.name for path in folder.iterdir()} <= {GATE, TURNSTILE, KEY, _STAGE}


def _count(source: Path) -> tuple[int, int]:
    records = damaged = 0
    for of, data in archive.read(source):
        if of.role == "main":
            records += 1
            damaged += not _sound(of.name, data)
    return records, damaged


def _sound(name: str, data: bytes) -> bool:
    try:
        unseal(name, data)
    except Unsound:
        return False
    return True


def _there(folder: Path) -> None:
    if not folder.is_dir():
        raise Refused(f"there is no data folder {folder}")
