"""Every key of a loan offer, with its unit and default; `offer` adds what must hold together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

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
    key,
)
from sandbox.money import ExactDecimal, Rounding, Whole

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

    minimum_rate: ExactDecimal = key(
        Decimal("0.1"), "fraction", "Minimum payment as a fraction of the base.", ge=0, le=1
    )
    minimum_floor: ExactDecimal = key(
        Decimal(10),
        "money",
        "Least minimum payment, in money units; at least one money unit is paid.",
        ge=0,
        le=10**12,
    )
    minimum_base: Literal["bill", "principal"] = key(
        "bill",
        "choice",
        "bill: the minimum is max(rate * bill, floor), interest inside. principal: a"
        " principal part of max(rate * balance, floor), interest on top.",
    )
    interest_rule: Literal["periodic", "unpaid_rest", "from_posting"] = key(
        "periodic",
        "choice",
        "periodic: interest on the balance for each whole period. unpaid_rest: no"
        " interest until the first due date, then daily on what is left. from_posting (全额计息):"
        " if the first bill is not paid in full, daily interest runs on everything since start.",
    )
    first_bill: CalendarDay | None = key(
        None, "date", "Date of the first bill for the daily rules; default: start."
    )
    due_days: Whole = key(20, "days", "Days from a bill to its due date.", ge=0, le=60)
    payment: ExactDecimal | None = key(
        None,
        "money",
        "What the borrower pays each time, if more than the minimum.",
        gt=0,
        le=10**12,
    )


class OfferFields(Terms):
    """What an offer can say, each key checked by itself."""

    principal: ExactDecimal = key(
        Decimal("10000"),
        "money",
        "Amount of credit in money units, a multiple of money_unit. The payout is this"
        " less withheld fees.",
        gt=0,
        le=10**12,
    )
    annual_rate: ExactDecimal = key(
        Decimal("0.12"),
        "fraction a year",
        "Nominal annual rate, a fraction (0.12 is 12 %). With flat_fee: the yearly"
        " charge on the original principal.",
        ge=0,
        le=HIGHEST_ANNUAL_RATE,
    )
    period_rate: ExactDecimal | None = key(
        None,
        "fraction a period",
        "Instead of annual_rate: the rate of one regular period, a fraction"
        " (0.006 is 0.6 % a month).",
        ge=0,
        le=3,
    )
    daily_rate: ExactDecimal | None = key(
        None,
        "fraction a day",
        "Instead of annual_rate: the rate of one day, a fraction (万五 is 0.0005)."
        " Interest then runs on actual days unless day_count says otherwise; the nominal annual"
        " rate is 365 times it (360 times with day_count actual/360).",
        ge=0,
        le=HIGHEST_DAILY_RATE,
    )
    periods: Whole = key(12, "periods", "Number of instalments.", ge=1, le=MAX_PERIODS)
    method: Method = key(
        "equal_instalment",
        "choice",
        "equal_instalment 等额本息; equal_principal 等额本金; interest_first 先息后本"
        " (interest each period, principal at the end); flat_fee 手续费分期 (charge on the original"
        " principal each period); bullet 到期还本付息 (one payment at the end, simple interest);"
        " balloon 气球贷; revolving 最低还款 (minimum payment until the balance is zero).",
    )
    period: Period = key("month", "choice", "Interval of the instalments.")
    start: CalendarDay = key(
        date(2026, 1, 15), "date", "Day the money is paid out (YYYY-MM-DD, local date)."
    )
    first_due: CalendarDay | None = key(
        None, "date", "First due date if it is not one period after start; later ones step from it."
    )
    odd_days: OddDays = key(
        "thirtieths",
        "choice",
        "With first_due and day_count periodic: what a day outside whole periods counts"
        " (counted back from the first due date). thirtieths: 1/30 of a month, 1/7 of a week."
        " calendar_year: 1/365 of a year, 1/366 where the year before holds 29 February, as in EU"
        " rates. calendar_period: one day of the regular period it belongs to (17 of 31).",
    )
    due_dates: tuple[CalendarDay, ...] | None = key(
        None,
        "dates",
        "With period=dates: every due date, rising, after start.",
        min_length=1,
        max_length=MAX_PERIODS,
    )
    term_days: Whole | None = key(
        None, "days", "With method=bullet: days from start to the single payment.", ge=1, le=36525
    )
    end_of_month: bool = key(
        False,
        "true or false",
        "Whether due dates stepping from a month's last day stay on month ends."
        " Otherwise they keep the day, clamped to short months.",
        strict=True,
    )
    day_count: Literal["periodic"] | DayCount | None = key(
        None,
        "choice",
        "How interest time is counted. periodic: each regular period is the same part"
        " of a year, odd days as a part of the period. Default: periodic for regular periods;"
        " actual/365 with daily_rate, term_days or period=dates.",
    )
    rounding: Rounding = key("half_up", "choice", "Rounding of every computed amount.")
    money_unit: ExactDecimal = key(
        Decimal("0.01"),
        "money",
        "Smallest amount: 0.01, or 1 for a currency without cents, or 0.001.",
    )
    instalment_unit: ExactDecimal | None = key(
        None,
        "money",
        "Step the regular instalment is rounded to (0.01, 1, 10); default: money_unit.",
        gt=0,
        le=10000,
    )
    instalment: ExactDecimal | None = key(
        None,
        "money",
        "The regular instalment if the offer states it (equal_instalment, balloon);"
        " the last payment takes the residue.",
        gt=0,
        le=10**12,
    )
    amortisation_periods: Whole | None = key(
        None,
        "periods",
        "With balloon: number of periods the instalment is computed from.",
        ge=1,
        le=1200,
    )
    balloon: ExactDecimal | None = key(
        None,
        "money",
        "With balloon: principal left for the last due date, beside the last regular"
        " instalment; instead of amortisation_periods.",
        ge=0,
        le=10**12,
    )
    balloon_from: Literal["rounded", "unrounded"] = key(
        "rounded",
        "choice",
        "With amortisation_periods: the balloon is the balance of the schedule in"
        " money units, or of the unrounded one (the last interest then takes the residue).",
    )
    interest_in_advance: bool = key(
        False,
        "true or false",
        "With bullet: all interest is kept back from the payout.",
        strict=True,
    )
    grace_periods: Whole = key(
        0,
        "periods",
        "Due dates at the start, counted within periods, without principal.",
        ge=0,
        le=MAX_PERIODS - 1,
    )
    grace_interest: InterestHoliday = key(
        "collected", "choice", "What happens to the interest of the grace periods."
    )
    upfront_fee: ExactDecimal = key(
        Decimal(0), "money", "Fee at the start, in money units.", ge=0, le=10**12
    )
    upfront_fee_rate: ExactDecimal = key(
        Decimal(0), "fraction", "Fee at the start as a fraction of the principal.", ge=0, le=10
    )
    upfront_fee_paid: Literal["withheld", "separate", "financed"] = key(
        "withheld",
        "choice",
        "Whether the fee at the start is kept back from the payout (砍头息), paid"
        " separately, or added to the principal.",
    )
    instalment_fee: ExactDecimal = key(
        Decimal(0), "money", "Fee with every instalment, in money units.", ge=0, le=10**12
    )
    instalment_fee_rate: ExactDecimal = key(
        Decimal(0),
        "fraction",
        "Fee with every instalment as a fraction of the original principal.",
        ge=0,
        le=10,
    )
    fees: tuple[Fee, ...] = key(
        (), "terms", "Further charges: insurance, membership, guarantee ...", max_length=50
    )
    revolving: Revolving = key(Revolving(), "terms", "With method=revolving: its terms.")
    late: LateTerms = key(LateTerms(), "terms", "What a late payment costs by the contract.")
    late_payments: tuple[LatePayment, ...] = key(
        (), "terms", "Instalments this borrower pays late.", max_length=MAX_PERIODS
    )
    prepayments: tuple[Prepayment, ...] = key(
        (), "terms", "What this borrower repays early, in the order of dates.", max_length=60
    )
    deferrals: tuple[Deferral, ...] = key(
        (), "terms", "Payment holidays, in order, not overlapping.", max_length=20
    )
    rate_changes: tuple[RateChange, ...] = key(
        (), "terms", "Rates agreed for later parts of the term, in order.", max_length=60
    )
    restructuring: Restructuring | None = key(None, "terms", "New terms from some instalment on.")

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
