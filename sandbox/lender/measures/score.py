"""The points of the teaching scorecard."""

from __future__ import annotations

from sandbox.lender.measures.registry import Assessment, Params, Value, measure


@measure(
    "points",
    "applicant.late_payments_24m",
    "applicant.credit_used",
    "applicant.credit_limit_total",
    "applicant.hard_enquiries_90d",
    "applicant.hard_enquiries_30d",
    "applicant.lenders",
    "applicant.credit_history_months",
    "applicant.months_in_job",
    "applicant.income_verified",
    better="more",
)
def score(a: Assessment, _: Params) -> Value:
    """Sum of the points of the scorecard's characteristics."""
    return a.scorecard.total(a)
