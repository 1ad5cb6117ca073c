"""The decision: what the rules found, ranked into reasons and written out as a full trace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal

from sandbox.lender.bands import SEVERITY
from sandbox.lender.case import Case, History
from sandbox.lender.decision import (
    MAX_REASONS,
    Check,
    CheckStatus,
    Decision,
    LookUp,
    Points,
    Price,
    Reason,
    StageTrace,
)
from sandbox.lender.judging import Ruling, Run, StageRun, judge
from sandbox.lender.lenderbook import LenderBook
from sandbox.lender.limits import Limit
from sandbox.lender.measures import MEASURES, Assessment
from sandbox.lender.measures.registry import Measure
from sandbox.lender.rules import STAGES

UNIT_MINUTES = {
    "minutes": 1,
    "hours": 60,
    "days": 24 * 60,
    "months": 30 * 24 * 60,
    "years": 365 * 24 * 60,
}


def decide(case: Case, book: LenderBook) -> Decision:
    """Decide a case by the book. Pure: the same case and book give the same decision."""
    return conclude(judge(case, book), case, book)


def conclude(run: Run, case: Case, book: LenderBook) -> Decision:
    """The decision that a run of the rules comes to."""
    tripped = run.tripped
    approved = run.outcome in ("approved", "approved_less")
    rate = run.last.annual_rate
    percent, days = _cut(tripped)
    return Decision(
        outcome=run.outcome,
        reasons=_ranked(run, case, book),
        stages=_stages(run, case, book),
        price=Price(annual_rate=rate) if approved and rate is not None else None,
        amount=run.last.case.request.amount if approved else None,
        cool_down_minutes=_longest(tripped, "cool_down", case.history),
        freeze_minutes=_longest(tripped, "freeze", case.history),
        cut_limit_percent=percent,
        cut_limit_minutes=days * 24 * 60,
        report_read=run.report_read,
        ruleset=book.version,
        product=book.product.id,
        regime=book.regime,
    )


def _cut(tripped: tuple[Ruling, ...]) -> tuple[int, int]:
    """Part of the limit withheld, in percent, and for how many days.

    Only what names the outcome withholds anything: a request sent while the account is frozen
    makes nothing worse.
    """
    gravest = max((SEVERITY[r.verdict.outcome] for r in tripped), default=0)
    cuts = (
        (r.verdict.cut_limit_percent, r.verdict.cut_limit_days or 0)
        for r in tripped
        if r.verdict.cut_limit_percent and SEVERITY[r.verdict.outcome] == gravest
    )
    return max(cuts, default=(0, 0))


def restricted_minutes(ruling: Ruling, history: History) -> int:
    """How long the restriction lasts that this ruling begins; longer at every repetition.

    A freeze is never over before the cool-down whose place it takes.
    """
    verdict = ruling.verdict
    if verdict.outcome == "cool_down":
        return 60 * verdict.restricted_hours(len(history.cool_downs_minutes_ago))
    if verdict.outcome == "freeze":
        minutes = 60 * verdict.restricted_hours(len(history.freezes_minutes_ago))
        return max(minutes, history.cool_down_left_minutes)
    return 0


def _longest(tripped: Iterable[Ruling], outcome: str, history: History) -> int:
    lengths = (restricted_minutes(r, history) for r in tripped if r.verdict.outcome == outcome)
    return max(lengths, default=0)


def _stages(run: Run, case: Case, book: LenderBook) -> tuple[StageTrace, ...]:
    traces = [_trace(stage, run, case) for stage in run.stages]
    for stage in STAGES[len(traces) :]:
        names = tuple(rule.id for rule in book.stages[stage])
        traces.append(StageTrace(stage=stage, status="not_reached", rules_not_run=names))
    return tuple(traces)


def _trace(stage: StageRun, run: Run, case: Case) -> StageTrace:
    reduced = stage.amount is not None
    return StageTrace(
        stage=stage.stage,
        status="reduced" if reduced else "tripped" if stage.tripped else "passed",
        checks=tuple(_check(ruling, reduced, run.last, case) for ruling in stage.rulings),
        amount=stage.amount,
    )


def _check(ruling: Ruling, reduced: bool, last: Assessment, case: Case) -> Check:
    rule, value, verdict = ruling.rule, ruling.value, ruling.verdict
    measure = MEASURES[rule.measure]
    limit = rule.limit(value)
    status: CheckStatus = "passed"
    if ruling.cleared:
        status = "cleared"
    elif ruling.tripped:
        status = "reduced" if reduced else "tripped"
    return Check(
        rule=rule.id,
        family=rule.family,
        unit=measure.unit,
        value=value,
        status=status,
        outcome=verdict.outcome,
        limit=limit,
        choices=rule.passing_choices,
        distance=limit.distance(value) if limit and isinstance(value, Decimal) else None,
        reason=verdict.reason,
        hours=restricted_minutes(ruling, case.history) // 60 or None,
        sources=measure.sources,
        points=_points(last) if rule.measure == "score" else (),
    )


def _points(a: Assessment) -> tuple[Points, ...]:
    return tuple(
        Points(
            characteristic=characteristic.id,
            unit=MEASURES[characteristic.measure].unit,
            value=value,
            points=points,
            most=characteristic.most,
        )
        for characteristic, value, points in a.scorecard.values(a)
    )


def _ranked(run: Run, case: Case, book: LenderBook) -> tuple[Reason, ...]:
    """Principal reasons: gravest outcome first, then the rank the rule files give.

    A smaller amount has its reasons too. A reason that several rules share is given once.
    """

    def place(ruling: Ruling) -> tuple[int, int, str]:
        words = book.words(ruling.verdict.reason or "")
        rank = words.rank if words else 99
        return -SEVERITY[ruling.verdict.outcome], rank, ruling.verdict.reason or ""

    found: dict[str, Reason] = {}
    for ruling in sorted(run.tripped or run.reduced, key=place):
        for reason in _reasons(ruling, run.last, case, book):
            found.setdefault(reason.code, reason)
    return tuple(found.values())[:MAX_REASONS]


def _reasons(ruling: Ruling, last: Assessment, case: Case, book: LenderBook) -> Iterator[Reason]:
    if ruling.rule.measure == "score" and ruling.value is not None:
        yield from _score_reasons(ruling, last, book)
        return
    rule, code = ruling.rule, ruling.verdict.reason or ""
    measure, words = MEASURES[rule.measure], book.words(code)
    yield Reason(
        code=code,
        rule=rule.id,
        family=rule.family,
        unit=measure.unit,
        value=ruling.value,
        limit=rule.limit(ruling.value),
        choices=rule.passing_choices,
        retry_after_minutes=_wait(ruling, measure, case, book),
        sources=measure.sources,
        lesson=words.lesson if words else "",
        adverse_action=words.adverse_action if words else None,
    )


def _score_reasons(ruling: Ruling, last: Assessment, book: LenderBook) -> Iterator[Reason]:
    """A low score is no reason: what cost the most points is."""
    lines = sorted(last.scorecard.values(last), key=lambda line: line[2] - line[0].most)
    for characteristic, value, points in lines:
        if points == characteristic.most:
            return
        measure, words = MEASURES[characteristic.measure], characteristic.words
        yield Reason(
            code=characteristic.code,
            rule=ruling.rule.id,
            family=ruling.rule.family,
            unit=measure.unit,
            value=value,
            limit=characteristic.best_range,
            retry_after_minutes=60 * words.retry.wait_hours if words.retry.wait_hours else None,
            sources=measure.sources,
            lesson=words.lesson,
            adverse_action=words.adverse_action,
        )


def _wait(ruling: Ruling, measure: Measure, case: Case, book: LenderBook) -> int | None:
    """Simulated minutes until this check no longer stops a request, where time alone heals it."""
    if minutes := restricted_minutes(ruling, case.history):
        return minutes
    if measure.clock and isinstance(ruling.value, Decimal):
        limit = ruling.rule.limit(ruling.value)
        units = units_to_go(ruling.value, limit, measure.clock) if limit else None
        if units is not None:
            return units * UNIT_MINUTES[measure.unit]
    words = book.words(ruling.verdict.reason or "")
    if words is None:
        return None
    if words.retry.when == "after_incident":
        return case.platform.incident_left_minutes or None
    return 60 * words.retry.wait_hours if words.retry.wait_hours else None


def units_to_go(value: Decimal, limit: Limit, clock: str) -> int | None:
    """Whole units of time until a value that moves with the clock has entered its limit."""
    if clock == "rises" and limit.low is not None:
        gap = limit.low - value
        whole = int(gap.to_integral_value(ROUND_CEILING))
        return whole if limit.low_included or whole > gap else whole + 1
    if clock == "falls" and limit.high is not None:
        gap = value - limit.high
        whole = int(gap.to_integral_value(ROUND_CEILING))
        return whole if limit.high_included or whole > gap else whole + 1
    return None


def look_up(case: Case, book: LenderBook) -> LookUp:
    """Reveal what became of a request whose answer was lost.

    The seed decides by a fixed hash, so a replay tells the same story.
    """
    digest = hashlib.sha256(f"arrived:{case.seed}".encode()).digest()
    if digest[0] % 2:
        return LookUp(arrived=False, decision=None)
    working = case.platform.model_copy(update={"incident": "none"})
    cleared = case.model_copy(update={"platform": working})
    return LookUp(arrived=True, decision=decide(cleared, book))
