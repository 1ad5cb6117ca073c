"""Joining a room: by its code, without an account, and finding one's place again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from jiejian.clock import Clock
from jiejian.errors import InvalidInput, NotAllowed, NotFound
from jiejian.services.actor import Actor
from jiejian.services.identity.throttle import Throttle, address_key
from jiejian.services.journal import Journal, Past
from jiejian.services.permissions import require
from jiejian.services.rooms.naming import animal, nickname, numbered
from jiejian.services.rooms.opening import Opening
from jiejian.services.rooms.room import Person, Room, named
from jiejian.services.rooms.roomjournal import RoomJournal
from jiejian.store.records import Event
from sandbox.text import Language
from sandbox.world import SEATS, Seat

JOINED = "room_joined"
LEFT = "room_left"
WRONG_BY_VISITOR = 8
WRONG_BY_ADDRESS = 200
"""Wrong codes before a wait begins. A class is behind one address, and many mistype."""


@dataclass(frozen=True)
class Door:
    """A room as somebody stands before it: what joining asks for.

    person is who the visitor already is in there, None for somebody new.
    """

    room: Room
    person: Person | None
    free_guests: tuple[str, ...]
    suggestion: str


def participant(room_id: str, learner: str) -> str:
    """The id of a learner's record in a room: always the same, and it tells neither of the two."""
    text = f"jiejian participant {room_id} {learner}".encode()
    return hashlib.sha256(text).hexdigest()[:32]


class Joining:
    """The way in."""

    def __init__(self, journal: RoomJournal, own: Journal, opening: Opening, clock: Clock) -> None:
        self._journal = journal
        self._own = own
        self._opening = opening
        self._by_visitor = Throttle(clock, WRONG_BY_VISITOR)
        self._by_address = Throttle(clock, WRONG_BY_ADDRESS)

    def find(self, actor: Actor, code: str, address: str) -> str:
        """The room of a code somebody typed or scanned.

        Raises InvalidInput("code", ...): malformed, unknown_code; TooManyTries after many wrong
        ones.
        """
        require(actor, "room.join", actor.learner)
        keys = (f"visitor:{actor.learner}", address_key(address))
        self._by_visitor.begin(keys[0])
        self._by_address.begin(keys[1])
        room_id = self._opening.by_code(code)
        self._by_visitor.succeeded(keys[0])
        self._by_address.take_back(keys[1])
        return room_id

    def door(self, actor: Actor, room_id: str, spoken: Language | None = None) -> Door:
        """The room from outside, with a name suggested in this language (None: the room's).

        Raises NotFound.
        """
        require(actor, "room.join", actor.learner)
        room = self._journal.look(room_id).room
        taken = {used for used, _ in named(room)}
        free = tuple(name for name in room.guests if name.casefold() not in taken)
        me = participant(room_id, actor.learner)
        # By chance of the id: of two hundred who stand here at once, few are offered the same.
        suggestion = animal(int(me[:6], 16), spoken or room.language, taken)
        person = room.people.get(me)
        return Door(room, None if person and person.left else person, free, suggestion)

    def join(self, actor: Actor, room_id: str, name: str = "", seat: str | None = None) -> Person:
        """Come in, or find one's place again; twice is once.

        Raises InvalidInput: name (see naming.nickname, and not_on_list), seat/unknown_choice,
        room/closed, locked; NotAllowed for somebody who was shown the door.
        """
        require(actor, "room.join", actor.learner)
        me = participant(room_id, actor.learner)

        def happen(room: Room) -> Iterator[Event]:
            before = room.people.get(me)
            if before is not None and before.removed:
                raise NotAllowed("room.join")
            if before is not None and not before.left:
                return
            if room.is_closed(self._journal.now()):
                raise InvalidInput("room", "closed")
            if room.locked:
                raise InvalidInput("room", "locked")
            number = before.number if before else len(room.people) + 1
            key = f"join-{me}-{room.revision}" if before else f"join-{me}"
            data = {
                "person": me,
                "name": _name(room, name, number),
                "seat": _seat(room, seat, number),
                "group": (number - 1) // len(SEATS) + 1 if room.seats != "none" else 0,
            }
            yield self._journal.event("person_joined", data, key)

        room = self._journal.record(room_id, f"join-{me}", happen)
        self._remember(actor, room_id)
        self._journal.hub.heard(room_id, me)
        return room.people[me]

    def rooms_of(self, actor: Actor) -> tuple[str, ...]:
        """Ids of the rooms the learner took part in, newest first, as the own record has them."""
        return taken_part(self._own.read(actor))

    def person(self, actor: Actor, room_id: str) -> Person:
        """Who the actor is in a room. Raises NotFound, and NotAllowed for somebody removed."""
        require(actor, "room.join", actor.learner)
        room = self._journal.look(room_id).room
        found = room.people.get(participant(room_id, actor.learner))
        if found is None or (found.left and not found.removed):
            raise NotFound("person", room_id)
        if found.removed:
            raise NotAllowed("room.join")
        return found

    def _remember(self, actor: Actor, room_id: str) -> None:
        """Keep in the learner's own record that this room holds something of theirs."""

        times = sum(1 for e in self._own.read(actor).of(LEFT) if e.data["room"] == room_id)
        key = f"room-{room_id}-{times}" if times else f"room-{room_id}"

        def happen(_past: object) -> Iterator[Event]:
            yield self._own.event(JOINED, {"room": room_id}, key)

        self._own.record(actor, key, happen)


def taken_part(past: Past) -> tuple[str, ...]:
    """Ids of the rooms a record tells of, those that were left not among them, newest first."""
    rooms: dict[str, None] = {}
    for event in past.of(JOINED, LEFT):
        rooms.pop(event.data["room"], None)
        if event.kind == JOINED:
            rooms[event.data["room"]] = None
    return tuple(reversed(rooms))


def _name(room: Room, given: str, number: int) -> str:
    taken = {used for used, _ in named(room)}
    if room.guests:
        listed = {guest.casefold(): guest for guest in room.guests}
        chosen = listed.get(" ".join(given.split()).casefold())
        if chosen is None:
            raise InvalidInput("name", "not_on_list")
        if chosen.casefold() in taken:
            raise InvalidInput("name", "taken")
        return chosen
    if room.names == "nickname":
        return nickname(given, taken)
    return animal(number, room.language, taken) if room.names == "animal" else numbered(number)


def _seat(room: Room, wanted: str | None, number: int) -> Seat | None:
    """Seats by chance are dealt in turn, so that every four people are a whole table."""
    if room.seats == "none":
        return None
    if room.seats == "choice":
        if wanted not in get_args(Seat):
            raise InvalidInput("seat", "unknown_choice")
        return next(seat for seat in SEATS if seat == wanted)
    digest = hashlib.sha256(f"{room.id} {(number - 1) // len(SEATS)}".encode()).digest()
    dealt = sorted(SEATS, key=lambda seat: hashlib.sha256(digest + seat.encode()).digest())
    return dealt[(number - 1) % len(SEATS)]
