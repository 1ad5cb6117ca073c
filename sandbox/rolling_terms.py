"""Who borrows anew to repay the old, and who would lend: the terms of `sandbox.rolling`."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.loans.terms import Terms
from sandbox.money import ExactDecimal

MOST_MONTHS = 120


class Lender(Terms):
    """Someone who lends to this borrower, up to a limit and up to a burden."""

    name: str = Field(min_length=1, max_length=80, description="A name, invented.")
    limit: ExactDecimal = Field(ge=0, le=10**9, description="Most principal owed to it at once.")
    annual_rate: ExactDecimal = Field(
        ge=0, le=Decimal("36.5"), description="Nominal annual rate, a fraction."
    )
    periods: int = Field(12, ge=1, le=120, strict=True, description="Monthly instalments.")
    fee_rate: ExactDecimal = Field(
        Decimal(0), ge=0, le=Decimal("0.5"), description="Fee withheld from the payout, a fraction."
    )
    burden_line: ExactDecimal = Field(
        Decimal(1),
        ge=0,
        le=10,
        description="Lends while next month's instalments, its own included, are at most this"
        " share of income.",
    )


class Rolling(Terms):
    """The household, its first loan and those who would lend to it. Amounts in money units."""

    income: ExactDecimal = Field(Decimal(6000), gt=0, le=10**9, description="Income a month.")
    spending: ExactDecimal = Field(Decimal(4500), ge=0, le=10**9, description="Living, a month.")
    cash: ExactDecimal = Field(Decimal(0), ge=0, le=10**9, description="Money at hand at first.")
    debt: ExactDecimal = Field(
        Decimal(30000), gt=0, le=10**9, description="Principal of the loan that already runs."
    )
    debt_rate: ExactDecimal = Field(
        Decimal("0.18"), ge=0, le=Decimal("36.5"), description="Its nominal annual rate."
    )
    debt_periods: int = Field(
        12, ge=1, le=120, strict=True, description="Its monthly instalments still to come."
    )
    lenders: tuple[Lender, ...] = Field(
        (), max_length=12, description="In the order in which the borrower turns to them."
    )
    refusals_allowed: int = Field(
        3,
        ge=1,
        le=12,
        strict=True,
        description="After so many refusals nobody lends any more: the report shows them all.",
    )
    step: ExactDecimal = Field(
        Decimal(100), gt=0, le=10000, description="Loans are a multiple of this."
    )
    months: int = Field(60, ge=1, le=MOST_MONTHS, strict=True, description="Longest look ahead.")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = [lender.name for lender in self.lenders]
        if len(set(names)) < len(names):
            context = {"field": "lenders", "reason": "conflict"}
            raise PydanticCustomError("conflict", "two lenders have the same name", context)
        return self
