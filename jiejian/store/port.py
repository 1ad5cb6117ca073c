"""The two ports every store implements; tests/unit/store holds the contract both must keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from jiejian.store.records import Event, StreamView


class EventStore(Protocol):
    """Append-only streams of events, named `learner/<32 hex>`, `participant/<32 hex>` or
    `room/<a-z 0-9 ->`.

    Every verb raises InvalidName for another name and StoreUnreadable, StoreUnwritable or
    StoreBusy when the place of storage fails.
    """

    def append(self, stream: str, events: Sequence[Event], expected_revision: int | None) -> int:
        """Add events durably, all or none, and return the stream's revision.

        An event whose key the stream already has is passed over, with the events without a key
        that follow it; that is looked at before the revision, so a resend after a lost answer is
        harmless. Raises RevisionConflict if the stream is not at expected_revision (None accepts
        any), StreamDamaged, StoreTooNew, and ValueError or TypeError for data JSON cannot hold.
        """
        ...

    def read(self, stream: str, after: int = 0) -> StreamView:
        """Events after that revision; an unknown stream is empty, at revision 0.

        A damaged stream is restored from its previous copy, told by the view's notice. Raises
        StreamDamaged if there is no good copy, and StoreTooNew.
        """
        ...

    def streams(self, kind: str) -> Iterator[str]:
        """Names of all streams of a kind ("learner", "participant", "room"), sorted."""
        ...

    def changed_since(self, cursor: str) -> tuple[list[str], str]:
        """Streams written, restored or deleted since an earlier call, and the next cursor.

        "" and a cursor that is no longer known give every stream. A stream may be named though
        nothing changed; a change is never left out.
        """
        ...

    def delete(self, stream: str) -> None:
        """Remove the stream and every copy of it; an unknown one is no error."""
        ...

    def start_anew(self, stream: str) -> int:
        """Begin again the stream that StreamDamaged was raised for, and return its revision.

        What was set aside stays where it is. A stream that can be read is left as it is.
        """
        ...


class Documents(Protocol):
    """Small JSON documents by collection (a-z _) and key (a-z 0-9 -).

    Raises InvalidName, StoreUnreadable, StoreUnwritable and StoreBusy as EventStore does.
    """

    def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """The document, None if there is none; a damaged one is restored from its previous copy.

        Raises StreamDamaged if there is no good copy, and StoreTooNew.
        """
        ...

    def put(
        self, collection: str, key: str, value: dict[str, Any], expect_absent: bool = False
    ) -> None:
        """Write the document durably, replacing an earlier one.

        With expect_absent raises DocumentExists if there is one, also a damaged one. Raises
        StoreTooNew, and ValueError or TypeError for data JSON cannot hold.
        """
        ...

    def delete(self, collection: str, key: str) -> None:
        """Remove the document and every copy of it; an unknown one is no error."""
        ...

    def keys(self, collection: str) -> Iterator[str]:
        """Keys of a collection, sorted."""
        ...
