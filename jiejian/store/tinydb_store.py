"""The embedded store: one TinyDB file for each stream and each document.

TinyDB's own storage loses data when two threads write and leaves a torn file when a disk is
full; the storage here reads and writes through `files`, under a lock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from jiejian.errors import InvalidName, RevisionConflict
from jiejian.store import files
from jiejian.store.records import Event, Recorded, StreamView

STREAM = re.compile(r"(learner|room)/([a-z0-9]{6,64})")
COLLECTION = re.compile(r"[a-z_]{1,40}")
KEY = re.compile(r"[a-z0-9]{6,128}")
FOLDERS = {"learner": "learners", "room": "rooms"}


class WholeFile(Storage):
    """A TinyDB storage on one checksummed file; the caller holds its lock."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        self.restored = False

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, None for a new file. Raises StreamDamaged."""
        body, restored = files.load(self._path, self._name)
        self.restored = self.restored or restored
        return body

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace all tables durably. Raises StoreUnwritable."""
        files.save(self._path, self._name, data)


class TinyDBStore:
    """Event streams below a data folder: learners/ab/abcd....json."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def append(self, stream: str, events: Sequence[Event], expected_revision: int | None) -> int:
        """Add events durably; see the port."""
        path = self._path(stream)
        with files.locked(path):
            storage = WholeFile(path, stream)
            held = storage.read() or {}
            kept = list(held.get("events", {}).values())
            known = {entry["key"] for entry in kept if entry["key"]}
            fresh = [event for event in events if not event.key or event.key not in known]
            if not fresh:
                return len(kept)
            if expected_revision is not None and expected_revision != len(kept):
                raise RevisionConflict(len(kept))
            database = TinyDB(path, stream, storage=_opened(storage))
            if storage.restored:
                database.table("notices").insert({"kind": "restored"})
            database.table("events").insert_multiple(asdict(event) for event in fresh)
            return len(kept) + len(fresh)

    def read(self, stream: str, after: int = 0) -> StreamView:
        """Events after that revision; see the port."""
        path = self._path(stream)
        if not path.parent.is_dir():
            return StreamView((), 0)
        with files.locked(path):
            storage = WholeFile(path, stream)
            held = storage.read() or {}
            if storage.restored:
                # Written back at once: the next damage must find a previous copy again.
                held.setdefault("notices", {})["1"] = {"kind": "restored"}
                storage.write(held)
        kept = [Event(**entry) for entry in held.get("events", {}).values()]
        recorded = [Recorded(event, place) for place, event in enumerate(kept, start=1)]
        notice = "restored" if held.get("notices") else None
        return StreamView(tuple(recorded[after:]), len(kept), notice)

    def streams(self, kind: str) -> Iterator[str]:
        """Names of all streams of a kind."""
        for path in sorted((self._folder / FOLDERS[kind]).glob("*/*.json")):
            yield f"{kind}/{path.stem}"

    def changed_since(self, cursor: str) -> tuple[list[str], str]:
        """Streams whose file is newer than the cursor, oldest change first.

        A cursor is the modification time in nanoseconds of the newest change seen. Changes at
        that very time are given again, so none is missed when two fall together.
        """
        since = int(cursor) if cursor.isdecimal() else 0
        changed: list[tuple[int, str]] = []
        for kind, folder in FOLDERS.items():
            for path in (self._folder / folder).glob("*/*.json"):
                at = path.stat().st_mtime_ns
                if at >= since:
                    changed.append((at, f"{kind}/{path.stem}"))
        changed.sort()
        return [name for _, name in changed], str(changed[-1][0] if changed else since)

    def delete(self, stream: str) -> None:
        """Remove the stream and every copy of it."""
        path = self._path(stream)
        if path.parent.is_dir():
            with files.locked(path):
                files.remove(path)

    def _path(self, stream: str) -> Path:
        matched = STREAM.fullmatch(stream)
        if matched is None:
            raise InvalidName(f"no stream name: {stream[:80]!r}")
        kind, identifier = matched.groups()
        return self._folder / FOLDERS[kind] / identifier[:2] / f"{identifier}.json"


class TinyDBDocuments:
    """Documents below a data folder: documents/visitors/ab/abcd....json."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "documents"

    def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """The document, None if there is none. Raises StreamDamaged."""
        path = self._path(collection, key)
        if not path.parent.is_dir():
            return None
        with files.locked(path):
            held = WholeFile(path, f"{collection}/{key}").read()
        if not held:
            return None
        value: dict[str, Any] = held["document"]["1"]
        return value

    def put(self, collection: str, key: str, value: dict[str, Any]) -> None:
        """Write the document durably. Raises StoreUnwritable."""
        path = self._path(collection, key)
        with files.locked(path):
            WholeFile(path, f"{collection}/{key}").write({"document": {"1": value}})

    def delete(self, collection: str, key: str) -> None:
        """Remove the document if it is there."""
        path = self._path(collection, key)
        if path.parent.is_dir():
            with files.locked(path):
                files.remove(path)

    def keys(self, collection: str) -> Iterator[str]:
        """Keys of a collection."""
        for path in sorted((self._folder / collection).glob("*/*.json")):
            yield path.stem

    def _path(self, collection: str, key: str) -> Path:
        if not COLLECTION.fullmatch(collection) or not KEY.fullmatch(key):
            raise InvalidName(f"no document name: {collection[:40]!r}, {key[:80]!r}")
        return self._folder / collection / key[:2] / f"{key}.json"


def _opened(storage: WholeFile) -> Any:
    """TinyDB builds its storage itself; hand it the one whose lock is held."""
    return lambda *_args: storage
