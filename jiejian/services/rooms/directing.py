"""What an educator does with a room: steps, pauses, events, messages, people, results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, get_args

from jiejian.content.workshops.blocks import CueBlock, DecisionBlock
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.identity.audit import Audit
from jiejian.services.identity.staff import Staff, account_id
from jiejian.services.permissions import require
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.naming import nickname
from jiejian.services.rooms.opening import Opening
from jiejian.services.rooms.room import LOBBY, Person, Room, named
from jiejian.services.rooms.roomjournal import RoomJournal
from jiejian.services.rooms.showing import results_on_screen
from jiejian.store.records import Event
from sandbox.world import CueBook, Seat

LONGEST_MESSAGE = 280
LATEST_CUE = timedelta(hours=3)
MOST_EXTRA = 60
"""Minutes a step can be given at once."""

Change = Callable[[Room], Iterable[Event]]


class Directing:
    """A room in the hands of those who direct it."""

    def __init__(
        self,
        journal: RoomJournal,
        opening: Opening,
        staff: Staff,
        cues: CueBook,
        audit: Audit,
    ) -> None:
        self._journal = journal
        self._opening = opening
        self._staff = staff
        self._audit = audit
        self.cues = cues

    def look(self, actor: Actor, room_id: str) -> Look:
        """The room and what everybody in it did. Raises NotFound, NotAllowed."""
        require(actor, "room.look", self._opening.owner_for(actor, room_id))
        self._audit.looked("room.look", actor.account or "", room_id)
        return self._journal.look(room_id)

    def mark(self, actor: Actor, room_id: str) -> tuple[str, int]:
        """The cheap question whether a look is still true. Raises NotAllowed."""
        require(actor, "room.look", self._opening.owner_for(actor, room_id))
        return self._journal.hub.mark(room_id)

    def go(self, actor: Actor, room_id: str, place: int, turn: int) -> Look:
        """Take the room to the step at `place` (LOBBY: back before the first).

        turn is how many turns the room had taken when the button was shown: two educators, or two
        clicks, who mean the same step take the room there once. What the seats decided in the
        step that ends is settled. Raises InvalidInput("step", ...): unknown, closed.
        """

        def happen(room: Room) -> Iterator[Event]:
            if room.turns != turn or room.step == place:
                return
            if place != LOBBY and room.block(place) is None:
                raise InvalidInput("step", "unknown")
            data: dict[str, Any] = {"place": place}
            block = room.block(place)
            if isinstance(block, CueBlock) and block.cue in self.cues.cues:
                effect = self.cues.cues[block.cue].effect
                data["effect"] = effect.model_dump(exclude_none=True)
                data["again"] = any(
                    moment.kind == "step_begun" and moment.what["place"] == place
                    for moment in room.moments
                )
            # First what the seats decided: an event that begins with the step comes after it.
            yield from self._settled(room)
            yield self._journal.event("step_begun", data, f"turn-{room_id}-{turn}")

        return self._change(actor, room_id, f"turn-{room_id}-{turn}", happen)

    def pause(self, actor: Actor, room_id: str, key: str, stop: bool | None = None) -> Look:
        """Stop the step's time, or let it run on; stop says which, None the other of the two."""

        def happen(room: Room) -> Iterator[Event]:
            if stop is not None and stop == (room.stopped is not None):
                return
            kind = "room_resumed" if room.stopped else "room_paused"
            yield self._journal.event(kind, {}, key)

        return self._change(actor, room_id, key, happen)

    def extend(self, actor: Actor, room_id: str, minutes: int, key: str) -> Look:
        """Give the step more minutes. Raises InvalidInput("minutes", "out_of_range")."""
        if not 1 <= minutes <= MOST_EXTRA:
            raise InvalidInput("minutes", "out_of_range", low=1, high=MOST_EXTRA)
        return self._say(actor, room_id, "time_added", {"minutes": minutes}, key)

    def fire(
        self,
        actor: Actor,
        room_id: str,
        cue: str,
        key: str,
        *,
        to: Seat | None = None,
        in_minutes: int = 0,
    ) -> Look:
        """Fire a shared event, to all or to one seat, now or later.

        Raises NotFound for an unknown cue, InvalidInput: to/unknown_choice, minutes/out_of_range.
        """
        if cue not in self.cues.cues:
            raise NotFound("cue", cue)
        if to is not None and to not in get_args(Seat):
            raise InvalidInput("to", "unknown_choice")
        if not 0 <= in_minutes <= LATEST_CUE // timedelta(minutes=1):
            raise InvalidInput(
                "minutes", "out_of_range", low=0, high=LATEST_CUE // timedelta(minutes=1)
            )
        effect = self.cues.cues[cue].effect.model_dump(exclude_none=True)
        data: dict[str, Any] = {"cue": cue, "effect": effect, "to": to}
        if in_minutes:
            data["due"] = (self._journal.now() + timedelta(minutes=in_minutes)).isoformat()
        return self._say(actor, room_id, "cue_fired", data, key)

    def undo(self, actor: Actor, room_id: str, cue: int, key: str) -> Look:
        """Take a fired or scheduled event back. Raises NotFound."""

        def happen(room: Room) -> Iterator[Event]:
            fired = next((one for one in room.cues if one.number == cue), None)
            if fired is None:
                raise NotFound("cue", str(cue))
            if not fired.undone:
                yield self._journal.event("cue_undone", {"cue": cue}, key)

        return self._change(actor, room_id, key, happen)

    def message(
        self, actor: Actor, room_id: str, text: str, key: str, to: str | None = None
    ) -> Look:
        """Say something to everybody or to one person. Raises InvalidInput, NotFound."""
        words = " ".join(text[: LONGEST_MESSAGE * 8].split())
        if not words:
            raise InvalidInput("message", "empty")
        if len(words) > LONGEST_MESSAGE:
            raise InvalidInput("message", "too_long", most=LONGEST_MESSAGE)
        if any(not sign.isprintable() for sign in words):
            raise InvalidInput("message", "invisible")
        return self._of_person(actor, room_id, to, "message_sent", {"text": words, "to": to}, key)

    def move(self, actor: Actor, room_id: str, person: str, place: int, key: str) -> Look:
        """Take one person to another step, until the room goes on. Raises NotFound."""

        def happen(room: Room) -> Iterator[Event]:
            self._person(room, person)
            if room.block(place) is None:
                raise InvalidInput("step", "unknown")
            yield self._journal.event("person_moved", {"person": person, "place": place}, key)

        return self._change(actor, room_id, key, happen)

    def advance_slowest(self, actor: Actor, room_id: str, key: str) -> Look:
        """Bring everybody who was moved elsewhere back to where the room is."""

        def happen(room: Room) -> Iterator[Event]:
            apart = [one for one in room.present if one.step is not None and one.step != room.step]
            carried: str | None = key
            for person in apart:
                data = {"person": person.id, "place": room.step}
                yield self._journal.event("person_moved", data, carried)
                carried = None

        return self._change(actor, room_id, key, happen)

    def remove(self, actor: Actor, room_id: str, person: str, key: str) -> Look:
        """Show somebody the door; what they did stays out of every result. Raises NotFound."""
        return self._of_person(actor, room_id, person, "person_removed", {"person": person}, key)

    def readmit(self, actor: Actor, room_id: str, person: str, key: str) -> Look:
        """Let somebody in again, to the same place and answers. Raises NotFound."""
        return self._of_person(actor, room_id, person, "person_readmitted", {"person": person}, key)

    def rename(self, actor: Actor, room_id: str, person: str, name: str, key: str) -> Look:
        """Give somebody another name. Raises NotFound, InvalidInput("name", ...)."""

        def happen(room: Room) -> Iterator[Event]:
            self._person(room, person)
            taken = {used for used, who in named(room) if who.id != person}
            data = {"person": person, "name": nickname(name, taken)}
            yield self._journal.event("person_renamed", data, key)

        return self._change(actor, room_id, key, happen)

    def seat(self, actor: Actor, room_id: str, person: str, seat: Seat, key: str) -> Look:
        """Give somebody another seat. Raises NotFound, InvalidInput("seat", ...)."""
        if seat not in get_args(Seat):
            raise InvalidInput("seat", "unknown_choice")
        data = {"person": person, "seat": seat}
        return self._of_person(actor, room_id, person, "person_seated", data, key)

    def show(self, actor: Actor, room_id: str, step: str, shown: bool, key: str) -> Look:
        """Show the room a step's results, or hide them. Raises NotFound.

        Showing what is shown already calls it up again on the projector.
        """

        def happen(room: Room) -> Iterator[Event]:
            block = room.script.step(step)
            if block is None:
                raise NotFound("step", step)
            on_screen = results_on_screen(room) == (block,)
            if (step in room.shown) != shown or (shown and not on_screen):
                kind = "results_shown" if shown else "results_hidden"
                yield self._journal.event(kind, {"step": step}, key)

        return self._change(actor, room_id, key, happen)

    def show_note(
        self, actor: Actor, room_id: str, step: str, person: str, shown: bool, key: str
    ) -> Look:
        """Leave one person's note out of what the room sees, or let it in again. Raises NotFound."""

        def happen(room: Room) -> Iterator[Event]:
            if room.script.step(step) is None:
                raise NotFound("step", step)
            self._person(room, person)
            if ((step, person) in room.left_out) == shown:
                data = {"step": step, "person": person, "shown": shown}
                yield self._journal.event("note_set", data, key)

        return self._change(actor, room_id, key, happen)

    def lock(self, actor: Actor, room_id: str, locked: bool, key: str) -> Look:
        """Let nobody new in, or open the door again."""
        return self._say(actor, room_id, "door_set", {"locked": locked}, key)

    def share(self, actor: Actor, room_id: str, name: str, key: str) -> Look:
        """Let another account direct the room too, by the name it signs in with.

        Raises InvalidInput("name", "unknown_account").
        """
        account = self._staff.find(account_id(name))
        if account is None or account.disabled:
            raise InvalidInput("name", "unknown_account")
        look = self._say(actor, room_id, "educator_added", {"account": account.id}, key)
        self._opening.share(actor, room_id, account.id)
        return look

    def close(self, actor: Actor, room_id: str, key: str) -> Look:
        """Close the room: its code is worth nothing, nothing more is taken; all of it is kept."""

        def happen(room: Room) -> Iterator[Event]:
            if room.closed is None:
                yield self._journal.event("room_closed", {}, key)
                yield from self._settled(room)

        look = self._change(actor, room_id, key, happen, closing=True)
        self._opening.shut(room_id, look.room.code)
        return look

    def _settled(self, room: Room) -> Iterator[Event]:
        """What the seats decided in the step that ends: for each the way most chose.

        Of ways chosen equally often the one that stands first; of none at all, none.
        """
        block = room.at
        if not isinstance(block, DecisionBlock):
            return
        votes = ballots(self._journal.look(room.id), block)
        if not any(votes.values()):
            return
        ways = {
            seat: max(dilemma.ways, key=lambda way: votes[seat][way.id]).id
            for seat, dilemma in block.seats.items()
            if votes[seat]
        }
        data = {"step": block.id, "ways": ways, "votes": {s: dict(v) for s, v in votes.items()}}
        yield self._journal.event("ways_decided", data)

    def _say(
        self, actor: Actor, room_id: str, kind: str, data: Mapping[str, Any], key: str
    ) -> Look:
        return self._change(
            actor, room_id, key, lambda _room: [self._journal.event(kind, data, key)]
        )

    def _of_person(
        self,
        actor: Actor,
        room_id: str,
        person: str | None,
        kind: str,
        data: Mapping[str, Any],
        key: str,
    ) -> Look:
        def happen(room: Room) -> Iterator[Event]:
            if person is not None:
                self._person(room, person)
            yield self._journal.event(kind, data, key)

        return self._change(actor, room_id, key, happen)

    def _change(
        self, actor: Actor, room_id: str, key: str, happen: Change, *, closing: bool = False
    ) -> Look:
        require(actor, "room.direct", self._opening.owner_for(actor, room_id))

        def still_open(room: Room) -> Iterable[Event]:
            if room.is_closed(self._journal.now()) and not closing:
                raise InvalidInput("room", "closed")
            return happen(room)

        self._journal.record(room_id, key, still_open)
        return self._journal.look(room_id)

    @staticmethod
    def _person(room: Room, person: str) -> Person:
        found = room.people.get(person)
        if found is None:
            raise NotFound("person", person)
        return found


def ballots(look: Look, block: DecisionBlock) -> dict[Seat, Counter[str]]:
    """How often each way was chosen, by seat; of people who are in the room."""
    votes: dict[Seat, Counter[str]] = {seat: Counter() for seat in block.seats}
    for person in look.room.present:
        if person.seat not in votes:
            continue
        for given in look.standing(person.id).answered(block.id):
            votes[person.seat].update(given.value)
    return votes
