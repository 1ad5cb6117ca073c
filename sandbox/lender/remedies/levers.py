"""What a person can really change: for every fact the steps that move it, sized by the band edges.

Nothing here touches age, occupation, region, the past or the purpose: no lever, no suggestion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from sandbox.lender.book import LenderBook
from sandbox.lender.case import Case, Method
from sandbox.lender.decide import UNIT_MINUTES, units_to_go
from sandbox.lender.facts.catalogue import FACTS
from sandbox.lender.judging import Ruling, Run, apply, rule_on
from sandbox.lender.life.actions import (
    Action,
    CloseDebts,
    CloseLoansHere,
    Do,
    Fix,
    Pay,
    Paying,
    SendEvidence,
)
from sandbox.lender.measures import MEASURES, Measure
from sandbox.lender.remedies.situation import Situation
from sandbox.lender.remedies.steps import Act, AskFor, Step, Wait
from sandbox.lender.rules import Rule

AMORTISING: tuple[Method, ...] = ("equal_instalment", "equal_principal")
GRID = Decimal(100)
"""Repayments are suggested in whole hundreds of yuan."""
MOST_INCOME = 1000
"""Up to so many hundreds of yuan a month, an income may have to be stated."""

Passes = Callable[[Situation], bool]


@dataclass(frozen=True)
class Spot:
    """Where a request stands: the situation, its case, how the rules ran, by which book."""

    situation: Situation
    case: Case
    run: Run
    book: LenderBook

    def act(self, action: Action) -> Act:
        """The action as a step, with the time it takes."""
        return Act(action=action, minutes=self.book.actions[action.kind].minutes)

    def passes(self, rule: Rule) -> Passes:
        """Whether this rule would let a later situation through, all else left aside.

        A rule on the price is held against the price that the later situation would have.
        """
        last = self.run.last
        pricing = self.book.stages["pricing"] if rule.stage == "pricing" else ()

        def check(later: Situation) -> bool:
            case = later.case()
            state = replace(last, case=case, asked=case)
            if pricing:
                state = rule_on(pricing, state, self.book)[1]
            return not apply(rule, state, self.book).tripped

        return check


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
    for less in _less(spot, passes, longest):
        yield (less,)
    for kind, path, owed in REPAID:
        amount = owed(spot)
        if path not in facts or amount <= 0:
            continue
        pay = spot.act(Pay(kind=kind, amount=amount))
        later = replace(spot, situation=spot.situation.stepped(pay))
        asked = [*_less(later, passes)] or [*_less(later, passes, longest)]
        for less in asked:
            yield pay, less


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


def _smallest(low: int, high: int, good: Callable[[int], bool]) -> int | None:
    """The smallest number from low to high that is good, where all above a good one are."""
    if low > high or not good(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if good(middle):
            high = middle
        else:
            low = middle + 1
    return high


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
        found = _smallest(1, most, lambda n: passes(spot.situation.stepped(pay(n))))
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

    found = _smallest(1, most, lambda n: passes(spot.situation.stepped(close(n))))
    if found is not None:
        yield close(found)


def _close_loans_here(spot: Spot, passes: Passes) -> Iterator[Step]:
    def close(count: int) -> Step:
        return spot.act(CloseLoansHere(count=count))

    most = spot.case.account.open_loans
    found = _smallest(1, most, lambda n: passes(spot.situation.stepped(close(n))))
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

    found = _smallest(1, MOST_INCOME, enough)
    if found is not None:
        yield state(found)


def _less(spot: Spot, passes: Passes, term: int | None = None) -> Iterator[Step]:
    """The largest smaller amount that this rule lets through, in the product's steps."""
    grid, asked = spot.book.product.amount_step, spot.situation.request.amount
    lowest = -int(-spot.book.product.amount_min // grid)
    highest = int(-(-asked // grid)) - 1

    def ask(cut: int) -> Step:
        return AskFor(amount=(highest - cut) * grid, term_months=term)

    found = _smallest(0, highest - lowest, lambda n: passes(spot.situation.stepped(ask(n))))
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
    "request.amount": _less,
    "request.term_months": _terms,
    "request.method": _methods,
}
"""Facts that take a figure."""


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
    found = _smallest(
        0, len(later) - 1, lambda n: passes(spot.situation.stepped(Wait(minutes=later[n] - now)))
    )
    return None if found is None else Wait(minutes=later[found] - now)
