"""Departures from the agreed course: holidays, early repayment, a restructuring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.input_error import InputError
from sandbox.loans.charges import payment_fees
from sandbox.loans.instalment import Instalment, RowKind
from sandbox.loans.rebate import settlement_amount
from sandbox.loans.terms import InterestHoliday, Prepayment
from sandbox.money import EXACT, ZERO

if TYPE_CHECKING:
    from sandbox.loans.schedule import Schedule


def begin_deferral(schedule: Schedule, number: int) -> None:
    """Notes the holiday that begins at due date `number`, and moves the end if agreed."""
    for deferral in schedule.offer.deferrals:
        if deferral.from_instalment != number:
            continue
        for skipped in range(number, number + deferral.instalments):
            schedule.skipped[skipped] = deferral
        if deferral.extend:
            schedule.last += deferral.instalments
        if number + deferral.instalments > schedule.last:
            raise InputError(
                "deferrals", "too_large", "no instalment is left after the payment holiday"
            )
        if not deferral.extend or deferral.interest == "capitalised":
            schedule.regular = schedule.stated = None


def skip(schedule: Schedule, number: int, treatment: InterestHoliday, kind: RowKind) -> None:
    """A due date without principal; its interest is collected, capitalised, postponed, waived."""
    interest = schedule.interest(number)
    if treatment == "collected":
        schedule.record(number, ZERO, interest + schedule.postponed, kind)
        schedule.postponed = ZERO
        return
    if treatment == "postponed":
        schedule.postponed += interest
    capitalised = interest if treatment == "capitalised" else ZERO
    schedule.balance += capitalised
    schedule.append(
        Instalment(
            number=len(schedule.rows) + 1,
            due_date=schedule.timetable.due(number),
            principal=ZERO,
            interest=ZERO,
            fees=ZERO,
            payment=ZERO,
            balance=schedule.balance,
            kind=kind,
            capitalised=capitalised,
        )
    )


def restructure(schedule: Schedule, number: int) -> None:
    """Puts the balance after due date `number` on new terms if that is agreed."""
    change = schedule.offer.restructuring
    if change is None or change.after_instalment != number or not schedule.balance:
        return
    if change.periods is not None:
        schedule.last = number + change.periods
    if change.annual_rate is not None:
        schedule.rate = change.annual_rate
    if change.method is not None:
        schedule.method = change.method
    schedule.pending_fee += change.fee
    schedule.regular = schedule.stated = None


def prepay(
    schedule: Schedule, index: int, prepayment: Prepayment, number: int, day: date
) -> None:
    """Money paid ahead on a day before due date `number`, with the interest accrued until then.

    Raises InputError if more is paid than is owed.
    """
    before = schedule.balance
    amount = before if prepayment.amount is None else prepayment.amount
    if amount > before:
        message = f"more than the balance of {before}"
        raise InputError(f"prepayments.{index}.amount", "too_large", message)
    full = amount == before
    flat = schedule.method == "flat_fee"
    if flat and not full:
        interest = ZERO
    elif flat and not prepayment.refund_unearned:
        reached = schedule.accrued_from
        schedule.accrued_from = None
        interest = sum((schedule.interest(k) for k in range(number, schedule.last + 1)), ZERO)
        schedule.accrued_from = reached
    else:
        interest = schedule.interest(number, day) + schedule.postponed
        schedule.postponed = ZERO
    fees = schedule.money(_fee(schedule, prepayment, amount))
    optional = ZERO
    if full:
        ending, optional = payment_fees(
            schedule.offer, schedule.fees, "last", before, amount + interest
        )
        fees += ending + schedule.pending_fee - _refund(schedule, prepayment, number)
    if prepayment.rebate == "uk_2004":
        interest = settlement_amount(schedule, prepayment, number, day) - amount
    schedule.balance -= amount
    if not full and prepayment.effect == "lower_instalment":
        schedule.regular = schedule.stated = None
    if flat and prepayment.refund_unearned and not full:
        schedule.flat_base = EXACT.divide(
            EXACT.multiply(schedule.flat_base, schedule.balance), before
        )
    schedule.append(
        Instalment(
            number=len(schedule.rows) + 1,
            due_date=day,
            principal=amount,
            interest=interest,
            fees=fees,
            payment=amount + interest + fees,
            balance=schedule.balance,
            kind="settlement" if full else "prepayment",
            optional_fees=optional,
        )
    )
    if not flat and day > schedule.timetable.due(number - 1):
        schedule.accrued_from = day


def _fee(schedule: Schedule, prepayment: Prepayment, amount: Decimal) -> Decimal:
    monthly = EXACT.divide(EXACT.multiply(amount, schedule.rate), Decimal(12))
    return (
        prepayment.fee
        + EXACT.multiply(amount, prepayment.fee_rate)
        + EXACT.multiply(monthly, prepayment.fee_months_interest)
    )


def _refund(schedule: Schedule, prepayment: Prepayment, number: int) -> Decimal:
    """Fees paid at the start for the instalments not reached, in proportion to their number."""
    if not prepayment.refund_unearned:
        return ZERO
    unreached = Decimal(schedule.last - number + 1)
    return schedule.money(
        EXACT.divide(EXACT.multiply(schedule.upfront.all, unreached), Decimal(schedule.last))
    )
