"""Whether the person is who the request says, and whether the money can reach that person."""

from __future__ import annotations

from decimal import Decimal

from sandbox.lender.measures.registry import Assessment, Params, Value, flag, measure


@measure("yes_no", "applicant.face_check_done", better="more")
def face_check_done(a: Assessment, _: Params) -> Value:
    """1 if the live face check was completed."""
    return flag(a.case.applicant.face_check_done)


@measure("days", "applicant.document_days_left", better="more")
def document_days_left(a: Assessment, _: Params) -> Value:
    """Days until the identity document expires."""
    return Decimal(a.case.applicant.document_days_left)


@measure("yes_no", "applicant.name_matches", better="more")
def name_matches(a: Assessment, _: Params) -> Value:
    """1 if name and number agree with the register."""
    return flag(a.case.applicant.name_matches)


@measure("yes_no", "applicant.phone_in_own_name", better="more")
def phone_in_own_name(a: Assessment, _: Params) -> Value:
    """1 if the phone number is registered to the applicant."""
    return flag(a.case.applicant.phone_in_own_name)


@measure("months", "applicant.months_since_phone_change", better="more", clock="rises")
def months_since_phone_change(a: Assessment, _: Params) -> Value:
    """Months since the phone number on file was changed."""
    return Decimal(a.case.applicant.months_since_phone_change)


@measure("yes_no", "applicant.payout_card_in_own_name", better="more")
def payout_card_in_own_name(a: Assessment, _: Params) -> Value:
    """1 if the payout card is the applicant's own."""
    return flag(a.case.applicant.payout_card_in_own_name)


@measure("yes_no", "applicant.payout_card_active", better="more")
def payout_card_active(a: Assessment, _: Params) -> Value:
    """1 if the payout card can receive money."""
    return flag(a.case.applicant.payout_card_active)
