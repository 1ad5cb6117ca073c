"""What the applicant says of himself or herself, and what is known of the income."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from sandbox.lender.facts.fact import Facts, Flag, Yuan, fact

ProfileField = Literal["employer", "address", "income", "contact", "education"]
Occupation = Literal[
    "salaried", "gig_worker", "shop_owner", "freelancer", "student", "between_jobs", "retired"
]
Industry = Literal[
    "services",
    "manufacturing",
    "technology",
    "education",
    "food_and_retail",
    "delivery_and_rides",
    "property",
    "other",
]
Region = Literal["home_province", "other_province", "abroad"]


class Person(Facts):
    """Who asks, and what for a living."""

    age: int = fact(26, "Age in whole years.", "applicant", "never", ge=0, le=120, strict=True)
    student: Flag = fact(False, "Whether the person is a student.", "applicant", "never")
    second_repayment_source: Flag = fact(
        False,
        "Whether someone else (a parent, say) has agreed to repay if needed.",
        "applicant",
        "act",
        "more",
    )
    occupation: Occupation = fact(
        "salaried", "What the person does for a living (a category).", "applicant", "never"
    )
    industry: Industry = fact(
        "services", "Line of business the person works in (a category).", "applicant", "never"
    )
    region: Region = fact(
        "home_province",
        "Where the person lives, seen from the lender's licence (a category).",
        "applicant",
        "never",
    )
    months_in_job: int = fact(
        24,
        "Months in the present work.",
        "applicant",
        "wait",
        "more",
        ge=0,
        le=1000,
        strict=True,
    )
    profile_fields_missing: tuple[ProfileField, ...] = fact(
        (), "Parts of the profile left empty or not confirmed.", "applicant", "act", max_length=5
    )
    profile_fields_wrong: tuple[ProfileField, ...] = fact(
        (),
        "Parts of the profile that the lender's own check found to be wrong.",
        "platform",
        "act",
        max_length=5,
    )


class Income(Facts):
    """What the applicant earns: stated, confirmed or not, and estimated by somebody else."""

    monthly_income: Yuan | None = fact(
        Decimal("8000"),
        "Monthly income after tax as stated, in yuan; null if it was not stated.",
        "applicant",
        "act",
        ge=0,
    )
    income_verified: Flag = fact(
        True, "Whether papers or payments confirm the stated income.", "platform", "act", "more"
    )
    income_estimate: Yuan | None = fact(
        None,
        "Monthly income as a second source estimates it (contributions, bank credits), in yuan;"
        " null if there is none.",
        "bureau",
        "never",
        "more",
        ge=0,
    )
