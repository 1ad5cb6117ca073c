"""Parts of an offer: fees, late terms and events, prepayments, deferrals, a restructuring."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.dates import CalendarDay
from sandbox.money import ExactDecimal, Whole

FeeKind = Literal["service", "insurance", "membership", "guarantee", "broker", "tax", "other"]
FeeTime = Literal["withheld", "separate", "financed", "instalment", "last"]
FeeBase = Literal["principal", "balance", "instalment"]
InterestHoliday = Literal["collected", "capitalised", "postponed", "waived"]
Unit = Literal[
    "money",
    "fraction",
    "fraction a year",
    "fraction a period",
    "fraction a day",
    "multiple",
    "days",
    "months",
    "periods",
    "instalments",
    "number of a due date",
    "flows",
    "date",
    "dates",
    "choice",
    "true or false",
    "text",
    "terms",
]
"""What a value counts: 0.12 is a fraction, terms are an object (or a list of them) of their own."""


def key(default: Any, unit: Unit, meaning: str, **limits: Any) -> Any:
    """A key of the product language; unit and meaning go into the schema. ... is no default."""
    return Field(default, description=meaning, json_schema_extra={"unit": unit}, **limits)


class Terms(BaseModel):
    """Frozen input; an unknown key is refused so that a misspelt term cannot pass unnoticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fee(Terms):
    """One named charge beside interest: amount + rate * base."""

    name: str = key("fee", "text", "What the lender calls it.", min_length=1, max_length=80)
    kind: FeeKind = key(
        "service", "choice", "What it is for: only service and other go to the lender itself."
    )
    when: FeeTime = key(
        "withheld",
        "choice",
        "withheld: kept back from the payout; separate: paid by the borrower at the"
        " start; financed: added to the principal and repaid with interest; instalment: with every"
        " instalment; last: with the last payment.",
    )
    amount: ExactDecimal = key(
        Decimal(0), "money", "Fixed part, in money units, each time.", ge=0, le=10**12
    )
    rate: ExactDecimal = key(
        Decimal(0), "fraction", "Part in proportion to the base, a fraction.", ge=0, le=10
    )
    base: FeeBase = key(
        "principal",
        "choice",
        "Base of rate: the original principal, the balance before the payment, or the"
        " payment's principal and interest (the last two only with when=instalment or last).",
    )
    every: Whole = key(
        1,
        "instalments",
        "With when=instalment: charged with every so many instalments (12: once a"
        " year of monthly ones).",
        ge=1,
        le=600,
    )
    from_instalment: Whole = key(
        1,
        "number of a due date",
        "With when=instalment: number of the first row it is charged with.",
        ge=1,
        le=1200,
    )
    mandatory: bool = key(
        True,
        "true or false",
        "Whether the loan cannot be had without it; only then rates include it.",
        strict=True,
    )

    @property
    def to_lender(self) -> bool:
        """Whether the lender itself takes it; insurers, guarantors, brokers, clubs, the state."""
        return self.kind in ("service", "other")


class LateTerms(Terms):
    """What the contract says about late payment. Penalty interest replaces the contract rate."""

    fee: ExactDecimal = key(
        Decimal(0), "money", "Fixed late fee for each late instalment.", ge=0, le=10**12
    )
    fee_rate: ExactDecimal = key(
        Decimal(0), "fraction", "Late fee as a fraction of the base.", ge=0, le=10
    )
    base: Literal["principal", "instalment"] = key(
        "principal",
        "choice",
        "Base of fee_rate and of penalty interest: the overdue principal part, or the"
        " overdue principal, interest and fees.",
    )
    penalty_multiplier: ExactDecimal = key(
        Decimal("1.5"),
        "multiple",
        "Penalty rate as a multiple of the contract's daily rate.",
        ge=0,
        le=10,
    )
    penalty_daily_rate: ExactDecimal | None = key(
        None,
        "fraction a day",
        "Penalty rate per day, instead of a multiple.",
        ge=0,
        le=Decimal("0.1"),
    )
    grace_days: Whole = key(0, "days", "Days late up to which nothing is charged.", ge=0, le=365)
    compound: bool = key(
        False, "true or false", "Whether unpaid penalty interest bears penalty, daily.", strict=True
    )
    cap: ExactDecimal | None = key(
        None, "money", "Most that fee and penalty of one instalment may reach.", ge=0, le=10**12
    )


class LatePayment(Terms):
    """An instalment the borrower pays late."""

    instalment: Whole = key(1, "number of a due date", "Instalment number.", ge=1, le=1200)
    days: Whole = key(1, "days", "Days after its due date.", ge=1, le=3660)


class Prepayment(Terms):
    """Money paid before it is due, beside the instalments."""

    on: CalendarDay | None = key(None, "date", "Day it is paid (YYYY-MM-DD).")
    after_instalment: Whole | None = key(
        None,
        "number of a due date",
        "Instead of a day: on the due date of this instalment, after paying it.",
        ge=0,
        le=1200,
    )
    amount: ExactDecimal | None = key(
        None,
        "money",
        "Principal repaid ahead, in money units; left out: everything still owed.",
        gt=0,
        le=10**12,
    )
    effect: Literal["shorter_term", "lower_instalment"] = key(
        "shorter_term", "choice", "What a partial prepayment changes."
    )
    fee: ExactDecimal = key(Decimal(0), "money", "Fixed fee for doing so.", ge=0, le=10**12)
    fee_rate: ExactDecimal = key(
        Decimal(0), "fraction", "Fee as a fraction of the principal repaid ahead.", ge=0, le=1
    )
    fee_months_interest: ExactDecimal = key(
        Decimal(0),
        "months",
        "Fee as this many months' interest on the principal repaid ahead.",
        ge=0,
        le=24,
    )
    refund_unearned: bool = key(
        False,
        "true or false",
        "Whether charges for the time not used are given back: flat charges of the"
        " instalments not reached fall away, fees paid at the start are refunded in proportion to"
        " the instalments not reached. Otherwise a flat charge stays due in full. A partial"
        " prepayment with refund lowers the base of the flat charge.",
        strict=True,
    )
    rebate: Literal["none", "uk_2004"] = key(
        "none",
        "choice",
        "uk_2004: a full settlement pays the balance at the agreement's APR by the UK"
        " Consumer Credit (Early Settlement) Regulations 2004, the periodic rate rounded to 6"
        " decimals.",
    )
    rebate_days: Whole = key(
        0,
        "days",
        "uk_2004: days from the day of payment to the settlement date (28 in the"
        " regulations, counted as days/30 of a month).",
        ge=0,
        le=366,
    )
    rebate_apr: ExactDecimal | None = key(
        None, "fraction a year", "uk_2004: the agreement's stated APR, a fraction.", ge=0, le=1000
    )


class Deferral(Terms):
    """A payment holiday: instalments skipped by agreement."""

    from_instalment: Whole = key(
        1, "number of a due date", "First instalment skipped.", ge=1, le=1200
    )
    instalments: Whole = key(1, "instalments", "How many are skipped.", ge=1, le=60)
    interest: InterestHoliday = key(
        "capitalised",
        "choice",
        "Interest of the holiday: collected (paid when due), capitalised (added to"
        " the balance), postponed (paid without compounding with the next instalment), waived.",
    )
    extend: bool = key(
        True,
        "true or false",
        "true: the loan ends later by the holiday; false: it ends as agreed and the"
        " remaining instalments rise.",
        strict=True,
    )


class RateChange(Terms):
    """A rate agreed for a later part of the term: an introductory offer ends, a rate is reset."""

    after_instalment: Whole = key(
        1, "number of a due date", "Last due date at the earlier rate.", ge=1, le=1200
    )
    annual_rate: ExactDecimal = key(
        ...,
        "fraction a year",
        "Nominal annual rate from then on, a fraction.",
        ge=0,
        le=Decimal("36.5"),
    )
    keep_instalment: bool = key(
        False,
        "true or false",
        "true: the instalment stays and the last payment takes the difference; false:"
        " the instalment is computed anew for the remaining term.",
        strict=True,
    )


class Restructuring(Terms):
    """New terms for the balance after an instalment."""

    after_instalment: Whole = key(
        1, "number of a due date", "Last instalment on the old terms.", ge=1, le=1200
    )
    periods: Whole | None = key(
        None, "periods", "Instalments from then on; default: unchanged.", ge=1, le=600
    )
    annual_rate: ExactDecimal | None = key(
        None, "fraction a year", "New nominal annual rate, a fraction.", ge=0, le=Decimal("36.5")
    )
    method: Literal["equal_instalment", "equal_principal", "interest_first"] | None = key(
        None, "choice", "New repayment method; default: unchanged."
    )
    fee: ExactDecimal = key(
        Decimal(0), "money", "Fee, paid with the first new instalment.", ge=0, le=10**12
    )
