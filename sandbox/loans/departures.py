"""Departures from the agreed course: holidays, early repayment, a restructuring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sandbox.input_error import InputError
from sandbox.loans.charges import payment_fees
from sandbox.loans.instalment import Instalment, RowKind
from sandbox.loans.ledger import Ledger
from sandbox.loans.rebate import settlement_amount
from sandbox.loans.terms import InterestHoliday, Prepayment
from sandbox.money import EXACT, ZERO


def begin_deferral(ledger: Ledger, number: int) -> None:
    """Notes the holiday that begins at due date `number`, and moves the end if agreed."""
    for deferral in ledger.offer.deferrals:
        if deferral.from_instalment != number:
            continue
        for skipped in range(number, number + deferral.instalments):
            ledger.skipped[skipped] = deferral
        if deferral.extend:
            ledger.last += deferral.instalments
        if number + deferral.instalments > ledger.last:
            raise InputError(
                "deferrals", "too_large", "no instalment is left after the payment holiday"
            )
        if not deferral.extend or deferral.interest == "capitalised":
            ledger.regular = ledger.stated = None


def skip(ledger: Ledger, number: int, treatment: InterestHoliday, kind: RowKind) -> None:
    """A due date without principal; its interest is collected, capitalised, postponed, waived."""
    interest = ledger.interest(number)
    if treatment == "collected":
        ledger.record(number, ZERO, interest + ledger.waiting_interest(), kind)
        return
    if treatment == "postponed":
        ledger.postponed += interest
    capitalised = interest if treatment == "capitalised" else ZERO
    ledger.balance += capitalised
    ledger.append(
        Instalment(
            number=len(ledger.rows) + 1,
            due_date=ledger.timetable.due(number),
            principal=ZERO,
            interest=ZERO,
            fees=ZERO,
            payment=ZERO,
            balance=ledger.balance,
            kind=kind,
            capitalised=capitalised,
        )
    )


def change_rate(ledger: Ledger, number: int) -> None:
    """Applies the rate agreed from due date `number` on, if there is one."""
    for change in ledger.offer.rate_changes:
        if change.after_instalment == number:
            ledger.rate = change.annual_rate
            if not change.keep_instalment:
                ledger.regular = ledger.stated = None


def restructure(ledger: Ledger, number: int) -> None:
    """Puts the balance after due date `number` on new terms if that is agreed."""
    change = ledger.offer.restructuring
    if change is None or change.after_instalment != number or not ledger.balance:
        return
    if change.periods is not None:
        ledger.last = number + change.periods
    if change.annual_rate is not None:
        ledger.rate = change.annual_rate
    if change.method is not None:
        ledger.method = change.method
    ledger.pending_fee += change.fee
    ledger.regular = ledger.stated = None


def prepay(ledger: Ledger, index: int, prepayment: Prepayment, number: int, day: date) -> None:
    """Money paid ahead on a day before due date `number`, with the interest accrued until then.

    Raises InputError if more is paid than is owed.
    """
    before = ledger.balance
    amount = before if prepayment.amount is None else prepayment.amount
    if amount > before:
        message = f"more than the balance of {before}"
        raise InputError(f"prepayments.{index}.amount", "too_large", message)
    full = amount == before
    agreed = ledger.offer.grace_periods < number < ledger.last
    if agreed and not full and prepayment.effect == "shorter_term":
        ledger.settle_terms(number)
    flat = ledger.method == "flat_fee"
    if flat and not full:
        interest = ZERO
    elif flat and not prepayment.refund_unearned:
        reached = ledger.accrued_from
        ledger.accrued_from = None
        interest = sum((ledger.interest(k) for k in range(number, ledger.last + 1)), ZERO)
        ledger.accrued_from = reached
    else:
        interest = ledger.interest(number, day) + ledger.waiting_interest()
    fees = ledger.money(_fee(ledger, prepayment, amount))
    optional = ZERO
    if full:
        ending, optional = payment_fees(ledger.offer, ledger.fees, None, before, amount + interest)
        fees += ending + ledger.pending_fee - _refund(ledger, prepayment, number)
    if prepayment.rebate == "uk_2004":
        interest = settlement_amount(ledger, prepayment, number, day) - amount
    ledger.balance -= amount
    if not full and prepayment.effect == "lower_instalment":
        ledger.regular = ledger.stated = None
    if flat and prepayment.refund_unearned and not full:
        ledger.flat_base = EXACT.divide(EXACT.multiply(ledger.flat_base, ledger.balance), before)
    ledger.append(
        Instalment(
            number=len(ledger.rows) + 1,
            due_date=day,
            principal=amount,
            interest=interest,
            fees=fees,
            payment=amount + interest + fees,
            balance=ledger.balance,
            kind="settlement" if full else "prepayment",
            optional_fees=optional,
        )
    )
    if not flat and day > ledger.timetable.due(number - 1):
        ledger.accrued_from = day


def _fee(ledger: Ledger, prepayment: Prepayment, amount: Decimal) -> Decimal:
    monthly = EXACT.divide(EXACT.multiply(amount, ledger.rate), Decimal(12))
    return (
        prepayment.fee
        + EXACT.multiply(amount, prepayment.fee_rate)
        + EXACT.multiply(monthly, prepayment.fee_months_interest)
    )


def _refund(ledger: Ledger, prepayment: Prepayment, number: int) -> Decimal:
    """Fees paid at the start for the instalments not reached, in proportion to their number."""
    if not prepayment.refund_unearned:
        return ZERO
    unreached = Decimal(ledger.last - number + 1)
    return ledger.money(
        EXACT.divide(EXACT.multiply(ledger.upfront.all, unreached), Decimal(ledger.last))
    )
