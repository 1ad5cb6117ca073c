"""A room full of phones: actions against the floor, how soon an event is there, a dropped network."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.cases.page_reruns import _free_port, _served
from bench.phones import Lost, Phone
from bench.report import Line
from jiejian.clock import SystemClock
from jiejian.content.workshops.script import Script
from jiejian.services.accounts import VISITOR_COOKIE, new_token
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.services.rooms.opening import Wishes
from jiejian.settings import Settings
from jiejian.ui.i18n import CATALOGUE, read_words
from sandbox.datafiles import validate

PHONES = int(os.environ.get("JIEJIAN_PHONES", "200"))
THINK = 5.0
RAMP, LASTS = 20.0, 40.0
EVENTS = (10.0, 20.0, 30.0)
PASSED = read_words(CATALOGUE)[
    None,
    "The room has moved on meanwhile, so this was not taken. Here is where it is now.",
]
EDUCATOR = Actor("e" * 32, "educator", "1" * 32)


def _script() -> Script:
    def text(words: str) -> dict[str, str]:
        return {"zh": f"{words} 中文", "en": words}

    options = [{"id": f"o{n}", "text": text(f"answer {n}")} for n in range(4)]
    step = {"kind": "poll", "minutes": 2, "title": text("t"), "say": text("s"), "options": options}
    steps = [
        {**step, "id": f"poll-{n}", "question": text(f"q {n}")} for n in range(len(EVENTS) + 1)
    ]
    head = {"id": "load", "title": text("load"), "about": text("a"), "minutes": 30}
    return validate(Script, {**head, "objectives": [text("o")], "steps": steps}, file="load.yaml")


@dataclass
class Seen:
    """What was measured of a crowd."""

    opened: list[float] = field(default_factory=list)
    acted: list[float] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    too_late: int = 0
    kept: int = 0
    cpu: float = 0.0
    beats: int = 0


Act = Callable[[Phone], Coroutine[object, object, float]]


async def _slide(phone: Phone) -> float:
    slider, fragment = next(iter(phone.widgets.values()))
    state = WidgetState(id=slider.id)
    state.double_array_value.data.append(random.randrange(100))
    return await phone.run(state, fragment=fragment)


async def _vote(phone: Phone) -> float:
    radios = [p for p in phone.widgets.values() if p[0].DESCRIPTOR.name == "Radio"]
    buttons = [p for key, p in phone.widgets.items() if key.endswith("_send")]
    if not radios or not buttons:
        raise Lost("nothing to press")
    radio, button = radios[-1], buttons[-1]
    chosen = WidgetState(id=radio[0].id, string_value=random.choice(list(radio[0].options)))
    pressed = WidgetState(id=button[0].id, trigger_value=True)
    return await phone.run(chosen, pressed, fragment=button[1])


async def _person(phone: Phone, act: Act, seen: Seen, begin: float, end: float) -> None:
    """Open the page within the ramp, then act and think until the end."""
    ramp_over = begin + RAMP
    await asyncio.sleep(random.random() * RAMP)
    try:
        started = time.perf_counter()
        await phone.open()
        seen.opened.append(time.perf_counter() - started)
    except (Lost, OSError, TimeoutError) as error:
        seen.wrong[f"open: {error or type(error).__name__}"] += 1
        return
    while True:
        await asyncio.sleep(THINK * random.uniform(0.5, 1.5))
        now = time.monotonic()
        if now > end:
            return
        try:
            took = await act(phone)
        except Lost as error:
            seen.wrong[f"act: {error}"] += 1
            continue
        seen.kept += 1
        if now > ramp_over:
            seen.acted.append(took)


def _cpu(pid: int) -> float:
    spent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


async def _crowd(
    phones: list[Phone], act: Act, events: Coroutine[object, object, None] | None
) -> Seen:
    seen = Seen()
    begin = time.monotonic()
    end = begin + RAMP + LASTS
    people = [asyncio.create_task(_person(phone, act, seen, begin, end)) for phone in phones]
    if events:
        await events
    await asyncio.gather(*people)
    for phone in phones:
        seen.beats += phone.beats
        for words in phone.refused:
            if words == PASSED:
                seen.too_late += 1
            else:
                seen.wrong[f"page: {words[:60]}"] += 1
    return seen


def _floor(port: int, count: int) -> Seen:
    async def play() -> Seen:
        phones = [Phone(port) for _ in range(count)]
        try:
            return await _crowd(phones, _slide, None)
        finally:
            for phone in phones:
                await phone.drop()

    return asyncio.run(play())


class _Room:
    """A room on the served product, and its people."""

    def __init__(self, folder: Path, port: int, count: int) -> None:
        self.services: Services = build(Settings(data_dir=folder), SystemClock())
        self.room = self.services.opening.open(EDUCATOR, _script(), Wishes(names="animal")).id
        self.tokens = [new_token() for _ in range(count)]
        for token in self.tokens:
            self.services.joining.join(self.services.accounts.actor(token), self.room)
        self.port = port
        self.go(0)
        self.seen = Seen()

    def go(self, place: int) -> None:
        turn = self.services.directing.look(EDUCATOR, self.room).room.turns
        self.services.directing.go(EDUCATOR, self.room, place, turn)

    def phones(self) -> list[Phone]:
        return [
            Phone(self.port, f"{VISITOR_COOKIE}={token}", f"room={self.room}", "live")
            for token in self.tokens
        ]

    async def events(self, phones: list[Phone], arrived: list[float]) -> None:
        """At set times the room goes on; seconds until each phone draws the step."""
        await asyncio.sleep(RAMP)
        begin = time.monotonic()
        for place, at in enumerate(EVENTS, 1):
            await asyncio.sleep(begin + at - time.monotonic())
            for phone in phones:
                self._watch(phone, f"live_step_poll-{place}", time.perf_counter(), arrived)
            await asyncio.to_thread(self.go, place)

    @staticmethod
    def _watch(phone: Phone, key: str, since: float, arrived: list[float]) -> None:
        def seen(kind: str, name: str) -> None:
            if kind == "block" and name == key:
                arrived.append(time.perf_counter() - since)
                phone.seen = lambda _kind, _name: None

        phone.seen = seen

    async def play(self) -> tuple[Seen, Seen]:
        """The workshop, and then everybody's network drops and comes back at once."""
        phones = self.phones()
        arrived: list[float] = []
        seen = await _crowd(phones, _vote, self.events(phones, arrived))
        seen.arrived = arrived
        for phone in phones:
            await phone.drop()
        await asyncio.sleep(1)
        again = Seen()
        back = self.phones()
        step = f"live_step_poll-{len(EVENTS)}"
        await asyncio.gather(*(self._come_back(phone, step, again) for phone in back))
        for phone in back:
            await phone.drop()
        return seen, again

    @staticmethod
    async def _come_back(phone: Phone, step: str, again: Seen) -> None:
        found = []
        phone.seen = lambda _kind, name: found.append(name) if name == step else None
        started = time.perf_counter()
        try:
            await phone.open()
        except (Lost, OSError, TimeoutError) as error:
            again.wrong[f"open: {error or type(error).__name__}"] += 1
            return
        again.opened.append(time.perf_counter() - started)
        if not found:
            again.wrong["not at its place"] += 1


def _high(seconds: list[float], share: float = 0.95) -> float:
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] if seconds else 0.0


def measure() -> list[Line]:
    """Floor, room, floor: with as many sessions each."""
    python = sys.executable
    floor_port, port = _free_port(), _free_port()
    floor = [python, "-m", "uvicorn", "bench.floor_app:app", "--port", str(floor_port)]
    with tempfile.TemporaryDirectory() as folder:
        with _served(floor, floor_port):
            floors = [_floor(floor_port, PHONES)]
        with _served([python, "-m", "jiejian.serve"], port, JIEJIAN_DATA_DIR=folder):
            room = _Room(Path(folder), port, PHONES)
            pid = _pid_of(port)
            before, started = _cpu(pid), time.monotonic()
            seen, again = asyncio.run(room.play())
            cpu = (_cpu(pid) - before) / (time.monotonic() - started)
        with _served(floor, floor_port):
            floors.append(_floor(floor_port, PHONES))
    base = max(_high(one.acted) for one in floors)
    middle = statistics.mean(statistics.median(one.acted) for one in floors)
    stored = sum(
        len(room.services.directing.look(EDUCATOR, room.room).standing(person).answers)
        for person in room.services.directing.look(EDUCATOR, room.room).room.people
    )
    wrong = sum(seen.wrong.values())
    high = _high(seen.acted)
    reached = 100 * len(seen.arrived) / (PHONES * len(EVENTS))
    return [
        Line("load average before and now", " ".join(f"{n:.1f}" for n in os.getloadavg())),
        Line(f"floor, {PHONES} sessions", f"{1000 * middle:.0f} ms p50, {1000 * base:.0f} ms p95"),
        Line(
            f"an action, {PHONES} phones",
            f"{1000 * statistics.median(seen.acted):.0f} ms p50, {1000 * high:.0f} ms p95,"
            f" {high / base:.1f}x the floor's p95 ({len(seen.acted)} actions)",
            "at most 3x",
        ),
        Line(
            "an event is on the page",
            f"{_high(seen.arrived):.1f} s for 95 %, {_high(seen.arrived, 1):.1f} s for all;"
            f" {reached:.0f} % reached",
            "95 % within 3 s",
        ),
        Line("a page opened", f"{1000 * _high(seen.opened):.0f} ms p95"),
        Line("server", f"{100 * cpu:.0f} % of a core; {seen.beats} pulses, {seen.kept} answers"),
        Line("answers that stand in the end", str(stored)),
        Line("answers to a step that had just passed", f"{seen.too_late}, told so"),
        Line("errors", f"{wrong} {dict(seen.wrong.most_common(3)) if wrong else ''}", "0"),
        Line(
            "all drop and come back at once",
            f"{len(again.opened)} of {PHONES} there, the last after"
            f" {_high(again.opened, 1):.1f} s; {dict(again.wrong) or 'no error'}",
            "everybody at their place",
        ),
    ]


def _pid_of(port: int) -> int:
    """The process that listens there: the newest that was started with this port."""
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"PORT={port}\0" in (entry / "environ").read_text():
                return int(entry.name)
        except (OSError, UnicodeDecodeError):
            continue
    return os.getpid()
