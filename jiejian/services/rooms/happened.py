"""What happened in a room, as its state keeps it: events, messages, decisions, the time line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.world import Seat
from sandbox.world.effects import Effect


@dataclass(frozen=True)
class FiredCue:
    """A shared event on the board: when it is due, whom it reaches, whether it was undone.

    number is the event's revision in the stream and names it.
    """

    number: int
    cue: str
    effect: Effect
    at: datetime
    to: Seat | None = None
    undone: bool = False


@dataclass(frozen=True)
class Message:
    """Words from the educator, to everybody or to one person."""

    number: int
    text: str
    at: datetime
    to: str | None = None


@dataclass(frozen=True)
class Moment:
    """One thing that happened, for the time line. what holds the event's own data."""

    number: int
    at: datetime
    kind: str
    what: Mapping[str, Any]


@dataclass(frozen=True)
class Decided:
    """What a seat decided in a step: the way most chose, and how many chose each."""

    step: str
    seat: Seat
    way: str
    votes: Mapping[str, int]
    effect: Effect
    at: datetime
