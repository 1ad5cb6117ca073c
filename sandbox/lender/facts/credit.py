"""What the credit report says: debts, look-ups, payment record, credit lines."""

from __future__ import annotations

from decimal import Decimal

from sandbox.lender.facts.fact import Facts, Yuan, fact


class CreditReport(Facts):
    """The report as the bureau delivers it on the day of the request."""

    monthly_debt_payments: Yuan = fact(
        Decimal("600"),
        "Instalments already due each month, in yuan.",
        "bureau",
        "act",
        "less",
        ge=0,
    )
    outstanding_debt: Yuan = fact(
        Decimal("5000"),
        "Unsecured consumer debt still owed, in yuan.",
        "bureau",
        "act",
        "less",
        ge=0,
    )
    lenders: int = fact(
        1,
        "Number of lenders owed money now.",
        "bureau",
        "act",
        "less",
        ge=0,
        le=100,
        strict=True,
    )
    hard_enquiries_30d: int = fact(
        1,
        "Credit-report look-ups for loan applications in the last 30 days.",
        "bureau",
        "wait",
        "less",
        ge=0,
        le=200,
        strict=True,
    )
    hard_enquiries_90d: int = fact(
        1,
        "The same in the last 90 days; a figure below the 30-day one is read as the 30-day one.",
        "bureau",
        "wait",
        "less",
        ge=0,
        le=400,
        strict=True,
    )
    days_past_due: int = fact(
        0,
        "Days the oldest unpaid instalment is late.",
        "bureau",
        "act",
        "less",
        ge=0,
        le=10_000,
        strict=True,
    )
    late_payments_24m: int = fact(
        0,
        "Instalments paid late in the last 24 months.",
        "bureau",
        "wait",
        "less",
        ge=0,
        le=500,
        strict=True,
    )
    worst_late_days_24m: int = fact(
        0,
        "Days the worst of them was late; 0 if there is none.",
        "bureau",
        "wait",
        "less",
        ge=0,
        le=10_000,
        strict=True,
    )
    credit_limit_total: Yuan = fact(
        Decimal("20000"),
        "Sum of the limits of all open cards and credit lines, in yuan.",
        "bureau",
        "act",
        "more",
        ge=0,
    )
    credit_used: Yuan = fact(
        Decimal("5000"),
        "How much of those limits is used, in yuan.",
        "bureau",
        "act",
        "less",
        ge=0,
    )
    credit_history_months: int = fact(
        36,
        "Months since the first credit account on the report; 0: no file.",
        "bureau",
        "wait",
        "more",
        ge=0,
        le=1200,
        strict=True,
    )
