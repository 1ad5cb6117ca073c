"""The decision: stages in a fixed order, every check of a stage made, the first trip ends it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sandbox.lender.bands import passing_limit
from sandbox.lender.case import Case, Platform
from sandbox.lender.decision import (
    MAX_REASONS,
    Check,
    Decision,
    LookUp,
    Outcome,
    Price,
    Reason,
    StageStatus,
    StageTrace,
)
from sandbox.lender.lenderbook import LenderBook
from sandbox.lender.measures import MEASURES, Assessment
from sandbox.lender.rules import STAGES, Rule

# Gravest first: when several checks of a stage trip, the gravest names the outcome.
GRAVITY: tuple[tuple[str, Outcome], ...] = (
    ("stay_frozen", "frozen"),
    ("freeze", "frozen"),
    ("cool_down", "cool_down"),
    ("decline", "declined"),
    ("unknown", "unknown"),
    ("retry_later", "retry_later"),
)


def decide(case: Case, book: LenderBook) -> Decision:
    """Decide a case by the book. Pure: the same case and book give the same decision."""
    assessment = Assessment(case, book.product)
    stages: list[StageTrace] = []
    tripped: list[Check] = []
    for stage in STAGES:
        rules = [rule for rule in book.rules if rule.stage == stage]
        if tripped:
            names = tuple(rule.id for rule in rules)
            stages.append(StageTrace(stage=stage, status="not_reached", rules_not_run=names))
            continue
        checks = []
        for rule in rules:
            check, rate = _apply(rule, assessment)
            checks.append(check)
            if rate is not None:
                assessment = replace(assessment, annual_rate=rate)
        tripped = [check for check in checks if check.status == "tripped"]
        status: StageStatus = "tripped" if tripped else "passed"
        stages.append(StageTrace(stage=stage, status=status, checks=tuple(checks)))
    return _conclude(case, book, stages, tripped, assessment.annual_rate)


def _apply(rule: Rule, assessment: Assessment) -> tuple[Check, Decimal | None]:
    """Measure, find the band, and say what was seen; the second part is a price, if set."""
    measure = MEASURES[rule.measure]
    value = measure.compute(assessment, rule.params)
    verdict = rule.verdict(value)
    number = value if isinstance(value, Decimal) else None
    limit = passing_limit(rule.bands, number) if rule.bands else None
    check = Check(
        rule=rule.id,
        family=rule.family,
        unit=measure.unit,
        value=value,
        status="passed" if verdict.outcome == "pass" else "tripped",
        outcome=verdict.outcome,
        limit=limit,
        choices=tuple(name for name, v in rule.cases.items() if v.outcome == "pass"),
        distance=limit.distance(number) if limit and number is not None else None,
        reason=verdict.reason,
        hours=verdict.hours,
    )
    return check, verdict.annual_rate


def _conclude(
    case: Case,
    book: LenderBook,
    stages: list[StageTrace],
    tripped: list[Check],
    annual_rate: Decimal | None,
) -> Decision:
    found = {check.outcome for check in tripped}
    outcome: Outcome = next((name for kind, name in GRAVITY if kind in found), "approved")
    price = (
        Price(annual_rate=annual_rate)
        if outcome == "approved" and annual_rate is not None
        else None
    )
    return Decision(
        outcome=outcome,
        reasons=_ranked(case, book, tripped),
        stages=tuple(stages),
        price=price,
        cool_down_minutes=_longest(tripped, "cool_down"),
        freeze_minutes=_longest(tripped, "freeze"),
        ruleset=book.version,
        product=book.product.id,
    )


def _longest(tripped: Iterable[Check], outcome: str) -> int:
    return max((60 * (c.hours or 0) for c in tripped if c.outcome == outcome), default=0)


def _ranked(case: Case, book: LenderBook, tripped: list[Check]) -> tuple[Reason, ...]:
    """Principal reasons: gravest outcome first, then the rank the rule files give."""
    gravity = {kind: place for place, (kind, _) in enumerate(GRAVITY)}

    def place(check: Check) -> tuple[int, int, str]:
        words = book.words(check.reason or "")
        return gravity[check.outcome], words.rank if words else 99, check.reason or ""

    return tuple(
        Reason(
            code=check.reason or "",
            rule=check.rule,
            family=check.family,
            unit=check.unit,
            value=check.value,
            limit=check.limit,
            choices=check.choices,
            retry_after_minutes=_wait(case, check),
        )
        for check in sorted(tripped, key=place)[:MAX_REASONS]
    )


def _wait(case: Case, check: Check) -> int | None:
    """Simulated minutes until a retry is not stopped by this check, where time alone heals it."""
    if check.outcome == "stay_frozen":
        return case.history.freeze_left_minutes
    return 60 * check.hours if check.hours else None


def look_up(case: Case, book: LenderBook) -> LookUp:
    """Reveal what became of a request whose answer was lost.

    The seed decides by a fixed hash, so a replay tells the same story.
    """
    digest = hashlib.sha256(f"arrived:{case.seed}".encode()).digest()
    if digest[0] % 2:
        return LookUp(arrived=False, decision=None)
    cleared = case.model_copy(update={"platform": Platform(incident="none")})
    return LookUp(arrived=True, decision=decide(cleared, book))
