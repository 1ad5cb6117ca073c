"""The rooms of this process: kept folded, and told apart by a revision that is cheap to ask.

A phone asks every two seconds whether anything changed. That must cost no reading: the hub asks
the store at most a few times a second, for all rooms together, which streams were written since,
and reads only those, only their new events.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jiejian.clock import Clock
from jiejian.errors import InvalidName, StoreError
from jiejian.services.rooms import room as rooms
from jiejian.services.rooms import standing as standings
from jiejian.services.rooms.room import Room
from jiejian.services.rooms.standing import Standing
from jiejian.store.port import EventStore
from jiejian.store.records import Event, Recorded

LOOK_EVERY = 0.5
"""Seconds between two looks at what other processes wrote; own writes are seen at once."""
GONE_AFTER = 20.0
"""Seconds without a sign of life after which a phone counts as gone."""
MOST_ROOMS = 64
"""Rooms kept folded; the one looked at longest ago goes first."""

QUIET: frozenset[str] = frozenset({"person_joined", "person_left"})
"""What changes nothing for those who are in the room already; it counts as work."""

Ticker = Callable[[], float]


@dataclass
class _Live:
    """A room held in memory. changes counts what concerns everybody in it, done what people did."""

    room: Room
    standings: dict[str, Standing] = field(default_factory=dict)
    changes: int = 0
    done: int = 0
    dirty_room: bool = False
    dirty_people: set[str] = field(default_factory=set)
    seen: dict[str, float] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)


@dataclass(frozen=True)
class Look:
    """A room and what its people did, at one moment.

    present maps each person's id to the seconds since the last sign of life; one never seen by
    this process is missing. mark changes whenever the room changes for those in it (also when a
    scheduled event falls due), work whenever somebody did something, joined or left.
    """

    room: Room
    standings: Mapping[str, Standing]
    quiet: Mapping[str, float]
    mark: str
    work: int
    now: datetime

    def standing(self, person: str) -> Standing:
        """What a person did so far."""
        return self.standings.get(person, _NOTHING)

    def here(self, person: str) -> bool:
        """Whether a person's phone was heard of lately."""
        return self.quiet.get(person, GONE_AFTER) < GONE_AFTER


_NOTHING = Standing()


class Hub:
    """Every room that somebody in this process looks at."""

    def __init__(self, store: EventStore, clock: Clock, ticker: Ticker = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._ticker = ticker
        self._live: OrderedDict[str, _Live] = OrderedDict()
        self._homes: dict[str, str] = {}
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._cursor: str | None = None
        self._looked = float("-inf")

    def look(self, room_id: str) -> Look | None:
        """The room now, None if there is none. Raises StoreError."""
        live = self._find(room_id)
        if live is None:
            return None
        self._catch_up()
        with live.lock:
            self._refresh(live)
            now, tick = self._clock.now(), self._ticker()
            quiet = {name: tick - heard for name, heard in live.seen.items()}
            mark = self._mark(live, now)
            return Look(live.room, dict(live.standings), quiet, mark, live.done, now)

    def mark(self, room_id: str) -> tuple[str, int]:
        """What to hold an earlier look's mark and work against; the cheap question.

        ("", 0) if there is no such room.
        """
        live = self._find(room_id)
        if live is None:
            return "", 0
        self._catch_up()
        with live.lock:
            if live.dirty_room or live.dirty_people:
                self._refresh(live)
            return self._mark(live, self._clock.now()), live.done

    def heard(self, room_id: str, person: str) -> None:
        """Note a sign of life of a person's phone."""
        live = self._live.get(room_id)
        if live is not None:
            live.seen[person] = self._ticker()

    def wrote(self, stream: str) -> None:
        """Note that this process wrote a stream, so that the next look sees it at once."""
        kind, _, name = stream.partition("/")
        if kind == "room" and (live := self._live.get(name)) is not None:
            with live.lock:
                live.dirty_room = True
        elif kind == "participant" and (home := self._homes.get(name)) is not None:
            live = self._live.get(home)
            if live is not None:
                with live.lock:
                    live.dirty_people.add(name)

    def added(self, room_id: str, before: int, events: Sequence[Event], after: int) -> None:
        """Note what this process just added to a room's stream, so that it need not be read.

        before and after are the stream's revisions. Where they do not fit what is held, or some
        of the events were there already, the stream is read again.
        """
        live = self._live.get(room_id)
        if live is None:
            return
        with live.lock:
            if live.room.revision != before or after != before + len(events):
                live.dirty_room = True
                return
            recorded = [Recorded(event, before + n) for n, event in enumerate(events, start=1)]
            self._fold(live, recorded)

    def forget(self, room_id: str) -> None:
        """Drop a room, which was deleted."""
        with self._lock:
            live = self._live.pop(room_id, None)
            for person in live.room.people if live else ():
                self._homes.pop(person, None)

    @staticmethod
    def _mark(live: _Live, now: datetime) -> str:
        room = live.room
        due = sum(1 for cue in room.cues if cue.at <= now)
        over = int(room.is_closed(now))
        return f"{live.changes}.{due}.{over}"

    def _find(self, room_id: str) -> _Live | None:
        live = self._live.get(room_id)
        if live is not None:
            return live
        with self._lock:
            if room_id in self._live:
                return self._live[room_id]
            if self._cursor is None:
                # Before the first reading, so that nothing written meanwhile is missed.
                self._cursor = self._store.changed_since("")[1]
            try:
                events = self._store.read(f"room/{room_id}").events
            except InvalidName:
                # Whatever stood in the address, it is no id.
                return None
            found = rooms.folded(room_id, events)
            if found is None:
                return None
            live = _Live(found, dirty_people=set(found.people))
            for person in found.people:
                self._homes[person] = room_id
            self._live[room_id] = live
            while len(self._live) > MOST_ROOMS:
                _, gone = self._live.popitem(last=False)
                for person in gone.room.people:
                    self._homes.pop(person, None)
            return live

    def _catch_up(self) -> None:
        """Learn what other processes wrote, at most every LOOK_EVERY seconds."""
        if self._ticker() - self._looked < LOOK_EVERY or not self._looking.acquire(blocking=False):
            return
        try:
            if self._ticker() - self._looked < LOOK_EVERY or self._cursor is None:
                return
            changed, self._cursor = self._store.changed_since(self._cursor)
            self._looked = self._ticker()
            for stream in changed:
                self.wrote(stream)
        finally:
            self._looking.release()

    def _refresh(self, live: _Live) -> None:
        if live.dirty_room:
            self._refresh_room(live)
        if live.dirty_people:
            names, live.dirty_people = live.dirty_people, set()
            for name in names:
                try:
                    self._refresh_person(live, name)
                except StoreError:
                    # What one record holds back must not hide the others; the next look retries.
                    live.dirty_people.add(name)

    def _refresh_room(self, live: _Live) -> None:
        view = self._store.read(f"room/{live.room.id}", live.room.revision)
        live.dirty_room = False
        self._fold(live, view.events)

    def _fold(self, live: _Live, events: Sequence[Recorded]) -> None:
        room: Room | None = live.room
        for entry in events:
            room = rooms.step(live.room.id, room, entry)
        if room is None or room is live.room:
            return
        for name, person in room.people.items():
            if name not in live.room.people:
                self._homes[name] = room.id
                live.dirty_people.add(name)
            elif person.left != live.room.people[name].left:
                # Their stream was deleted, or begins anew: nothing known of it holds.
                live.standings.pop(name, None)
                live.dirty_people.add(name)
        live.room = room
        live.done += 1
        # Two hundred phones need not be drawn again for each who joins beside them.
        live.changes += any(entry.event.kind not in QUIET for entry in events)

    def _refresh_person(self, live: _Live, name: str) -> None:
        person = live.room.people.get(name)
        if person is not None and person.left:
            live.standings.pop(name, None)
            return
        before = live.standings.get(name, _NOTHING)
        view = self._store.read(f"participant/{name}", before.revision)
        if view.events:
            live.standings[name] = standings.folded(view.events, before)
            live.done += 1
