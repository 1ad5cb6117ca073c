"""Parts of an offer: fees, late terms and events, prepayments, deferrals, a restructuring."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.dates import CalendarDay
from sandbox.money import ExactDecimal

FeeKind = Literal["service", "insurance", "membership", "guarantee", "broker", "tax", "other"]
FeeTime = Literal["withheld", "separate", "financed", "instalment", "last"]
FeeBase = Literal["principal", "balance", "instalment"]
InterestHoliday = Literal["collected", "capitalised", "postponed", "waived"]


class Terms(BaseModel):
    """Frozen input; an unknown key is refused so that a misspelt term cannot pass unnoticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fee(Terms):
    """One named charge beside interest: amount + rate * base."""

    name: str = Field("fee", min_length=1, max_length=80, description="What the lender calls it.")
    kind: FeeKind = Field("service", description="What it is for.")
    when: FeeTime = Field(
        "withheld",
        description="withheld: kept back from the payout; separate: paid by the borrower at the"
        " start; financed: added to the principal and repaid with interest; instalment: with every"
        " instalment; last: with the last payment.",
    )
    amount: ExactDecimal = Field(
        Decimal(0), ge=0, le=10**12, description="Fixed part, in money units, each time."
    )
    rate: ExactDecimal = Field(
        Decimal(0), ge=0, le=10, description="Part in proportion to the base, a fraction."
    )
    base: FeeBase = Field(
        "principal",
        description="Base of rate: the original principal, the balance before the payment, or the"
        " payment's principal and interest (the last two only with when=instalment or last).",
    )
    every: int = Field(
        1,
        ge=1,
        le=600,
        strict=True,
        description="With when=instalment: charged with every so many instalments (12: once a"
        " year of monthly ones).",
    )
    from_instalment: int = Field(
        1,
        ge=1,
        le=1200,
        strict=True,
        description="With when=instalment: number of the first row it is charged with.",
    )
    mandatory: bool = Field(
        True,
        strict=True,
        description="Whether the loan cannot be had without it; only then rates include it.",
    )


class LateTerms(Terms):
    """What the contract says about late payment. Penalty interest replaces the contract rate."""

    fee: ExactDecimal = Field(
        Decimal(0), ge=0, le=10**12, description="Fixed late fee for each late instalment."
    )
    fee_rate: ExactDecimal = Field(
        Decimal(0), ge=0, le=10, description="Late fee as a fraction of the base."
    )
    base: Literal["principal", "instalment"] = Field(
        "principal",
        description="Base of fee_rate and of penalty interest: the overdue principal part, or the"
        " overdue principal, interest and fees.",
    )
    penalty_multiplier: ExactDecimal = Field(
        Decimal("1.5"),
        ge=0,
        le=10,
        description="Penalty rate as a multiple of the contract's daily rate.",
    )
    penalty_daily_rate: ExactDecimal | None = Field(
        None, ge=0, le=Decimal("0.1"), description="Penalty rate per day, instead of a multiple."
    )
    grace_days: int = Field(
        0, ge=0, le=365, strict=True, description="Days late up to which nothing is charged."
    )
    compound: bool = Field(
        False, strict=True, description="Whether unpaid penalty interest bears penalty, daily."
    )
    cap: ExactDecimal | None = Field(
        None, ge=0, le=10**12, description="Most that fee and penalty of one instalment may reach."
    )


class LatePayment(Terms):
    """An instalment the borrower pays late."""

    instalment: int = Field(1, ge=1, le=1200, strict=True, description="Instalment number.")
    days: int = Field(1, ge=1, le=3660, strict=True, description="Days after its due date.")


class Prepayment(Terms):
    """Money paid before it is due, beside the instalments."""

    on: CalendarDay | None = Field(None, description="Day it is paid (YYYY-MM-DD).")
    after_instalment: int | None = Field(
        None,
        ge=0,
        le=1200,
        strict=True,
        description="Instead of a day: on the due date of this instalment, after paying it.",
    )
    amount: ExactDecimal | None = Field(
        None,
        gt=0,
        le=10**12,
        description="Principal repaid ahead, in money units; left out: everything still owed.",
    )
    effect: Literal["shorter_term", "lower_instalment"] = Field(
        "shorter_term", description="What a partial prepayment changes."
    )
    fee: ExactDecimal = Field(Decimal(0), ge=0, le=10**12, description="Fixed fee for doing so.")
    fee_rate: ExactDecimal = Field(
        Decimal(0), ge=0, le=1, description="Fee as a fraction of the principal repaid ahead."
    )
    fee_months_interest: ExactDecimal = Field(
        Decimal(0),
        ge=0,
        le=24,
        description="Fee as this many months' interest on the principal repaid ahead.",
    )
    refund_unearned: bool = Field(
        False,
        strict=True,
        description="Whether charges for the time not used are given back: flat charges of the"
        " instalments not reached fall away, fees paid at the start are refunded in proportion to"
        " the instalments not reached. Otherwise a flat charge stays due in full. A partial"
        " prepayment with refund lowers the base of the flat charge.",
    )
    rebate: Literal["none", "uk_2004"] = Field(
        "none",
        description="uk_2004: a full settlement pays the balance at the agreement's APR by the UK"
        " Consumer Credit (Early Settlement) Regulations 2004, the periodic rate rounded to 6"
        " decimals.",
    )
    rebate_days: int = Field(
        0,
        ge=0,
        le=366,
        strict=True,
        description="uk_2004: days from the day of payment to the settlement date (28 in the"
        " regulations, counted as days/30 of a month).",
    )
    rebate_apr: ExactDecimal | None = Field(
        None,
        ge=0,
        le=1000,
        description="uk_2004: the agreement's stated APR, a fraction.",
    )


class Deferral(Terms):
    """A payment holiday: instalments skipped by agreement."""

    from_instalment: int = Field(
        1, ge=1, le=1200, strict=True, description="First instalment skipped."
    )
    instalments: int = Field(1, ge=1, le=60, strict=True, description="How many are skipped.")
    interest: InterestHoliday = Field(
        "capitalised",
        description="Interest of the holiday: collected (paid when due), capitalised (added to"
        " the balance), postponed (paid without compounding with the next instalment), waived.",
    )
    extend: bool = Field(
        True,
        strict=True,
        description="true: the loan ends later by the holiday; false: it ends as agreed and the"
        " remaining instalments rise.",
    )


class RateChange(Terms):
    """A rate agreed for a later part of the term: an introductory offer ends, a rate is reset."""

    after_instalment: int = Field(
        1, ge=1, le=1200, strict=True, description="Last due date at the earlier rate."
    )
    annual_rate: ExactDecimal = Field(
        ge=0, le=Decimal("36.5"), description="Nominal annual rate from then on, a fraction."
    )
    keep_instalment: bool = Field(
        False,
        strict=True,
        description="true: the instalment stays and the last payment takes the difference; false:"
        " the instalment is computed anew for the remaining term.",
    )


class Restructuring(Terms):
    """New terms for the balance after an instalment."""

    after_instalment: int = Field(
        1, ge=1, le=1200, strict=True, description="Last instalment on the old terms."
    )
    periods: int | None = Field(
        None, ge=1, le=600, strict=True, description="Instalments from then on; default: unchanged."
    )
    annual_rate: ExactDecimal | None = Field(
        None, ge=0, le=Decimal("36.5"), description="New nominal annual rate, a fraction."
    )
    method: Literal["equal_instalment", "equal_principal", "interest_first"] | None = Field(
        None, description="New repayment method; default: unchanged."
    )
    fee: ExactDecimal = Field(
        Decimal(0), ge=0, le=10**12, description="Fee, paid with the first new instalment."
    )
