"""US annual percentage rate by the actuarial method (Regulation Z, Appendix J)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from sandbox.rates import RateFigure, Solution, chosen, figure
from sandbox.roots import HIGHEST, scanned_roots, sign_changes
from sandbox.unit_periods import clock

_LOWEST = math.log(1e-3)
_GRID = np.linspace(_LOWEST, HIGHEST, 1200).tolist()
"""ln(1 + rate) at points dense enough that between two of them the equation turns at most once."""


def us_apr(flows: Sequence[tuple[date, Decimal]]) -> RateFigure:
    """The APR of dated advances (positive) and payments (negative): unit-period rate times the
    unit periods of a year, shown with two decimals.

    General equation (b)(8): the sum of A / ((1 + e*i) * (1 + i)**q) over the advances equals the
    sum of P / ((1 + f*i) * (1 + i)**t) over the payments; q, t whole unit periods, e, f fractions.
    Advances and payments of one date are netted.
    """
    netted: dict[date, Decimal] = {}
    for day, amount in sorted(flows):
        netted[day] = netted.get(day, Decimal(0)) + amount
    solution, per_year = _solution({day: amount for day, amount in netted.items() if amount})
    return figure(
        solution,
        lambda rate: rate * per_year,
        convention="us_apr_actuarial",
        source="12 CFR 1026 Appendix J, (b)(8), actuarial method",
        basis="simple",
        places=2,
    )


def _solution(netted: dict[date, Decimal]) -> tuple[Solution, float]:
    """The rate of a unit period, and the unit periods of a year; netted flows in date order."""
    amounts = np.array([float(amount) for amount in netted.values()])
    changes = sign_changes(amounts)
    if changes == 0:
        return Solution(None, "no_sign_change"), 0.0
    drawn = [day for day, amount in netted.items() if amount > 0]
    paid = [day for day, amount in netted.items() if amount < 0]
    if paid[0] < drawn[0]:
        return Solution(None, "not_applicable"), 0.0
    counter = clock(drawn, paid)
    positions = [counter.position(day) for day in netted]
    whole = np.array([float(count) for count, _ in positions])
    part = np.array([float(fraction) for _, fraction in positions])

    def value(u: float) -> float:
        weights = -u * whole
        factors = np.exp(weights - weights.max()) / (1 + part * math.expm1(u))
        return float((amounts * factors).sum())

    # one sign change: monotone after division by the last advance's factor, so the ends bracket it
    points = [_LOWEST, HIGHEST] if changes == 1 else _GRID
    rates = [math.expm1(u) for u in scanned_roots(value, points)]
    return chosen(rates, changes), float(counter.per_year)
