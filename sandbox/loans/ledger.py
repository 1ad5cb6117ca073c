"""What is owed on a loan and how each due date moves it.

Interest is rounded once for each stretch between two payments and computed on the rounded balance;
the level instalment is rounded once; the last payment is the balance and its interest, so it takes
every residue and the principal parts sum exactly to what was lent. All arithmetic runs in the
context EXACT, which `schedule.course` sets.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sandbox.input_error import InputError
from sandbox.loans.annuity import balance_after, level_payment
from sandbox.loans.charges import UpfrontFees, late_charges, late_shift, payment_fees
from sandbox.loans.instalment import Instalment, RowKind
from sandbox.loans.offer import Offer
from sandbox.loans.offer_fields import Method
from sandbox.loans.terms import Deferral, Fee
from sandbox.loans.timetable import Timetable, annual_rate
from sandbox.money import EXACT, MODES, ZERO, round_to

_LEVEL = ("equal_instalment", "balloon")


class Ledger:
    """What is owed, on which terms, and the rows so far; moved from due date to due date."""

    def __init__(self, offer: Offer, fees: tuple[Fee, ...], upfront: UpfrontFees) -> None:
        self.offer = offer
        self.fees = fees
        self.upfront = upfront
        self.unit = offer.money_unit
        self.mode = MODES[offer.rounding]
        self.timetable = Timetable(offer)
        self.rate = annual_rate(offer)
        self.method: Method = offer.method
        self.balance = (offer.principal + upfront.financed).quantize(offer.money_unit)
        self.flat_base = self.balance
        self.last = 1 if offer.method == "bullet" else offer.count
        self.accrued_from: date | None = None
        self.unpaid = ZERO
        """Interest of earlier stretches that waits, without interest on it, for later instalments:
        what a long stretch left above the level instalment."""
        self.postponed = ZERO
        """Interest of a holiday that comes on top of the next instalment."""
        self.pending_fee = ZERO
        self.charged = bool(fees or offer.late_payments or offer.restructuring)
        self.regular: Decimal | None = None
        self.stated = offer.instalment
        self.first_regular: Decimal | None = None
        self.rows: list[Instalment] = []
        self.skipped: dict[int, Deferral] = {}

    def money(self, amount: Decimal) -> Decimal:
        """Rounded to the money unit by the offer's rule."""
        return amount.quantize(self.unit, self.mode)

    def interest(self, number: int, ends: date | None = None) -> Decimal:
        """Interest accrued in the stretch before due date `number`, until a day within it."""
        base = self.flat_base if self.method == "flat_fee" else self.balance
        numerator, denominator = self.timetable.factor(self.rate, number, self.accrued_from, ends)
        return (base * numerator / denominator).quantize(self.unit, self.mode)

    def waiting_interest(self) -> Decimal:
        """All interest of earlier stretches, now to be paid."""
        waiting = self.unpaid + self.postponed
        self.unpaid = self.postponed = ZERO
        return waiting

    def pay(self, number: int) -> None:
        """The regular instalment of due date `number`."""
        interest = self.interest(number)
        if self.unpaid:
            interest += self.unpaid
            self.unpaid = ZERO
        if number == self.last:
            principal = self.balance
            if self.offer.balloon_from == "unrounded":
                interest = self._unrounded_last_payment(number) - principal
        else:
            principal = self._principal_part(number, interest)
            if principal < ZERO:
                self.unpaid = -principal
                interest, principal = interest + principal, ZERO
            elif principal > self.balance:
                principal = self.balance
        if self.postponed:
            interest += self.postponed
            self.postponed = ZERO
        self.record(number, principal, interest, "instalment")

    def pay_alike(self, number: int) -> int:
        """Pays the level instalments after due date `number` that nothing sets apart.

        Returns the number of the last one paid, `number` itself when there is none. `pay` would
        give the same rows; here the many alike ones of a long loan are written in one loop, which
        more than halves the time of a schedule. The last instalment is always left to `pay`.
        """
        plain = self.method == "equal_instalment" and self.offer.counting == "periodic"
        if self.regular is None or not plain or self.charged or self.unpaid:
            return number
        numerator, denominator = self.timetable.factor(self.rate, number + 1)
        level, balance, unit, mode = self.regular, self.balance, self.unit, self.mode
        rows, row, nothing = self.rows, Instalment._make, ZERO
        for due in self.timetable.dues(number + 1, self.last):
            interest = (balance * numerator / denominator).quantize(unit, mode)
            principal = level - interest
            if not nothing <= principal < balance:
                break
            balance -= principal
            number += 1
            # one row for each due date so far: nothing but regular instalments came before
            terms = (number, due, principal, interest, nothing, level, balance)
            rows.append(row((*terms, nothing, "instalment", nothing, nothing, None)))
        self.balance = balance
        return number

    def _principal_part(self, number: int, interest: Decimal) -> Decimal:
        """Principal in the regular instalment; negative if its interest exceeds it."""
        if self.method == "interest_first":
            return ZERO
        if self.regular is None:
            self.settle_terms(number)
        regular = self.regular or ZERO
        return regular - interest if self.method in _LEVEL else regular

    def record(self, number: int, principal: Decimal, interest: Decimal, kind: RowKind) -> None:
        """Appends the row of due date `number` and lowers the balance."""
        payment = principal + interest
        fees = optional = penalty = ZERO
        due, paid_on = self.timetable.due(number), None
        if self.charged:
            fees, optional = self._fees(number, principal, payment)
            penalty = late_charges(self.offer, number, principal, interest + fees)
            paid_on = due + late_shift(self.offer, number)
            payment += fees + penalty
        self.balance -= principal
        count = len(self.rows) + 1
        # _make takes half the time of the call by name, and rows are most of a schedule's time
        self.append(
            Instalment._make(
                (
                    count,
                    due,
                    principal,
                    interest,
                    fees,
                    payment,
                    self.balance,
                    penalty,
                    kind,
                    ZERO,
                    optional,
                    paid_on,
                )
            )
        )

    def _fees(self, number: int, principal: Decimal, paid: Decimal) -> tuple[Decimal, Decimal]:
        """Fees due with a payment, and the optional part of them."""
        fees, optional = payment_fees(self.offer, self.fees, number, self.balance, paid)
        if principal == self.balance:
            ending = payment_fees(self.offer, self.fees, None, self.balance, paid)
            fees, optional = fees + ending[0], optional + ending[1]
        fees += self.pending_fee
        self.pending_fee = ZERO
        return fees, optional

    def append(self, row: Instalment) -> None:
        """Adds a row; what follows accrues from the next due date's own start."""
        self.rows.append(row)
        self.accrued_from = None

    def settle_terms(self, number: int) -> None:
        """Fixes the part that stays equal from due date `number` on, unless it is fixed already."""
        if self.regular is None and self.method not in ("interest_first", "bullet"):
            self.regular = self._regular(number)
            self.first_regular = self.first_regular or self._instalment(number)

    def _instalment(self, number: int) -> Decimal | None:
        """The level instalment: with a flat charge the principal part and the charge."""
        if self.method == "flat_fee" and self.regular is not None:
            return self.regular + self.interest(number)
        return self.regular if self.method in _LEVEL else None

    def _regular(self, number: int) -> Decimal:
        """The part that stays equal: the instalment, or its principal part."""
        offer = self.offer
        unit = offer.instalment_unit or offer.money_unit
        if self.method in ("equal_principal", "flat_fee"):
            left = Decimal(self.last - number + 1)
            part = round_to(EXACT.divide(self.balance, left), unit, offer.rounding)
            part = part.quantize(offer.money_unit, context=EXACT)
            if part == 0:
                message = "the principal part of an instalment rounds to zero"
                raise InputError("principal", "too_small", message)
            return part
        instalment = self.stated
        if instalment is None:
            instalment = round_to(self.level(number), unit, offer.rounding)
        instalment = instalment.quantize(offer.money_unit, context=EXACT)
        usual = self.timetable.factor(self.rate, min(number + 1, self.last))
        least = self.money(usual.of(self.balance))
        if self.method == "balloon":  # it may repay nothing before the balloon
            least -= self.unit
        if instalment <= least:
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
        """Interest on 1 in each stretch from one due date to another, what is accrued left out."""
        timetable, rate = self.timetable, self.rate
        factors = [timetable.factor(rate, first, self.accrued_from).value]
        if self.offer.counting == "periodic" and last > first:
            return factors + [timetable.factor(rate, first + 1).value] * (last - first)
        numbers = range(first + 1, last + 1)
        return factors + [timetable.factor(rate, number).value for number in numbers]

    def _unrounded_last_payment(self, number: int) -> Decimal:
        principal = self.offer.principal + self.upfront.financed
        factors = self._factors(1, number)
        further = (self.offer.amortisation_periods or number) - number
        exact = level_payment(principal, factors + factors[-1:] * further)
        if self.regular is None:
            return self.money(balance_after(principal, ZERO, factors))
        return self.regular + self.money(balance_after(principal, exact, factors))
