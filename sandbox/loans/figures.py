"""Every honest rate of a quote: which flows, which convention, computed by `sandbox.rates`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.aprc import Interval, eu_aprc
from sandbox.loans.instalment import Instalment
from sandbox.loans.offer import Offer
from sandbox.loans.timetable import Timetable, annual_rate, periods_per_year
from sandbox.money import EXACT
from sandbox.rates import (
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

_CHINA = "PBoC announcement 2021 no. 3: all interest and direct fees over the principal outstanding"

Flows = list[tuple[date, Decimal]]


def stated(value: Decimal, convention: str, source: str, *, per: str, basis: str) -> RateFigure:
    """A rate the offer states itself: exact, nothing solved."""
    return RateFigure(
        value=value,
        convention=convention,
        source=source,
        per=per,
        basis=basis,
        tolerance=Decimal(0),
    )


def rate_figures(
    offer: Offer, flows: Flows, rows: tuple[Instalment, ...]
) -> Mapping[str, RateFigure]:
    """The rates of an offer by name.

    flows: dated, borrower's view, mandatory costs only, the payout first.
    nominal_annual, advertised_period, advertised_daily: as stated (flat on the original principal
    with flat_fee). irr_simple, irr_compound: of the instalments. xirr, us_apr, eu_aprc: by dates.
    china_simple, china_compound: the all-in annualised cost of interest and mandatory fees.
    """
    annual = annual_rate(offer)
    flat = offer.method == "flat_fee"
    basis = "flat" if flat else "simple"
    per_year = periods_per_year(offer)
    days = 360 if offer.counting == "actual/360" else 365
    figures = {
        "nominal_annual": stated(
            annual, "flat_nominal" if flat else "nominal", "the offer", per="year", basis=basis
        ),
        "advertised_daily": stated(
            EXACT.divide(annual, Decimal(days)).quantize(Decimal("1e-12")),
            f"nominal_over_{days}",
            "the offer",
            per="day",
            basis=basis,
        ),
    }
    if per_year is not None and offer.term_days is None:
        figures["advertised_period"] = stated(
            EXACT.divide(annual, Decimal(per_year)).quantize(Decimal("1e-12")),
            "nominal_over_periods",
            "the offer",
            per=offer.period,
            basis=basis,
        )
    solution, scale = _period_solution(offer, flows, rows, per_year)
    figures["irr_simple"] = irr_simple(solution, scale)
    figures["irr_compound"] = irr_compound(solution, scale)
    figures["xirr"] = xirr(flows)
    figures["us_apr"] = us_apr(flows)
    figures["eu_aprc"] = eu_aprc(flows, _interval(offer))
    figures["china_simple"] = _china(
        solution, lambda rate: rate * scale, "china_all_in_simple", "simple"
    )
    figures["china_compound"] = _china(
        solution,
        lambda rate: math.expm1(scale * math.log1p(rate)),
        "china_all_in_compound",
        "compound",
    )
    return figures


def _period_solution(
    offer: Offer, flows: Flows, rows: tuple[Instalment, ...], per_year: int | None
) -> tuple[Solution, float]:
    """The IRR of an instalment period and the number of such periods in a year.

    A single payment's period is its whole term (settled early: until then). Given dates have no regular period: a twelfth of
    a year of 365 days stands for it.
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
    reach = 1 if offer.method == "bullet" else max(len(rows), offer.count)
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


def _interval(offer: Offer) -> Interval:
    if offer.period in ("week", "fortnight", "four_weeks") and offer.term_days is None:
        return "week"
    if offer.period == "dates" or offer.term_days is not None:
        return "auto"
    return "month"


def _china(
    solution: Solution, scale: Callable[[float], float], convention: str, basis: str
) -> RateFigure:
    return figure(solution, scale, convention=convention, source=_CHINA, basis=basis, places=2)


def figures_json(figures: Mapping[str, RateFigure]) -> dict[str, Any]:
    """Plain JSON values by name."""
    return {name: rate.to_json() for name, rate in figures.items()}


def shown(figure: RateFigure, places: int = 2) -> Decimal | None:
    """The percentage rounded half up to so many places, None when there is no rate."""
    return None if figure.value is None else percent(figure.value, places)
