"""The phone, the app's settings and how the form was filled in."""

from __future__ import annotations

from decimal import Decimal

from sandbox.lender.measures.registry import Assessment, Params, Value, flag, measure


@measure("hours", "applicant.device_hours_known", better="more", clock="rises")
def device_hours_known(a: Assessment, _: Params) -> Value:
    """Hours since this phone was first used with the account."""
    return Decimal(a.case.applicant.device_hours_known)


@measure("count", "applicant.accounts_on_device", better="less")
def accounts_on_device(a: Assessment, _: Params) -> Value:
    """Accounts of different people seen on this phone."""
    return Decimal(a.case.applicant.accounts_on_device)


@measure("yes_no", "applicant.unusual_place", better="more")
def usual_place(a: Assessment, _: Params) -> Value:
    """1 unless the account was never used where this request comes from."""
    return flag(not a.case.applicant.unusual_place)


@measure("yes_no", "applicant.remote_control_app", better="more")
def screen_is_private(a: Assessment, _: Params) -> Value:
    """1 unless software shares or controls the screen."""
    return flag(not a.case.applicant.remote_control_app)


@measure("count", "applicant.permissions_denied", better="less")
def permissions_denied(a: Assessment, _: Params) -> Value:
    """Needed app permissions that are switched off."""
    return Decimal(len(set(a.case.applicant.permissions_denied)))


@measure("days", "applicant.repayment_card_days_left", better="more")
def repayment_card_days_left(a: Assessment, _: Params) -> Value:
    """Days until the card for automatic repayment expires."""
    return Decimal(a.case.applicant.repayment_card_days_left)


@measure("count", "applicant.same_contact_applications", better="less")
def same_contact_applications(a: Assessment, _: Params) -> Value:
    """Other people's requests that gave the same contact or address."""
    return Decimal(a.case.applicant.same_contact_applications)


@measure("seconds", "applicant.form_seconds", better="more")
def form_seconds(a: Assessment, _: Params) -> Value:
    """Seconds it took to fill in the form."""
    return Decimal(a.case.applicant.form_seconds)


@measure("yes_no", "applicant.paid_helper", better="more")
def no_paid_helper(a: Assessment, _: Params) -> Value:
    """1 unless somebody charges the applicant a fee for helping."""
    return flag(not a.case.applicant.paid_helper)
