"""The two ports every store implements; tests/unit/store holds the contract both must keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from jiejian.store.records import Event, StreamView


class EventStore(Protocol):
    """Append-only streams of events, named `learner/<32 hex>` or `room/<id>`."""

    def append(self, stream: str, events: Sequence[Event], expected_revision: int | None) -> int:
        """Add events durably and return the new revision.

        An event whose key the stream already has is passed over. Raises RevisionConflict if the
        stream is not at expected_revision (None accepts any), StreamDamaged, StoreUnwritable.
        """
        ...

    def read(self, stream: str, after: int = 0) -> StreamView:
        """Events after that revision; an unknown stream is empty. Raises StreamDamaged."""
        ...

    def streams(self, kind: str) -> Iterator[str]:
        """Names of all streams of a kind ('learner')."""
        ...

    def changed_since(self, cursor: str) -> tuple[list[str], str]:
        """Streams changed since a cursor of an earlier call ('' is the beginning), and the next."""
        ...

    def delete(self, stream: str) -> None:
        """Remove the stream and every copy of it."""
        ...


class Documents(Protocol):
    """Small documents by collection and key."""

    def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """The document, None if there is none."""
        ...

    def put(self, collection: str, key: str, value: dict[str, Any]) -> None:
        """Write the document durably, replacing an earlier one."""
        ...

    def delete(self, collection: str, key: str) -> None:
        """Remove the document if it is there."""
        ...

    def keys(self, collection: str) -> Iterator[str]:
        """Keys of a collection."""
        ...
