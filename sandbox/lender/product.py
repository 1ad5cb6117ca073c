"""The lender's product: what may be asked for, and the offer a request becomes at a price."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.lender.facts.fact import Yuan
from sandbox.lender.facts.request import LoanRequest, Method
from sandbox.loans import Offer
from sandbox.text import Text


class LimitPolicy(BaseModel):
    """How the own limit moves, in percent of the limit a life began with.

    rise for every instalment paid on time, fall for every one missed, never below floor or above
    ceiling.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rise: int = Field(3, ge=0, le=100)
    fall: int = Field(20, ge=0, le=100)
    floor: int = Field(20, ge=0, le=100)
    ceiling: int = Field(150, ge=100, le=1000)

    def limit(self, base: Decimal, on_time: int, missed: int) -> Decimal:
        """The limit after so many instalments paid on time and so many missed, in whole yuan."""
        percent = 100 + self.rise * on_time - self.fall * missed
        kept = min(self.ceiling, max(self.floor, percent))
        return (base * kept / 100).quantize(Decimal(1), ROUND_DOWN)


class Product(BaseModel):
    """A loan product; amounts in yuan, terms in months, rates as yearly fractions.

    assessment_rate prices the instalment that affordability is judged on, before the real price
    is known. amount_step is the grid of smaller amounts offered; step_up_hours is how long an
    extra verification counts, review_hours how long a reviewer takes, incident_minutes how long an
    incident lasts whose end is not announced.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: Text
    about: Text
    amount_min: Yuan
    amount_max: Yuan
    terms: tuple[int, ...] = Field(min_length=1)
    methods: tuple[Method, ...] = Field(min_length=1)
    assessment_rate: Decimal = Field(ge=0, le=1)
    amount_step: Yuan = Field(Decimal(100), gt=0)
    step_up_hours: int = Field(24, ge=1, le=24 * 90)
    review_hours: int = Field(48, ge=1, le=24 * 90)
    incident_minutes: int = Field(120, ge=1, le=7 * 24 * 60)
    limit_policy: LimitPolicy = LimitPolicy()

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.amount_min > self.amount_max:
            raise ValueError("amount_min is above amount_max")
        if list(self.terms) != sorted(set(self.terms)):
            raise ValueError("terms must rise and not repeat")
        return self


def offered(request: LoanRequest, amount: Decimal | None) -> LoanRequest:
    """The request for the amount on offer; None stands for the amount asked for."""
    if amount is None or amount == request.amount:
        return request
    return request.model_copy(update={"amount": amount})


def offer_for(request: LoanRequest, annual_rate: Decimal) -> Offer:
    """The offer the request becomes at this nominal annual rate (a fraction).

    For the flat-fee method the same figure is charged on the original principal every month,
    which is how such plans are advertised.
    """
    return Offer(
        principal=request.amount,
        annual_rate=annual_rate,
        periods=request.term_months,
        method=request.method,
    )
