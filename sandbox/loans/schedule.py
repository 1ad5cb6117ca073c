"""The repayment schedule of every method with due dates; see `revolving` for the other one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from sandbox.input_error import InputError
from sandbox.loans.charges import UpfrontFees
from sandbox.loans.departures import begin_deferral, change_rate, prepay, restructure, skip
from sandbox.loans.instalment import Instalment
from sandbox.loans.ledger import Ledger
from sandbox.loans.offer import Offer
from sandbox.loans.terms import Fee, Prepayment
from sandbox.money import EXACT

Waiting = list[tuple[date, int, Prepayment]]


@dataclass(frozen=True)
class Course:
    """The rows of a schedule and its first regular instalment (None where none is level)."""

    rows: tuple[Instalment, ...]
    instalment: Decimal | None


def course(offer: Offer, fees: tuple[Fee, ...], upfront: UpfrontFees) -> Course:
    """Every row from the first due date to the zero balance.

    Raises InputError: never_amortises, too_small, after_end, too_large.
    """
    with localcontext(EXACT):
        return _walked(Ledger(offer, fees, upfront))


def _walked(ledger: Ledger) -> Course:
    offer = ledger.offer
    waiting = sorted(
        (
            (_day(ledger, prepayment), index, prepayment)
            for index, prepayment in enumerate(offer.prepayments)
        ),
        key=lambda item: item[:2],
    )
    as_agreed = not (waiting or offer.grace_periods or offer.has_events)
    number = 0
    while number < ledger.last and ledger.balance:
        number += 1
        if as_agreed:
            ledger.pay(number)
            number = ledger.pay_alike(number)
        else:
            _due_date(ledger, number, waiting)
    _refuse_leftovers(ledger, waiting, number)
    rows = tuple(ledger.rows)
    regular = ledger.first_regular
    if regular is None and offer.method in ("equal_instalment", "balloon", "flat_fee"):
        regular = rows[-1].principal + rows[-1].interest
    return Course(rows, regular)


def _due_date(ledger: Ledger, number: int, waiting: Waiting) -> None:
    """One due date of a course that departs from the agreed one, and what precedes it."""
    begin_deferral(ledger, number)
    _prepay_before(ledger, number, waiting)
    if not ledger.balance:
        return
    if number in ledger.skipped:
        skip(ledger, number, ledger.skipped[number].interest, "deferral")
    elif number <= ledger.offer.grace_periods:
        skip(ledger, number, ledger.offer.grace_interest, "grace")
    else:
        ledger.pay(number)
    change_rate(ledger, number)
    restructure(ledger, number)


def _day(ledger: Ledger, prepayment: Prepayment) -> date:
    if prepayment.on is not None:
        return prepayment.on
    return ledger.timetable.due(prepayment.after_instalment or 0)


def _prepay_before(ledger: Ledger, number: int, waiting: Waiting) -> None:
    """What is paid ahead in the stretch before due date `number`; that day itself comes after."""
    while waiting and ledger.balance and waiting[0][0] < ledger.timetable.due(number):
        day, index, prepayment = waiting.pop(0)
        prepay(ledger, index, prepayment, number, day)


def _refuse_leftovers(ledger: Ledger, waiting: Waiting, number: int) -> None:
    """Terms that found no application. A settlement on the last due date is the schedule itself."""
    end = ledger.rows[-1]
    for day, index, _ in waiting:
        if day > end.due_date or end.kind == "settlement":
            raise InputError(f"prepayments.{index}.on", "after_end", "the loan is repaid by then")
    offer = ledger.offer
    for index, late in enumerate(offer.late_payments):
        if late.instalment > number:
            raise InputError(
                f"late_payments.{index}.instalment", "too_large", "there is no such instalment"
            )
    usual = offer.instalment is None and offer.instalment_unit is None
    if number < ledger.last and usual and not offer.has_events:
        raise InputError("principal", "too_small", "too small to be repaid in so many instalments")
