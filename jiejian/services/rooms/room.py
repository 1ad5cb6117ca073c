"""A room as it stands, folded from its stream. Pure: the same events give the same room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from jiejian.content.workshops.blocks import Block, CueBlock, DecisionBlock
from jiejian.content.workshops.script import Script
from jiejian.services.rooms.happened import Decided as Decided
from jiejian.services.rooms.happened import FiredCue as FiredCue
from jiejian.services.rooms.happened import Message as Message
from jiejian.services.rooms.happened import Moment as Moment
from jiejian.store.records import Event, Recorded
from sandbox.text import Language
from sandbox.world import Happening, Seat, World, after
from sandbox.world.effects import Effect

Names = Literal["nickname", "animal", "none"]
Seats = Literal["none", "chance", "choice"]

LOBBY = -1
"""The place before the first step: people join, nothing is asked yet."""


@dataclass(frozen=True)
class Person:
    """Somebody who joined. id is the participant's record, number counts from 1 in the order of
    joining. step is a place of the person's own (moved ahead or back), None: where the room is.
    left: went of their own will and took their answers away; only the number remains.
    """

    id: str
    number: int
    name: str
    joined: datetime
    seat: Seat | None = None
    group: int = 0
    removed: bool = False
    step: int | None = None
    left: bool = False

    @property
    def here(self) -> bool:
        """Whether the person counts: neither shown the door nor gone."""
        return not self.removed and not self.left


@dataclass(frozen=True)
class Room:
    """State of a room after its events.

    step is the place in the script, LOBBY before the first. began is when it began, extra what was
    added to its minutes, stopped since when the room pauses. shown are the steps whose results the
    room may see, left_out the notes it does not (step, person).
    """

    id: str
    code: str
    script: Script
    owner: str
    opened: datetime
    expires: datetime
    language: Language = "zh"
    names: Names = "nickname"
    seats: Seats = "none"
    guests: tuple[str, ...] = ()
    educators: frozenset[str] = frozenset()
    people: Mapping[str, Person] = field(default_factory=dict)
    step: int = LOBBY
    turns: int = 0
    began: datetime | None = None
    extra: timedelta = timedelta(0)
    stopped: datetime | None = None
    waited: timedelta = timedelta(0)
    cues: tuple[FiredCue, ...] = ()
    messages: tuple[Message, ...] = ()
    decided: tuple[Decided, ...] = ()
    shown: frozenset[str] = frozenset()
    left_out: frozenset[tuple[str, str]] = frozenset()
    locked: bool = False
    closed: datetime | None = None
    rehearsal: bool = False
    moments: tuple[Moment, ...] = ()
    revision: int = 0

    @property
    def at(self) -> Block | None:
        """The step the room is at, None in the lobby."""
        return self.block(self.step)

    def block(self, place: int) -> Block | None:
        """The step at a place, None in the lobby."""
        return self.script.steps[place] if 0 <= place < len(self.script.steps) else None

    def place_of(self, person: Person) -> int:
        """Where a person is: where the room is, unless moved."""
        return self.step if person.step is None else person.step

    @property
    def present(self) -> tuple[Person, ...]:
        """Everybody who joined and was not removed nor left, in the order of joining."""
        return tuple(person for person in self.people.values() if person.here)

    def is_closed(self, now: datetime) -> bool:
        """Whether nobody may act any more: closed by the educator, or expired."""
        return self.closed is not None or now >= self.expires

    def left(self, now: datetime) -> timedelta | None:
        """Time left of the step's planned minutes, negative when they are over; None in the lobby.

        Nothing happens when they are over: they are a plan, not a limit.
        """
        block = self.at
        if block is None or self.began is None:
            return None
        spent = (self.stopped or now) - self.began - self.waited
        return timedelta(minutes=block.minutes) + self.extra - spent

    def fired(self, now: datetime) -> tuple[FiredCue, ...]:
        """Cues that are due and were not undone, in the order they took effect."""
        due = [cue for cue in self.cues if not cue.undone and cue.at <= now]
        return tuple(sorted(due, key=lambda cue: (cue.at, cue.number)))

    def waiting(self, now: datetime) -> tuple[FiredCue, ...]:
        """Cues scheduled for later."""
        return tuple(cue for cue in self.cues if not cue.undone and cue.at > now)

    def world(self, now: datetime, seat: Seat | None = None) -> World:
        """The shared world as a seat meets it now: cues and decisions in the order of time."""
        happened = [(cue.at, cue.number, Happening(cue.effect, cue.to)) for cue in self.fired(now)]
        happened += [(made.at, 0, Happening(made.effect)) for made in self.decided]
        ordered = sorted(happened, key=lambda one: one[:2])
        return after((happening for _, _, happening in ordered), seat)

    @cached_property
    def numbers(self) -> Mapping[int, Person]:
        """People by number."""
        return {person.number: person for person in self.people.values()}


def folded(room_id: str, recorded: Iterable[Recorded]) -> Room | None:
    """The room of a stream, None for a stream that opens none."""
    room: Room | None = None
    for entry in recorded:
        room = step(room_id, room, entry)
    return room


def step(room_id: str, room: Room | None, entry: Recorded) -> Room | None:
    """The room after one more event; an event that is not known changes nothing."""
    event, at = entry.event, datetime.fromisoformat(entry.event.at)
    if room is None:
        return _opened(room_id, event, at, entry.revision) if event.kind == "room_opened" else None
    change = _CHANGES.get(event.kind)
    if change is None:
        return replace(room, revision=entry.revision)
    moment = Moment(entry.revision, at, event.kind, event.data)
    later = change(room, event.data, at, entry.revision)
    return replace(later, moments=(*later.moments, moment), revision=entry.revision)


def _opened(room_id: str, event: Event, at: datetime, number: int) -> Room:
    data = event.data
    return Room(
        id=room_id,
        code=data["code"],
        script=Script.model_validate(data["script"]),
        owner=data["owner"],
        opened=at,
        expires=datetime.fromisoformat(data["expires"]),
        language=data["language"],
        names=data["names"],
        seats=data["seats"],
        guests=tuple(data.get("guests", ())),
        educators=frozenset({data["owner"]}),
        rehearsal=bool(data.get("rehearsal")),
        moments=(Moment(number, at, event.kind, {}),),
        revision=number,
    )


Data = Mapping[str, Any]


def _joined(room: Room, data: Data, at: datetime, _number: int) -> Room:
    before = room.people.get(data["person"])
    if before is not None and not before.left:
        return room
    person = Person(
        id=data["person"],
        number=before.number if before else len(room.people) + 1,
        removed=before.removed if before else False,
        name=data["name"],
        joined=at,
        seat=data.get("seat"),
        group=data.get("group", 0),
    )
    return replace(room, people={**room.people, person.id: person})


def _begun(room: Room, data: Data, at: datetime, number: int) -> Room:
    place = data["place"]
    people = {
        name: replace(person, step=None) if person.step is not None else person
        for name, person in room.people.items()
    }
    later = replace(
        room,
        step=place,
        turns=room.turns + 1,
        began=at,
        extra=timedelta(0),
        stopped=None,
        waited=timedelta(0),
        people=people,
    )
    block = later.block(place)
    if isinstance(block, CueBlock) and (effect := data.get("effect")) is not None:
        fired = FiredCue(number, block.cue, Effect.model_validate(effect), at)
        # Going back to a step and on again must not fire its event twice.
        again = any(cue.cue == block.cue and not cue.undone for cue in room.cues)
        return later if again and data.get("again") else replace(later, cues=(*room.cues, fired))
    return later


def _paused(room: Room, _data: Data, at: datetime, _number: int) -> Room:
    return room if room.stopped else replace(room, stopped=at)


def _resumed(room: Room, _data: Data, at: datetime, _number: int) -> Room:
    if room.stopped is None:
        return room
    # A clock set back must not take time away.
    passed = max(at - room.stopped, timedelta(0))
    return replace(room, stopped=None, waited=room.waited + passed)


def _time_added(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return replace(room, extra=room.extra + timedelta(minutes=data["minutes"]))


def _cue_fired(room: Room, data: Data, at: datetime, number: int) -> Room:
    cue = FiredCue(
        number=number,
        cue=data["cue"],
        effect=Effect.model_validate(data["effect"]),
        at=datetime.fromisoformat(data["due"]) if data.get("due") else at,
        to=data.get("to"),
    )
    return replace(room, cues=(*room.cues, cue))


def _cue_undone(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    cues = tuple(
        replace(cue, undone=True) if cue.number == data["cue"] else cue for cue in room.cues
    )
    return replace(room, cues=cues)


def _messaged(room: Room, data: Data, at: datetime, number: int) -> Room:
    message = Message(number, data["text"], at, data.get("to"))
    return replace(room, messages=(*room.messages, message))


def _person(room: Room, who: str, **changes: Any) -> Room:
    person = room.people.get(who)
    if person is None:
        return room
    return replace(room, people={**room.people, who: replace(person, **changes)})


def _moved(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return _person(room, data["person"], step=data["place"])


def _removed(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return _person(room, data["person"], removed=True)


def _readmitted(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return _person(room, data["person"], removed=False)


def _left(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    person = room.people.get(data["person"])
    name = f"#{person.number}" if person else ""
    later = _person(room, data["person"], left=True, name=name, seat=None, group=0, step=None)
    # Words to one person are nobody's once the person is gone.
    kept = tuple(message for message in later.messages if message.to != data["person"])
    moments = tuple(
        replace(moment, what={**moment.what, "name": name})
        if moment.what.get("person") == data["person"] and "name" in moment.what
        else moment
        for moment in later.moments
    )
    return replace(later, messages=kept, moments=moments)


def _renamed(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return _person(room, data["person"], name=data["name"])


def _seated(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return _person(room, data["person"], seat=data["seat"])


def _shown(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return replace(room, shown=room.shown | {data["step"]})


def _hidden(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return replace(room, shown=room.shown - {data["step"]})


def _note_set(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    note = frozenset({(data["step"], data["person"])})
    left_out = room.left_out - note if data["shown"] else room.left_out | note
    return replace(room, left_out=left_out)


def _door(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return replace(room, locked=bool(data["locked"]))


def _educator(room: Room, data: Data, _at: datetime, _number: int) -> Room:
    return replace(room, educators=room.educators | {data["account"]})


def _ways(room: Room, data: Data, at: datetime, _number: int) -> Room:
    block = room.script.step(data["step"])
    if not isinstance(block, DecisionBlock):
        return room
    made = [
        Decided(block.id, seat, way.id, data["votes"].get(seat, {}), way.effect, at)
        for seat, dilemma in block.seats.items()
        for way in dilemma.ways
        if data["ways"].get(seat) == way.id
    ]
    others = tuple(one for one in room.decided if one.step != block.id)
    return replace(room, decided=(*others, *made))


def _closed(room: Room, _data: Data, at: datetime, _number: int) -> Room:
    return room if room.closed else replace(room, closed=at)


_CHANGES = {
    "person_joined": _joined,
    "step_begun": _begun,
    "room_paused": _paused,
    "room_resumed": _resumed,
    "time_added": _time_added,
    "cue_fired": _cue_fired,
    "cue_undone": _cue_undone,
    "message_sent": _messaged,
    "person_moved": _moved,
    "person_removed": _removed,
    "person_readmitted": _readmitted,
    "person_left": _left,
    "person_renamed": _renamed,
    "person_seated": _seated,
    "results_shown": _shown,
    "results_hidden": _hidden,
    "note_set": _note_set,
    "door_set": _door,
    "educator_added": _educator,
    "ways_decided": _ways,
    "room_closed": _closed,
}


def named(room: Room) -> Iterator[tuple[str, Person]]:
    """Names in use with who has them, removed people included: a name is not given twice."""
    return ((person.name.casefold(), person) for person in room.people.values())
