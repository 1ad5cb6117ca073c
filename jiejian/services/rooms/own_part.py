"""What a learner has in rooms: to see, to take out with everything else, and to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiejian.errors import NotFound, StoreTooNew, StreamDamaged
from jiejian.services.actor import Actor
from jiejian.services.journal import Journal
from jiejian.services.permissions import require
from jiejian.services.rooms.joining import JOINED, LEFT, participant, taken_part
from jiejian.services.rooms.room import Room
from jiejian.services.rooms.roomjournal import RoomJournal
from jiejian.store.port import EventStore
from jiejian.store.records import Event
from sandbox.text import Text


@dataclass(frozen=True)
class Attended:
    """A room the learner took part in: the own name and number there, and how much is kept."""

    room: str
    title: Text
    name: str
    number: int
    joined: datetime
    closed: bool
    answers: int
    requests: int


class OwnPart:
    """The learner's own part of rooms, each kept apart from the own record."""

    def __init__(self, journal: RoomJournal, own: Journal, store: EventStore) -> None:
        self._journal = journal
        self._own = own
        self._store = store

    def attended(self, actor: Actor) -> tuple[Attended, ...]:
        """The rooms the learner is in or was in, newest first; rooms since deleted are not."""
        found = []
        for room_id in taken_part(self._own.read(actor)):
            me = participant(room_id, actor.learner)
            room = self._room(room_id)
            person = room.people.get(me) if room else None
            if room is None or person is None or person.left:
                continue
            standing = self._journal.look(room_id).standing(me)
            found.append(
                Attended(
                    room=room_id,
                    title=room.script.title,
                    name=person.name,
                    number=person.number,
                    joined=person.joined,
                    closed=room.is_closed(self._journal.now()),
                    answers=len(standing.answers),
                    requests=len(standing.requests),
                )
            )
        return tuple(found)

    def leave(self, actor: Actor, room_id: str, key: str) -> None:
        """Leave a room and delete what was done in it; twice is once. Raises NotFound.

        The room keeps the number, so that the others keep theirs. Whoever joins again begins
        with nothing. The first name stays in the room's log until the room is deleted, and is
        shown nowhere.
        """
        require(actor, "room.leave", actor.learner)
        self._journal.look(room_id)
        self._leave(actor, room_id)

        def happen(_past: object) -> Iterator[Event]:
            yield self._own.event(LEFT, {"room": room_id}, key)

        self._own.record(actor, key, happen)

    def held(self, actor: Actor) -> list[dict[str, Any]]:
        """Everything held about the learner in rooms, room by room, for an export."""
        require(actor, "record.export", actor.learner)
        found = []
        for room_id in taken_part(self._own.read(actor)):
            me = participant(room_id, actor.learner)
            room = self._room(room_id)
            person = room.people.get(me) if room else None
            events = self._store.read(f"participant/{me}").events
            found.append(
                {
                    "room": room_id,
                    "workshop": room.script.id if room else None,
                    "name": person.name if person else None,
                    "number": person.number if person else None,
                    "seat": person.seat if person else None,
                    "messages": [m.text for m in room.messages if m.to == me] if room else [],
                    "events": [
                        {"kind": e.event.kind, "at": e.event.at, "data": e.event.data}
                        for e in events
                    ],
                }
            )
        return found

    def forget(self, actor: Actor) -> None:
        """Leave every room and delete what was done there, also if the record is unreadable."""
        require(actor, "record.delete", actor.learner)
        try:
            past = self._own.read(actor)
            joined = {str(event.data["room"]) for event in past.of(JOINED)}
        except (StreamDamaged, StoreTooNew):
            joined = {name.partition("/")[2] for name in self._store.streams("room")}
        for room_id in sorted(joined):
            self._leave(actor, room_id)

    def _leave(self, actor: Actor, room_id: str) -> None:
        me = participant(room_id, actor.learner)

        def happen(room: Room) -> Iterator[Event]:
            person = room.people.get(me)
            if person is not None and not person.left:
                data = {"person": me}
                yield self._journal.event("person_left", data, f"left-{me}-{room.revision}")

        if self._room(room_id) is not None:
            self._journal.record(room_id, f"left-{me}", happen)
        # After the room knows: whoever is gone gives no more answers.
        self._store.delete(f"participant/{me}")
        self._journal.hub.wrote(f"participant/{me}")

    def _room(self, room_id: str) -> Room | None:
        try:
            return self._journal.look(room_id).room
        except (NotFound, StreamDamaged, StoreTooNew):
            return None
