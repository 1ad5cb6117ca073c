"""Two to four offers side by side under one plan: which is cheapest, and by how much.

The measure is total cost: everything paid less what was received. It names a cheapest offer only
where the offers lend the same principal and all can follow the plan. Where the principals differ,
cost per 1,000 received (1000 * cost / received) is the fair figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sandbox.input_error import InputError
from sandbox.loans.plans import Candidate, Carried, Plan, carry_out

FEWEST, MOST = 2, 4
LONGEST_CURVE = 60
Measure = Literal["cost", "per_1000", "yearly"]
Caveat = Literal[
    "different_principal",
    "different_received",
    "different_terms",
    "rate_disagrees",
    "ended_before",
    "not_possible",
    "optional_fees",
]


@dataclass(frozen=True)
class Ranking:
    """Offers by one measure, dearest last. best: those tied for the lowest; margin: to the next.

    margin is None when there is no next one (all tie).
    """

    measure: Measure
    best: tuple[int, ...]
    margin: Decimal | None

    @property
    def tie(self) -> bool:
        """Whether several offers share the lowest value."""
        return len(self.best) > 1


@dataclass(frozen=True)
class Stretch:
    """Months of repayment, from first to last, in which the same offers are cheapest."""

    first: int
    last: int
    best: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """Offers carried out under one plan.

    ranking: by total cost, None where the principals differ. per_1000: by cost for each 1,000
    received. yearly: by annualised cost (IRR times periods), None where one has no such rate.
    All are None where an offer cannot follow the plan. curve: total cost of each offer if
    everything is repaid after 1, 2 ... months, empty for an offer that knows no early end.
    stretches: who is cheapest along that curve (by total cost, or by cost per 1,000 where the
    principals differ), empty where one has no curve.
    """

    carried: tuple[Carried, ...]
    ranking: Ranking | None
    per_1000: Ranking | None
    yearly: Ranking | None
    caveats: tuple[Caveat, ...]
    curve: tuple[tuple[Decimal, ...], ...]
    stretches: tuple[Stretch, ...]

    @property
    def decisive(self) -> Ranking | None:
        """The ranking to go by: total cost, or cost per 1,000 where the principals differ."""
        return self.ranking or self.per_1000


def compare(candidates: Sequence[Candidate], plan: Plan) -> Comparison:
    """The offers under the plan, ranked.

    Raises InputError: `offers` for too few or too many, `offers.0.principal` (and so on) for an
    offer that cannot be carried out.
    """
    if not FEWEST <= len(candidates) <= MOST:
        reason = "too_few" if len(candidates) < FEWEST else "too_many"
        raise InputError("offers", reason, f"{FEWEST} to {MOST} offers can be compared")
    carried = tuple(_carried(index, one, plan) for index, one in enumerate(candidates))
    same = len({one.quote.offer.principal for one in carried}) == 1
    ranking = per_1000 = yearly = None
    if all(one.applied != "not_possible" for one in carried):
        per_1000 = _ranked("per_1000", [one.quote.cost_per_1000 for one in carried])
        ranking = _ranked("cost", [one.cost for one in carried]) if same else None
        yearly = _by_rate(carried)
    courses = [_courses(one) for one in carried]
    longest = max(len(course) for course in courses)
    curves = [_stretched(course, longest) for course in courses]
    return Comparison(
        carried=carried,
        ranking=ranking,
        per_1000=per_1000,
        yearly=yearly,
        caveats=_caveats(carried, ranking or per_1000, yearly),
        curve=tuple(tuple(one.cost for one in curve) for curve in curves),
        stretches=_stretches(curves, same) if all(curves) else (),
    )


def _carried(index: int, candidate: Candidate, plan: Plan) -> Carried:
    try:
        return carry_out(candidate, plan)
    except InputError as error:
        field = f"offers.{index}.{error.field}"
        raise InputError(field, error.reason, error.message) from None


def _ranked(measure: Measure, values: Sequence[Decimal]) -> Ranking:
    lowest = min(values)
    best = tuple(index for index, value in enumerate(values) if value == lowest)
    above = [value for value in values if value > lowest]
    return Ranking(measure, best, min(above) - lowest if above else None)


def _by_rate(carried: Sequence[Carried]) -> Ranking | None:
    rates = [one.quote.rates["irr_simple"].value for one in carried]
    known = [rate for rate in rates if rate is not None]
    return _ranked("yearly", known) if len(known) == len(rates) else None


def _caveats(
    carried: Sequence[Carried], ranking: Ranking | None, yearly: Ranking | None
) -> tuple[Caveat, ...]:
    """What a fair reader must know beside the ranking."""
    holds: dict[Caveat, bool] = {
        "different_principal": len({one.quote.offer.principal for one in carried}) > 1,
        "different_received": len({one.quote.received for one in carried}) > 1,
        "different_terms": len({one.months for one in carried}) > 1,
        "rate_disagrees": ranking is not None
        and yearly is not None
        and not set(ranking.best) & set(yearly.best),
        "ended_before": any(one.applied == "ended_before" for one in carried),
        "not_possible": any(one.applied == "not_possible" for one in carried),
        "optional_fees": any(one.quote.totals.optional_fees for one in carried),
    }
    return tuple(caveat for caveat, true in holds.items() if true)


def _courses(carried: Carried) -> list[Carried]:
    """The offer repaid after 1, 2 ... months, the last being its agreed end."""
    courses = []
    for month in range(1, LONGEST_CURVE + 1):
        plan = Plan(kind="repay", after_months=month)
        after = carry_out(carried.candidate, plan, carried.agreed)
        if after.applied == "not_possible":
            return []
        courses.append(after)
        if after.applied == "ended_before":
            break
    return courses


def _stretched(courses: list[Carried], count: int) -> list[Carried]:
    """Beyond an offer's end its cost stays what it was."""
    return courses + courses[-1:] * (count - len(courses))


def _stretches(courses: list[list[Carried]], same: bool) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for month, column in enumerate(zip(*courses, strict=True), start=1):
        values = [one.cost if same else one.quote.cost_per_1000 for one in column]
        best = _ranked("cost", values).best
        if found and found[-1].best == best:
            found[-1] = Stretch(found[-1].first, month, best)
        else:
            found.append(Stretch(month, month, best))
    return tuple(found)
