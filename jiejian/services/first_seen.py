"""When a question was first seen, to tell roughly how long an answer took."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from jiejian.clock import Clock

MOST = 20_000
_LONGEST = 600


class FirstSeen:
    """Moments of first sight, in memory only: a reload keeps them, a restart of the server does not.

    A write for every question shown would double a learner's record for a figure that is rough
    anyway.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._moments: OrderedDict[str, datetime] = OrderedDict()

    def note(self, name: str) -> None:
        """The question is on the page; only the first time counts."""
        with self._lock:
            self._moments.setdefault(name, self._clock.now())
            while len(self._moments) > MOST:
                self._moments.popitem(last=False)

    def seconds(self, name: str) -> int | None:
        """Seconds since it was first seen, coarse: fives up to a minute, then half minutes, at
        most 600. None if that is not known.
        """
        with self._lock:
            since = self._moments.get(name)
        if since is None:
            return None
        passed = max(0, min(_LONGEST, int((self._clock.now() - since).total_seconds())))
        unit = 5 if passed <= 60 else 30
        return (passed + unit // 2) // unit * unit
