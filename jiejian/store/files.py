"""Files that a crash cannot tear: checksummed, replaced in one step, the previous copy kept.

A file is one JSON object {"format", "name", "checksum", "body"}. Beside `x.json` lie
`x.json.previous` (the copy before the last write), `x.json.lock`, and after damage
`x.json.damaged-<time>`, which nothing here ever deletes but `remove`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from jiejian.errors import StoreUnwritable, StreamDamaged

FORMAT = 1
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def checksum(name: str, body: Any) -> str:
    """SHA-256 of a file's name and body, in canonical JSON."""
    text = json.dumps([name, body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file's lock against every other thread and process. Raises StoreUnwritable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        lock = FileLock(f"{path}.lock", mode=PRIVATE_FILE, thread_local=False, is_singleton=False)
        lock.acquire()
    except OSError as error:
        raise StoreUnwritable(str(error.strerror)) from error
    try:
        yield
    finally:
        lock.release()


def load(path: Path, name: str) -> tuple[Any | None, bool]:
    """The body (None if there is no file) and whether it had to be restored from the copy.

    Call it with the lock held. A damaged file is set aside first and stays as it is. Raises
    StreamDamaged if the previous copy does not help.
    """
    if not path.exists():
        return _after_damage(path, name) if _set_aside(path) else (None, False)
    body = _read_good(path, name)
    if body is not None:
        return body, False
    kept = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    try:
        path.replace(kept)
    except OSError as error:
        raise StreamDamaged(name, path.name) from error
    return _after_damage(path, name)


def _after_damage(path: Path, name: str) -> tuple[Any, bool]:
    body = _read_good(previous(path), name)
    if body is None:
        raise StreamDamaged(name, max(p.name for p in _set_aside(path)))
    return body, True


def _set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.damaged-*"))


def _read_good(path: Path, name: str) -> Any | None:
    """The body if the file is whole and is the one named, else None."""
    try:
        held = json.loads(path.read_bytes())
        body = held["body"]
        good = held["format"] == FORMAT and held["checksum"] == checksum(name, body)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return body if good else None


def previous(path: Path) -> Path:
    """Where the copy before the last write lies."""
    return path.with_name(f"{path.name}.previous")


def save(path: Path, name: str, body: Any) -> None:
    """Write the body durably, keeping what was there as the previous copy.

    The main name always leads to a whole file: new bytes go to a temporary file, are forced to
    the disk, and take the name in one step. Call it with the lock held. Raises StoreUnwritable;
    the old state then stands.
    """
    content = {"format": FORMAT, "name": name, "checksum": checksum(name, body), "body": body}
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        _write(fresh, data)
        if path.exists():
            old = path.with_name(f"{path.name}.{secrets.token_hex(4)}.old.tmp")
            os.link(path, old)
            old.replace(previous(path))
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise StoreUnwritable(str(error.strerror)) from error


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove the file and every copy of it, the lock last. Call it with the lock held."""
    try:
        for found in path.parent.glob(f"{path.name}*"):
            if found.suffix != ".lock":
                found.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnwritable(str(error.strerror)) from error
