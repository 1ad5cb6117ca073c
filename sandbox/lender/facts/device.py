"""The phone the request comes from, the app's settings on it, and how the form was filled in."""

from __future__ import annotations

from typing import Literal

from sandbox.lender.facts.fact import Facts, Flag, fact

Permission = Literal["location", "notifications", "camera"]


class Device(Facts):
    """What the phone tells."""

    device_hours_known: int = fact(
        4000,
        "Hours since this phone was first used with the account.",
        "device",
        "act",
        "more",
        ge=0,
        le=1_000_000,
        strict=True,
    )
    accounts_on_device: int = fact(
        1,
        "Accounts of different people seen on this phone in 90 days.",
        "device",
        "act",
        "less",
        ge=0,
        le=1000,
        strict=True,
    )
    unusual_place: Flag = fact(
        False,
        "Whether the request comes from a place the account was never used in.",
        "device",
        "act",
        "less",
    )
    remote_control_app: Flag = fact(
        False,
        "Whether software that shares or controls the screen is running.",
        "device",
        "act",
        "less",
    )


class Settings(Facts):
    """What the person has switched on, agreed to or asked for."""

    permissions_denied: tuple[Permission, ...] = fact(
        (),
        "App permissions the face check or the reminders need and that are switched off.",
        "device",
        "act",
        max_length=3,
    )
    repayment_card_days_left: int = fact(
        700,
        "Days until the card for automatic repayment expires; 0 or less: it has expired.",
        "platform",
        "act",
        "more",
        ge=-40_000,
        le=40_000,
        strict=True,
    )
    credit_report_consent: Flag = fact(
        True,
        "Whether the applicant allowed the credit-report look-up.",
        "applicant",
        "act",
        "more",
    )
    data_consent: Flag = fact(
        True,
        "Whether the applicant agreed separately to the use of face and bank data.",
        "applicant",
        "act",
        "more",
    )
    borrowing_pause_days_left: int = fact(
        0,
        "Days left of a borrowing pause the person has set; it cannot be ended early.",
        "applicant",
        "wait",
        "less",
        ge=0,
        le=3650,
        strict=True,
    )


class Form(Facts):
    """Traces of somebody else filling in the form."""

    same_contact_applications: int = fact(
        0,
        "Other people's requests in 30 days that gave the same contact or address.",
        "platform",
        "act",
        "less",
        ge=0,
        le=10_000,
        strict=True,
    )
    form_seconds: int = fact(
        240,
        "Seconds it took to fill in the form.",
        "device",
        "act",
        "more",
        ge=0,
        le=1_000_000,
        strict=True,
    )
    paid_helper: Flag = fact(
        False,
        "Whether the applicant says that somebody charges a fee for helping with the request.",
        "applicant",
        "act",
        "less",
    )
