"""Measures: each maps the facts to one number (or category) that a rule holds against its limits.

A new measure is a small pure function here; a rule names it in its YAML file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from sandbox.lender.case import Case
from sandbox.lender.product import Product, offer_for
from sandbox.loans import quote

Unit = Literal["count", "yuan", "percent", "days", "hours", "minutes", "years", "yes_no", "choice"]
Params = Mapping[str, int]
Value = Decimal | str | None
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Assessment:
    """The facts of a case plus what the lender has worked out so far.

    annual_rate is the nominal yearly rate (a fraction) once a pricing rule has set it.
    """

    case: Case
    product: Product
    annual_rate: Decimal | None = None


@dataclass(frozen=True)
class Measure:
    """A named measure: its unit, the parameters it takes and the function behind it."""

    name: str
    unit: Unit
    params: frozenset[str]
    compute: Callable[[Assessment, Params], Value]


MEASURES: dict[str, Measure] = {}


def _measure(
    unit: Unit, *params: str
) -> Callable[[Callable[[Assessment, Params], Value]], Callable[[Assessment, Params], Value]]:
    def register(
        compute: Callable[[Assessment, Params], Value],
    ) -> Callable[[Assessment, Params], Value]:
        name = compute.__name__
        MEASURES[name] = Measure(name, unit, frozenset(params), compute)
        return compute

    return register


def _flag(value: bool) -> Decimal:
    return Decimal(int(value))


@_measure("choice")
def incident(a: Assessment, _: Params) -> Value:
    """The technical incident going on, 'none' if there is none."""
    return a.case.platform.incident


@_measure("count")
def unresolved_requests(a: Assessment, _: Params) -> Value:
    """Earlier requests with an unknown outcome that nobody has looked up."""
    return Decimal(a.case.history.unresolved_requests)


@_measure("count")
def profile_fields_missing(a: Assessment, _: Params) -> Value:
    """Parts of the profile left empty."""
    return Decimal(len(set(a.case.applicant.profile_fields_missing)))


@_measure("yes_no")
def payout_card_in_own_name(a: Assessment, _: Params) -> Value:
    """1 if the payout card is the applicant's own."""
    return _flag(a.case.applicant.payout_card_in_own_name)


@_measure("yes_no")
def face_check_done(a: Assessment, _: Params) -> Value:
    """1 if the live face check was completed."""
    return _flag(a.case.applicant.face_check_done)


@_measure("days")
def document_days_left(a: Assessment, _: Params) -> Value:
    """Days until the identity document expires."""
    return Decimal(a.case.applicant.document_days_left)


@_measure("yes_no")
def phone_in_own_name(a: Assessment, _: Params) -> Value:
    """1 if the phone number is registered to the applicant."""
    return _flag(a.case.applicant.phone_in_own_name)


@_measure("yes_no")
def credit_report_consent(a: Assessment, _: Params) -> Value:
    """1 if the applicant allowed the lender to read the credit report."""
    return _flag(a.case.applicant.credit_report_consent)


@_measure("years")
def age(a: Assessment, _: Params) -> Value:
    """Age in whole years."""
    return Decimal(a.case.applicant.age)


@_measure("choice")
def purpose(a: Assessment, _: Params) -> Value:
    """The stated purpose of the loan."""
    return a.case.request.purpose


@_measure("yes_no")
def repayment_source_settled(a: Assessment, _: Params) -> Value:
    """1 unless the applicant is a student for whom nobody else has agreed to repay."""
    person = a.case.applicant
    return _flag(not person.student or person.second_repayment_source)


@_measure("yuan")
def unsecured_debt_after(a: Assessment, _: Params) -> Value:
    """Unsecured debt owed once this loan is paid out."""
    return a.case.applicant.outstanding_debt + a.case.request.amount


@_measure("minutes")
def freeze_left(a: Assessment, _: Params) -> Value:
    """Minutes left of an account freeze."""
    return Decimal(a.case.history.freeze_left_minutes)


@_measure("minutes")
def cool_down_left(a: Assessment, _: Params) -> Value:
    """Minutes left of a running cool-down."""
    return Decimal(a.case.history.cool_down_left_minutes)


@_measure("count", "window_minutes")
def requests_in_window(a: Assessment, params: Params) -> Value:
    """Requests inside the rolling window, this one included.

    A request exactly window_minutes old has left the window.
    """
    window = params["window_minutes"]
    earlier = sum(1 for ago in a.case.history.requests_minutes_ago if ago < window)
    return Decimal(earlier + 1)


@_measure("hours")
def device_hours_known(a: Assessment, _: Params) -> Value:
    """Hours since this phone was first used with the account."""
    return Decimal(a.case.applicant.device_hours_known)


@_measure("count")
def hard_enquiries_30d(a: Assessment, _: Params) -> Value:
    """Loan-application look-ups of the credit report in the last 30 days."""
    return Decimal(a.case.applicant.hard_enquiries_30d)


@_measure("count")
def lenders(a: Assessment, _: Params) -> Value:
    """Lenders owed money now."""
    return Decimal(a.case.applicant.lenders)


@_measure("days")
def days_past_due(a: Assessment, _: Params) -> Value:
    """Days the oldest unpaid instalment is late."""
    return Decimal(a.case.applicant.days_past_due)


@_measure("percent")
def debt_to_income(a: Assessment, _: Params) -> Value:
    """Monthly debt payments with this loan, as a percentage of monthly income.

    (instalments already due + largest instalment of this loan at the product's assessment rate)
    / income x 100, half-up to 0.01; the last row of an interest-first loan holds the whole
    principal and is left out, as it is not a monthly burden. None if no income is stated.
    """
    income = a.case.applicant.monthly_income
    if income is None or income == 0:
        return None
    rows = quote(offer_for(a.case.request, a.product.assessment_rate)).rows
    regular = rows[:-1] if a.case.request.method == "interest_first" and len(rows) > 1 else rows
    monthly = a.case.applicant.monthly_debt_payments + max(row.payment for row in regular)
    return (monthly / income * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


@_measure("percent")
def all_in_annual_cost(a: Assessment, _: Params) -> Value:
    """Annualised cost of the priced offer: IRR of its instalments x 12, in percent.

    None before a price is set, or if the flows have no single rate.
    """
    if a.annual_rate is None:
        return None
    figure = quote(offer_for(a.case.request, a.annual_rate)).rates["irr_simple"].value
    return None if figure is None else (figure * 100).quantize(HUNDREDTH, ROUND_HALF_UP)
