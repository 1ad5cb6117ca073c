"""A room's stream as the services use it: look, decide what to add, add it, retry on a clash."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from jiejian.clock import Clock
from jiejian.errors import InvalidInput, NotFound, RevisionConflict
from jiejian.services.journal import KEY
from jiejian.services.rooms.hub import Hub, Look
from jiejian.services.rooms.room import Room
from jiejian.store.port import EventStore
from jiejian.store.records import Event

CLASHES = 50
_LOCKS = tuple(threading.Lock() for _ in range(64))


class RoomJournal:
    """Reads and extends room streams."""

    def __init__(self, store: EventStore, clock: Clock, hub: Hub) -> None:
        self._store = store
        self._clock = clock
        self.hub = hub

    def now(self) -> datetime:
        """Real time, aware, UTC."""
        return self._clock.now().astimezone(UTC)

    def look(self, room_id: str) -> Look:
        """The room now. Raises NotFound."""
        found = self.hub.look(room_id)
        if found is None:
            raise NotFound("room", room_id)
        return found

    def event(self, kind: str, data: Mapping[str, Any], key: str | None = None) -> Event:
        """An event that happens now."""
        return Event(kind=kind, data=dict(data), at=self.now().isoformat(), key=key)

    def begin(self, room_id: str, opened: Event) -> None:
        """Begin a room's stream. Raises RevisionConflict if there is one of that id."""
        self._store.append(f"room/{room_id}", [opened], 0)

    def record(self, room_id: str, key: str, decide: Callable[[Room], Iterable[Event]]) -> Room:
        """Add what `decide` makes of the room, once for each key, and return the room after it.

        The first event decide returns carries the key. decide is called again if somebody else
        wrote meanwhile. Raises NotFound.
        """
        if not KEY.fullmatch(key):
            raise InvalidInput("key", "malformed")
        stream = f"room/{room_id}"
        # Those who join at the same moment wait here for each other instead of clashing.
        with _LOCKS[hash(room_id) % len(_LOCKS)]:
            for _ in range(CLASHES):
                room = self.look(room_id).room
                events = list(decide(room))
                if not events:
                    return room
                try:
                    revision = self._store.append(stream, events, room.revision)
                except RevisionConflict:
                    self.hub.wrote(stream)
                    continue
                self.hub.added(room_id, room.revision, events, revision)
                return self.look(room_id).room
        raise RevisionConflict(self.look(room_id).room.revision)

    def delete(self, room_id: str) -> None:
        """Remove the room's stream for good."""
        self._store.delete(f"room/{room_id}")
        self.hub.forget(room_id)
