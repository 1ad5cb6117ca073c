"""Income: what counts of it, how well it is proved, what is left of it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sandbox.lender.case import Applicant, LoanRequest
from sandbox.lender.measures.registry import Assessment, Params, Value, flag, measure
from sandbox.lender.plan import heaviest_instalment

HUNDREDTH = Decimal("0.01")
INCOME = (
    "applicant.monthly_income",
    "applicant.income_verified",
    "applicant.income_estimate",
)
BURDEN = (
    *INCOME,
    "applicant.monthly_debt_payments",
    "request.amount",
    "request.term_months",
    "request.method",
)


def counted_income(person: Applicant) -> Decimal | None:
    """The income the lender counts on: the stated one, or an estimate if that is lower.

    Papers settle the question: a verified income counts as stated. None if none is stated.
    """
    stated, estimate = person.monthly_income, person.income_estimate
    if stated is None or person.income_verified or estimate is None:
        return stated
    return min(stated, estimate)


@measure("yes_no", "applicant.income_verified", better="more")
def income_proved(a: Assessment, _: Params) -> Value:
    """1 if papers or payments confirm the stated income."""
    return flag(a.case.applicant.income_verified)


@measure("yuan", "applicant.income_verified", "request.amount", better="less")
def amount_on_unproved_income(a: Assessment, _: Params) -> Value:
    """The amount asked for if nothing proves the stated income, else 0."""
    return Decimal(0) if a.case.applicant.income_verified else a.case.request.amount


@measure("percent", *INCOME, better="less")
def income_above_estimate(a: Assessment, _: Params) -> Value:
    """How far the stated income lies above a second source's estimate, in percent of that.

    0 if papers prove it, or if it lies below; half-up to 0.01. None without two sources.
    """
    person = a.case.applicant
    stated, estimate = person.monthly_income, person.income_estimate
    if stated is None or estimate is None:
        return None
    if person.income_verified or stated <= estimate:
        return Decimal(0)
    if estimate == 0:
        return Decimal(1000)
    gap = (stated - estimate) / estimate * 100
    return min(Decimal(1000), gap.quantize(HUNDREDTH, ROUND_HALF_UP))


@measure("percent", *BURDEN, better="less")
def debt_to_income(a: Assessment, _: Params) -> Value:
    """Monthly debt payments with this loan, as a percentage of the income that counts.

    (instalments already due + heaviest instalment of this loan at the product's assessment rate)
    / income x 100, half-up to 0.01. None if no income is stated.
    """
    return _burden(a, a.case.request)


@measure("percent", *BURDEN, better="less")
def debt_to_income_asked(a: Assessment, _: Params) -> Value:
    """The same for the amount asked for, whatever the lender has cut it to since."""
    return _burden(a, a.asked.request)


def _burden(a: Assessment, request: LoanRequest) -> Value:
    person = a.case.applicant
    income = counted_income(person)
    if income is None or income == 0:
        return None
    monthly = person.monthly_debt_payments + heaviest_instalment(request, a.product.assessment_rate)
    return (monthly / income * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


@measure("yuan", *BURDEN, better="more")
def left_to_live_on(a: Assessment, _: Params) -> Value:
    """Income that counts, less all instalments with this loan, in yuan a month."""
    person = a.case.applicant
    income = counted_income(person)
    if income is None:
        return None
    instalment = heaviest_instalment(a.case.request, a.product.assessment_rate)
    return income - person.monthly_debt_payments - instalment
