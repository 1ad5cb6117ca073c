"""What the store keeps and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that happened. at is ISO 8601, UTC; key makes a resend harmless."""

    kind: str
    data: dict[str, Any]
    at: str
    key: str | None = None


@dataclass(frozen=True)
class Recorded:
    """An event and the revision its stream had once it was there; the first is 1."""

    event: Event
    revision: int


@dataclass(frozen=True)
class StreamView:
    """A stream's events after some revision. notice is 'restored' after a repair, else None."""

    events: tuple[Recorded, ...]
    revision: int
    notice: str | None = None
