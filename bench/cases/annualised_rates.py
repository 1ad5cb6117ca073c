"""100,000 annualised rates of 12-instalment loans: one call, against a loop over pyxirr."""

from __future__ import annotations

import statistics

import numpy as np
import pyxirr

from bench.report import Line, timed
from sandbox.loans.batch import annual_rates, schedules

LOANS, PERIODS, ROUNDS = 100_000, 12, 5


def measure() -> list[Line]:
    """Both in turn, round by round, on the same flows; the loop is handed its lists ready made."""
    generator = np.random.default_rng(2026)
    lent = generator.integers(100_000, 20_000_000, LOANS)
    nominal = generator.integers(30_000, 360_000, LOANS)
    received = lent * generator.uniform(0.9, 1.0, LOANS)  # after fees kept back
    payments = schedules(lent, nominal, PERIODS).payment
    flows = np.column_stack([received, -payments]).tolist()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: annual_rates(received, payments)))
        theirs.append(timed(lambda: [12 * pyxirr.irr(each) for each in flows]))
    simple, _ = annual_rates(received, payments)
    apart = np.abs(simple - [12 * pyxirr.irr(each) for each in flows]).max()
    one, loop = statistics.median(ours), statistics.median(theirs)
    return [
        Line("one call", f"{1000 * one:.1f} ms"),
        Line("a loop over pyxirr.irr", f"{1000 * loop:.1f} ms"),
        Line("times as fast", f"{loop / one:.1f}x", "10x or more"),
        Line("largest difference of two rates", f"{apart:.1e}", "1e-9 or less"),
    ]
