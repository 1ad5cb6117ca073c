"""Decisions: order of stages, restrictions, lost answers, reasons, and what holds for every case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sandbox.lender import Case, Decision, LookUp, decide, load_lenderbook, look_up
from sandbox.lender.decision import MAX_REASONS
from sandbox.lender.rules import STAGES
from tests.unit.lender.borrowers import CASES

BOOK = load_lenderbook()


def _decide(**facts: object) -> Decision:
    return decide(Case.model_validate(facts), BOOK)


def _stage(decision: Decision, name: str) -> str:
    return next(trace.status for trace in decision.stages if trace.stage == name)


def test_the_default_case_is_approved_with_every_check_passed() -> None:
    decision = _decide()
    assert decision.outcome == "approved"
    assert decision.reasons == ()
    assert decision.price is not None
    assert decision.price.annual_rate > 0
    assert [trace.stage for trace in decision.stages] == list(STAGES)
    assert {trace.status for trace in decision.stages} == {"passed"}
    assert sum(len(trace.checks) for trace in decision.stages) == len(BOOK.rules)
    assert decision.ruleset == BOOK.version


@pytest.mark.parametrize(
    ("ages", "outcome"),
    [
        ([30], "approved"),
        ([30, 59], "cool_down"),
        ([0, 0], "cool_down"),
        ([30, 60], "approved"),
        ([60, 61, 62], "approved"),
    ],
)
def test_the_third_request_within_the_hour_is_cooled_down(ages: list[int], outcome: str) -> None:
    decision = _decide(history={"requests_minutes_ago": ages})
    assert decision.outcome == outcome
    if outcome == "cool_down":
        assert decision.cool_down_minutes == 24 * 60
        assert [reason.code for reason in decision.reasons] == ["R01"]
        assert decision.reasons[0].retry_after_minutes == 24 * 60
    else:
        assert decision.cool_down_minutes == 0


def test_a_request_during_a_cool_down_freezes_the_account() -> None:
    decision = _decide(history={"cool_down_left_minutes": 1})
    assert decision.outcome == "frozen"
    assert decision.freeze_minutes == 72 * 60
    assert decision.reasons[0].code == "R02"
    assert decision.reasons[0].retry_after_minutes == 72 * 60


def test_a_frozen_account_stays_frozen_without_a_longer_freeze() -> None:
    decision = _decide(history={"freeze_left_minutes": 90})
    assert decision.outcome == "frozen"
    assert decision.freeze_minutes == 0
    assert decision.reasons[0].code == "R03"
    assert decision.reasons[0].retry_after_minutes == 90


def test_the_gravest_outcome_names_the_decision() -> None:
    history = {
        "freeze_left_minutes": 90,
        "cool_down_left_minutes": 10,
        "requests_minutes_ago": [1, 2, 3],
    }
    decision = _decide(history=history)
    assert decision.outcome == "frozen"
    assert decision.reasons[0].code == "R03"


def _timed_out(seed: int) -> Case:
    return Case.model_validate({"platform": {"incident": "timeout"}, "seed": seed})


def test_a_time_out_leaves_the_outcome_unknown() -> None:
    decision = decide(_timed_out(7), BOOK)
    assert decision.outcome == "unknown"
    assert decision.price is None
    assert len(decision.reasons) == 1


def test_looking_up_tells_the_same_story_each_time() -> None:
    stories = [look_up(_timed_out(seed), BOOK) for seed in range(40)]
    assert stories == [look_up(_timed_out(seed), BOOK) for seed in range(40)]
    assert {story.arrived for story in stories} == {True, False}
    for story in stories:
        assert (story.decision is not None) == story.arrived
        if story.decision is not None:
            assert story.decision == _decide()


def test_a_second_request_is_refused_while_the_first_is_unknown() -> None:
    decision = _decide(history={"unresolved_requests": 1})
    assert decision.outcome == "retry_later"
    assert [reason.code for reason in decision.reasons] == ["S05"]
    assert decision.price is None


def test_later_stages_are_not_reached_and_still_name_their_rules() -> None:
    decision = _decide(applicant={"face_check_done": False})
    assert _stage(decision, "identity") == "tripped"
    place = STAGES.index("identity")
    for trace in decision.stages[:place]:
        assert trace.status == "passed"
    for trace in decision.stages[place + 1 :]:
        assert trace.status == "not_reached"
        assert trace.checks == ()
        assert list(trace.rules_not_run) == [r.id for r in BOOK.rules if r.stage == trace.stage]


def test_at_most_four_reasons_are_given_though_every_check_is_traced() -> None:
    applicant = {
        "device_hours_known": 0,
        "hard_enquiries_30d": 200,
        "lenders": 100,
        "days_past_due": 400,
        "monthly_income": "10",
    }
    history = {"cool_down_left_minutes": 5, "requests_minutes_ago": [1, 2, 3]}
    decision = _decide(applicant=applicant, history=history)
    tripped = [c for t in decision.stages for c in t.checks if c.status == "tripped"]
    assert len(tripped) > MAX_REASONS
    assert len(decision.reasons) == MAX_REASONS
    assert decision.outcome == "frozen"
    assert decision.reasons[0].code == "R02"


def test_a_decision_and_a_look_up_come_back_from_their_json() -> None:
    for case in (Case(), _timed_out(1), _timed_out(2)):
        decision = decide(case, BOOK)
        assert Decision.model_validate_json(decision.model_dump_json()) == decision
        assert Decision.model_validate(decision.model_dump(mode="json")) == decision
        story = look_up(case, BOOK)
        assert LookUp.model_validate_json(story.model_dump_json()) == story


@settings(max_examples=150)
@given(case=CASES)
def test_every_case_is_decided_with_reasons_that_have_words(case: Case) -> None:
    decision = decide(case, BOOK)
    assert decision == decide(Case.model_validate_json(case.model_dump_json()), BOOK)
    tripped = [check for trace in decision.stages for check in trace.checks if check.reason]
    if decision.approved:
        assert (decision.reasons == ()) == (decision.outcome == "approved")
        assert decision.price is not None
        assert decision.amount is not None
        assert (decision.amount == case.request.amount) == (decision.outcome == "approved")
    else:
        assert 1 <= len(decision.reasons) <= MAX_REASONS
        assert decision.price is None
        assert {reason.rule for reason in decision.reasons} <= {check.rule for check in tripped}
        for reason in decision.reasons:
            words = BOOK.words(reason.code)
            assert words is not None
            assert words.title.zh
            assert words.title.en
    assert Decision.model_validate_json(decision.model_dump_json()) == decision
