"""A house with rooms on a real data folder, a clock to set, and people to play with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.content.workshops.script import Script
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.opening import Wishes
from jiejian.settings import Settings
from sandbox.datafiles import validate

ADDRESS = "192.0.2.7"
TEACHER = Actor("e" * 32, "educator", "1" * 32)
OTHER = Actor("f" * 32, "educator", "2" * 32)


def text(words: str) -> dict[str, str]:
    return {"zh": f"{words} 中文", "en": words}


def block(kind: str, name: str, **more: object) -> dict[str, object]:
    shared = {"id": name, "kind": kind, "minutes": 2, "title": text(name), "say": text("say")}
    return {**shared, **more}


OPTIONS = [{"id": one, "text": text(one)} for one in ("yes", "no")]
SCRIPT = {
    "id": "made-up",
    "title": text("A made-up workshop"),
    "about": text("For tests"),
    "minutes": 45,
    "objectives": [text("one")],
    "steps": [
        block("poll", "guess", question=text("why?"), options=OPTIONS),
        block(
            "prediction",
            "price",
            question=text("how much?"),
            unit=text("yuan"),
            truth={"call": "added", "args": {"of": [100, 20]}},
            why=text("because"),
        ),
        block("quiz", "check", quiz="why-requests-fail", items=[]),
        block(
            "sandbox",
            "borrow",
            task=text("borrow"),
            persona="gig-worker",
            amount=5000,
            term_months=12,
        ),
        block("cue", "outage", cue="database-outage"),
        block("sandbox", "again", task=text("again"), persona="gig-worker", amount=5000,
              term_months=12, anew=False),
        block("discussion", "talk", question=text("what now?")),
        block("debrief", "look-back", questions=[text("what?")], looks_at=["guess"]),
    ],
}  # fmt: skip


@dataclass
class RoomHouse:
    """Services, the clock, and short ways to open and fill a room."""

    services: Services
    clock: SetClock
    script: Script

    def key(self) -> str:
        return secrets.token_hex(12)

    def passes(self, **time: float) -> None:
        self.clock.moment += timedelta(**time)

    def open(self, **wishes: object) -> str:
        return self.services.opening.open(TEACHER, self.script, Wishes(**wishes)).id  # type: ignore[arg-type]

    def person(self, number: int) -> Actor:
        return Actor(f"{number:032x}")

    def join(self, room: str, *numbers: int) -> list[Actor]:
        people = [self.person(number) for number in numbers]
        for number, actor in zip(numbers, people, strict=True):
            self.services.joining.join(actor, room, f"Person {number}")
        return people

    def look(self, room: str) -> Look:
        return self.services.directing.look(TEACHER, room)

    def go(self, room: str, name: str) -> None:
        look = self.look(room)
        place = [step.id for step in look.room.script.steps].index(name)
        self.services.directing.go(TEACHER, room, place, look.room.turns)

    def answer(self, actor: Actor, room: str, step: str, raw: object, item: str = "answer") -> None:
        self.services.taking_part.answer(actor, room, step, item, raw, self.key())  # type: ignore[arg-type]


@pytest.fixture
def house(tmp_path: Path) -> RoomHouse:
    clock = SetClock(datetime(2030, 1, 1, 9, tzinfo=UTC))
    services = build(Settings(data_dir=tmp_path), clock)
    quiz = services.library.quizzes["why-requests-fail"]
    items = [item.id for item in quiz.items if item.kind == "single"][:2]
    steps = [
        {**step, "items": items} if step["id"] == "check" else step
        for step in SCRIPT["steps"]  # type: ignore[attr-defined]
    ]
    script = validate(Script, {**SCRIPT, "steps": steps}, file="made-up.yaml")
    return RoomHouse(services, clock, script)
