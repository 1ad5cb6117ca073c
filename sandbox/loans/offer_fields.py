"""Every key of a loan offer, with its unit and default; `offer` adds what must hold together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from sandbox.dates import CalendarDay, DayCount
from sandbox.loans.terms import (
    Deferral,
    Fee,
    InterestHoliday,
    LatePayment,
    LateTerms,
    Prepayment,
    RateChange,
    Restructuring,
    Terms,
)
from sandbox.money import ExactDecimal, Rounding

Method = Literal[
    "equal_instalment",
    "equal_principal",
    "interest_first",
    "flat_fee",
    "bullet",
    "balloon",
    "revolving",
]
Period = Literal[
    "week",
    "fortnight",
    "four_weeks",
    "month",
    "two_months",
    "quarter",
    "half_year",
    "year",
    "dates",
]
OddDays = Literal["thirtieths", "calendar_year", "calendar_period"]
MAX_PERIODS = 600
HIGHEST_ANNUAL_RATE = Decimal("36.5")
HIGHEST_DAILY_RATE = Decimal("0.1")


class Revolving(Terms):
    """Terms of a revolving balance repaid by the minimum payment."""

    minimum_rate: ExactDecimal = Field(
        Decimal("0.1"), ge=0, le=1, description="Minimum payment as a fraction of the base."
    )
    minimum_floor: ExactDecimal = Field(
        Decimal(10),
        ge=0,
        le=10**12,
        description="Least minimum payment, in money units; at least one money unit is paid.",
    )
    minimum_base: Literal["bill", "principal"] = Field(
        "bill",
        description="bill: the minimum is max(rate * bill, floor), interest inside. principal: a"
        " principal part of max(rate * balance, floor), interest on top.",
    )
    interest_rule: Literal["periodic", "unpaid_rest", "from_posting"] = Field(
        "periodic",
        description="periodic: interest on the balance for each whole period. unpaid_rest: no"
        " interest until the first due date, then daily on what is left. from_posting (全额计息):"
        " if the first bill is not paid in full, daily interest runs on everything since start.",
    )
    first_bill: CalendarDay | None = Field(
        None, description="Date of the first bill for the daily rules; default: start."
    )
    due_days: int = Field(
        20, ge=0, le=60, strict=True, description="Days from a bill to its due date."
    )
    payment: ExactDecimal | None = Field(
        None,
        gt=0,
        le=10**12,
        description="What the borrower pays each time, if more than the minimum.",
    )


class OfferFields(Terms):
    """What an offer can say, each key checked by itself."""

    principal: ExactDecimal = Field(
        Decimal("10000"),
        gt=0,
        le=10**12,
        description="Amount of credit in money units, a multiple of money_unit. The payout is this"
        " less withheld fees.",
    )
    annual_rate: ExactDecimal = Field(
        Decimal("0.12"),
        ge=0,
        le=HIGHEST_ANNUAL_RATE,
        description="Nominal annual rate, a fraction (0.12 is 12 %). With flat_fee: the yearly"
        " charge on the original principal.",
    )
    period_rate: ExactDecimal | None = Field(
        None,
        ge=0,
        le=3,
        description="Instead of annual_rate: the rate of one regular period, a fraction"
        " (0.006 is 0.6 % a month).",
    )
    daily_rate: ExactDecimal | None = Field(
        None,
        ge=0,
        le=HIGHEST_DAILY_RATE,
        description="Instead of annual_rate: the rate of one day, a fraction (万五 is 0.0005)."
        " Interest then runs on actual days unless day_count says otherwise; the nominal annual"
        " rate is 365 times it (360 times with day_count actual/360).",
    )
    periods: int = Field(
        12, ge=1, le=MAX_PERIODS, strict=True, description="Number of instalments."
    )
    method: Method = Field(
        "equal_instalment",
        description="equal_instalment 等额本息; equal_principal 等额本金; interest_first 先息后本"
        " (interest each period, principal at the end); flat_fee 手续费分期 (charge on the original"
        " principal each period); bullet 到期还本付息 (one payment at the end, simple interest);"
        " balloon 气球贷; revolving 最低还款 (minimum payment until the balance is zero).",
    )
    period: Period = Field("month", description="Interval of the instalments.")
    start: CalendarDay = Field(
        date(2026, 1, 15), description="Day the money is paid out (YYYY-MM-DD, local date)."
    )
    first_due: CalendarDay | None = Field(
        None,
        description="First due date if it is not one period after start; later ones step from it.",
    )
    odd_days: OddDays = Field(
        "thirtieths",
        description="With first_due and day_count periodic: what a day outside whole periods counts"
        " (counted back from the first due date). thirtieths: 1/30 of a month, 1/7 of a week."
        " calendar_year: 1/365 of a year, 1/366 where the year before holds 29 February, as in EU"
        " rates. calendar_period: one day of the regular period it belongs to (17 of 31).",
    )
    due_dates: tuple[CalendarDay, ...] | None = Field(
        None,
        min_length=1,
        max_length=MAX_PERIODS,
        description="With period=dates: every due date, rising, after start.",
    )
    term_days: int | None = Field(
        None,
        ge=1,
        le=36525,
        strict=True,
        description="With method=bullet: days from start to the single payment.",
    )
    end_of_month: bool = Field(
        False,
        strict=True,
        description="Whether due dates stepping from a month's last day stay on month ends."
        " Otherwise they keep the day, clamped to short months.",
    )
    day_count: Literal["periodic"] | DayCount | None = Field(
        None,
        description="How interest time is counted. periodic: each regular period is the same part"
        " of a year, odd days as a part of the period. Default: periodic for regular periods;"
        " actual/365 with daily_rate, term_days or period=dates.",
    )
    rounding: Rounding = Field("half_up", description="Rounding of every computed amount.")
    money_unit: ExactDecimal = Field(
        Decimal("0.01"),
        description="Smallest amount: 0.01, or 1 for a currency without cents, or 0.001.",
    )
    instalment_unit: ExactDecimal | None = Field(
        None,
        gt=0,
        le=10000,
        description="Step the regular instalment is rounded to (0.01, 1, 10); default: money_unit.",
    )
    instalment: ExactDecimal | None = Field(
        None,
        gt=0,
        le=10**12,
        description="The regular instalment if the offer states it (equal_instalment, balloon);"
        " the last payment takes the residue.",
    )
    amortisation_periods: int | None = Field(
        None,
        ge=1,
        le=1200,
        strict=True,
        description="With balloon: number of periods the instalment is computed from.",
    )
    balloon: ExactDecimal | None = Field(
        None,
        ge=0,
        le=10**12,
        description="With balloon: principal left for the last due date, beside the last regular"
        " instalment; instead of amortisation_periods.",
    )
    balloon_from: Literal["rounded", "unrounded"] = Field(
        "rounded",
        description="With amortisation_periods: the balloon is the balance of the schedule in"
        " money units, or of the unrounded one (the last interest then takes the residue).",
    )
    interest_in_advance: bool = Field(
        False, strict=True, description="With bullet: all interest is kept back from the payout."
    )
    grace_periods: int = Field(
        0,
        ge=0,
        le=MAX_PERIODS - 1,
        strict=True,
        description="Due dates at the start, counted within periods, without principal.",
    )
    grace_interest: InterestHoliday = Field(
        "collected", description="What happens to the interest of the grace periods."
    )
    upfront_fee: ExactDecimal = Field(
        Decimal(0), ge=0, le=10**12, description="Fee at the start, in money units."
    )
    upfront_fee_rate: ExactDecimal = Field(
        Decimal(0), ge=0, le=10, description="Fee at the start as a fraction of the principal."
    )
    upfront_fee_paid: Literal["withheld", "separate", "financed"] = Field(
        "withheld",
        description="Whether the fee at the start is kept back from the payout (砍头息), paid"
        " separately, or added to the principal.",
    )
    instalment_fee: ExactDecimal = Field(
        Decimal(0), ge=0, le=10**12, description="Fee with every instalment, in money units."
    )
    instalment_fee_rate: ExactDecimal = Field(
        Decimal(0),
        ge=0,
        le=10,
        description="Fee with every instalment as a fraction of the original principal.",
    )
    fees: tuple[Fee, ...] = Field(
        (), max_length=50, description="Further charges: insurance, membership, guarantee ..."
    )
    revolving: Revolving = Field(
        default_factory=Revolving, description="With method=revolving: its terms."
    )
    late: LateTerms = Field(
        default_factory=LateTerms, description="What a late payment costs by the contract."
    )
    late_payments: tuple[LatePayment, ...] = Field(
        (), max_length=MAX_PERIODS, description="Instalments this borrower pays late."
    )
    prepayments: tuple[Prepayment, ...] = Field(
        (), max_length=60, description="What this borrower repays early, in the order of dates."
    )
    deferrals: tuple[Deferral, ...] = Field(
        (), max_length=20, description="Payment holidays, in order, not overlapping."
    )
    rate_changes: tuple[RateChange, ...] = Field(
        (), max_length=60, description="Rates agreed for later parts of the term, in order."
    )
    restructuring: Restructuring | None = Field(
        None, description="New terms from some instalment on."
    )

    @property
    def counting(self) -> Literal["periodic"] | DayCount:
        """How interest time is counted, the default resolved."""
        if self.day_count is not None:
            return self.day_count
        irregular = self.period == "dates" or self.term_days is not None
        return "actual/365" if irregular or self.daily_rate is not None else "periodic"

    @property
    def count(self) -> int:
        """Number of due dates agreed (one for a bullet)."""
        if self.due_dates is not None:
            return len(self.due_dates)
        return self.periods

    @property
    def has_events(self) -> bool:
        """Whether anything departs from the agreed course."""
        return bool(self.prepayments or self.deferrals or self.restructuring or self.rate_changes)
