"""Learners as an operator deals with them: taking out, deleting, letting go after long absence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from jiejian.errors import StoreError
from jiejian.services.actor import Actor
from jiejian.services.built import Services

LEARNER = re.compile(r"(?:learner/)?([0-9a-f]{32})")
# Collections that name a learner: by their key, or in their document.
_TIES = ("visitors", "recovery", "certificates")


@dataclass(frozen=True)
class Known:
    """What is held of a learner: events, documents that name the learner, the last sign of life.

    seen is None where nothing tells; unreadable means that something of it could not be read.
    """

    learner: str
    events: int
    documents: int
    seen: datetime | None
    unreadable: bool

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.events or self.documents or self.unreadable)


def known(services: Services) -> Iterator[Known]:
    """Everybody there is a trace of, by id."""
    ties = _ties(services)
    learners = {name.partition("/")[2] for name in services.store.streams("learner")}
    for learner in sorted(learners | ties.keys()):
        yield _known(services, learner, ties.get(learner, []))


def know(services: Services, learner: str) -> Known:
    """What there is of one learner."""
    return _known(services, learner, _ties(services).get(learner, []))


def gone(everybody: list[Known], now: datetime, period: timedelta) -> list[Known]:
    """Those last seen longer ago than the period. Of whom nothing tells when, nobody is."""
    return [one for one in everybody if one.seen and not one.unreadable and now - one.seen > period]


def delete(services: Services, learner: str) -> None:
    """Delete a learner as the learner could: stream, ties, recovery code, certificates."""
    services.progress.forget(Actor(learner))


def _known(services: Services, learner: str, made: list[str]) -> Known:
    moments, events, unreadable = list(made), 0, False
    try:
        view = services.store.read(Actor(learner).stream)
        events = len(view.events)
        moments += [entry.event.at for entry in view.events]
    except StoreError:
        unreadable = True
    times = [moment for text in moments if (moment := _moment(text))]
    return Known(learner, events, len(made), max(times, default=None), unreadable)


def _ties(services: Services) -> dict[str, list[str]]:
    """For each learner when each document that names the learner was made."""
    found: dict[str, list[str]] = {}
    documents = services.documents
    for collection in _TIES:
        for key in documents.keys(collection):
            try:
                value = documents.get(collection, key)
            except StoreError:
                continue  # verify names it
            if value and LEARNER.fullmatch(str(value.get("learner"))):
                made = str(value.get("made") or value.get("issued") or "")
                found.setdefault(str(value["learner"]), []).append(made)
    for key in documents.keys("recovery_owners"):
        found.setdefault(key, []).append("")
    return found


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
