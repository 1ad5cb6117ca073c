"""Every outcome, family and stage can be reached; reasons tell all a refused person needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest

from sandbox.lender import Case, Decision, decide, load_lenderbook
from sandbox.lender.decision import MAX_REASONS, Outcome
from sandbox.lender.facts.catalogue import FACTS
from sandbox.lender.measures import MEASURES
from sandbox.lender.rules import STAGES, Family, Rule

BOOK = load_lenderbook()
CASES: dict[Outcome, dict[str, Any]] = {
    "approved": {},
    "approved_less": {"request": {"amount": "40000"}},
    "declined": {"applicant": {"face_check_done": False}},
    "refer": {"applicant": {"accounts_on_device": 4}},
    "step_up": {"applicant": {"unusual_place": True}},
    "retry_later": {"platform": {"load_percent": 300}},
    "unknown": {"platform": {"incident": "timeout"}},
    "duplicate": {"history": {"same_key_requests": 1}},
    "cool_down": {"history": {"requests_minutes_ago": [1, 2]}},
    "frozen": {"history": {"cool_down_left_minutes": 1}},
}


def _decide(**facts: Any) -> Decision:
    return decide(Case.model_validate(facts), BOOK)


def test_every_outcome_is_tried_here() -> None:
    assert CASES.keys() == set(get_args(Outcome))


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_every_outcome_can_be_reached(outcome: Outcome) -> None:
    decision = _decide(**CASES[outcome])
    assert decision.outcome == outcome
    assert bool(decision.reasons) == (outcome != "approved")
    assert (decision.price is not None) == decision.approved == (decision.amount is not None)


def test_every_stage_and_family_can_stop_a_request() -> None:
    assert {rule.stage for rule in BOOK.rules} == set(STAGES)
    stopping = [rule for rule in BOOK.rules if any(v.reason for v in rule.verdicts)]
    assert {rule.stage for rule in stopping} == set(STAGES)
    assert {rule.family for rule in stopping} == set(get_args(Family))
    assert len(BOOK.rules) >= 45


def test_a_smaller_amount_is_the_largest_that_fits_and_says_why() -> None:
    decision = _decide(request={"amount": "40000"})
    assert decision.amount == Decimal(37000)
    assert [reason.code for reason in decision.reasons] == ["R07"]
    assert decision.reasons[0].value == Decimal("53.34")
    trace = next(stage for stage in decision.stages if stage.stage == "affordability")
    assert (trace.status, trace.amount) == ("reduced", Decimal(37000))
    assert {check.status for check in trace.checks} == {"passed", "reduced"}
    assert _decide(request={"amount": "37000"}).outcome == "approved"
    assert _decide(request={"amount": "37100"}).outcome == "approved_less"


def test_a_smaller_amount_than_the_product_offers_is_a_refusal() -> None:
    decision = _decide(account={"own_limit": "600", "own_used": "101"})
    assert decision.outcome == "declined"
    assert {reason.code for reason in decision.reasons} == {"L01", "L02"}
    assert BOOK.product.amount_min == BOOK.rule("limit-free").bands[0].high  # type: ignore[union-attr]


def test_an_extra_verification_answers_every_rule_that_asks_for_one() -> None:
    odd = {"unusual_place": True, "months_since_phone_change": 0, "form_seconds": 3}
    assert _decide(applicant=odd).outcome == "step_up"
    done = _decide(applicant=odd, history={"step_up_minutes_ago": 10})
    assert done.outcome == "approved"
    cleared = [c.rule for s in done.stages for c in s.checks if c.status == "cleared"]
    assert set(cleared) == {"phone-changed", "usual-place", "form-speed"}
    hours = BOOK.product.step_up_hours
    stale = _decide(applicant=odd, history={"step_up_minutes_ago": 60 * hours})
    assert stale.outcome == "step_up"


def test_evidence_sets_aside_the_referral_it_answers_and_no_other() -> None:
    shared = {"accounts_on_device": 4, "late_payments_24m": 3}
    first = _decide(applicant=shared)
    assert (first.outcome, {r.code for r in first.reasons}) == ("refer", {"R15", "R19"})
    half = _decide(applicant=shared, history={"evidence": ["own_statement"]})
    assert [reason.code for reason in half.reasons] == ["R15"]
    both = _decide(applicant=shared, history={"evidence": ["own_statement", "bank_statements"]})
    assert both.outcome == "approved"


@pytest.mark.parametrize(
    ("before", "hours"),
    [(0, 24), (1, 48), (2, 96), (5, 96)],
)
def test_repeating_makes_the_cool_down_longer(before: int, hours: int) -> None:
    history = {"requests_minutes_ago": [1, 2], "cool_downs_minutes_ago": [9000] * before}
    decision = _decide(history=history)
    assert decision.cool_down_minutes == 60 * hours
    assert decision.reasons[0].retry_after_minutes == 60 * hours


def test_a_cool_down_lasts_until_the_counter_that_began_it_is_empty() -> None:
    """Else the wait that a notice promises would end in the same refusal."""
    counting = [rule for rule in BOOK.rules if "window_minutes" in rule.params]
    assert len(counting) >= 5
    for rule in counting:
        for verdict in rule.verdicts:
            if verdict.outcome == "cool_down":
                assert verdict.hours is not None
                assert 60 * verdict.hours >= rule.params["window_minutes"], rule.id


def test_a_weekly_flood_withholds_part_of_the_limit() -> None:
    decision = _decide(history={"requests_minutes_ago": [1500 + 60 * n for n in range(11)]})
    assert decision.outcome == "cool_down"
    assert (decision.cut_limit_percent, decision.cut_limit_minutes) == (20, 30 * 24 * 60)


def test_a_low_score_names_what_cost_the_most_points_and_not_the_score() -> None:
    applicant = {
        "late_payments_24m": 2,
        "credit_limit_total": "10000",
        "credit_used": "8900",
        "hard_enquiries_90d": 11,
        "lenders": 4,
        "months_in_job": 1,
        "income_verified": False,
        "credit_history_months": 1,
    }
    decision = _decide(request={"amount": "5000"}, applicant=applicant)
    assert decision.outcome == "declined"
    assert [reason.code for reason in decision.reasons] == ["K02", "K03", "K04", "K01"]
    assert decision.reasons[0].value == Decimal("89.00")
    check = next(c for s in decision.stages for c in s.checks if c.rule == "score-band")
    lost = [line.most - line.points for line in check.points]
    assert sum(lost) == 670 - check.value  # type: ignore[operator]


def test_a_trace_says_where_every_datum_is_from() -> None:
    checks = [c for stage in _decide().stages for c in stage.checks]
    assert len(checks) == len(BOOK.rules)
    for check in checks:
        rule = BOOK.rule(check.rule)
        assert rule is not None
        expected = {FACTS[path].source for path in MEASURES[rule.measure].facts}
        assert set(check.sources) == expected
        assert expected


def _reasons() -> list[tuple[str, Rule | None]]:
    found: list[tuple[str, Rule | None]] = [
        (code, rule) for rule in BOOK.rules for code in rule.reasons
    ]
    return found + [(c.code, None) for c in BOOK.scorecard.characteristics]


@pytest.mark.parametrize(
    ("code", "rule"), _reasons(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_reason_can_be_contested_and_leads_to_a_lesson(code: str, rule: Rule | None) -> None:
    words = BOOK.words(code)
    assert words is not None
    measure = rule.measure if rule else _measure_of(code)
    contest = BOOK.contest(code, MEASURES[measure].sources)
    assert contest is not None
    assert words.lesson
    assert words.adverse_action is None or words.adverse_action in BOOK.choices.adverse_action


def _measure_of(code: str) -> str:
    return next(c.measure for c in BOOK.scorecard.characteristics if c.code == code)


@pytest.mark.parametrize(
    ("code", "rule"), _reasons(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_no_reason_asks_to_change_what_nobody_can_change(code: str, rule: Rule | None) -> None:
    words = BOOK.words(code)
    assert words is not None
    facts = MEASURES[rule.measure if rule else _measure_of(code)].facts
    changes = {FACTS[path].change for path in facts}
    if words.retry.when == "after_fix":
        outcomes = {v.outcome for v in rule.verdicts if v.reason == code} if rule else set()
        can_answer = "step_up" in outcomes or words.evidence is not None
        assert "act" in changes or can_answer
    if changes == {"never"} and rule and rule.measure != "same_key_requests":
        assert words.retry.when in {"after_wait", "not_here"}


def test_the_score_knows_nothing_of_age_occupation_region_or_student_life() -> None:
    read = {p for c in BOOK.scorecard.characteristics for p in MEASURES[c.measure].facts}
    assert read == set(MEASURES["score"].facts)
    traits = {"age", "student", "occupation", "industry", "region"}
    assert not {path.split(".")[1] for path in read} & traits


def test_reasons_are_ranked_and_never_more_than_four() -> None:
    decision = _decide(
        applicant={
            "days_past_due": 40,
            "lenders": 9,
            "hard_enquiries_30d": 20,
            "remote_control_app": True,
            "paid_helper": True,
        }
    )
    assert len(decision.reasons) == MAX_REASONS
    ranks = [words.rank for r in decision.reasons if (words := BOOK.words(r.code))]
    assert ranks == sorted(ranks)
    assert decision.reasons[0].code == "R21"


def test_a_measure_reads_no_fact_that_it_does_not_declare() -> None:
    """Changing a fact outside the declared ones changes no measure's value."""
    from sandbox.lender.crowd import crowd
    from sandbox.lender.measures import Assessment

    cases = list(crowd(7, 40))
    for one, other in zip(cases[::2], cases[1::2], strict=True):
        for measure in MEASURES.values():
            params = dict.fromkeys(measure.params, 1000)
            mixed = _only_of(one, other, measure.facts)
            rate = Decimal("0.144")
            values = [
                measure.compute(
                    Assessment(case, BOOK.product, BOOK.scorecard, case, annual_rate=rate), params
                )
                for case in (one, mixed)
            ]
            assert values[0] == values[1], measure.name


def _only_of(one: Case, other: Case, paths: tuple[str, ...]) -> Case:
    """The other case with these facts of the one."""
    groups: dict[str, Any] = {}
    for path in paths:
        group, name = path.split(".")
        groups.setdefault(group, {})[name] = getattr(getattr(one, group), name)
    changed = {g: getattr(other, g).model_copy(update=facts) for g, facts in groups.items()}
    return other.model_copy(update=changed)
