"""The audit: who signed in, was refused, looked at or exported what, and when."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from jiejian.clock import Clock
from jiejian.errors import StoreUnwritable
from jiejian.services.actor import Actor
from jiejian.services.permissions import require
from jiejian.store.auditfile import AuditFiles

FOLDER = "audit"
SHOWN = 200
ONE_LOOK = timedelta(minutes=10)

Outcome = Literal["done", "refused"]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One thing done or refused. who and what are ids (16 signs), address where from, if known."""

    at: datetime
    action: str
    outcome: Outcome
    who: str
    what: str
    address: str


class Audit:
    """Writes entries and shows them to whoever may see them.

    Entries hold ids, never a name, password, code, cookie value or what somebody wrote.
    """

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._files = AuditFiles(data_dir / FOLDER)
        self._clock = clock
        self._looks: dict[tuple[str, str, str], datetime] = {}

    def note(
        self,
        action: str,
        outcome: Outcome = "done",
        *,
        who: str = "",
        what: str = "",
        address: str = "",
    ) -> None:
        """Add an entry. A full disk does not keep anybody from working: it is logged instead."""
        now = self._clock.now().astimezone(UTC)
        entry = {
            "at": now.isoformat(timespec="seconds"),
            "action": action,
            "outcome": outcome,
            "who": who[:16],
            "what": what[:16],
            "address": address[:60],
        }
        try:
            self._files.append(now.date(), entry)
        except StoreUnwritable:
            logger.exception("an audit entry was lost: %s %s", action, outcome)

    def looked(self, action: str, who: str, what: str = "") -> None:
        """Note that somebody looked; a page that is drawn again within ten minutes is one look."""
        now = self._clock.now()
        last = self._looks.get((action, who, what))
        if last is None or not timedelta(0) <= now - last < ONE_LOOK:
            self._looks[action, who, what] = now
            self.note(action, who=who, what=what)

    def newest(self, actor: Actor, most: int = SHOWN) -> tuple[Entry, ...]:
        """The newest entries, newest first; looking is itself noted."""
        require(actor, "audit.read")
        self.looked("audit.read", actor.account or "")
        return tuple(_entry(held) for held in self._files.newest(most))


def _entry(held: Mapping[str, Any]) -> Entry:
    return Entry(
        at=datetime.fromisoformat(held["at"]),
        action=str(held["action"]),
        outcome="done" if held["outcome"] == "done" else "refused",
        who=str(held["who"]),
        what=str(held["what"]),
        address=str(held["address"]),
    )
