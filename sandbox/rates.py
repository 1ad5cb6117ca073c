"""Annualised rates of cash flows: one figure, its convention, its tolerance, or why there is none.

Sign convention everywhere in this package: the borrower's view, money received positive, money
paid negative. A rate is a fraction (0.12 is 12 %).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.money import plain
from sandbox.roots import MOST_SIGN_CHANGES, discount_roots, sign_changes

TOLERANCE = Decimal("1e-10")
"""Solved rates are rounded to this step (rates above 1: ten significant decimals of the rate)."""

Flow = tuple[float, float]
"""Time in the convention's own unit, and amount (borrower's view)."""


@dataclass(frozen=True)
class RateFigure:
    """One rate with everything needed to read it.

    value: fraction, or None when problem is set. per: what the rate refers to (year, month, week,
    day, instalment period). basis: simple (no compounding across the year), compound, or flat
    (on the original principal). convention: stable id of the method. source: who defines it.
    problem: no_sign_change, no_root, not_unique, out_of_range, not_applicable or None; roots lists
    every root when there is more than one. tolerance: step to which value was rounded.
    published: the percentage rounded as the source requires it to be shown, or None.
    """

    value: Decimal | None
    convention: str
    source: str
    per: str = "year"
    basis: str = "compound"
    problem: str | None = None
    roots: tuple[Decimal, ...] = ()
    tolerance: Decimal = TOLERANCE
    published: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; numbers as text."""
        return {
            "value": plain(self.value),
            "percent": None if self.value is None else plain(self.value * 100),
            "published_percent": plain(self.published),
            "per": self.per,
            "basis": self.basis,
            "convention": self.convention,
            "source": self.source,
            "tolerance": plain(self.tolerance),
            "problem": self.problem,
            "roots": [plain(root) for root in self.roots],
        }


@dataclass(frozen=True)
class Solution:
    """The rate per unit of time, or the reason there is none; roots: all that exist."""

    rate: float | None
    problem: str | None = None
    roots: tuple[float, ...] = ()


def to_decimal(rate: float) -> Decimal:
    """A solved rate rounded to the stated tolerance, built from the float's shortest text."""
    return Decimal(repr(rate)).quantize(TOLERANCE)


def solve(flows: Iterable[Flow]) -> Solution:
    """The rate x per unit of time at which sum(amount * (1 + x) ** -time) is zero.

    Flows at equal times are netted. One sign change means exactly one root above -1 (Descartes);
    with more, all roots are counted and a rate is given only if there is exactly one.
    """
    netted: dict[float, float] = {}
    for time, amount in flows:
        netted[time] = netted.get(time, 0.0) + amount
    times = sorted(netted)
    amounts = [netted[time] for time in times]
    changes = sign_changes(amounts)
    if changes == 0:
        return Solution(None, "no_sign_change")
    if changes > MOST_SIGN_CHANGES:
        return Solution(None, "not_unique")
    start = times[0]
    return chosen(
        [math.expm1(u) for u in discount_roots([t - start for t in times], amounts)], changes
    )


def chosen(roots: Sequence[float], changes: int) -> Solution:
    """The single root, or the problem: several, none at all, or one outside the range searched."""
    if len(roots) == 1:
        return Solution(roots[0], roots=tuple(roots))
    if roots:
        return Solution(None, "not_unique", tuple(roots))
    return Solution(None, "out_of_range" if changes == 1 else "no_root")


def figure(
    solution: Solution,
    scale: Callable[[float], float],
    *,
    convention: str,
    source: str,
    per: str = "year",
    basis: str = "compound",
    places: int | None = None,
) -> RateFigure:
    """A solved rate per unit of time, scaled to the convention's own unit.

    places: decimals of the percentage that the source requires to be shown.
    """
    roots: tuple[Decimal, ...] = ()
    value: Decimal | None = None
    problem = solution.problem
    try:
        roots = tuple(to_decimal(scale(root)) for root in solution.roots)
    except (OverflowError, ArithmeticError):
        problem = "out_of_range"
    if problem is None and roots:
        value = roots[0]
    published = None
    if value is not None and places is not None:
        published = percent(value, places)
    return RateFigure(
        value=value,
        convention=convention,
        source=source,
        per=per,
        basis=basis,
        problem=problem,
        roots=roots if len(roots) > 1 else (),
        published=published,
    )


def percent(rate: Decimal, places: int) -> Decimal:
    """A fraction as a percentage rounded half up: 0.03055 with two places is 3.06."""
    return (rate * 100).quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def irr_simple(
    solution: Solution,
    periods_per_year: float,
    *,
    per: str = "year",
    convention: str = "irr_times_periods",
) -> RateFigure:
    """Internal rate of return per instalment period times the periods of a year (单利)."""
    return figure(
        solution,
        lambda rate: rate * periods_per_year,
        convention=convention,
        source="nominal annualisation of the internal rate of return",
        per=per,
        basis="simple",
    )


def irr_compound(solution: Solution, periods_per_year: float) -> RateFigure:
    """(1 + IRR) to the power of the periods of a year, minus 1 (复利, effective annual rate)."""
    return figure(
        solution,
        lambda rate: math.expm1(periods_per_year * math.log1p(rate)),
        convention="irr_compounded",
        source="effective annual rate of the internal rate of return",
    )


def xirr(flows: Sequence[tuple[date, Decimal]]) -> RateFigure:
    """Effective annual rate on actual days over 365, as spreadsheets compute XIRR."""
    first = min(day for day, _ in flows)
    return figure(
        solve(((day - first).days / 365, float(amount)) for day, amount in flows),
        lambda rate: rate,
        convention="xirr_actual_365",
        source="spreadsheet XIRR: actual days / 365 from the first flow",
    )
