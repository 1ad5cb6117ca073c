"""What a person can really change: for every fact the steps that move it, no further than helps.

Nothing here touches age, occupation, region, the past or the purpose: no move, no suggestion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_CEILING, Decimal

from sandbox.lender.case import Method
from sandbox.lender.life.actions import (
    CloseDebts,
    CloseLoansHere,
    Do,
    Fix,
    Pay,
    Paying,
    SendEvidence,
)
from sandbox.lender.measures import MEASURES
from sandbox.lender.remedies.spot import Passes, Spot, smallest
from sandbox.lender.remedies.steps import AskFor, Step

AMORTISING: tuple[Method, ...] = ("equal_instalment", "equal_principal")
GRID = Decimal(100)
"""Repayments are suggested in whole hundreds of yuan."""
MOST_INCOME = 1000
"""Up to so many hundreds of yuan a month, an income may have to be stated."""


def _paying(
    kind: Paying, owed: Callable[[Spot], Decimal]
) -> Callable[[Spot, Passes], Iterator[Step]]:
    """A lever that repays as little as helps, in hundreds, or all of it."""

    def lever(spot: Spot, passes: Passes) -> Iterator[Step]:
        all_of_it = owed(spot)
        if all_of_it <= 0:
            return

        def pay(hundreds: int) -> Step:
            return spot.act(Pay(kind=kind, amount=min(all_of_it, hundreds * GRID)))

        most = int((all_of_it / GRID).to_integral_value(ROUND_CEILING))
        found = smallest(1, most, lambda n: passes(spot.situation.stepped(pay(n))))
        if found is not None:
            yield pay(found)

    return lever


def _owed_elsewhere(spot: Spot) -> Decimal:
    return spot.situation.person().applicant.outstanding_debt


def _owed_on_cards(spot: Spot) -> Decimal:
    return spot.situation.person().applicant.credit_used


def _owed_here(spot: Spot) -> Decimal:
    return spot.situation.person().account.own_used


def _close_debts(spot: Spot, passes: Passes) -> Iterator[Step]:
    most = spot.situation.person().applicant.lenders

    def close(count: int) -> Step:
        return spot.act(CloseDebts(count=count))

    found = smallest(1, most, lambda n: passes(spot.situation.stepped(close(n))))
    if found is not None:
        yield close(found)


def _close_loans_here(spot: Spot, passes: Passes) -> Iterator[Step]:
    def close(count: int) -> Step:
        return spot.act(CloseLoansHere(count=count))

    most = spot.case.account.open_loans
    found = smallest(1, most, lambda n: passes(spot.situation.stepped(close(n))))
    if found is not None:
        yield close(found)


def _repay_here(spot: Spot, passes: Passes) -> Iterator[Step]:
    yield from _paying("repay_here", _owed_here)(spot, passes)
    yield from _close_loans_here(spot, passes)


def _income(spot: Spot, _: Passes) -> Iterator[Step]:
    """State an income where none is stated: the least that all rules on it ask, if it is true."""
    person = spot.case.applicant
    if person.monthly_income is not None and person.monthly_income > 0:
        if person.income_estimate is not None and not person.income_verified:
            yield spot.act(Do(kind="correct_income"))
        return

    rules = [
        spot.passes(rule)
        for rule in spot.book.stages["affordability"]
        if "applicant.monthly_income" in MEASURES[rule.measure].facts
    ]

    def state(hundreds: int) -> Step:
        return spot.act(Pay(kind="state_income", amount=hundreds * GRID))

    def enough(hundreds: int) -> bool:
        later = spot.situation.stepped(state(hundreds))
        return all(passes(later) for passes in rules)

    found = smallest(1, MOST_INCOME, enough)
    if found is not None:
        yield state(found)


def less(spot: Spot, passes: Passes, term: int | None = None) -> Iterator[Step]:
    """The largest smaller amount that this rule lets through, in the product's steps."""
    grid, asked = spot.book.product.amount_step, spot.situation.request.amount
    lowest = -int(-spot.book.product.amount_min // grid)
    highest = int(-(-asked // grid)) - 1

    def ask(cut: int) -> Step:
        return AskFor(amount=(highest - cut) * grid, term_months=term)

    found = smallest(0, highest - lowest, lambda n: passes(spot.situation.stepped(ask(n))))
    if found is not None:
        yield ask(found)


def _terms(spot: Spot, passes: Passes) -> Iterator[Step]:
    """The nearest terms, on either side, that let the request through."""
    asked = spot.situation.request.term_months
    shorter = [t for t in reversed(spot.book.product.terms) if t < asked]
    longer = [t for t in spot.book.product.terms if t > asked]
    for side in (longer, shorter):
        for term in side:
            step = AskFor(term_months=term)
            if passes(spot.situation.stepped(step)):
                yield step
                break


def _methods(spot: Spot, passes: Passes) -> Iterator[Step]:
    """Methods that repay the principal along the way; one that leaves it to the end is no help."""
    for method in AMORTISING:
        step = AskFor(method=method)
        offered = method in spot.book.product.methods
        if (
            offered
            and method != spot.situation.request.method
            and passes(spot.situation.stepped(step))
        ):
            yield step


def _proof(spot: Spot, _: Passes) -> Iterator[Step]:
    if not spot.case.applicant.income_verified:
        yield spot.act(SendEvidence(evidence="income_papers"))


REPAID: tuple[tuple[Paying, str, Callable[[Spot], Decimal]], ...] = (
    ("repay_debt", "applicant.outstanding_debt", _owed_elsewhere),
    ("repay_debt", "applicant.monthly_debt_payments", _owed_elsewhere),
    ("repay_here", "account.own_used", _owed_here),
)

FIXED_BY: Mapping[str, Fix] = {
    "applicant.profile_fields_missing": "complete_profile",
    "applicant.profile_fields_wrong": "correct_profile",
    "applicant.permissions_denied": "grant_permissions",
    "applicant.repayment_card_days_left": "link_repayment_card",
    "applicant.face_check_done": "do_face_check",
    "applicant.document_days_left": "renew_document",
    "applicant.name_matches": "correct_name",
    "applicant.phone_in_own_name": "register_phone_number",
    "applicant.payout_card_in_own_name": "link_payout_card",
    "applicant.payout_card_active": "link_payout_card",
    "applicant.credit_report_consent": "give_report_consent",
    "applicant.data_consent": "give_data_consent",
    "applicant.second_repayment_source": "find_co_payer",
    "applicant.device_hours_known": "use_known_phone",
    "applicant.accounts_on_device": "use_own_phone",
    "applicant.unusual_place": "return_to_usual_place",
    "applicant.remote_control_app": "end_screen_sharing",
    "applicant.same_contact_applications": "give_own_contact",
    "applicant.form_seconds": "fill_in_yourself",
    "applicant.paid_helper": "leave_helper",
    "applicant.days_past_due": "pay_overdue",
    "history.unresolved_requests": "look_up",
    "history.freezes_since_reactivation": "reactivate",
}
"""Facts that one plain action puts right."""

MOVED_BY: Mapping[str, Callable[[Spot, Passes], Iterator[Step]]] = {
    "applicant.outstanding_debt": _paying("repay_debt", _owed_elsewhere),
    "applicant.monthly_debt_payments": _paying("repay_debt", _owed_elsewhere),
    "applicant.credit_used": _paying("repay_cards", _owed_on_cards),
    "applicant.lenders": _close_debts,
    "applicant.monthly_income": _income,
    "applicant.income_verified": _proof,
    "account.own_used": _repay_here,
    "account.open_loans": _close_loans_here,
    "request.amount": less,
    "request.term_months": _terms,
    "request.method": _methods,
}
"""Facts that take a figure."""
