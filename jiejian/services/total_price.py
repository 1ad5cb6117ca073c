"""“Borrow Y, repay X”: an offer that names no rate, only what is paid back in all."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from jiejian.errors import InvalidInput
from sandbox.loans import Offer
from sandbox.loans.charges import all_fees, upfront_fees
from sandbox.loans.terms import Fee
from sandbox.money import CENT, EXACT, ZERO, exact_number, round_to

FIELD = "repay_total"
HIGHEST = Decimal(10**12)
# Prices stated otherwise, which a total replaces.
_REPLACED = {"annual_rate", "period_rate", "daily_rate", "method", "rounding", FIELD}


def with_total(given: Mapping[str, object]) -> dict[str, Any]:
    """The engine's terms for an offer that may state its price as `repay_total`.

    The money is then repaid in equal parts without interest, and what X exceeds Y by comes on top
    in equal charges; the last payment takes the cents. A rate of return depends on the payments
    only, not on how they are divided. X contains a fee that is added to the loan; fees with the
    instalments come on top. Raises InvalidInput for the total, and whatever the engine raises.
    """
    if FIELD not in given:
        return dict(given)
    terms = {name: value for name, value in given.items() if name not in _REPLACED}
    terms |= {"method": "equal_principal", "annual_rate": ZERO, "rounding": "up"}
    offer = Offer.model_validate(terms)
    owed = offer.principal + upfront_fees(offer, all_fees(offer)).financed
    beyond = _total(given[FIELD], owed) - owed
    payment = _part(owed + beyond, offer.count)
    regular = payment - round_to(EXACT.divide(owed, Decimal(offer.count)), CENT, "up")
    if regular < 0:
        # The charge is under a cent each time: the principal alone makes the payment.
        terms["rounding"], regular = "down", ZERO
    charges = [
        Fee(name="charge", when="instalment", amount=regular),
        Fee(name="charge", when="last", amount=beyond - regular * offer.count),
    ]
    return {**terms, "fees": (*offer.fees, *charges)}


def _part(total: Decimal, count: int) -> Decimal:
    """Every payment but the last: a whole number of cents, rounded down."""
    return EXACT.divide(total, Decimal(count)).quantize(CENT, ROUND_FLOOR, EXACT)


def _total(value: object, owed: Decimal) -> Decimal:
    try:
        total = exact_number(value)
    except PydanticCustomError as error:
        raise InvalidInput(FIELD, error.type) from None
    if total < owed:
        raise InvalidInput(FIELD, "too_small", low=owed)
    if total > HIGHEST:
        raise InvalidInput(FIELD, "too_large", high=HIGHEST)
    if total % CENT:
        raise InvalidInput(FIELD, "too_precise")
    return total
