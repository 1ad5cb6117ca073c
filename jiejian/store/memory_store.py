"""Both ports in memory, for tests: the same contract, nothing survives the process."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from jiejian.errors import DocumentExists, RevisionConflict
from jiejian.store import names
from jiejian.store.records import (
    Event,
    Recorded,
    StreamView,
    canonical,
    not_yet_recorded,
    row,
    view,
)


class MemoryStore:
    """Event streams in a dictionary; see port.EventStore. Nothing in it can be damaged."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._changes: list[str] = []
        self._lock = threading.Lock()

    def append(self, stream: str, events: Sequence[Event], expected_revision: int | None) -> int:
        """Add events; see the port."""
        names.stream_path(stream)
        with self._lock:
            rows = self._rows.get(stream, [])
            fresh = not_yet_recorded(events, {held["key"] for held in rows})
            if not fresh:
                return len(rows)
            if expected_revision is not None and expected_revision != len(rows):
                raise RevisionConflict(len(rows))
            self._rows[stream] = [*rows, *map(row, fresh)]
            self._changes.append(stream)
            return len(rows) + len(fresh)

    def read(self, stream: str, after: int = 0) -> StreamView:
        """Events after that revision; see the port."""
        names.stream_path(stream)
        rows: list[dict[str, Any]] = json.loads(canonical(self._rows.get(stream, [])))
        return view([Recorded(Event(**held), n) for n, held in enumerate(rows, start=1)], after)

    def streams(self, kind: str) -> Iterator[str]:
        """Names of all streams of a kind."""
        names.stream_kind_folder(kind)
        with self._lock:
            return iter(sorted(name for name in self._rows if name.startswith(f"{kind}/")))

    def changed_since(self, cursor: str) -> tuple[list[str], str]:
        """Streams changed since a cursor; see the port."""
        with self._lock:
            place = int(cursor) if cursor.isdecimal() else 0
            changed = self._changes[place if place <= len(self._changes) else 0 :]
            return list(dict.fromkeys(changed)), str(len(self._changes))

    def delete(self, stream: str) -> None:
        """Remove the stream."""
        names.stream_path(stream)
        with self._lock:
            if self._rows.pop(stream, None) is not None:
                self._changes.append(stream)

    def start_anew(self, stream: str) -> int:
        """The stream's revision: in memory it can always be read."""
        return self.read(stream).revision


class MemoryDocuments:
    """Documents in a dictionary; see port.Documents."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """The document, None if there is none."""
        names.document_path(collection, key)
        text = self._texts.get((collection, key))
        held: dict[str, Any] | None = None if text is None else json.loads(text)
        return held

    def put(
        self, collection: str, key: str, value: dict[str, Any], expect_absent: bool = False
    ) -> None:
        """Keep the document; see the port."""
        names.document_path(collection, key)
        text = canonical(value)
        with self._lock:
            if expect_absent and (collection, key) in self._texts:
                raise DocumentExists(collection, key)
            self._texts[collection, key] = text

    def delete(self, collection: str, key: str) -> None:
        """Remove the document if it is there."""
        names.document_path(collection, key)
        with self._lock:
            self._texts.pop((collection, key), None)

    def keys(self, collection: str) -> Iterator[str]:
        """Keys of a collection."""
        names.collection_folder(collection)
        with self._lock:
            return iter(sorted(key for held, key in self._texts if held == collection))
