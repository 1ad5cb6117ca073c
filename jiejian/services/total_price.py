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
    regular = _regular_charge(owed, beyond, offer.count)
    charges = [
        Fee(name="charge", when="instalment", amount=regular),
        Fee(name="charge", when="last", amount=beyond - regular * offer.count),
    ]
    return {**terms, "fees": (*offer.fees, *charges)}


def _regular_charge(owed: Decimal, beyond: Decimal, count: int) -> Decimal:
    """The charge that makes every payment but the last the same whole number of cents."""
    payment = EXACT.divide(owed + beyond, Decimal(count)).quantize(CENT, ROUND_FLOOR, EXACT)
    principal = round_to(EXACT.divide(owed, Decimal(count)), CENT, "up")
    return max(payment - principal, ZERO)


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
