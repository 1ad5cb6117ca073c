"""How often something may be tried: few tries a minute, and a wait that doubles with each failure."""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta

from jiejian.clock import Clock
from jiejian.errors import TooManyTries

FREE_TRIES = 5
LONGEST_WAIT = 15 * 60
"""Seconds; a forgotten password must not keep its owner out for a day."""
FORGOTTEN_AFTER = timedelta(hours=12)
MOST_KEYS = 20_000
"""Of those who tried; the longest quiet are forgotten first, so memory is bounded."""


@dataclass
class _Record:
    failures: int
    last: float


class Throttle:
    """Failures by key (an account, an address), in this process's memory."""

    def __init__(self, clock: Clock, free_tries: int = FREE_TRIES) -> None:
        self._clock = clock
        self._free = free_tries
        self._records: OrderedDict[str, _Record] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, *keys: str) -> None:
        """Count a try as failed until `succeeded`, so that tries side by side count too.

        Raises TooManyTries while one of the keys has to wait; that try is not counted.
        """
        now = self._clock.now().timestamp()
        with self._lock:
            waits = [self._wait(key, now) for key in keys]
            if max(waits) > 0:
                raise TooManyTries(max(waits))
            for key in keys:
                record = self._records.pop(key, None) or _Record(0, now)
                record.failures, record.last = record.failures + 1, now
                self._records[key] = record
            while len(self._records) > MOST_KEYS:
                self._records.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures under these keys."""
        with self._lock:
            for key in keys:
                self._records.pop(key, None)

    def take_back(self, key: str) -> None:
        """Uncount one try, which was right; the failures before it stay counted."""
        with self._lock:
            record = self._records.get(key)
            if record is not None:
                record.failures = max(0, record.failures - 1)

    def _wait(self, key: str, now: float) -> int:
        record = self._records.get(key)
        if record is None:
            return 0
        since = now - record.last
        if since > FORGOTTEN_AFTER.total_seconds():
            del self._records[key]
            return 0
        beyond = record.failures - self._free
        if beyond < 0:
            return 0
        # A clock set back must not lengthen the wait.
        return max(0, round(min(2.0 ** min(beyond, 20), LONGEST_WAIT) - max(since, 0.0)))


def address_key(address: str) -> str:
    """The key of an address: an IPv6 household has 2^64 of them, so its network counts as one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return f"address:{ip.ipv4_mapped}"
        return f"address:{ipaddress.ip_network((ip, 64), strict=False)}"
    return f"address:{ip}"
