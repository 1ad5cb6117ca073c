"""The embedded store: one TinyDB file for each stream and each document.

TinyDB's own storage loses data when two threads write and leaves a torn file when a disk is
full; the storage here works on a SealedFile, under its lock.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from jiejian.clock import Clock, SystemClock
from jiejian.errors import (
    DocumentExists,
    RevisionConflict,
    StoreBusy,
    StoreUnreadable,
    StreamDamaged,
)
from jiejian.store import names
from jiejian.store.changes import Changes
from jiejian.store.files import SealedFile, private_folder, writable
from jiejian.store.formats import Body, Unsound
from jiejian.store.gate import Use, passing
from jiejian.store.locks import locked, settle
from jiejian.store.readings import Readings, stamp
from jiejian.store.records import (
    RESTORED,
    STARTED_ANEW,
    Event,
    Recorded,
    StreamView,
    not_yet_recorded,
    plain,
    row,
    view,
)

# The lost write had revisions too. A gap keeps them from being given to other events, so that a
# writer who still expects one of them meets a RevisionConflict.
REPAIR_GAP = 1000

logger = logging.getLogger(__name__)


class SealedStorage(Storage):
    """TinyDB's storage for as long as a file's lock is held: what was read stays true."""

    def __init__(self, file: SealedFile, body: Body | None) -> None:
        self._file = file
        self._body = body

    def read(self) -> Body | None:
        """All tables, None for a new file."""
        return self._body

    def write(self, data: Body) -> None:
        """Replace all tables durably. Raises OSError."""
        self._file.save(data)
        self._body = data


class _Folder:
    """A data folder, made for this user only."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        # A folder that cannot be made is told by the first write; reading finds nothing.
        with suppress(OSError):
            private_folder(folder)
        self._use = Use(folder)
        with suppress(StoreBusy):
            self._use.hold()

    @contextmanager
    def _locked(self, file: SealedFile) -> Iterator[None]:
        with writable():
            private_folder(self._folder)
            self._use.hold()
            with passing(self._folder):
                private_folder(file.path.parent)
                with locked(file.path, file.name):
                    yield

    def _remove(self, file: SealedFile) -> None:
        if file.path.parent.is_dir():
            with self._locked(file):
                file.remove()


class TinyDBStore(_Folder):
    """Event streams below a data folder: learners/ab/abcd....json; see port.EventStore."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        super().__init__(folder, clock or SystemClock())
        self._changes = Changes(folder)
        self._readings = Readings()

    def append(self, stream: str, events: Sequence[Event], expected_revision: int | None) -> int:
        """Add events durably; see the port."""
        with self._open(stream) as (database, storage):
            # As the storage holds them: making TinyDB's documents of all took longer than a sync.
            there = (storage.read() or {}).get("events", {})
            revision = max(map(int, there), default=0)
            fresh = not_yet_recorded(events, {held["key"] for held in there.values()})
            if not fresh:
                return revision
            if expected_revision is not None and expected_revision != revision:
                raise RevisionConflict(revision)
            rows = [Document(row(event), revision + n) for n, event in enumerate(fresh, start=1)]
            self._changes.note(stream)
            database.table("events").insert_multiple(rows)
            return revision + len(rows)

    def read(self, stream: str, after: int = 0) -> StreamView:
        """Events after that revision; see the port."""
        file = self._file(stream)
        seen = stamp(file.path)
        if (known := self._readings.get(stream, seen)) is not None:
            return view(known, after)
        try:
            body = file.peek()
        except Unsound:
            with self._open(stream) as (database, _storage):
                return view(_recorded(database), after)
        recorded = _recorded(TinyDB(file, body, storage=SealedStorage))
        # Only if the file was not replaced while it was read.
        if seen is not None and seen == stamp(file.path):
            self._readings.keep(stream, seen, tuple(recorded))
        return view(recorded, after)

    def streams(self, kind: str) -> Iterator[str]:
        """Names of all streams of a kind."""
        for identifier in _identifiers(self._folder / names.stream_kind_folder(kind)):
            if names.is_stream(f"{kind}/{identifier}"):
                yield f"{kind}/{identifier}"

    def changed_since(self, cursor: str) -> tuple[list[str], str]:
        """Streams changed since a cursor; see the port, and changes for why it holds."""
        try:
            noted, complete, end = self._changes.since(cursor)
            changed = [name for name in noted if names.is_stream(name)]
            for name in changed:
                settle(self._folder / names.stream_path(name))
        except OSError as error:
            raise StoreUnreadable("changes", error.strerror or str(error)) from error
        if not complete:
            stored = (name for kind in names.FOLDERS for name in self.streams(kind))
            changed = list(dict.fromkeys([*stored, *changed]))
        return changed, end

    def delete(self, stream: str) -> None:
        """Remove the stream and every copy of it."""
        file = self._file(stream)
        if file.path.parent.is_dir():
            with self._locked(file):
                self._changes.note(stream)
                file.remove()

    def start_anew(self, stream: str) -> int:
        """Begin a stream again that could not be read; see the port."""
        file = self._file(stream)
        with self._locked(file):
            try:
                return view(_recorded(self._loaded(file)), 0).revision
            except StreamDamaged as damage:
                database = TinyDB(file, None, storage=SealedStorage)
                self._mark(database, stream, STARTED_ANEW, damage.kept, 1)
                return 1

    @contextmanager
    def _open(self, stream: str) -> Iterator[tuple[TinyDB, Storage]]:
        file = self._file(stream)
        with self._locked(file):
            database = self._loaded(file)
            yield database, database.storage

    def _loaded(self, file: SealedFile) -> TinyDB:
        """The stream's database; a restored one has been written back, marked as such."""
        body, restored = file.load()
        database = TinyDB(file, body, storage=SealedStorage)
        if restored:
            logger.warning("restored %s from its previous copy", file.name)
            revision = view(_recorded(database), 0).revision + REPAIR_GAP
            self._mark(database, file.name, RESTORED, None, revision)
        return database

    def _mark(
        self, database: TinyDB, stream: str, kind: str, kept: str | None, revision: int
    ) -> None:
        event = Event(kind, {"kept": kept} if kept else {}, self._clock.now().isoformat())
        self._changes.note(stream)
        database.table("events").insert(Document(row(event), revision))

    def _file(self, stream: str) -> SealedFile:
        return SealedFile(self._folder / names.stream_path(stream), stream, self._clock)


class TinyDBDocuments(_Folder):
    """Documents below a data folder: documents/visitors/ab/abcd....json; see port.Documents."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        super().__init__(folder, clock or SystemClock())

    def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """The document, None if there is none; see the port."""
        file = self._file(collection, key)
        try:
            body = file.peek()
        except Unsound:
            with self._locked(file):
                body = self._loaded(file)
        return None if body is None else dict(body["document"]["1"])

    def put(
        self, collection: str, key: str, value: dict[str, Any], expect_absent: bool = False
    ) -> None:
        """Write the document durably; see the port."""
        file = self._file(collection, key)
        with self._locked(file):
            try:
                there = self._loaded(file) is not None
            except StreamDamaged:
                there = True
            if there and expect_absent:
                raise DocumentExists(collection, key)
            database = TinyDB(file, None, storage=SealedStorage)
            database.table("document").insert(Document(plain(value), 1))

    def delete(self, collection: str, key: str) -> None:
        """Remove the document if it is there."""
        self._remove(self._file(collection, key))

    def keys(self, collection: str) -> Iterator[str]:
        """Keys of a collection."""
        return iter(_identifiers(self._folder / names.collection_folder(collection)))

    def _loaded(self, file: SealedFile) -> Body | None:
        body, restored = file.load()
        if restored and body is not None:
            logger.warning("restored %s from its previous copy", file.name)
            file.save(body)
        return body

    def _file(self, collection: str, key: str) -> SealedFile:
        path = self._folder / names.document_path(collection, key)
        return SealedFile(path, f"{collection}/{key}", self._clock)


def _recorded(database: TinyDB) -> list[Recorded]:
    rows = sorted(database.table("events").all(), key=lambda found: found.doc_id)
    return [Recorded(Event(**found), found.doc_id) for found in rows]


def _identifiers(folder: Path) -> list[str]:
    """The ids of the files two levels below, also of one whose main file is lost, sorted."""
    found = (path for suffix in ("", ".previous") for path in folder.glob(f"*/*.json{suffix}"))
    return sorted({path.name.partition(".")[0] for path in found})
