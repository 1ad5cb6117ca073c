"""What a departure from the agreed course costs or saves: early, late, deferred."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field, ValidationError

from sandbox.answers.calls import Arguments, LoanArguments, Number, call
from sandbox.answers.loans import quoted
from sandbox.loans import Offer
from sandbox.money import CENT


class Early(LoanArguments):
    """Paid ahead on the due date of an instalment, after paying it; without amount: all of it."""

    after: int = Field(ge=0)
    amount: Number | None = None
    effect: Literal["shorter_term", "lower_instalment"] = "shorter_term"
    fee: Number = Decimal(0)
    fee_rate: Number = Decimal(0)
    fee_months_interest: Number = Decimal(0)
    refund_unearned: bool = False


class Late(LoanArguments):
    """One instalment paid so many days late, by the loan's late terms."""

    instalment_number: int = Field(1, ge=1)
    days: int = Field(ge=1)


class Holiday(LoanArguments):
    """Instalments skipped by agreement."""

    from_instalment: int = Field(ge=1)
    instalments: int = Field(1, ge=1)
    interest: Literal["collected", "capitalised", "postponed", "waived"] = "capitalised"
    extend: bool = True


class Days(Arguments):
    """An amount that bears interest by the day."""

    amount: Number
    daily_rate: Number
    days: int = Field(ge=0)


def changed(loan: Offer, **terms: Any) -> Offer:
    """The loan with other terms. Raises ValueError if they do not hold together."""
    try:
        return Offer.model_validate(loan.model_dump(exclude_defaults=True) | terms)
    except ValidationError as error:
        raise ValueError(error.errors(include_url=False)[0]["msg"]) from None


def _prepaid(given: Early) -> Offer:
    prepayment = {
        "after_instalment": given.after,
        "effect": given.effect,
        "fee": given.fee,
        "fee_rate": given.fee_rate,
        "fee_months_interest": given.fee_months_interest,
        "refund_unearned": given.refund_unearned,
    }
    if given.amount is not None:
        prepayment["amount"] = given.amount
    return changed(given.loan, prepayments=(*given.loan.prepayments, prepayment))


@call(Early, "yuan")
def payoff(given: Early) -> Decimal:
    """What must be paid to settle the whole loan after so many instalments."""
    if given.amount is not None:
        raise ValueError("amount: a payoff settles everything; leave it out")
    return quoted(_prepaid(given)).rows[-1].payment


@call(Early, "yuan")
def prepayment_saving(given: Early) -> Decimal:
    """Cost saved by paying ahead, the fee for it taken off."""
    return quoted(given.loan).totals.cost - quoted(_prepaid(given)).totals.cost


@call(Early, "count")
def instalments_saved(given: Early) -> Decimal:
    """How many payments fewer there are after paying ahead; the prepayment itself not counted."""
    regular = [row for row in quoted(_prepaid(given)).rows if row.kind == "instalment"]
    return Decimal(len(quoted(given.loan).rows) - len(regular))


@call(Early, "yuan")
def instalment_after_prepayment(given: Early) -> Decimal:
    """The instalment that follows the prepayment."""
    rows = quoted(_prepaid(given)).rows
    at = next(place for place, row in enumerate(rows) if row.kind == "prepayment")
    return rows[at + 1].payment


@call(Late, "yuan")
def penalty(given: Late) -> Decimal:
    """Penalty interest and late fee of one instalment paid late."""
    late = {"instalment": given.instalment_number, "days": given.days}
    return quoted(changed(given.loan, late_payments=(late,))).totals.penalty


@call(Holiday, "yuan")
def deferral_cost(given: Holiday) -> Decimal:
    """What a payment holiday adds to the cost."""
    holiday = given.model_dump(exclude={"loan"})
    deferred = changed(given.loan, deferrals=(holiday,))
    return quoted(deferred).totals.cost - quoted(given.loan).totals.cost


@call(Days, "yuan")
def daily_interest(given: Days) -> Decimal:
    """Interest by the day: amount x daily rate x days, to the cent."""
    return (given.amount * given.daily_rate * given.days).quantize(CENT, ROUND_HALF_UP)
