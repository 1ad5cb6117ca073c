"""How long the lender takes: a decision with its full trace, and the search for what would change it.

Each function gives median and 95th percentile in milliseconds over an invented crowd, the same
one each time. Processor time, so that a busy machine does not look like a slow lender.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable

from sandbox.lender import Case, LenderBook, decide, load_lenderbook
from sandbox.lender.crowd import crowd
from sandbox.lender.remedies import advise

SEED, CROWD, WARM_UP = 2026, 600, 20
DECISION_MS, SEARCH_MS = 2.0, 150.0
"""What the medians must stay under."""


def decisions() -> tuple[float, float]:
    """A decision with its trace, over everybody who asks."""
    book = load_lenderbook()
    return _timed(crowd(SEED, CROWD), lambda case: decide(case, book))


def searches() -> tuple[float, float]:
    """The search for changes, over those refused for something that can be changed."""
    book = load_lenderbook()
    return _timed(_refused(book), lambda case: advise(case, book))


def _refused(book: LenderBook) -> list[Case]:
    """Refused people whose search does not end at once at a purpose or a region."""
    found = []
    for case in crowd(SEED, CROWD):
        outcome = decide(case, book).outcome
        if outcome not in ("approved", "duplicate", "unknown") and advise(case, book).options:
            found.append(case)
    return found


def _timed(cases: Iterable[Case], ask: Callable[[Case], object]) -> tuple[float, float]:
    times = []
    for number, case in enumerate(cases):
        started = time.process_time()
        ask(case)
        if number >= WARM_UP:
            times.append((time.process_time() - started) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def rows() -> list[tuple[str, float, float, float]]:
    """Name, median, 95th percentile and the median's limit, in milliseconds."""
    return [
        ("lender: a decision with its trace", *decisions(), DECISION_MS),
        ("lender: search for what would change it", *searches(), SEARCH_MS),
    ]
