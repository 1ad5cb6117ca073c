"""What a request is judged on: the request, the applicant, the earlier requests, the platform."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Yuan = Annotated[Decimal, Field(max_digits=12, decimal_places=2, allow_inf_nan=False)]
Method = Literal["equal_instalment", "equal_principal", "interest_first", "flat_fee"]
ProfileField = Literal["employer", "address", "income", "contact", "education"]
Incident = Literal["none", "overload", "database_error", "maintenance", "timeout"]
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


class Facts(BaseModel):
    """Frozen input; an unknown key is refused so that a misspelt fact cannot pass unnoticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LoanRequest(Facts):
    """What the borrower asks for."""

    amount: Yuan = Field(
        Decimal("10000"),
        ge=100,
        le=500_000,
        description="Principal asked for, in yuan (2 decimals).",
    )
    term_months: int = Field(
        12, ge=1, le=36, strict=True, description="Number of monthly instalments, in months."
    )
    method: Method = Field(
        "equal_instalment",
        description="Repayment method: equal instalments, equal principal, interest first with the"
        " principal at the end, or a flat monthly fee on the original principal.",
    )
    purpose: Purpose = Field("daily_goods", description="What the money is for (a category).")


class Applicant(Facts):
    """What the lender knows of the person, from the form, the bureau, the device and checks."""

    age: int = Field(26, ge=0, le=120, strict=True, description="Age in whole years.")
    student: bool = Field(False, strict=True, description="Whether the person is a student.")
    second_repayment_source: bool = Field(
        False,
        strict=True,
        description="Whether someone else (a parent, say) has agreed to repay if needed.",
    )
    monthly_income: Yuan | None = Field(
        Decimal("8000"),
        ge=0,
        description="Monthly income after tax, in yuan; null if it was not stated.",
    )
    monthly_debt_payments: Yuan = Field(
        Decimal("600"), ge=0, description="Instalments already due each month, in yuan."
    )
    outstanding_debt: Yuan = Field(
        Decimal("5000"), ge=0, description="Unsecured consumer debt still owed, in yuan."
    )
    lenders: int = Field(
        1, ge=0, le=100, strict=True, description="Number of lenders owed money now."
    )
    hard_enquiries_30d: int = Field(
        1,
        ge=0,
        le=200,
        strict=True,
        description="Credit-report look-ups for loan applications elsewhere in the last 30 days.",
    )
    days_past_due: int = Field(
        0, ge=0, le=10_000, strict=True, description="Days the oldest unpaid instalment is late."
    )
    face_check_done: bool = Field(
        True, strict=True, description="Whether the live face check was completed."
    )
    document_days_left: int = Field(
        900,
        ge=-40_000,
        le=40_000,
        strict=True,
        description="Days until the identity document expires; 0 or less: it has expired.",
    )
    phone_in_own_name: bool = Field(
        True, strict=True, description="Whether the phone number is registered to the applicant."
    )
    payout_card_in_own_name: bool = Field(
        True, strict=True, description="Whether the bank card for the payout is the applicant's."
    )
    profile_fields_missing: tuple[ProfileField, ...] = Field(
        (), max_length=5, description="Parts of the profile left empty or not confirmed."
    )
    credit_report_consent: bool = Field(
        True, strict=True, description="Whether the applicant allowed the credit-report look-up."
    )
    device_hours_known: int = Field(
        4000,
        ge=0,
        le=1_000_000,
        strict=True,
        description="Hours since this phone was first used with the account.",
    )


class History(Facts):
    """What the lender remembers of earlier requests, seen from the moment of this one."""

    requests_minutes_ago: tuple[Annotated[int, Field(ge=0, le=10_000_000, strict=True)], ...] = (
        Field((), max_length=500, description="Age of each earlier request, in minutes.")
    )
    cool_down_left_minutes: int = Field(
        0, ge=0, le=10_000_000, strict=True, description="Minutes left of a running cool-down."
    )
    freeze_left_minutes: int = Field(
        0, ge=0, le=10_000_000, strict=True, description="Minutes left of an account freeze."
    )
    unresolved_requests: int = Field(
        0,
        ge=0,
        le=100,
        strict=True,
        description="Earlier requests whose outcome is unknown and was not looked up.",
    )


class Platform(Facts):
    """The state of the lender's systems when the request arrives."""

    incident: Incident = Field("none", description="Technical incident going on (a category).")


class Case(Facts):
    """One request with everything it is judged on; every key may be left out."""

    request: LoanRequest = Field(default_factory=LoanRequest, description="The loan request.")
    applicant: Applicant = Field(
        default_factory=Applicant, description="The applicant; defaults are the default persona."
    )
    history: History = Field(
        default_factory=History, description="Earlier requests; defaults to none."
    )
    platform: Platform = Field(
        default_factory=Platform, description="The platform; defaults to working normally."
    )
    seed: int = Field(
        0,
        ge=0,
        le=2**53,
        strict=True,
        description="Decides by a fixed hash what chance decides: whether a request that timed out"
        " had arrived.",
    )
