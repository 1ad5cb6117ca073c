"""A learner's stream as the services use it: read, decide what to add, add it, retry on a clash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jiejian.clock import Clock
from jiejian.errors import InvalidInput, RevisionConflict
from jiejian.services.actor import Actor
from jiejian.store.port import EventStore
from jiejian.store.records import Event, Recorded

# A clash needs another tab or process of the same learner writing in the same few milliseconds.
CLASHES = 20
KEY = re.compile(r"[A-Za-z0-9:_-]{8,80}")


@dataclass(frozen=True)
class Past:
    """All that happened to one learner, oldest first."""

    recorded: tuple[Recorded, ...]
    revision: int
    notice: str | None = None

    def __iter__(self) -> Iterator[Event]:
        return (entry.event for entry in self.recorded)

    def pairs(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """(kind, data) of each event, as the sandbox's fold takes them."""
        return ((event.kind, event.data) for event in self)

    def of(self, *kinds: str) -> Iterator[Event]:
        """Events of these kinds."""
        return (event for event in self if event.kind in kinds)

    def with_key(self, key: str) -> Event | None:
        """The event recorded under this idempotency key, None if there is none."""
        return next((event for event in self if event.key == key), None)


class Journal:
    """Reads and extends learner streams."""

    def __init__(self, store: EventStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def now(self) -> datetime:
        """Real time, aware, UTC."""
        return self._clock.now().astimezone(UTC)

    def read(self, actor: Actor) -> Past:
        """Everything of this learner. Raises StreamDamaged if it cannot be read."""
        view = self._store.read(actor.stream)
        return Past(tuple(view.events), view.revision, view.notice)

    def event(self, kind: str, data: Mapping[str, Any], key: str | None = None) -> Event:
        """An event that happens now."""
        return Event(kind=kind, data=dict(data), at=self.now().isoformat(), key=key)

    def record(
        self, actor: Actor, key: str, decide: Callable[[Past], Iterable[Event]]
    ) -> tuple[Past, bool]:
        """Add what `decide` makes of the past, once for each key.

        The first event decide returns carries the key. Returns the past after the write and
        whether anything was added: a key seen before adds nothing, so a double click or a resent
        form is harmless. decide is called again if somebody else wrote meanwhile.
        """
        if not KEY.fullmatch(key):
            raise InvalidInput("key", "malformed")
        for _ in range(CLASHES):
            past = self.read(actor)
            if past.with_key(key):
                return past, False
            events = list(decide(past))
            if not events:
                return past, False
            try:
                self._store.append(actor.stream, events, past.revision)
            except RevisionConflict:
                continue
            return self.read(actor), True
        self._store.append(actor.stream, events, None)
        return self.read(actor), True

    def start_anew(self, actor: Actor) -> None:
        """Begin the stream again after StreamDamaged."""
        self._store.start_anew(actor.stream)

    def erase(self, actor: Actor) -> None:
        """Remove the learner's stream for good."""
        self._store.delete(actor.stream)
