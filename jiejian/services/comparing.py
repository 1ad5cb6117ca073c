"""Offers side by side, and what one step changes: input checked, then the engine asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiejian.services.naming import Given, naming
from jiejian.services.total_price import with_total
from sandbox.examples import ComparisonExample, Examples
from sandbox.loans import InputError, Offer
from sandbox.loans.comparing import Comparison, compare
from sandbox.loans.offer_fields import Revolving
from sandbox.loans.plans import Candidate, Leaving, Plan
from sandbox.loans.terms import Deferral, LatePayment, Prepayment
from sandbox.loans.whatif import (
    Change,
    EarlyRepayment,
    defer,
    late_by_days,
    only_minimum,
    pay_late,
    repay_early,
)

PLAN_BOXES = {
    "after_months": "plan.after_months",
    "instalment": "late_payments.0.instalment",
    "days": "late_payments.0.days",
    "amount": "prepayments.0.amount",
    "payment": "revolving.payment",
    "from_instalment": "deferrals.0.from_instalment",
    "instalments": "deferrals.0.instalments",
}
LEAVING_BOXES = {
    name: f"prepayments.0.{name}" for name in ("fee", "fee_rate", "fee_months_interest")
}


LATE_DAYS = 60


@dataclass(frozen=True)
class Lateness:
    """One late payment; by_days: what it adds to the cost after 1, 2 ... LATE_DAYS days."""

    change: Change
    by_days: tuple[Decimal, ...]


class Comparing:
    """Compares what lenders offer; nothing here is recorded.

    Every method raises InvalidInput with the box and the reason.
    """

    def __init__(self, examples: Examples) -> None:
        self.examples: Mapping[str, ComparisonExample] = examples.comparisons

    def compare(self, offers: Sequence[tuple[str, Given, Given]], plan: Given) -> Comparison:
        """Two to four offers under one plan.

        offers: name, the keys of `sandbox.loans.Offer` (or repay_total), and those of `Leaving`.
        A box of an offer is named `offers.0.` and the engine's field.
        """
        candidates = []
        for place, (name, given, leaving) in enumerate(offers):
            with naming(given, under=f"offers.{place}."):
                candidates.append(_candidate(name, given, leaving))
        with naming(plan, boxes=PLAN_BOXES):
            checked = Plan.model_validate(plan)
        with naming():
            return compare(candidates, checked)

    def repay_early(self, given: Given, leaving: Given, step: Given) -> EarlyRepayment:
        """Repaying ahead once. step: after_months, and amount and effect of a part."""
        with naming(given):
            candidate = _candidate("loan", given, leaving)
        with naming(step, boxes={**PLAN_BOXES, "after_months": "step.after_months"}):
            plan = Plan.model_validate({"kind": "repay", "after_months": step["after_months"]})
            part = {name: step[name] for name in ("amount", "effect") if name in step}
            ahead = Prepayment.model_validate({"after_instalment": 1, **part})
            return repay_early(candidate, plan.after_months, ahead.amount, ahead.effect)

    def pay_late(self, given: Given, step: Given) -> Lateness:
        """One instalment paid late. step: instalment, days."""
        with naming(given):
            offer = _candidate("loan", given, {}).offer
        with naming(step, boxes=PLAN_BOXES):
            late = LatePayment.model_validate(step)
            change = pay_late(offer, late.instalment, late.days)
            return Lateness(change, late_by_days(offer, late.instalment, LATE_DAYS))

    def only_minimum(self, given: Given, payment: object) -> Change:
        """A revolving balance paid by a fixed amount, or by the minimum only."""
        with naming(given):
            offer = _candidate("loan", given, {}).offer
        with naming(boxes=PLAN_BOXES):
            fixed = Revolving.model_validate({"payment": payment}).payment
            if fixed is None:
                raise InputError("payment", "missing", "say what is paid each time")
            return only_minimum(offer, fixed)

    def defer(self, given: Given, step: Given) -> Change:
        """Instalments skipped by agreement. step: the keys of `Deferral`."""
        with naming(given):
            offer = _candidate("loan", given, {}).offer
        with naming(step, boxes=PLAN_BOXES):
            holiday = Deferral.model_validate(step)
            return defer(
                offer,
                holiday.from_instalment,
                holiday.instalments,
                holiday.interest,
                extend=holiday.extend,
            )


def _candidate(name: str, given: Given, leaving: Given) -> Candidate:
    offer = Offer.model_validate(with_total(given))
    with naming(leaving, boxes=LEAVING_BOXES):
        terms = Leaving.model_validate(leaving)
    return Candidate(name=name, offer=offer, leaving=terms)
