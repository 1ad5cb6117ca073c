"""Settlement before time by the UK Consumer Credit (Early Settlement) Regulations 2004."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext

from sandbox.input_error import InputError
from sandbox.loans.ledger import Ledger
from sandbox.loans.terms import Prepayment
from sandbox.loans.timetable import periods_per_year
from sandbox.money import EXACT, Rounding, round_to

Timed = tuple[Decimal, Decimal]
"""Periods from the first advance, and a positive amount."""

_RATE_STEP = Decimal("0.000001")
_LARGEST = Decimal(10) ** 20
"""Beyond this a settlement is no sum of money: a stated APR left to grow for centuries."""


def settlement_2004(
    advances: Sequence[Timed],
    repayments: Sequence[Timed],
    *,
    apr: Decimal,
    per_year: Decimal,
    settled_at: Decimal,
    unit: Decimal = Decimal("0.01"),
    rounding: Rounding = "half_up",
) -> Decimal:
    """The amount that settles the agreement at `settled_at` periods (regulation 4, schedule).

    sum(advance * (1 + r) ** a) - sum(repayment * (1 + r) ** b), a and b periods from each to the
    settlement, over what was advanced and repaid until then; r is the periodic rate equivalent to
    the APR, rounded to 6 decimals. The rebate is what else would have fallen due, less this.
    """
    with localcontext(EXACT):
        rate = round_to((1 + apr) ** (1 / per_year) - 1, _RATE_STEP)
        owed = sum((a * (1 + rate) ** (settled_at - at) for at, a in advances), Decimal(0))
        repaid = sum((a * (1 + rate) ** (settled_at - at) for at, a in repayments), Decimal(0))
        return round_to(owed - repaid, unit, rounding)


def settlement_amount(ledger: Ledger, prepayment: Prepayment, number: int, day: date) -> Decimal:
    """What a settlement in full on a day before due date `number` costs by the regulations.

    Raises InputError where the periods are irregular, or the APR and the time lead beyond money.
    """
    offer, timetable = ledger.offer, ledger.timetable
    per_year = periods_per_year(offer)
    if per_year is None:
        raise InputError("period", "conflict", "the rebate needs regular periods")
    apr = prepayment.rebate_apr or Decimal(0)
    reached = timetable.time(timetable.due(number - 1), number - 1) if number > 1 else Decimal(0)
    period_days = Decimal(360) / per_year if per_year <= 12 else Decimal(364) / per_year
    extra = (day - timetable.due(number - 1)).days + prepayment.rebate_days
    paid = [
        (timetable.time(row.due_date, number), row.payment - row.fees - row.penalty)
        for row in ledger.rows
    ]
    amount = settlement_2004(
        [(Decimal(0), offer.principal)],
        paid,
        apr=apr,
        per_year=Decimal(per_year),
        settled_at=reached + extra / period_days,
        unit=offer.money_unit,
        rounding=offer.rounding,
    )
    if abs(amount) > _LARGEST:
        message = "at this APR the settlement grows beyond any sum of money by then"
        raise InputError("prepayments", "too_large", message)
    return amount
