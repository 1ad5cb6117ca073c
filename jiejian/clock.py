"""Real time. Everything that needs the present moment takes a Clock, so that tests can set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)


@dataclass
class SetClock:
    """A clock that stands where it was set; move it by setting `moment`."""

    moment: datetime

    def now(self) -> datetime:
        """The moment set."""
        return self.moment
