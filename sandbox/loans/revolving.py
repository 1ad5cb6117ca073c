"""Revolving credit repaid by the minimum payment (最低还款), by period or with daily interest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sandbox.input_error import InputError
from sandbox.loans.charges import UpfrontFees, payment_fees
from sandbox.loans.instalment import Instalment
from sandbox.loans.offer import Offer
from sandbox.loans.terms import Fee
from sandbox.loans.timetable import Ratio, Timetable, annual_rate, days_per_year
from sandbox.money import EXACT, ZERO, round_to

MOST_CYCLES = 1200


def revolving_rows(
    offer: Offer, fees: tuple[Fee, ...], upfront: UpfrontFees
) -> tuple[Instalment, ...]:
    """One row a cycle until the balance is zero.

    Raises InputError never_amortises when the payment does not exceed the interest or the balance
    is not repaid within MOST_CYCLES cycles.
    """
    balance = offer.principal + upfront.financed
    rows: list[Instalment] = []
    for due, interest in _cycles(offer, rows, balance):
        owed = rows[-1].balance if rows else balance
        principal = _principal_part(offer, owed, interest)
        paid = principal + interest
        charged, optional = payment_fees(offer, fees, len(rows) + 1, owed, paid)
        if principal == owed:
            ending, ending_optional = payment_fees(offer, fees, None, owed, paid)
            charged, optional = charged + ending, optional + ending_optional
        rows.append(
            Instalment(
                number=len(rows) + 1,
                due_date=due,
                principal=principal,
                interest=interest,
                fees=charged,
                payment=paid + charged,
                balance=owed - principal,
                kind="minimum",
                optional_fees=optional,
            )
        )
        if principal == owed:
            return tuple(rows)
    raise InputError(
        "revolving.minimum_rate", "never_amortises", f"not repaid within {MOST_CYCLES} payments"
    )


def _principal_part(offer: Offer, owed: Decimal, interest: Decimal) -> Decimal:
    terms = offer.revolving
    bill = owed + interest
    base = owed if terms.minimum_base == "principal" else bill
    share = EXACT.multiply(base, terms.minimum_rate)
    least = max(
        round_to(share, offer.money_unit, offer.rounding), terms.minimum_floor, offer.money_unit
    )
    if terms.minimum_base == "principal":
        least += interest
    payment = min(bill, max(least, terms.payment or ZERO))
    if payment <= interest:
        message = f"a payment of {payment} does not exceed the interest of {interest}"
        raise InputError("revolving.minimum_rate", "never_amortises", message)
    return payment - interest


def _cycles(
    offer: Offer, rows: list[Instalment], balance: Decimal
) -> Iterator[tuple[date, Decimal]]:
    """Due date and interest of each cycle; rows grows meanwhile."""
    timetable, rate = Timetable(offer), annual_rate(offer)
    if offer.revolving.interest_rule == "periodic":
        for number in range(1, MOST_CYCLES + 1):
            owed = rows[-1].balance if rows else balance
            factor = timetable.factor(rate, number)
            yield timetable.due(number), round_to(factor.of(owed), offer.money_unit, offer.rounding)
        return
    terms = offer.revolving
    bills = Timetable(
        offer.model_copy(update={"start": terms.first_bill or offer.start, "first_due": None})
    )
    paid_on = offer.start
    for number in range(MOST_CYCLES):
        billed = bills.due(number)
        due = billed + timedelta(terms.due_days)
        yield due, _billed_interest(offer, rows, balance, paid_on, billed)
        paid_on = due


def _billed_interest(
    offer: Offer, rows: list[Instalment], posted: Decimal, paid_on: date, billed: date
) -> Decimal:
    """Daily interest on the bill of a day: none on the first; then on what was owed day by day.

    The first cycle after the first due date differs by rule: on the rest from that day, or on
    everything from its posting. Later a balance is carried and bears interest every day.
    """
    if not rows:
        return ZERO
    carried = rows[-1].balance
    interest = _daily(offer, carried, (billed - paid_on).days)
    if len(rows) == 1:
        if offer.revolving.interest_rule == "from_posting":
            interest += _daily(offer, posted, (paid_on - offer.start).days)
    else:
        before = rows[-2].balance
        last_bill = paid_on - timedelta(offer.revolving.due_days)
        interest += _daily(offer, before, (paid_on - last_bill).days)
    return round_to(interest, offer.money_unit, offer.rounding)


def _daily(offer: Offer, amount: Decimal, days: int) -> Decimal:
    return Ratio(annual_rate(offer) * days, Decimal(days_per_year(offer))).of(amount)
