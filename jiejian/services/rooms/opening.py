"""Opening rooms, finding them by their code, listing and deleting them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, get_args

from jiejian.content.workshops.script import Script
from jiejian.errors import DocumentExists, InvalidInput, RevisionConflict
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.permissions import require
from jiejian.services.rooms.codes import new_code, tidied
from jiejian.services.rooms.naming import nickname
from jiejian.services.rooms.room import Names, Seats
from jiejian.services.rooms.roomjournal import RoomJournal
from jiejian.store.port import Documents, EventStore
from sandbox.text import LANGUAGES, Language

ROOMS, CODES = "rooms", "room_codes"
LASTS = timedelta(hours=12)
"""A room nobody closed takes no answers after this."""
MOST_GUESTS = 1000
MOST_OPEN = 20
"""Rooms an educator may have open at once."""


@dataclass(frozen=True)
class Wishes:
    """How a room is to be: the language it begins in, what people are called, how seats are
    given, who may come (empty: whoever has the code)."""

    language: Language = "zh"
    names: Names = "nickname"
    seats: Seats = "none"
    guests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A room in an educator's list."""

    id: str
    code: str
    script: str
    title: Mapping[str, str]
    opened: datetime
    closed: bool
    rehearsal: bool = False


@dataclass(frozen=True)
class Opened:
    """A room just opened."""

    id: str
    code: str
    wishes: Wishes = field(default_factory=Wishes)


class Opening:
    """Rooms as their educators keep them."""

    def __init__(
        self, journal: RoomJournal, store: EventStore, documents: Documents, audit: Audit
    ) -> None:
        self._journal = journal
        self._store = store
        self._documents = documents
        self._audit = audit

    def open(
        self,
        actor: Actor,
        script: Script,
        wishes: Wishes,
        *,
        rehearsal: bool = False,
        key: str | None = None,
    ) -> Opened:
        """Open a room for a script; the script is kept in it as it is now.

        The same key opens one room, however often the button was pressed. Raises InvalidInput naming the wish that cannot be had.
        """
        require(actor, "room.open")
        kept = _checked(script, wishes)
        room_id = _room_id(actor, key)
        if held := self._documents.get(ROOMS, room_id):
            return Opened(room_id, held["code"], kept)
        if sum(1 for room in self.mine(actor) if not room.closed) >= MOST_OPEN:
            raise InvalidInput("room", "too_many_open", most=MOST_OPEN)
        now = self._journal.now()
        expires = now + LASTS
        code = self._claim(room_id, expires)
        data = {
            "code": code,
            "script": script.model_dump(mode="json", exclude_defaults=True),
            "owner": actor.account,
            "expires": expires.isoformat(),
            "language": kept.language,
            "names": kept.names,
            "seats": kept.seats,
            "guests": list(kept.guests),
            "rehearsal": rehearsal,
        }
        opened = self._journal.event("room_opened", data, f"open-{room_id}")
        try:
            self._journal.begin(room_id, opened)
        except RevisionConflict:
            self._documents.delete(CODES, code.lower())
            return Opened(room_id, self._journal.look(room_id).room.code, kept)
        held = {
            "owner": actor.account,
            "educators": [actor.account],
            "code": code,
            "script": script.id,
            "title": script.title.model_dump(),
            "opened": now.isoformat(),
            "rehearsal": rehearsal,
        }
        self._documents.put(ROOMS, room_id, held)
        self._audit.note("room.open", who=actor.account or "", what=room_id)
        return Opened(room_id, code, kept)

    def mine(self, actor: Actor) -> tuple[Listed, ...]:
        """The rooms the actor directs, newest first."""
        require(actor, "room.list", actor.account)
        found = []
        for key in list(self._documents.keys(ROOMS)):
            held = self._documents.get(ROOMS, key)
            if held and actor.account in held["educators"]:
                found.append(self._listed(key, held))
        return tuple(sorted(found, key=lambda room: room.opened, reverse=True))

    def by_code(self, typed: str) -> str:
        """The room of a code. Raises InvalidInput("code", ...): malformed, unknown_code."""
        code = tidied(typed)
        if not code:
            raise InvalidInput("code", "malformed")
        held = self._documents.get(CODES, code.lower())
        if held is None or datetime.fromisoformat(held["expires"]) <= self._journal.now():
            raise InvalidInput("code", "unknown_code")
        return str(held["room"])

    def share(self, actor: Actor, room_id: str, account: str) -> None:
        """Let another account direct the room too; for the room's own service."""
        require(actor, "room.direct", self.owner_for(actor, room_id))
        held = self._documents.get(ROOMS, room_id)
        if held and account not in held["educators"]:
            educators = [*held["educators"], account]
            self._documents.put(ROOMS, room_id, {**held, "educators": educators})

    def owner_for(self, actor: Actor, room_id: str) -> str:
        """Whose the room is as far as this actor goes: the actor's own where it was shared."""
        room = self._journal.look(room_id).room
        return actor.account if actor.account in room.educators and actor.account else room.owner

    def shut(self, room_id: str, code: str) -> None:
        """Make a closed room's code worth nothing; for the room's own service."""
        self._documents.delete(CODES, code.lower())
        held = self._documents.get(ROOMS, room_id)
        if held:
            self._documents.put(ROOMS, room_id, {**held, "closed": True})

    def delete(self, actor: Actor, room_id: str) -> None:
        """Delete a room with everything its people did in it. Raises NotFound."""
        require(actor, "room.delete", self.owner_for(actor, room_id))
        room = self._journal.look(room_id).room
        for person in room.people:
            self._store.delete(f"participant/{person}")
        self._documents.delete(CODES, room.code.lower())
        self._documents.delete(ROOMS, room_id)
        self._journal.delete(room_id)
        self._audit.note("room.delete", who=actor.account or "", what=room_id)

    def _claim(self, room_id: str, expires: datetime) -> str:
        for _ in range(8):
            code = new_code()
            try:
                value = {"room": room_id, "expires": expires.isoformat()}
                self._documents.put(CODES, code.lower(), value, expect_absent=True)
            except DocumentExists:
                continue
            return code
        raise InvalidInput("room", "no_code")  # pragma: no cover - thirty random bits, eight times

    def _listed(self, key: str, held: Mapping[str, Any]) -> Listed:
        opened = datetime.fromisoformat(held["opened"])
        return Listed(
            id=key,
            code=held["code"],
            script=held["script"],
            title=held["title"],
            opened=opened,
            closed=bool(held.get("closed")) or self._journal.now() >= opened + LASTS,
            rehearsal=bool(held.get("rehearsal")),
        )


def _room_id(actor: Actor, key: str | None) -> str:
    if key is None:
        return secrets.token_hex(8)
    return hashlib.sha256(f"room {actor.account} {key}".encode()).hexdigest()[:16]


def _checked(script: Script, wishes: Wishes) -> Wishes:
    if wishes.language not in LANGUAGES:
        raise InvalidInput("language", "unknown_choice")
    if wishes.names not in get_args(Names):
        raise InvalidInput("names", "unknown_choice")
    if wishes.seats not in get_args(Seats):
        raise InvalidInput("seats", "unknown_choice")
    if (wishes.seats == "none") != (script.seats == "none"):
        raise InvalidInput("seats", "not_of_script")
    return Wishes(wishes.language, wishes.names, wishes.seats, guests(wishes.guests))


def guests(given: Sequence[str]) -> tuple[str, ...]:
    """A guest list as it is kept: a name a line. Raises InvalidInput("guests", ...)."""
    names: list[str] = []
    for place, line in enumerate(given, 1):
        if not line.strip():
            continue
        try:
            names.append(nickname(line, {name.casefold() for name in names}))
        except InvalidInput as error:
            raise InvalidInput("guests", error.reason, line=place) from None
        if len(names) > MOST_GUESTS:
            raise InvalidInput("guests", "too_many", most=MOST_GUESTS)
    return tuple(names)
