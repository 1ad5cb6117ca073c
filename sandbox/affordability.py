"""What a budget carries: a safe instalment, the largest loan it repays, and two shocks.

A stated teaching model, no lender's rule. With income I, spending S, instalments already running
D, and an amount B kept back, all a month, and a share q of income:

    safe instalment = max(0, min(q * I - D, I - S - D - B)), rounded down to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from sandbox.input_error import InputError
from sandbox.loans.offer import Offer
from sandbox.loans.quoting import Quote, quote
from sandbox.loans.terms import Terms
from sandbox.money import EXACT, ZERO, ExactDecimal, round_to

LARGEST_LOAN = 10**9
_MONTHLY = 10**9
Bound = Literal["share_of_income", "what_is_left"]


class Budget(Terms):
    """A household's month, amounts in money units a month, and the model's one parameter."""

    income: ExactDecimal = Field(ge=0, le=_MONTHLY, description="Income a month, after tax.")
    spending: ExactDecimal = Field(
        Decimal(0), ge=0, le=_MONTHLY, description="What life costs a month, debts left out."
    )
    debts: ExactDecimal = Field(
        Decimal(0), ge=0, le=_MONTHLY, description="Instalments already running, a month."
    )
    buffer: ExactDecimal = Field(
        Decimal(0), ge=0, le=_MONTHLY, description="Kept back each month and not spent."
    )
    savings: ExactDecimal = Field(
        Decimal(0), ge=0, le=_MONTHLY, description="Money at hand that could be used."
    )
    share: ExactDecimal = Field(
        Decimal("0.4"),
        ge=0,
        le=1,
        description="Model parameter: share of income that all instalments together may take.",
    )


@dataclass(frozen=True)
class SafeInstalment:
    """by_share: q * I - D; by_rest: I - S - D - B; amount: the smaller one, never below 0."""

    by_share: Decimal
    by_rest: Decimal

    @property
    def amount(self) -> Decimal:
        """What a new loan may take a month."""
        return max(ZERO, min(self.by_share, self.by_rest))

    @property
    def bound(self) -> Bound:
        """Which of the two limits decides."""
        return "share_of_income" if self.by_share < self.by_rest else "what_is_left"


def safe_instalment(budget: Budget) -> SafeInstalment:
    """The instalment the model calls safe, with both limits it comes from."""
    line = round_to(EXACT.multiply(budget.share, budget.income), mode="down")
    rest = budget.income - budget.spending - budget.debts - budget.buffer
    return SafeInstalment(line - budget.debts, rest)


def largest_loan(
    instalment: Decimal,
    periods: int,
    annual_rate: Decimal,
    method: Literal["equal_instalment", "equal_principal", "flat_fee"] = "equal_instalment",
) -> Quote | None:
    """The largest loan in whole units whose largest instalment does not exceed the given one.

    None if not even 1 is carried. Exact inverse by search over the engine: the first payment never
    falls when the principal grows, so halving finds the last principal it allows; below that the
    last payment, which takes the rounding residue, decides. Raises InputError when the terms can
    never be repaid.
    """
    terms = {"periods": periods, "annual_rate": annual_rate, "method": method}
    tried = _Tried(terms)
    low, high = 0, LARGEST_LOAN + 1
    while high - low > 1:
        middle = (low + high) // 2
        course = tried.quote(middle)
        if course is None or course.rows[0].payment <= instalment:
            low = middle
        else:
            high = middle
    for principal in range(low, 0, -1):
        course = tried.quote(principal)
        if course is None:
            return None
        if max(row.payment for row in course.rows) <= instalment:
            return course
    return None


class _Tried:
    """Loans on the same terms; None for one too small to be repaid so."""

    def __init__(self, terms: dict[str, object]) -> None:
        self._terms = terms

    def quote(self, principal: int) -> Quote | None:
        try:
            return quote(Offer.model_validate({**self._terms, "principal": principal}))
        except InputError as error:
            if error.reason == "too_small":
                return None
            raise


class Shock(Terms):
    """A change of income for some months. factor 0.7 is 30 % less, 0 none at all."""

    factor: ExactDecimal = Field(ge=0, le=10, description="Income as a fraction of the usual one.")
    from_month: int = Field(1, ge=1, le=600, strict=True, description="First month it holds.")
    months: int | None = Field(
        None, ge=1, le=600, strict=True, description="How many months; left out: to the end."
    )

    def income(self, usual: Decimal, month: int) -> Decimal:
        """Income of a month, rounded to the cent."""
        ends = None if self.months is None else self.from_month + self.months
        hit = month >= self.from_month and (ends is None or month < ends)
        return round_to(EXACT.multiply(usual, self.factor)) if hit else round_to(usual)


STEADY = Shock(factor=Decimal(1))
LESS = Shock(factor=Decimal("0.7"))
GAP = Shock(factor=Decimal(0), months=3)
"""The two tests of the model: 30 % less from the first month on, and three months without any."""


@dataclass(frozen=True)
class CashMonth:
    """One month: cash = cash before + income - spending - debts - instalment."""

    month: int
    income: Decimal
    spending: Decimal
    debts: Decimal
    instalment: Decimal
    cash: Decimal


@dataclass(frozen=True)
class CashPath:
    """Cash month by month under a shock; first_failure: the first month that ends below zero."""

    shock: Shock
    opening: Decimal
    months: tuple[CashMonth, ...]

    @property
    def first_failure(self) -> CashMonth | None:
        """The first month in which the money does not reach, None if it always does."""
        return next((month for month in self.months if month.cash < 0), None)

    @property
    def lowest(self) -> Decimal:
        """The least cash at a month's end."""
        return min((month.cash for month in self.months), default=self.opening)

    @property
    def missing(self) -> Decimal:
        """Further savings at the start with which no month would end below zero."""
        return max(ZERO, -self.lowest)


def cash_path(budget: Budget, loan: Quote | None, shock: Shock, months: int) -> CashPath:
    """So many months of the budget with a loan's instalments under a shock.

    The loan's money itself is spent on what it was for and enters nowhere. What is kept back each
    month stays at hand, so it is part of the cash.
    """
    cash = budget.savings
    path = []
    rows = loan.rows if loan is not None else ()
    for month in range(1, months + 1):
        income = shock.income(budget.income, month)
        due = rows[month - 1].payment if month <= len(rows) else ZERO
        cash += income - budget.spending - budget.debts - due
        path.append(CashMonth(month, income, budget.spending, budget.debts, due, cash))
    return CashPath(shock, budget.savings, tuple(path))
