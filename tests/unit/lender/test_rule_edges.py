"""Every rule is tripped by a whole request, and just not tripped, on both sides of every edge."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise, product

import pytest

from sandbox.lender import Case, Check, Decision, decide
from sandbox.lender.bands import Band
from sandbox.lender.decision import Outcome
from sandbox.lender.judging import NAMES
from sandbox.lender.measures import MEASURES
from sandbox.lender.rules import Rule
from tests.unit.lender.reach import BOOK, REACH

CENT = Decimal("0.01")
PRICED = ("all_in_annual_cost", "total_cost_share")
BANDED = [rule for rule in BOOK.rules if rule.bands]
REACHED = [rule for rule in BANDED if rule.measure in REACH]


def _step(rule: Rule) -> Decimal:
    return CENT if MEASURES[rule.measure].unit in ("yuan", "percent") else Decimal(1)


def _values(rule: Rule) -> list[Decimal]:
    """The last value below and the first value above every edge, and a value on it."""
    step, found = _step(rule), set()
    if rule.measure == "load_percent":
        step = Decimal(1)
    for lower, _ in pairwise(rule.bands):
        edge = lower.high
        assert edge is not None
        found |= {edge - step, edge, edge + step}
    least = Decimal(0) if MEASURES[rule.measure].unit == "yes_no" else None
    most = Decimal(1) if MEASURES[rule.measure].unit == "yes_no" else None
    if rule.measure == "requests_in_window":
        least = Decimal(1)
    if MEASURES[rule.measure].unit == "count":
        least = least or Decimal(0)
    return sorted(
        value
        for value in found
        if (least is None or value >= least) and (most is None or value <= most)
    )


def _check(decision: Decision, rule: Rule) -> Check:
    found = [c for stage in decision.stages for c in stage.checks if c.rule == rule.id]
    assert len(found) == 1, f"{rule.id} was not reached: {decision.outcome}"
    return found[0]


def _pass(band: Band) -> bool:
    return band.outcome == "pass"


@pytest.mark.parametrize("rule", REACHED, ids=lambda rule: rule.id)
def test_both_sides_of_every_edge_fare_as_the_bands_say(rule: Rule) -> None:
    seen: set[bool] = set()
    for value in _values(rule):
        decision = decide(Case.model_validate(REACH[rule.measure](value)), BOOK)
        check, verdict = _check(decision, rule), rule.verdict(value)
        assert check.value == value
        assert check.outcome == verdict.outcome
        assert (check.status == "passed") == (verdict.outcome == "pass")
        if verdict.outcome not in ("pass", "reduce"):
            stage = next(s for s in decision.stages if s.stage == rule.stage)
            assert stage.status == "tripped"
            assert decision.outcome != "approved"
            assert check.reason == verdict.reason
        seen.add(verdict.outcome == "pass")
    if any(not _pass(band) for band in rule.bands):
        assert seen == {True, False}


def test_only_prices_and_the_score_have_no_direct_way_to_a_value() -> None:
    unreached = {rule.measure for rule in BANDED} - REACH.keys()
    assert unreached == {*PRICED, "score"}


@pytest.mark.parametrize("rule", [r for r in BOOK.rules if r.cases], ids=lambda rule: rule.id)
def test_every_category_fares_as_its_case_says(rule: Rule) -> None:
    path = MEASURES[rule.measure].facts[0]
    group, name = path.split(".")
    for choice, verdict in rule.cases.items():
        decision = decide(Case.model_validate({group: {name: choice}}), BOOK)
        assert _check(decision, rule).outcome == verdict.outcome
        expected: Outcome = NAMES[verdict.outcome]
        assert decision.outcome == expected


@pytest.mark.parametrize(
    ("plan", "rule", "passes"),
    [
        ({"method": "flat_fee", "amount": "10100"}, "cost-ceiling", True),
        ({"method": "flat_fee", "amount": "10200"}, "cost-ceiling", False),
        ({"method": "interest_first", "amount": "40000", "term_months": 23}, "total-cost", True),
        ({"method": "interest_first", "amount": "40000", "term_months": 36}, "total-cost", False),
    ],
)
def test_the_price_of_a_plan_can_pass_and_trip(
    plan: dict[str, object], rule: str, passes: bool
) -> None:
    applicant = {"monthly_debt_payments": "2600"} if rule == "total-cost" else {}
    decision = decide(Case.model_validate({"request": plan, "applicant": applicant}), BOOK)
    found = BOOK.rule(rule)
    assert found is not None
    assert (_check(decision, found).status == "passed") is passes


def _scores() -> dict[int, Case]:
    """A case for many a score: every combination of the attributes of four characteristics."""
    found: dict[int, Case] = {}
    for late, used, enquiries, history, job, proved in product(
        (0, 1, 3), (20, 50, 80, 89), (1, 3, 6, 11), (0, 1, 12, 36), (0, 3, 12), (True, False)
    ):
        applicant = {
            "late_payments_24m": late,
            "credit_limit_total": 100,
            "credit_used": used,
            "hard_enquiries_90d": enquiries,
            "credit_history_months": history,
            "months_in_job": job,
            "income_verified": proved,
            "lenders": 4,
        }
        points = (
            (80, 45, 15)[(0, 1, 3).index(late)]
            + (60, 40, 20, 0)[(20, 50, 80, 89).index(used)]
            + (50, 30, 10, 0)[(1, 3, 6, 11).index(enquiries)]
            + (20, 30, 40, 50)[(0, 1, 12, 36).index(history)]
            + (10, 25, 40)[(0, 3, 12).index(job)]
            + (45 if proved else 10)
            + 5
        )
        found.setdefault(300 + points, Case.model_validate({"applicant": applicant}))
    return found


def test_the_score_decides_on_both_sides_of_its_edges() -> None:
    rule = BOOK.rule("score-band")
    assert rule is not None
    scores = _scores()
    for edge in (460, 510):
        below, at = edge - 5, edge
        for points in (below, at):
            check = _check(decide(scores[points], BOOK), rule)
            assert check.value == points
            assert check.outcome == rule.verdict(Decimal(points)).outcome
            assert sum(line.points for line in check.points) + 300 == points
    assert [rule.verdict(Decimal(p)).outcome for p in (455, 460, 505, 510)] == [
        "decline",
        "refer",
        "refer",
        "pass",
    ]
