"""The person: form, age, occupation, region, purpose, consent."""

from __future__ import annotations

from decimal import Decimal

from sandbox.lender.measures.registry import Assessment, Params, Value, flag, measure


@measure("count", "applicant.profile_fields_missing", better="less")
def profile_fields_missing(a: Assessment, _: Params) -> Value:
    """Parts of the profile left empty."""
    return Decimal(len(set(a.case.applicant.profile_fields_missing)))


@measure("count", "applicant.profile_fields_wrong", better="less")
def profile_fields_wrong(a: Assessment, _: Params) -> Value:
    """Parts of the profile that the lender's check found to be wrong."""
    return Decimal(len(set(a.case.applicant.profile_fields_wrong)))


@measure("years", "applicant.age", better="more", clock="rises")
def age(a: Assessment, _: Params) -> Value:
    """Age in whole years."""
    return Decimal(a.case.applicant.age)


@measure("choice", "request.purpose")
def purpose(a: Assessment, _: Params) -> Value:
    """The stated purpose of the loan."""
    return a.case.request.purpose


@measure("choice", "applicant.region")
def region(a: Assessment, _: Params) -> Value:
    """Where the person lives, seen from the lender's licence."""
    return a.case.applicant.region


@measure(
    "yes_no",
    "applicant.student",
    "applicant.occupation",
    "applicant.second_repayment_source",
    better="more",
)
def repayment_source_settled(a: Assessment, _: Params) -> Value:
    """1 unless the applicant is a student for whom nobody else has agreed to repay."""
    person = a.case.applicant
    student = person.student or person.occupation == "student"
    return flag(not student or person.second_repayment_source)


@measure("yes_no", "applicant.credit_report_consent", better="more")
def credit_report_consent(a: Assessment, _: Params) -> Value:
    """1 if the applicant allowed the lender to read the credit report."""
    return flag(a.case.applicant.credit_report_consent)


@measure("yes_no", "applicant.data_consent", better="more")
def data_consent(a: Assessment, _: Params) -> Value:
    """1 if the applicant agreed to the use of face and bank data."""
    return flag(a.case.applicant.data_consent)


@measure("days", "applicant.borrowing_pause_days_left", better="less", clock="falls")
def borrowing_pause_left(a: Assessment, _: Params) -> Value:
    """Days left of a pause the person has set."""
    return Decimal(a.case.applicant.borrowing_pause_days_left)


@measure("yuan", "applicant.outstanding_debt", "request.amount", better="less")
def unsecured_debt_after(a: Assessment, _: Params) -> Value:
    """Unsecured debt owed once this loan is paid out."""
    return a.case.applicant.outstanding_debt + a.case.request.amount
