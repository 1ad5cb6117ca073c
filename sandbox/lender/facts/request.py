"""What the borrower asks for."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from sandbox.lender.facts.fact import Facts, Yuan, fact

Method = Literal["equal_instalment", "equal_principal", "interest_first", "flat_fee"]
Purpose = Literal[
    "daily_goods",
    "medical",
    "education",
    "travel",
    "wedding",
    "home_appliances",
    "home_purchase",
    "securities",
    "repay_debt",
    "business",
]


class LoanRequest(Facts):
    """What the borrower asks for."""

    amount: Yuan = fact(
        Decimal("10000"),
        "Principal asked for, in yuan (2 decimals).",
        "applicant",
        "act",
        ge=100,
        le=500_000,
    )
    term_months: int = fact(
        12,
        "Number of monthly instalments, in months.",
        "applicant",
        "act",
        ge=1,
        le=36,
        strict=True,
    )
    method: Method = fact(
        "equal_instalment",
        "Repayment method: equal instalments, equal principal, interest first with the principal"
        " at the end, or a flat monthly fee on the original principal.",
        "applicant",
        "act",
    )
    purpose: Purpose = fact(
        "daily_goods", "What the money is for (a category).", "applicant", "never"
    )
