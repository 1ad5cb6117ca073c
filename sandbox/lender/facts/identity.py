"""Whether the person is who the request says: document, face, name, phone, bank card."""

from __future__ import annotations

from sandbox.lender.facts.fact import Facts, Flag, fact


class Identity(Facts):
    """The results of the identity checks."""

    face_check_done: Flag = fact(
        True, "Whether the live face check was completed.", "platform", "act", "more"
    )
    document_days_left: int = fact(
        900,
        "Days until the identity document expires; 0 or less: it has expired.",
        "platform",
        "act",
        "more",
        ge=-40_000,
        le=40_000,
        strict=True,
    )
    name_matches: Flag = fact(
        True,
        "Whether name and number agree with the population register.",
        "platform",
        "act",
        "more",
    )
    phone_in_own_name: Flag = fact(
        True,
        "Whether the phone number is registered to the applicant.",
        "platform",
        "act",
        "more",
    )
    months_since_phone_change: int = fact(
        60,
        "Months since the phone number on file was changed.",
        "platform",
        "wait",
        "more",
        ge=0,
        le=1200,
        strict=True,
    )
    payout_card_in_own_name: Flag = fact(
        True,
        "Whether the bank card for the payout is the applicant's.",
        "platform",
        "act",
        "more",
    )
    payout_card_active: Flag = fact(
        True,
        "Whether that card can receive money: not lost, frozen or closed.",
        "platform",
        "act",
        "more",
    )
