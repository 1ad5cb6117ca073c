"""Every honest rate of a quote: which flows, which convention, computed by `sandbox.rates`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.aprc import eu_aprc
from sandbox.loans.offer import Offer
from sandbox.loans.timetable import (
    Timetable,
    annex_interval,
    annual_rate,
    days_per_year,
    periods_per_year,
)
from sandbox.money import EXACT
from sandbox.rates import (
    TOLERANCE,
    RateFigure,
    Solution,
    figure,
    irr_compound,
    irr_simple,
    percent,
    solve,
    xirr,
)
from sandbox.us_apr import us_apr

_CHINA_2021 = (
    "PBoC announcement 2021 no. 3: interest and direct fees over the principal outstanding"
)
_CHINA_2026 = "NFRA and PBoC, rule on showing the all-in cost of personal loans, since 2026-08-01"
_STEP = Decimal("1e-12")
HIGHEST_SHOWN = Decimal("1e15")

Flows = list[tuple[date, Decimal]]


def rate_figures(offer: Offer, flows: Flows, lender: Flows | None) -> Mapping[str, RateFigure]:
    """The rates of an offer by name; `sandbox.loans.answer` says what each of them is.

    flows: dated, borrower's view, mandatory costs only, the payout first. lender: the same without
    the charges of others than the lender, None if the terms cannot be carried out without them.
    """
    per_year = periods_per_year(offer)
    solution, scale = _period_solution(offer, flows, per_year)
    own, own_scale = solution, scale
    if lender is None:
        own = Solution(None, "not_applicable")
    elif lender != flows:
        own, own_scale = _period_solution(offer, lender, per_year)
    return {
        **_stated_figures(offer, per_year),
        "irr_simple": irr_simple(solution, scale),
        "irr_compound": irr_compound(solution, scale),
        "xirr": xirr(flows),
        "us_apr": us_apr(flows),
        "eu_aprc": eu_aprc(flows, annex_interval(offer)),
        **_china("china_annual", own, own_scale, _CHINA_2021),
        **_china("china", solution, scale, _CHINA_2026),
    }


def _stated_figures(offer: Offer, per_year: int | None) -> dict[str, RateFigure]:
    """The rate the offer states, by year, period and day; flat on the original principal."""
    annual = annual_rate(offer)
    flat = offer.method == "flat_fee"
    basis = "flat" if flat else "simple"
    days = days_per_year(offer)
    daily = EXACT.divide(annual, Decimal(days))
    figures = {
        "nominal_annual": _stated(annual, "flat_nominal" if flat else "nominal", "year", basis),
        "advertised_daily": _stated(daily, f"nominal_over_{days}", "day", basis, _STEP),
    }
    if per_year is not None and offer.term_days is None:
        rate, name = EXACT.divide(annual, Decimal(per_year)), "nominal_over_periods"
        figures["advertised_period"] = _stated(rate, name, offer.period, basis, _STEP)
    if not flat:
        yearly = EXACT.power(1 + daily, days) - 1
        name = f"daily_rate_compounded_{days}"
        figures["daily_compounded"] = _stated(yearly, name, "year", "compound", TOLERANCE)
    return figures


def _stated(
    value: Decimal, convention: str, per: str, basis: str, step: Decimal = Decimal(0)
) -> RateFigure:
    """A rate the offer states itself, nothing solved; what divides it is rounded to a step."""
    small = value < HIGHEST_SHOWN
    rounded = value.quantize(step) if step and small else value
    exact = value if rounded == value else rounded
    return RateFigure(
        value=exact if small else None,
        convention=convention,
        source="the offer",
        per=per,
        basis=basis,
        tolerance=Decimal(0) if rounded == value else step,
        problem=None if small else "out_of_range",
    )


def _period_solution(offer: Offer, flows: Flows, per_year: int | None) -> tuple[Solution, float]:
    """The IRR of an instalment period and the number of such periods in a year.

    A single payment's period is its whole term (settled early: until then). Given dates have no
    regular period: a twelfth of a year of 365 days stands for it.
    """
    begins = flows[0][0]
    term_days = (flows[-1][0] - begins).days
    if offer.method == "bullet" and len(flows) == 2 and term_days:
        agreed = not (offer.prepayments or offer.late_payments or offer.first_due)
        scale = 365 / term_days
        if per_year is not None and offer.term_days is None and agreed:
            scale = per_year / offer.count
        timed = [(0.0, float(flows[0][1])), (1.0, float(flows[1][1]))]
        return solve(timed), scale
    if per_year is None or offer.term_days is not None:
        return (
            solve(((day - begins).days * 12 / 365, float(amount)) for day, amount in flows),
            12.0,
        )
    timetable = Timetable(offer)
    reach = 1 if offer.method == "bullet" else max(len(flows), offer.count)
    times = {}
    at = Decimal(0)
    for number in range(1, reach + 1):
        at += timetable.length(number)
        times[timetable.due(number)] = float(at)
    times[begins] = 0.0
    timed = [
        (times[day] if day in times else float(timetable.time(day, reach)), float(amount))
        for day, amount in flows
    ]
    return solve(timed), float(per_year)


def _china(name: str, solution: Solution, scale: float, source: str) -> dict[str, RateFigure]:
    """Simple and compound annualisation of one solution, shown with two decimals."""
    ways: dict[str, Callable[[float], float]] = {
        "simple": lambda rate: rate * scale,
        "compound": lambda rate: math.expm1(scale * math.log1p(rate)),
    }
    return {
        f"{name}_{basis}": figure(
            solution, way, convention=f"{name}_{basis}", source=source, basis=basis, places=2
        )
        for basis, way in ways.items()
    }


def figures_json(figures: Mapping[str, RateFigure]) -> dict[str, Any]:
    """Plain JSON values by name."""
    return {name: rate.to_json() for name, rate in figures.items()}


def shown(figure: RateFigure, places: int = 2) -> Decimal | None:
    """The percentage rounded half up to so many places, None when there is no rate."""
    return None if figure.value is None else percent(figure.value, places)
