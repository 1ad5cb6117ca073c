"""Rooms on the served product, as the tests find them: opened and driven from a second process."""

from __future__ import annotations

import secrets
from functools import cache

from jiejian.content.workshops.script import Script
from jiejian.services.actor import Actor
from jiejian.services.rooms.joining import participant
from jiejian.services.rooms.opening import Wishes
from jiejian.services.rooms.room import Names
from sandbox.datafiles import validate
from tests.unit.rooms.conftest import SCRIPT
from tests.wire.people import House, Person

KIND = "answer"
"""The item of steps that ask one thing."""


@cache
def script(quiz_items: tuple[str, ...]) -> Script:
    """The made-up script, which has a step of nearly every kind."""
    data = [
        {**step, "items": list(quiz_items)} if step["id"] == "check" else step
        for step in SCRIPT["steps"]  # type: ignore[attr-defined]
    ]
    return validate(Script, {**SCRIPT, "steps": data}, file="made-up.yaml")


def educator() -> Actor:
    """Somebody who leads a room and whom nobody meets."""
    return Actor(secrets.token_hex(16), "educator", secrets.token_hex(16))


def opened(
    house: House,
    owner: Actor | None = None,
    *joined: Person,
    at: str = "",
    names: Names = "nickname",
) -> str:
    """A new room with these people in it, at a step; before anybody looks at it."""
    owner = owner or educator()
    quiz = house.services.library.quizzes["why-requests-fail"]
    items = tuple(item.id for item in quiz.items if item.kind == "single")[:1]
    room = house.services.opening.open(owner, script(items), Wishes("en", names)).id
    for number, person in enumerate(joined):
        house.services.joining.join(house.actor(person), room, f"Person {number}")
    if at:
        go(house, owner, room, at)
    return room


def go(house: House, owner: Actor, room: str, step: str) -> None:
    """Take the room to a step."""
    look = house.services.directing.look(owner, room)
    place = [one.id for one in look.room.script.steps].index(step)
    house.services.directing.go(owner, room, place, look.room.turns)


def closed(house: House, owner: Actor, *joined: Person) -> str:
    """A room that is over, in which these people answered a quiz question."""
    room = opened(house, owner, *joined, at="check")
    taking = house.services.taking_part
    for person in joined:
        actor = house.actor(person)
        question = taking.questions(taking.place(actor, room))[0]
        right = [choice.id for choice in question.item.choices if choice.correct]  # type: ignore[union-attr]
        taking.answer(actor, room, "check", question.item.id, right, secrets.token_hex(8))
    house.services.directing.close(owner, room, secrets.token_hex(8))
    return room


def happened(house: House, room: str) -> int:
    """How much the room's own record holds; nothing of a room that is gone."""
    return len(list(house.services.store.read(f"room/{room}").events))


def done_by(house: House, person: Person, room: str) -> int:
    """How much a participant's record in a room holds."""
    me = participant(room, house.actor(person).learner)
    return len(list(house.services.store.read(f"participant/{me}").events))
