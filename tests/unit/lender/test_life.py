"""A life on the simulated clock: what time does, what actions do, what the account remembers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.lender import (
    Account,
    Applicant,
    Case,
    Decision,
    LoanRequest,
    Platform,
    decide,
    load_lenderbook,
    look_up,
)
from sandbox.lender.life import Life, Own, fold
from sandbox.lender.life.actions import ACTION, KINDS, Action
from sandbox.lender.life.calendar import DAY, MONTH

BOOK = load_lenderbook()
NOTHING = Decimal(0)
USUAL = Platform()
TIMEOUT = Platform(incident="timeout")


def _life(**facts: Any) -> Life:
    return Life(persona="new-clerk", own=Own(Applicant(**facts)))


def _case(life: Life, key: str = "", platform: Platform = USUAL, **ask: Any) -> Case:
    return life.case(LoanRequest(**ask), Applicant(), platform, 0, key=key)


def _sent(life: Life, key: str = "", platform: Platform = USUAL, **ask: Any) -> Life:
    """The life after one more request, with the truth behind a time-out."""
    case = _case(life, key, platform, **ask)
    case = case.model_copy(update={"seed": len(life.sent)})
    decision = decide(case, BOOK)
    behind = look_up(case, BOOK) if decision.outcome == "unknown" else None
    return life.after(f"request-{len(life.sent)}", case, decision, behind, key)


def _last(life: Life) -> Decision:
    return life.sent[-1].decision


def _do(life: Life, kind: str, minutes: int = 0, **more: Any) -> Life:
    return life.acted(ACTION.validate_python({"kind": kind, **more}), minutes)


def _with_loan(**ask: Any) -> Life:
    life = _sent(_life(), **ask)
    assert _last(life).approved
    return life.accepted(life.sent[-1].id)


# Time -----------------------------------------------------------------------------------------


def test_enquiries_leave_their_windows_one_by_one() -> None:
    life = _life(hard_enquiries_30d=3, hard_enquiries_90d=5)
    counts = []
    for days in (0, 4, 6, 16, 26, 40, 80, 91):
        person = _case(life.advanced(days * DAY) if days else life).applicant
        counts.append((days, person.hard_enquiries_30d, person.hard_enquiries_90d))
    assert counts == [
        (0, 3, 5),
        (4, 3, 5),
        (6, 2, 5),
        (16, 1, 4),
        (26, 0, 4),
        (40, 0, 4),
        (80, 0, 1),
        (91, 0, 0),
    ]


@given(
    month=st.integers(0, 40),
    more=st.integers(0, 40),
    late=st.integers(0, 60),
    worst=st.integers(0, 400),
)
def test_the_dates_laid_out_give_back_the_counts(
    month: int, more: int, late: int, worst: int
) -> None:
    facts = {
        "hard_enquiries_30d": month,
        "hard_enquiries_90d": month + more,
        "late_payments_24m": late,
        "worst_late_days_24m": worst if late else 0,
    }
    person = _case(_life(**facts)).applicant
    assert {name: getattr(person, name) for name in facts} == facts


def test_time_moves_the_facts_that_have_dates_and_no_others() -> None:
    life = _life(borrowing_pause_days_left=10, days_past_due=2, document_days_left=30)
    person = _case(life.advanced(365 * DAY)).applicant
    assert person.age == 27
    assert person.device_hours_known == 4000 + 365 * 24
    assert person.document_days_left == 30 - 365
    assert person.borrowing_pause_days_left == 0
    assert person.days_past_due == 2 + 365
    assert person.months_in_job == 24 + 12
    assert (person.monthly_income, person.lenders) == (Decimal(8000), 1)


def test_the_clock_only_runs_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        _life().advanced(0)


# Loans ----------------------------------------------------------------------------------------


def test_a_loan_is_repaid_month_by_month_and_the_limit_rises() -> None:
    life = _with_loan()
    first = _case(life).account
    assert (first.own_used, first.open_loans, first.own_limit) == (
        Decimal(10000),
        1,
        Decimal(50000),
    )
    later = _case(life.advanced(3 * MONTH))
    assert later.account.own_used < 7600
    assert later.account.own_limit == Decimal(54500)
    assert later.applicant.monthly_debt_payments > 600
    done = _case(life.advanced(12 * MONTH))
    assert (done.account.own_used, done.account.open_loans) == (NOTHING, 0)
    assert done.applicant.monthly_debt_payments == 600
    assert done.account.own_limit == Decimal(68000)


def test_a_missed_instalment_grows_overdue_and_leaves_a_record_and_a_lower_limit() -> None:
    life = _do(_with_loan(), "miss_instalment").advanced(MONTH + 12 * DAY)
    now = _case(life)
    assert now.applicant.days_past_due == 12
    assert _last(_sent(life)).reasons[0].code == "R04"
    assert now.account.own_limit == Decimal(40000)
    paid = _do(life, "pay_overdue", 10)
    person = _case(paid).applicant
    assert (person.days_past_due, person.late_payments_24m, person.worst_late_days_24m) == (
        0,
        1,
        12,
    )
    assert _last(_sent(paid)).approved
    assert _case(paid.advanced(24 * MONTH)).applicant.late_payments_24m == 0


def test_repaying_early_closes_the_loan_and_frees_the_limit() -> None:
    life = _do(_with_loan().advanced(2 * MONTH), "close_loans_here", 10, count=1)
    case = _case(life)
    assert (case.account.own_used, case.account.open_loans) == (NOTHING, 0)
    assert case.applicant.monthly_debt_payments == 600
    assert life.has_loan("request-0")


def test_an_offer_for_less_is_paid_out_for_less() -> None:
    life = _with_loan(amount="40000")
    assert life.loans[0].principal == Decimal(37000)


# Actions --------------------------------------------------------------------------------------

FIXES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("complete_profile", {"profile_fields_missing": ("income",)}, {"profile_fields_missing": ()}),
    ("correct_profile", {"profile_fields_wrong": ("employer",)}, {"profile_fields_wrong": ()}),
    ("grant_permissions", {"permissions_denied": ("camera",)}, {"permissions_denied": ()}),
    ("link_payout_card", {"payout_card_in_own_name": False}, {"payout_card_in_own_name": True}),
    ("do_face_check", {"face_check_done": False}, {"face_check_done": True}),
    ("renew_document", {"document_days_left": -5}, {"document_days_left": 3650}),
    ("link_repayment_card", {"repayment_card_days_left": 0}, {"repayment_card_days_left": 1825}),
    ("correct_name", {"name_matches": False}, {"name_matches": True}),
    (
        "register_phone_number",
        {"phone_in_own_name": False},
        {"phone_in_own_name": True, "months_since_phone_change": 0},
    ),
    ("give_report_consent", {"credit_report_consent": False}, {"credit_report_consent": True}),
    ("give_data_consent", {"data_consent": False}, {"data_consent": True}),
    ("find_co_payer", {}, {"second_repayment_source": True}),
    ("correct_income", {"income_estimate": "5000"}, {"monthly_income": Decimal(5000)}),
    ("use_own_phone", {"accounts_on_device": 9}, {"accounts_on_device": 1}),
    ("return_to_usual_place", {"unusual_place": True}, {"unusual_place": False}),
    ("end_screen_sharing", {"remote_control_app": True}, {"remote_control_app": False}),
    ("fill_in_yourself", {"form_seconds": 2}, {"form_seconds": 240}),
    ("give_own_contact", {"same_contact_applications": 9}, {"same_contact_applications": 0}),
    ("leave_helper", {"paid_helper": True}, {"paid_helper": False}),
    ("change_phone", {}, {"device_hours_known": 0}),
    ("change_phone_number", {}, {"months_since_phone_change": 0}),
    ("apply_elsewhere", {}, {"hard_enquiries_30d": 2, "hard_enquiries_90d": 2}),
    ("close_card", {}, {"credit_limit_total": Decimal(15000)}),
]


@pytest.mark.parametrize(("kind", "before", "after"), FIXES, ids=[fix[0] for fix in FIXES])
def test_an_action_changes_just_its_facts(
    kind: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    life = _life(**before)
    was, now = _case(life).applicant, _case(_do(life, kind)).applicant
    changed = {
        name: getattr(now, name)
        for name in Applicant.model_fields
        if getattr(now, name) != getattr(was, name)
    }
    assert changed == after


def _debts(person: Applicant) -> tuple[int, Decimal, Decimal]:
    return person.lenders, person.outstanding_debt, person.monthly_debt_payments


def test_money_actions_move_debts_in_proportion() -> None:
    life = _life(outstanding_debt="9000", monthly_debt_payments="900", lenders=3)
    one = _case(_do(life, "close_debts", count=1)).applicant
    assert _debts(one) == (2, Decimal(6000), Decimal(600))
    part = _case(_do(life, "repay_debt", amount="4500")).applicant
    assert _debts(part) == (3, Decimal(4500), Decimal(450))
    none = _case(_do(life, "repay_debt", amount="99999")).applicant
    assert _debts(none) == (0, Decimal(0), Decimal(0))
    more = _case(_do(life, "add_lender", amount="12000")).applicant
    assert _debts(more) == (4, Decimal(21000), Decimal(1900))
    assert more.hard_enquiries_30d == 2
    cards = _case(_do(life, "repay_cards", amount="1500")).applicant
    assert cards.credit_used == Decimal(3500)


def test_a_debt_with_the_account_from_before_the_life_can_be_repaid() -> None:
    account = Account(own_used=Decimal(9000), open_loans=3)
    life = replace(_life(), own=Own(Applicant(outstanding_debt=Decimal(20000)), account))
    case = _case(_do(life, "close_loans_here", count=2))
    assert (case.account.open_loans, case.account.own_used) == (1, Decimal(3000))
    assert case.applicant.outstanding_debt == 14000


def test_a_pause_refuses_until_it_ends_and_cannot_be_shortened() -> None:
    life = _do(_do(_life(), "set_pause", days=30), "set_pause", days=1)
    assert _last(_sent(life)).reasons[0].code == "C12"
    assert _last(_sent(life)).reasons[0].retry_after_minutes == 30 * DAY
    assert _last(_sent(life.advanced(30 * DAY - 1))).reasons[0].code == "C12"
    assert _last(_sent(life.advanced(30 * DAY))).approved


MORE: dict[str, dict[str, Any]] = {
    "send_evidence": {"evidence": "own_statement"},
    "close_debts": {"count": 1},
    "close_loans_here": {"count": 1},
    "set_pause": {"days": 3},
}


def test_every_action_has_words_and_folds_from_its_event() -> None:
    assert BOOK.actions.keys() == set(KINDS)
    for kind in KINDS:
        more = MORE.get(kind, {})
        if kind in ("repay_debt", "repay_cards", "repay_here", "add_lender", "state_income"):
            more = {"amount": "100"}
        action: Action = ACTION.validate_python({"kind": kind, **more})
        data = {"action": action.model_dump(mode="json"), "minutes": BOOK.actions[kind].minutes}
        life = fold([("life_acted", data)], "new-clerk")
        assert life == Life(persona="new-clerk").acted(action, BOOK.actions[kind].minutes)


# Memory ---------------------------------------------------------------------------------------


def test_restrictions_grow_and_two_freezes_need_a_reactivation() -> None:
    life = _life()
    outcomes, lengths = [], []
    for _ in range(2):
        for _ in range(4):
            life = _sent(life)
            outcomes.append(_last(life).outcome)
        lengths.append((life.freeze_left, len(life.memory.cool_downs)))
        life = life.advanced(max(31 * DAY, life.freeze_left))
    assert outcomes[:4] == ["approved", "approved", "cool_down", "frozen"]
    assert lengths[0] == (72 * 60, 1)
    assert lengths[1] == (168 * 60, 2)
    life = _sent(life)
    assert [reason.code for reason in _last(life).reasons] == ["R14"]
    assert _last(_sent(_do(life, "reactivate", DAY))).approved


def test_a_second_cool_down_lasts_longer() -> None:
    life = _life()
    for _ in range(3):
        life = _sent(life)
    assert life.cool_down_left == 24 * 60
    life = life.advanced(2 * DAY)
    for _ in range(3):
        life = _sent(life)
    assert life.cool_down_left == 48 * 60


def test_five_refusals_in_a_week_cool_down_and_withhold_a_fifth_of_the_limit() -> None:
    life = _life(remote_control_app=True)
    for _ in range(5):
        life = _sent(life).advanced(DAY)
        assert _last(life).outcome == "declined"
    life = _sent(_do(life, "end_screen_sharing"))
    assert (_last(life).outcome, _last(life).reasons[0].code) == ("cool_down", "R13")
    assert _case(life).account.limit_cut_percent == 20
    frozen = _sent(_sent(life))
    assert _last(frozen).outcome == "frozen"
    assert _case(frozen).account.limit_cut_percent == 20
    assert frozen.freeze_left == life.cool_down_left == 7 * DAY
    assert _case(life.advanced(30 * DAY)).account.limit_cut_percent == 0


def test_cancelling_three_times_a_day_cools_down() -> None:
    life = _life()
    for _ in range(3):
        life = _sent(life)
        life = life.walked_away(life.sent[-1].id).advanced(3 * 60)
    life = _sent(life)
    assert _last(life).reasons[0].code == "R12"


def test_each_judged_request_leaves_an_enquiry_and_one_turned_away_does_not() -> None:
    life = _sent(_life())
    assert _case(life).applicant.hard_enquiries_30d == 2
    turned_away = _sent(life, platform=Platform(incident="database_error"))
    assert _case(turned_away).applicant.hard_enquiries_30d == 2


def test_verification_and_evidence_hold_for_a_while() -> None:
    life = _do(_life(unusual_place=True, accounts_on_device=4), "verify_again", 5)
    assert _last(_sent(life)).outcome == "refer"
    life = _do(life, "send_evidence", 48 * 60, evidence="own_statement")
    assert _last(_sent(life)).approved
    assert _last(_sent(life.advanced(2 * DAY))).outcome == "step_up"
    assert _last(_sent(_do(life.advanced(91 * DAY), "verify_again"))).outcome == "refer"


# Idempotency ----------------------------------------------------------------------------------


def _timed_out(arrived: bool) -> Life:
    """A life whose only request timed out, and had arrived or not."""
    for seed in range(50):
        life = _life()
        case = _case(life, "key-1", TIMEOUT).model_copy(update={"seed": seed})
        behind = look_up(case, BOOK)
        if behind.arrived is arrived:
            return life.after("request-0", case, decide(case, BOOK), behind, "key-1")
    raise AssertionError("no seed tells this story")


def test_the_same_request_after_a_time_out_never_becomes_two_loans() -> None:
    life = _timed_out(arrived=True)
    assert len(life.loans) == 1
    again = _sent(life, "key-1")
    assert _last(again).outcome == "duplicate"
    check = next(c for s in _last(again).stages for c in s.checks if c.rule == "same-key")
    assert check.value == 1
    assert (check.status, check.reason) == ("tripped", "S06")
    assert len(again.loans) == 1
    assert not again.sent[0].unresolved
    assert _last(_sent(again, "key-1")).outcome == "duplicate"


def test_a_request_that_never_arrived_is_judged_when_it_is_sent_again() -> None:
    again = _sent(_timed_out(arrived=False), "key-1")
    assert _last(again).outcome == "approved"
    assert again.loans == ()


def test_another_request_is_refused_while_the_first_is_unknown() -> None:
    again = _sent(_timed_out(arrived=False), "key-2")
    assert _last(again).reasons[0].code == "S05"


def test_a_duplicate_that_times_out_as_well_is_still_one_loan() -> None:
    life = _timed_out(arrived=True)
    for _ in range(6):
        life = _sent(life, "key-1", TIMEOUT).advanced(120)
    assert len(life.loans) == 1


# A life made to measure -----------------------------------------------------------------------


def test_a_life_made_to_measure_folds_from_its_own_facts() -> None:
    start = {
        "persona": "new-clerk",
        "applicant": Applicant(age=52, lenders=3).model_dump(mode="json"),
        "account": Account(own_limit=Decimal(7000)).model_dump(mode="json"),
    }
    life = fold([("life_started", start), ("regime_changed", {"regime": "cost-cap"})], "student")
    case = life.case(LoanRequest(), Applicant(), USUAL, 0)
    assert (case.applicant.age, case.applicant.lenders) == (52, 3)
    assert case.account.own_limit == Decimal(7000)
    assert life.regime == "cost-cap"


def test_a_case_of_a_life_is_a_valid_case() -> None:
    life = _do(_with_loan(), "miss_instalment").advanced(40 * DAY)
    case = _case(_sent(life))
    assert Case.model_validate_json(case.model_dump_json()) == case


# What holds for every life --------------------------------------------------------------------

MOVES = st.lists(
    st.sampled_from(["send", "send", "send", "cancel", "hour", "day", "week", "month", "verify"]),
    min_size=1,
    max_size=25,
)


def _moved(life: Life, move: str) -> Life:
    if move == "send":
        return _sent(life)
    if move == "cancel":
        return life.walked_away(life.sent[-1].id) if life.sent else life
    if move == "verify":
        return _do(life, "verify_again", 5)
    return life.advanced({"hour": 60, "day": DAY, "week": 7 * DAY, "month": MONTH}[move])


@settings(max_examples=60, deadline=None)
@given(moves=MOVES, face=st.booleans())
def test_sending_once_more_never_ends_a_restriction_sooner(moves: list[str], face: bool) -> None:
    life = _life(face_check_done=face, remote_control_app=not face)
    for move in moves:
        before, life = life, _moved(life, move)
        if move == "send":
            left = max(before.freeze_left, before.cool_down_left)
            assert max(life.freeze_left, life.cool_down_left) >= left
            assert _case(life).account.limit_cut_percent >= _case(before).account.limit_cut_percent


@settings(max_examples=25, deadline=None)
@given(moves=MOVES, regime=st.sampled_from(sorted(BOOK.regimes)))
def test_every_stored_decision_is_made_again_from_what_was_stored(
    moves: list[str], regime: str
) -> None:
    book = BOOK.under(regime)
    life = _life(occupation="gig_worker")
    for number, move in enumerate(moves):
        if move != "send":
            life = _moved(life, move)
            continue
        decision = decide(case := _case(life), book)
        life = life.after(f"request-{number}", case, decision, None)
    for sent in life.sent:
        stored = Decision.model_validate_json(sent.decision.model_dump_json())
        case = Case.model_validate_json(sent.case.model_dump_json())
        assert (stored.ruleset, stored.regime) == (book.version, regime)
        assert decide(case, BOOK.under(stored.regime)) == stored
