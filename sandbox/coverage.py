"""Whether a project's cash covers its debt: the ratios lenders write into contracts.

Cash is what is left for debt service in a period (CFADS). Below 1 the cash does not cover the debt;
what a lender asks for, 1.25 or 1.5, is a term of the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sandbox.input_error import InputError
from sandbox.money import EXACT, ZERO


def present_value(cash: Sequence[Decimal], rate: Decimal) -> Decimal:
    """Sum of cash_k / (1 + rate)**k over the ends of the periods k = 1, 2, ..."""
    value = ZERO
    for amount in reversed(cash):
        value = EXACT.divide(EXACT.add(value, amount), 1 + rate)
    return value


def debt_service_cover(cash: Decimal, interest: Decimal, principal: Decimal) -> Decimal:
    """DSCR of a period: cash / (interest + principal)."""
    return _ratio(cash, EXACT.add(interest, principal), "interest")


def loan_life_cover(cash: Sequence[Decimal], rate: Decimal, debt: Decimal) -> Decimal:
    """LLCR: present value of the cash over the loan's life, at the debt's rate, / debt."""
    return _ratio(present_value(cash, rate), debt, "debt")


def debt_capacity(value: Decimal, cover: Decimal) -> Decimal:
    """The debt that cash of this present value supports at a loan-life cover: value / cover."""
    return _ratio(value, cover, "cover")


def _ratio(part: Decimal, whole: Decimal, field: str) -> Decimal:
    if whole <= 0:
        raise InputError(field, "too_small", "more than zero is needed to divide by")
    return EXACT.divide(part, whole)
