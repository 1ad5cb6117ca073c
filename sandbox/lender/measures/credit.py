"""The credit report: look-ups, lenders, late payments, use of credit lines."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sandbox.lender.measures.registry import Assessment, Params, Value, measure

HUNDREDTH = Decimal("0.01")


@measure("count", "applicant.hard_enquiries_30d", better="less")
def hard_enquiries_30d(a: Assessment, _: Params) -> Value:
    """Loan-application look-ups of the credit report in the last 30 days."""
    return Decimal(a.case.applicant.hard_enquiries_30d)


@measure("count", "applicant.hard_enquiries_90d", "applicant.hard_enquiries_30d", better="less")
def hard_enquiries_90d(a: Assessment, _: Params) -> Value:
    """The same in the last 90 days; never fewer than in the last 30."""
    person = a.case.applicant
    return Decimal(max(person.hard_enquiries_90d, person.hard_enquiries_30d))


@measure("count", "applicant.lenders", better="less")
def lenders(a: Assessment, _: Params) -> Value:
    """Lenders owed money now."""
    return Decimal(a.case.applicant.lenders)


@measure("days", "applicant.days_past_due", better="less")
def days_past_due(a: Assessment, _: Params) -> Value:
    """Days the oldest unpaid instalment is late."""
    return Decimal(a.case.applicant.days_past_due)


@measure("count", "applicant.late_payments_24m", better="less")
def late_payments_24m(a: Assessment, _: Params) -> Value:
    """Instalments paid late in the last 24 months."""
    return Decimal(a.case.applicant.late_payments_24m)


@measure("days", "applicant.worst_late_days_24m", "applicant.late_payments_24m", better="less")
def worst_late_days_24m(a: Assessment, _: Params) -> Value:
    """Days the worst late payment of 24 months was late; 0 without a late payment."""
    person = a.case.applicant
    return Decimal(person.worst_late_days_24m if person.late_payments_24m else 0)


@measure("percent", "applicant.credit_used", "applicant.credit_limit_total", better="less")
def utilisation(a: Assessment, _: Params) -> Value:
    """Used part of all credit lines, in percent, half-up to 0.01; None without any line or debt.

    Debt on lines that are all closed counts as fully used.
    """
    person = a.case.applicant
    if person.credit_limit_total == 0:
        return Decimal(100) if person.credit_used else None
    return (person.credit_used / person.credit_limit_total * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


@measure("months", "applicant.credit_history_months", better="more", clock="rises")
def credit_history_months(a: Assessment, _: Params) -> Value:
    """Months since the first credit account on the report."""
    return Decimal(a.case.applicant.credit_history_months)


@measure("months", "applicant.months_in_job", better="more", clock="rises")
def months_in_job(a: Assessment, _: Params) -> Value:
    """Months in the present work."""
    return Decimal(a.case.applicant.months_in_job)
