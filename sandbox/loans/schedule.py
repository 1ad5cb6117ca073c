"""The repayment schedule of every method with due dates; see `revolving` for the other one.

Interest is rounded once for each stretch between two payments and computed on the rounded balance;
the level instalment is rounded once; the last payment is the balance and its interest, so it takes
every residue and the principal parts sum exactly to what was lent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sandbox.input_error import InputError
from sandbox.loans.annuity import balance_after, level_payment
from sandbox.loans.charges import UpfrontFees, late_charges, late_shift, payment_fees
from sandbox.loans.departures import begin_deferral, prepay, restructure, skip
from sandbox.loans.instalment import Instalment, RowKind
from sandbox.loans.offer import Method, Offer
from sandbox.loans.terms import Deferral, Fee, Prepayment
from sandbox.loans.timetable import Timetable, annual_rate
from sandbox.money import EXACT, ZERO, round_to


@dataclass(frozen=True)
class Course:
    """The rows of a schedule and its first regular instalment (None where none is level)."""

    rows: tuple[Instalment, ...]
    instalment: Decimal | None


class Schedule:
    """Walks from due date to due date; the state is what is owed and on which terms."""

    def __init__(self, offer: Offer, fees: tuple[Fee, ...], upfront: UpfrontFees) -> None:
        self.offer = offer
        self.fees = fees
        self.upfront = upfront
        self.timetable = Timetable(offer)
        self.rate = annual_rate(offer)
        self.method: Method = offer.method
        self.balance = offer.principal + upfront.financed
        self.flat_base = self.balance
        self.last = 1 if offer.method == "bullet" else offer.count
        self.accrued_from: date | None = None
        self.postponed = ZERO
        self.pending_fee = ZERO
        self.regular: Decimal | None = None
        self.stated = offer.instalment
        self.first_regular: Decimal | None = None
        self.rows: list[Instalment] = []
        self.skipped: dict[int, Deferral] = {}

    def run(self) -> Course:
        """Every row from the first due date to the zero balance.

        Raises InputError: never_amortises, too_small, after_end, too_large, dates_out_of_order.
        """
        waiting = sorted(enumerate(self.offer.prepayments), key=lambda item: self._day(item[1]))
        number = 0
        while number < self.last and self.balance:
            number += 1
            begin_deferral(self, number)
            while waiting and self._day(waiting[0][1]) < self.timetable.due(number):
                index, prepayment = waiting.pop(0)
                prepay(self, index, prepayment, number, self._day(prepayment))
                if not self.balance:
                    break
            if not self.balance:
                break
            if number in self.skipped:
                skip(self, number, self.skipped[number].interest, "deferral")
            elif number <= self.offer.grace_periods:
                skip(self, number, self.offer.grace_interest, "grace")
            else:
                self.pay(number)
            restructure(self, number)
        self._refuse_leftovers(waiting, number)
        return Course(tuple(self.rows), self.first_regular)

    def agreed_rows(self) -> tuple[Instalment, ...]:
        """The rows of the same agreement without fees, run to its end as agreed."""
        offer = self.offer.model_copy(update={"prepayments": (), "late_payments": ()})
        return Schedule(offer, (), UpfrontFees(ZERO, ZERO, ZERO, ZERO)).run().rows

    def _day(self, prepayment: Prepayment) -> date:
        if prepayment.on is not None:
            return prepayment.on
        return self.timetable.due(prepayment.after_instalment or 0)

    def _refuse_leftovers(self, waiting: list[tuple[int, Prepayment]], number: int) -> None:
        ends = self.rows[-1].due_date
        for index, prepayment in waiting:
            if self._day(prepayment) > ends or self.rows[-1].kind == "settlement":
                message = "the loan is repaid by then"
                raise InputError(f"prepayments.{index}.on", "after_end", message)
        for index, late in enumerate(self.offer.late_payments):
            if late.instalment > number:
                message = "there is no such instalment"
                raise InputError(f"late_payments.{index}.instalment", "too_large", message)
        plain_terms = self.stated is None and self.offer.instalment_unit is None
        if number < self.last and plain_terms and not self.offer.has_events:
            message = "too small to be repaid in so many instalments"
            raise InputError("principal", "too_small", message)

    def money(self, amount: Decimal) -> Decimal:
        """Rounded to the money unit by the offer's rule."""
        return round_to(amount, self.offer.money_unit, self.offer.rounding)

    def interest(self, number: int, ends: date | None = None) -> Decimal:
        """Interest accrued in the stretch before due date `number`, until a day within it."""
        base = self.flat_base if self.method == "flat_fee" else self.balance
        factor = self.timetable.factor(self.rate, number, self.accrued_from, ends)
        return self.money(factor.of(base))

    def pay(self, number: int) -> None:
        """The regular instalment of due date `number`."""
        interest = self.interest(number) + self.postponed
        final = number == self.last
        if final:
            principal = self.balance
            if self.offer.balloon_from == "unrounded":
                interest = self._unrounded_last_payment(number) - principal
        else:
            principal = min(self._principal_part(number, interest), self.balance)
        self.postponed = ZERO
        self.record(number, principal, interest, "instalment")

    def record(self, number: int, principal: Decimal, interest: Decimal, kind: RowKind) -> None:
        """Appends the row of due date `number` and lowers the balance."""
        offer = self.offer
        paid = principal + interest
        fees, optional = payment_fees(offer, self.fees, "instalment", self.balance, paid)
        if principal == self.balance:
            ending, ending_optional = payment_fees(offer, self.fees, "last", self.balance, paid)
            fees, optional = fees + ending, optional + ending_optional
        fees += self.pending_fee
        self.pending_fee = ZERO
        self.balance -= principal
        due = self.timetable.due(number)
        penalty = late_charges(offer, number, principal, interest + fees)
        self.append(
            Instalment(
                number=len(self.rows) + 1,
                due_date=due,
                principal=principal,
                interest=interest,
                fees=fees,
                payment=paid + fees + penalty,
                balance=self.balance,
                penalty=penalty,
                kind=kind,
                optional_fees=optional,
                paid_on=due + late_shift(offer, number) if offer.late_payments else None,
            )
        )

    def append(self, row: Instalment) -> None:
        """Adds a row; what follows accrues from the next due date's own start."""
        self.rows.append(row)
        self.accrued_from = None

    def _principal_part(self, number: int, interest: Decimal) -> Decimal:
        if self.method == "interest_first":
            return ZERO
        if self.regular is None:
            self.regular = self._regular(number)
            self.first_regular = self.first_regular or self._instalment(number)
        if self.method in ("equal_instalment", "balloon"):
            return max(self.regular - interest, ZERO)
        return self.regular

    def _instalment(self, number: int) -> Decimal | None:
        """The level instalment: with a flat charge the principal part and the charge."""
        if self.method == "flat_fee" and self.regular is not None:
            return self.regular + self.interest(number)
        return self.regular if self.method in ("equal_instalment", "balloon") else None

    def _regular(self, number: int) -> Decimal:
        """The part that stays equal: the instalment, or its principal part."""
        offer = self.offer
        unit = offer.instalment_unit or offer.money_unit
        if self.method in ("equal_principal", "flat_fee"):
            left = Decimal(self.last - number + 1)
            part = round_to(EXACT.divide(self.balance, left), unit, offer.rounding)
            if part == 0:
                message = "the principal part of an instalment rounds to zero"
                raise InputError("principal", "too_small", message)
            return part
        instalment = self.stated
        if instalment is None:
            exact = self.level(number)
            instalment = round_to(exact, unit, offer.rounding)
        usual = self.timetable.factor(self.rate, min(number + 1, self.last))
        if instalment <= self.money(usual.of(self.balance)):
            field = "instalment" if self.stated is not None else "principal"
            message = f"an instalment of {instalment} does not exceed the interest"
            raise InputError(field, "never_amortises", message)
        return instalment

    def level(self, number: int) -> Decimal:
        """The unrounded level instalment from due date `number` on."""
        factors = self._factors(number, self.last)
        virtual = self.offer.amortisation_periods
        if self.method != "balloon":
            return level_payment(self.balance, factors)
        if virtual is None:
            return level_payment(self.balance, factors, self.offer.balloon or ZERO)
        further = virtual - self.offer.count
        return level_payment(self.balance, factors + factors[-1:] * further)

    def _factors(self, first: int, last: int) -> list[Decimal]:
        timetable, rate = self.timetable, self.rate
        factors = [timetable.factor(rate, number).value for number in range(first, last + 1)]
        if self.accrued_from is not None:
            factors[0] = timetable.factor(rate, first, self.accrued_from).value
        return factors

    def _unrounded_last_payment(self, number: int) -> Decimal:
        principal = self.offer.principal + self.upfront.financed
        factors = self._factors(1, number)
        further = (self.offer.amortisation_periods or number) - number
        exact = level_payment(principal, factors + factors[-1:] * further)
        if self.regular is None:
            return self.money(balance_after(principal, ZERO, factors))
        return self.regular + self.money(balance_after(principal, exact, factors))
