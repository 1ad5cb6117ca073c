"""What the store keeps and gives back."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# Events the store itself adds, so that a learner's page can tell what happened to the record.
RESTORED = "store_restored"
STARTED_ANEW = "store_started_anew"
# A service adds this one when the learner has seen the notice.
NOTICE_SEEN = "store_notice_seen"

_NOTICES = {RESTORED: "restored_previous", STARTED_ANEW: "started_anew", NOTICE_SEEN: None}


@dataclass(frozen=True)
class Event:
    """Something that happened. at is ISO 8601, UTC; key makes a resend harmless.

    data holds what JSON holds (no Decimal, no NaN) and comes back as JSON makes it: a tuple
    returns as a list.
    """

    kind: str
    data: dict[str, Any]
    at: str
    key: str | None = None


@dataclass(frozen=True)
class Recorded:
    """An event and the revision its stream had once it was there.

    Revisions grow from 1, by one except after a repair, which leaves a gap.
    """

    event: Event
    revision: int


@dataclass(frozen=True)
class StreamView:
    """A stream's events after some revision, and the stream's revision (0: there is no stream).

    notice is "restored_previous" after a repair that may have lost the last write,
    "started_anew" after start_anew, else None; it stands until an event NOTICE_SEEN follows.
    """

    events: tuple[Recorded, ...]
    revision: int
    notice: str | None = None


def view(recorded: Sequence[Recorded], after: int) -> StreamView:
    """The view of a whole stream from its revision `after` on."""
    notices = [_NOTICES[entry.event.kind] for entry in recorded if entry.event.kind in _NOTICES]
    return StreamView(
        events=tuple(entry for entry in recorded if entry.revision > after),
        revision=recorded[-1].revision if recorded else 0,
        notice=notices[-1] if notices else None,
    )


def not_yet_recorded(events: Iterable[Event], known: Container[str]) -> list[Event]:
    """The events whose key is neither known nor given twice.

    A batch is written whole, so an event without a key shares the fate of the keyed one before
    it: resending [keyed, unkeyed] adds neither again.
    """
    fresh: list[Event] = []
    seen: set[str] = set()
    repeated = False
    for event in events:
        if event.key:
            repeated = event.key in known or event.key in seen
            seen.add(event.key)
        if not repeated:
            fresh.append(event)
    return fresh


def canonical(value: object) -> str:
    """Canonical JSON. Raises ValueError or TypeError for what JSON cannot hold."""
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    text.encode()  # a lone surrogate has no bytes, and is refused here
    return text


def plain(value: dict[str, Any]) -> dict[str, Any]:
    """A copy as JSON gives it back. Raises ValueError or TypeError for what JSON cannot hold."""
    copied: dict[str, Any] = json.loads(canonical(value))
    return copied


def row(event: Event) -> dict[str, Any]:
    """The event as plain JSON data. Raises ValueError or TypeError."""
    # As dataclasses.asdict, without its copy: JSON makes one.
    return plain(vars(event))
