"""Level payments: the instalment whose discounted sum is the principal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from sandbox.money import EXACT, ZERO


def level_payment(
    principal: Decimal, factors: Sequence[Decimal], remainder: Decimal = ZERO
) -> Decimal:
    """The unrounded equal payment A at the end of each stretch of time.

    factors: interest on 1 for each stretch. A = (P - R * D_n) / sum(D_k), where D_k is the product
    of 1 / (1 + factor) up to k and R is left over after the last payment. With equal factors i
    and R = 0 that is A = P * i / (1 - (1 + i) ** -n), and P / n at zero interest.
    """
    with localcontext(EXACT):
        count = len(factors)
        i = factors[-1]
        if all(factor == i for factor in factors[1:]):
            later = count - 1
            at_first = 1 / (1 + factors[0])
            shrunk = (1 + i) ** -later
            tail = Decimal(later) if i == 0 else (1 - shrunk) / i
            return (principal - remainder * at_first * shrunk) / (at_first * (1 + tail))
        discount, annuity = Decimal(1), ZERO
        for factor in factors:
            discount /= 1 + factor
            annuity += discount
        return (principal - remainder * discount) / annuity


def balance_after(principal: Decimal, payment: Decimal, factors: Sequence[Decimal]) -> Decimal:
    """The unrounded balance after paying the same amount at the end of each stretch of time."""
    with localcontext(EXACT):
        balance = principal
        for factor in factors:
            balance = balance * (1 + factor) - payment
        return balance
