"""A balance repaid by the minimum payment."""

from __future__ import annotations

from decimal import Decimal

from sandbox.answers.calls import Arguments, Number, call
from sandbox.answers.loans import quoted
from sandbox.loans import Offer, Quote


class Balance(Arguments):
    """A card balance and its terms; `payment` is what the borrower pays if more than the minimum."""

    balance: Number
    annual_rate: Number
    minimum_rate: Number = Decimal("0.1")
    minimum_floor: Number = Decimal(10)
    payment: Number | None = None


def _course(given: Balance) -> Quote:
    terms = given.model_dump(include={"minimum_rate", "minimum_floor", "payment"})
    return quoted(
        Offer.model_validate(
            {
                "principal": given.balance,
                "annual_rate": given.annual_rate,
                "method": "revolving",
                "revolving": terms,
            }
        )
    )


@call(Balance, "months")
def revolving_months(given: Balance) -> Decimal:
    """Months until a balance is repaid."""
    return Decimal(len(_course(given).rows))


@call(Balance, "yuan")
def revolving_cost(given: Balance) -> Decimal:
    """Interest until a balance is repaid."""
    return _course(given).totals.cost


@call(Balance, "yuan")
def revolving_first_payment(given: Balance) -> Decimal:
    """The first payment of a revolving balance."""
    return _course(given).rows[0].payment
