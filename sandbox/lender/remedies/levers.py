"""From a ruling that stands in the way to the steps that may get past it, sized by the band edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from sandbox.lender.decide import UNIT_MINUTES, units_to_go
from sandbox.lender.facts.catalogue import FACTS
from sandbox.lender.judging import Ruling
from sandbox.lender.life.actions import Do, Pay, SendEvidence
from sandbox.lender.measures import MEASURES, Measure
from sandbox.lender.remedies.moves import FIXED_BY, MOVED_BY, REPAID, less
from sandbox.lender.remedies.situation import Situation
from sandbox.lender.remedies.spot import Passes, Spot, smallest
from sandbox.lender.remedies.steps import Step, Wait


def steps(spot: Spot, ruling: Ruling) -> Iterator[Step]:
    """Every single step that may get the request past this ruling."""
    yield from _answers(spot, ruling)
    passes = spot.passes(ruling.rule)
    if ruling.rule.measure == "score":
        yield from _score_steps(spot, passes)
        return
    measure = MEASURES[ruling.rule.measure]
    yield from _fact_steps(spot, measure, passes)
    if wait := _wait(spot, measure, ruling, passes):
        yield wait


def combined(spot: Spot, ruling: Ruling) -> Iterator[tuple[Step, ...]]:
    """Changes that only together get past this ruling: repay all there is, and ask for less.

    Over the longest term, where less alone is still too much.
    """
    facts = MEASURES[ruling.rule.measure].facts
    if "request.amount" not in facts:
        return
    passes, longest = spot.passes(ruling.rule), spot.book.product.terms[-1]
    for smaller in less(spot, passes, longest):
        yield (smaller,)
    for kind, path, owed in REPAID:
        amount = owed(spot)
        if path not in facts or amount <= 0:
            continue
        pay = spot.act(Pay(kind=kind, amount=amount))
        later = replace(spot, situation=spot.situation.stepped(pay))
        for smaller in [*less(later, passes)] or [*less(later, passes, longest)]:
            yield pay, smaller


def _answers(spot: Spot, ruling: Ruling) -> Iterator[Step]:
    """What the verdict itself asks for: an extra verification, or evidence for a reviewer."""
    if ruling.verdict.outcome == "step_up":
        yield spot.act(Do(kind="verify_again"))
    words = spot.book.words(ruling.verdict.reason or "")
    if ruling.verdict.outcome == "refer" and words is not None and words.evidence is not None:
        yield spot.act(SendEvidence(evidence=words.evidence))


def _fact_steps(spot: Spot, measure: Measure, passes: Passes) -> Iterator[Step]:
    for path in measure.facts:
        if path in FIXED_BY:
            yield spot.act(Do(kind=FIXED_BY[path]))
        elif path in MOVED_BY:
            yield from MOVED_BY[path](spot, passes)


def _score_steps(spot: Spot, passes: Passes) -> Iterator[Step]:
    """Steps that bring a characteristic as far as it takes, or as far as it goes."""
    for characteristic, _, points in spot.run.last.scorecard.values(spot.run.last):
        if points == characteristic.most:
            continue
        measure = MEASURES[characteristic.measure]
        most = _points_reach(spot, measure, characteristic.points, characteristic.most)
        for wanted in (passes, most):
            found = list(_fact_steps(spot, measure, wanted))
            if any(FACTS[path].change == "wait" for path in measure.facts) or measure.clock:
                found += [w for w in [_wait(spot, measure, None, wanted)] if w]
            yield from found
            if found:
                break


def _points_reach(spot: Spot, measure: Measure, points: Callable[..., int], most: int) -> Passes:
    def check(later: Situation) -> bool:
        case = later.case()
        state = replace(spot.run.last, case=case, asked=case)
        return points(measure.compute(state, {})) >= most

    return check


def _wait(spot: Spot, measure: Measure, ruling: Ruling | None, passes: Passes) -> Wait | None:
    """The shortest wait after which the rule lets the request through, if time alone heals it."""
    if not (measure.clock or any(FACTS[path].change == "wait" for path in measure.facts)):
        return None
    now = spot.situation.life.minute
    window = ruling.rule.params.get("window_minutes") if ruling else None
    moments = set(spot.situation.turning_points(window))
    if measure.clock and ruling is not None and isinstance(ruling.value, Decimal):
        limit = ruling.rule.limit(ruling.value)
        units = units_to_go(ruling.value, limit, measure.clock) if limit else None
        if units:
            moments.add(now + units * UNIT_MINUTES[measure.unit])
    later = sorted(moments)
    found = smallest(
        0, len(later) - 1, lambda n: passes(spot.situation.stepped(Wait(minutes=later[n] - now)))
    )
    return None if found is None else Wait(minutes=later[found] - now)
