"""Who is there, who is through, who seems stuck, who is gone. Pure; a hint for eyes, no judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from jiejian.content.library import Library
from jiejian.content.workshops.blocks import (
    Block,
    DecisionBlock,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.room import Person, Room
from jiejian.services.rooms.tallies import is_through

LONG = timedelta(seconds=90)
"""In a step for less than this nobody is stuck."""
MOST_ARE = 60
"""Percent of those in the step who are through before the others may be called stuck."""

State = Literal["gone", "done", "stuck", "working", "waiting"]
STATES: tuple[State, ...] = ("stuck", "gone", "working", "waiting", "done")
"""In the order an educator wants to see them: whoever may need help first."""
ASKING = (PollBlock, PredictionBlock, QuizBlock, SandboxBlock, DecisionBlock, DiscussionBlock)


@dataclass(frozen=True)
class Attended:
    """A person and how it stands with them.

    done: through with the step, whether the phone is awake or not. gone: not through, and no sign
    of life lately. working: in it. waiting: in a step that asks for nothing, or in the lobby.
    """

    person: Person
    state: State
    place: int
    here: bool


@dataclass(frozen=True)
class Attendance:
    """Everybody in the room who was not shown the door, in the order of joining."""

    people: tuple[Attended, ...]

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many are in each state; none is left out."""
        found = Counter(one.state for one in self.people)
        return {state: found[state] for state in STATES}

    @property
    def here(self) -> int:
        """How many were heard of lately."""
        return sum(one.here for one in self.people)

    @property
    def by_need(self) -> tuple[Attended, ...]:
        """Whoever may need help first."""
        return tuple(sorted(self.people, key=lambda one: STATES.index(one.state)))

    @property
    def sign(self) -> tuple[int, ...]:
        """Changes when somebody's state does: what a page holds its picture against."""
        return tuple(self.counts.values())


def attendance(look: Look, library: Library) -> Attendance:
    """How it stands with everybody in the room."""
    room = look.room
    through = {person.id: _through(look, person, library) for person in room.present}
    at_hand = [
        person
        for person in room.present
        if room.place_of(person) == room.step and (through[person.id] or look.here(person.id))
    ]
    ready = sum(through[person.id] for person in at_hand)
    most = bool(at_hand) and 100 * ready >= MOST_ARE * len(at_hand)
    return Attendance(
        tuple(
            Attended(
                person,
                _state(look, person, through[person.id], most),
                room.place_of(person),
                look.here(person.id),
            )
            for person in room.present
        )
    )


def asks(block: Block | None) -> bool:
    """Whether a step wants something of each person."""
    return isinstance(block, ASKING)


def in_step(room: Room, person: Person, now: datetime) -> timedelta:
    """How long somebody has been in the room's step, pauses left out."""
    if room.began is None:
        return timedelta(0)
    spent = (room.stopped or now) - room.began - room.waited
    late = max(person.joined - room.began, timedelta(0))
    return max(spent - late, timedelta(0))


def _through(look: Look, person: Person, library: Library) -> bool:
    block = look.room.block(look.room.place_of(person))
    return (
        asks(block) and block is not None and is_through(look.standing(person.id), block, library)
    )


def _state(look: Look, person: Person, through: bool, most: bool) -> State:
    room = look.room
    if through:
        return "done"
    if not look.here(person.id):
        return "gone"
    if not asks(room.block(room.place_of(person))):
        return "waiting"
    apart = room.place_of(person) != room.step
    if most and not apart and in_step(room, person, look.now) >= LONG:
        return "stuck"
    return "working"
