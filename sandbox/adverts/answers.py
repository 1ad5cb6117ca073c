"""What the learner adds to an advert: answers to the questions it leaves open."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.loans.offer_fields import MAX_PERIODS
from sandbox.money import ExactDecimal

PayEvery = Literal["week", "month"]
RepaidBy = Literal["equal_instalment", "equal_principal", "interest_first", "flat_fee", "bullet"]
RatePer = Literal["day", "week", "month", "year", "instalment"]
DailyMeaning = Literal["interest", "repayment"]
FeeWhen = Literal["withheld", "separate", "instalment", "last"]
MOST_MONEY = 10**9


class Answers(BaseModel):
    """Each answer may be left out; one that is given goes before what the advert says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: ExactDecimal | None = Field(
        None, gt=0, le=MOST_MONEY, description="Amount borrowed, in money units."
    )
    periods: int | None = Field(
        None, ge=1, le=MAX_PERIODS, strict=True, description="Number of instalments."
    )
    pay_every: PayEvery | None = Field(None, description="Time between two instalments.")
    term_days: int | None = Field(
        None,
        ge=1,
        le=3650,
        strict=True,
        description="Instead of periods: days until everything is repaid at once.",
    )
    method: RepaidBy | None = Field(
        None,
        description="How it is repaid, as in an offer. For a fee on every instalment: flat_fee"
        " charges it on the original amount, equal_instalment on what is still owed.",
    )
    rate: ExactDecimal | None = Field(
        None, ge=0, le=36, description="The rate, a fraction (0.012 is 1.2 %); see rate_per."
    )
    rate_per: RatePer | None = Field(None, description="The time the rate is for.")
    instalment: ExactDecimal | None = Field(
        None, gt=0, le=MOST_MONEY, description="The payment each time, in money units."
    )
    daily_meaning: DailyMeaning | None = Field(
        None, description="What an amount “a day” is: the cost, or the repayment, cost included."
    )
    fee_when: FeeWhen | None = Field(
        None,
        description="When a fee of which the advert gives no time is paid: kept back from the"
        " payout, beside it at the start, with every instalment, or with the last payment.",
    )
    other_fees: ExactDecimal | None = Field(
        None,
        ge=0,
        le=MOST_MONEY,
        description="All fees the advert gives no price for, together, paid at the start.",
    )
