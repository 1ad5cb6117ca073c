"""What would change a refusal: small, possible, honest, and true when followed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sandbox.lender import Case, decide, load_lenderbook
from sandbox.lender.life import Life, Own, fold
from sandbox.lender.remedies import Act, Advice, AskFor, Remedy, Situation, Wait, advise, remedies

BOOK = load_lenderbook()
DAY = 24 * 60


def _advise(**facts: Any) -> Advice:
    return advise(Case.model_validate(facts), BOOK)


def _kinds(remedy: Remedy) -> list[str]:
    return [s.action.kind if isinstance(s, Act) else s.kind for s in remedy.steps]


def _all(advice: Advice) -> list[list[str]]:
    return [_kinds(option) for option in advice.options]


SINGLE: list[tuple[dict[str, Any], str]] = [
    ({"profile_fields_missing": ["employer"]}, "complete_profile"),
    ({"profile_fields_wrong": ["address"]}, "correct_profile"),
    ({"permissions_denied": ["camera"]}, "grant_permissions"),
    ({"repayment_card_days_left": 0}, "link_repayment_card"),
    ({"payout_card_in_own_name": False}, "link_payout_card"),
    ({"payout_card_active": False}, "link_payout_card"),
    ({"face_check_done": False}, "do_face_check"),
    ({"document_days_left": -3}, "renew_document"),
    ({"name_matches": False}, "correct_name"),
    ({"credit_report_consent": False}, "give_report_consent"),
    ({"data_consent": False}, "give_data_consent"),
    ({"student": True}, "find_co_payer"),
    ({"device_hours_known": 1}, "wait"),
    ({"accounts_on_device": 8}, "use_own_phone"),
    ({"accounts_on_device": 4}, "use_own_phone"),
    ({"unusual_place": True}, "verify_again"),
    ({"months_since_phone_change": 0}, "verify_again"),
    ({"remote_control_app": True}, "end_screen_sharing"),
    ({"same_contact_applications": 9}, "give_own_contact"),
    ({"form_seconds": 2}, "verify_again"),
    ({"paid_helper": True}, "leave_helper"),
    ({"days_past_due": 12}, "pay_overdue"),
    ({"lenders": 6, "outstanding_debt": "6000"}, "close_debts"),
    ({"credit_limit_total": "5000"}, "repay_cards"),
    ({"late_payments_24m": 4, "worst_late_days_24m": 5}, "send_evidence"),
    ({"income_verified": False}, "send_evidence"),
    ({"income_verified": False, "income_estimate": "5500"}, "send_evidence"),
    ({"hard_enquiries_30d": 9}, "wait"),
    ({"borrowing_pause_days_left": 12}, "wait"),
]


@pytest.mark.parametrize(("applicant", "kind"), SINGLE)
def test_one_change_is_enough_where_one_thing_is_wrong(
    applicant: dict[str, Any], kind: str
) -> None:
    advice = _advise(applicant=applicant)
    assert all(len(option.steps) == 1 for option in advice.options)
    assert [kind] in _all(advice)


def test_an_approval_needs_no_advice_and_an_unknown_outcome_is_looked_up_first() -> None:
    assert _advise() == Advice()
    assert _advise(platform={"incident": "timeout"}) == Advice(look_up_first=True)
    assert _advise(history={"same_key_requests": 1}) == Advice()


def test_too_large_an_amount_is_met_with_less_longer_or_a_smaller_debt() -> None:
    advice = _advise(request={"amount": "40000"})
    assert _all(advice) == [["ask"], ["ask"], ["repay_debt"]]
    term, amount, repay = advice.options
    assert term.steps == (AskFor(term_months=18),)
    assert amount.steps == (AskFor(amount=Decimal(37000)),)
    assert amount.cost.less == 3000
    assert repay.cost.yuan == 2300
    cheaper = Case.model_validate(
        {"request": {"amount": "40000"}, "applicant": {"outstanding_debt": "2800"}}
    )
    assert decide(cheaper, BOOK).outcome == "approved_less"


def test_a_repayment_is_the_smallest_in_hundreds_that_helps() -> None:
    """A hundred less leaves the burden above its band edge."""
    step = next(o for o in _advise(request={"amount": "40000"}).options if o.cost.yuan).steps[0]
    assert isinstance(step, Act)
    situation = Situation.of(Case.model_validate({"request": {"amount": "40000"}}), BOOK)
    enough = situation.stepped(step).case()
    assert decide(enough, BOOK).outcome == "approved"
    less = step.action.model_copy(update={"amount": Decimal(2200)})
    short = situation.stepped(step.model_copy(update={"action": less})).case()
    assert decide(short, BOOK).outcome == "approved_less"


def test_waiting_is_said_to_be_all_one_can_do() -> None:
    advice = _advise(history={"requests_minutes_ago": [1, 2]})
    assert advice.wait_minutes == DAY
    assert advice.options[0].only_waiting
    assert _advise(history={"freeze_left_minutes": 500}).wait_minutes == 500
    assert _advise(applicant={"face_check_done": False}).wait_minutes is None


def test_a_long_wait_is_not_all_that_is_said_where_two_steps_take_less() -> None:
    advice = _advise(applicant={"months_since_phone_change": 0, "device_hours_known": 1})
    assert _all(advice)[0] == ["verify_again", "use_known_phone"]
    assert ["wait"] in _all(advice)
    assert advice.wait_minutes is None


def test_a_minor_is_told_to_wait_for_the_birthday() -> None:
    advice = _advise(
        applicant={"age": 16, "document_days_left": 3000, "repayment_card_days_left": 3000}
    )
    assert advice.wait_minutes == 2 * 365 * DAY


def test_an_incident_is_waited_out() -> None:
    assert _advise(platform={"load_percent": 250}).wait_minutes == BOOK.product.incident_minutes
    down = {"incident": "payout_rail_down", "incident_left_minutes": 45}
    assert _advise(platform=down).wait_minutes == 45


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"request": {"purpose": "securities"}}, "C02"),
        ({"request": {"purpose": "repay_debt"}}, "C03"),
        ({"request": {"purpose": "business"}}, "C04"),
        ({"applicant": {"region": "abroad"}}, "C09"),
    ],
)
def test_what_nobody_should_change_has_no_remedy_and_is_named(
    facts: dict[str, Any], code: str
) -> None:
    advice = _advise(**facts)
    assert advice.options == ()
    assert advice.never == (code,)


def test_interest_first_is_never_offered_as_a_way_out() -> None:
    for facts in ({"request": {"amount": "80000"}}, {"request": {"amount": "40000"}}):
        for option in _advise(**facts).options:
            assert not any(isinstance(s, AskFor) and s.method for s in option.steps)
    flat = _advise(request={"amount": "20000", "method": "flat_fee"})
    methods = [s.method for o in flat.options for s in o.steps if isinstance(s, AskFor)]
    assert "equal_instalment" in methods
    assert "interest_first" not in methods


def test_two_problems_in_two_stages_take_a_pair() -> None:
    advice = _advise(applicant={"face_check_done": False, "days_past_due": 3})
    assert [{"do_face_check", "pay_overdue"}] == [set(kinds) for kinds in _all(advice)]


def test_an_over_indebted_person_gets_one_plan_with_the_waiting_last() -> None:
    person = BOOK.personas["many-lenders"]
    case = Case(request=person.request, applicant=person.applicant, account=person.account)
    plan = advise(case, BOOK).options[0]
    kinds = _kinds(plan)
    assert {"pay_overdue", "close_debts", "wait"} <= set(kinds)
    assert kinds[-1] == "wait"
    assert kinds.count("wait") == 1
    assert plan.cost.yuan > 20_000


def test_the_waiting_and_the_costs_add_up() -> None:
    person = BOOK.personas["many-lenders"]
    case = Case(request=person.request, applicant=person.applicant, account=person.account)
    plan = advise(case, BOOK).options[0]
    took = sum(step.minutes for step in plan.steps if not isinstance(step, AskFor))
    assert plan.cost.minutes == took


def test_a_price_can_be_what_a_smaller_debt_would_change() -> None:
    book = BOOK.under("cost-cap")
    case = Case.model_validate({"applicant": {"monthly_debt_payments": "1500"}})
    kinds = {kind for option in advise(case, book).options for kind in _kinds(option)}
    assert {"repay_debt", "ask"} <= kinds


def test_a_life_is_advised_from_where_it_stands() -> None:
    """Promised to a running life, followed event by event, folded again: approved."""
    persona = BOOK.personas["new-number"]
    life = Life(persona=persona.id, own=Own(persona.applicant, persona.account))
    case = life.case(persona.request, persona.applicant, Case().platform, 0)
    life = life.after("first", case, decide(case, BOOK), None)
    situation = Situation.now(
        life, persona.applicant, persona.request, persona.account, case.platform, BOOK
    )
    for remedy in remedies(situation, BOOK).options:
        events = follow(life, remedy)
        end = fold(
            [
                (
                    "life_started",
                    {
                        "persona": persona.id,
                        "applicant": persona.applicant.model_dump(mode="json"),
                        "account": persona.account.model_dump(mode="json"),
                    },
                ),
                ("request_sent", {"request": "first", "case": case.model_dump(mode="json")}),
                (
                    "decision_made",
                    {
                        "request": "first",
                        "decision": decide(case, BOOK).model_dump(mode="json"),
                    },
                ),
                *events,
            ],
            "new-clerk",
        )
        request = persona.request
        for step in remedy.steps:
            if isinstance(step, AskFor):
                request = step.of(request)
        final = decide(end.case(request, persona.applicant, case.platform, 0), BOOK)
        assert final.outcome == "approved"
        assert final.amount == remedy.amount
        assert final.price is not None
        assert final.price.annual_rate == remedy.annual_rate


def follow(life: Life, remedy: Remedy) -> list[tuple[str, dict[str, Any]]]:
    """The events of a learner who does what a remedy says."""
    assert life.sent
    events: list[tuple[str, dict[str, Any]]] = []
    for step in remedy.steps:
        if isinstance(step, Wait):
            events.append(("clock_advanced", {"minutes": step.minutes}))
        elif isinstance(step, Act):
            action = step.action.model_dump(mode="json")
            events.append(("life_acted", {"action": action, "minutes": step.minutes}))
    return events
