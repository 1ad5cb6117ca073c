"""What a benchmark reports."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Line(NamedTuple):
    """One measurement: what, the figure with its unit, and what is wanted of it, if anything.

    Nothing is asserted: machines and their loads differ. Read the ratios.
    """

    what: str
    figure: str
    wanted: str = ""


Clock = Callable[[], float]


def timed(function: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Seconds one call takes by a clock."""
    started = clock()
    function()
    return clock() - started


def repeated(
    function: Callable[[], object], times: int, clock: Clock = time.perf_counter
) -> list[float]:
    """Seconds of each of many calls, the first five left out."""
    return [timed(function, clock) for _ in range(5 + times)][5:]


def spread(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    high = statistics.quantiles(seconds, n=20)[-1]
    return f"{1000 * statistics.median(seconds):.2f} ms p50, {1000 * high:.2f} ms p95"
