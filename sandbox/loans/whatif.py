"""What one step changes: early repayment, a late payment, only the minimum, a deferral.

Each answer holds the figures before and after, both from the same engine, and their difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from sandbox.dates import add_months
from sandbox.input_error import InputError
from sandbox.loans.offer import Offer
from sandbox.loans.plans import Candidate, largest_instalment, with_terms
from sandbox.loans.quoting import Quote, quote
from sandbox.loans.terms import Deferral, InterestHoliday
from sandbox.money import ZERO

LONGEST_SEARCH = 120
Effect = Literal["shorter_term", "lower_instalment"]


@dataclass(frozen=True)
class Difference:
    """After less before, in money units and days; negative means less."""

    paid: Decimal
    cost: Decimal
    largest: Decimal
    days: int
    payments: int


@dataclass(frozen=True)
class Change:
    """The same loan without and with the step."""

    before: Quote
    after: Quote

    @property
    def difference(self) -> Difference:
        """What the step adds (or, negative, saves)."""
        before, after = self.before, self.after
        return Difference(
            paid=after.totals.payment - before.totals.payment,
            cost=after.totals.cost - before.totals.cost,
            largest=largest_instalment(after) - largest_instalment(before),
            days=(last_day(after) - last_day(before)).days,
            payments=payments(after) - payments(before),
        )


@dataclass(frozen=True)
class EarlyRepayment:
    """Repaying ahead once. fee: what the contract charges for it. saved: cost not paid.

    by_month: for repaying everything after 1, 2 ... months (LONGEST_SEARCH at most), what it saves
    (negative: it costs). worth_until: the last of these months at which it still saves money, None if none does.
    """

    change: Change
    fee: Decimal
    by_month: tuple[Decimal, ...]

    @property
    def saved(self) -> Decimal:
        """Cost of keeping to the schedule less the cost after the step."""
        return -self.change.difference.cost

    @property
    def worth_until(self) -> int | None:
        """Break-even: the last month at which repaying everything still saves money."""
        saving = [month for month, saved in enumerate(self.by_month, start=1) if saved > 0]
        return saving[-1] if saving else None


def repay_early(
    candidate: Candidate,
    after_months: int,
    amount: Decimal | None = None,
    effect: Effect = "shorter_term",
) -> EarlyRepayment:
    """Repaying an amount, or everything (None), so many calendar months after the payout.

    Raises InputError: `after_months` after_end when the loan is repaid by then; `amount` when it
    exceeds the balance; `method` for a loan that knows no early repayment.
    """
    offer = candidate.offer
    if offer.method == "revolving" or offer.interest_in_advance:
        raise InputError("method", "not_possible", "this loan knows no early repayment")
    before = quote(offer)
    day = add_months(offer.start, after_months)
    if day >= before.rows[-1].due_date:
        raise InputError("after_months", "after_end", "the loan is repaid by then")
    after = _prepaid(candidate, day, amount, effect)
    free = candidate.model_copy(
        update={
            "leaving": candidate.leaving.model_copy(
                update={"fee": ZERO, "fee_rate": ZERO, "fee_months_interest": ZERO}
            )
        }
    )
    without_fee = _prepaid(free, day, amount, effect)
    fee = _ahead(after) - _ahead(without_fee)
    return EarlyRepayment(Change(before, after), fee, _savings(candidate, before))


def pay_late(offer: Offer, instalment: int, days: int) -> Change:
    """One instalment paid so many days after its due date.

    Raises InputError: `instalment` too_large when there is none of this number; `method` for a
    revolving balance.
    """
    if offer.method == "revolving":
        raise InputError("method", "not_possible", "a revolving balance has no instalments")
    before = quote(offer)
    if instalment > len(before.rows):
        raise InputError("instalment", "too_large", f"there are {len(before.rows)} instalments")
    late = {"late_payments": ({"instalment": instalment, "days": days},)}
    return Change(before, quote(with_terms(offer, late)))


def late_by_days(offer: Offer, instalment: int, most: int) -> tuple[Decimal, ...]:
    """What being late adds to the cost after 1, 2 ... days. Refusals as `pay_late`."""
    return tuple(pay_late(offer, instalment, days).difference.cost for days in range(1, most + 1))


def only_minimum(offer: Offer, payment: Decimal) -> Change:
    """A revolving balance: paying a fixed amount each time (before), or only the minimum (after).

    Raises InputError: `method` unless it is revolving; never_amortises when a payment does not
    exceed the interest.
    """
    if offer.method != "revolving":
        raise InputError("method", "not_possible", "only a revolving balance has a minimum")
    terms = offer.revolving.model_dump(exclude_unset=True)
    fixed = with_terms(offer, {"revolving": {**terms, "payment": payment}})
    minimum = with_terms(offer, {"revolving": {**terms, "payment": None}})
    try:
        before = quote(fixed)
    except InputError as error:
        raise InputError("payment", error.reason, error.message) from None
    return Change(before, quote(minimum))


def defer(
    offer: Offer,
    from_instalment: int,
    instalments: int,
    interest: InterestHoliday = "capitalised",
    *,
    extend: bool = True,
) -> Change:
    """Instalments skipped by agreement. Raises InputError, see `sandbox.loans.terms.Deferral`."""
    if offer.method in ("revolving", "bullet", "flat_fee"):
        raise InputError("method", "not_possible", "the engine defers no instalment of this method")
    before = quote(offer)
    if from_instalment > len(before.rows):
        raise InputError(
            "from_instalment", "too_large", f"there are {len(before.rows)} instalments"
        )
    holiday = Deferral(
        from_instalment=from_instalment, instalments=instalments, interest=interest, extend=extend
    )
    return Change(before, quote(with_terms(offer, {"deferrals": (holiday,)})))


def owed_by_month(quote: Quote, months: int) -> tuple[Decimal, ...]:
    """Principal still owed at the payout and after each calendar month."""
    start = quote.offer.start
    path = []
    for month in range(months + 1):
        day = add_months(start, month)
        reached = [row for row in quote.rows if row.due_date <= day]
        path.append(
            reached[-1].balance if reached else quote.offer.principal + quote.upfront.financed
        )
    return tuple(path)


def _prepaid(candidate: Candidate, day: date, amount: Decimal | None, effect: Effect) -> Quote:
    prepayment = candidate.leaving.prepayment(day, amount, effect)
    try:
        return quote(with_terms(candidate.offer, {"prepayments": (prepayment,)}))
    except InputError as error:
        if error.field.startswith("prepayments.0."):
            field = error.field.removeprefix("prepayments.0.")
            raise InputError(field, error.reason, error.message) from None
        raise


def _ahead(quote: Quote) -> Decimal:
    """Fees of the payments made ahead."""
    kinds = ("prepayment", "settlement")
    return sum((row.fees for row in quote.rows if row.kind in kinds), ZERO)


def _savings(candidate: Candidate, before: Quote) -> tuple[Decimal, ...]:
    savings: list[Decimal] = []
    end = before.rows[-1].due_date
    for month in range(1, LONGEST_SEARCH + 1):
        day = add_months(before.offer.start, month)
        if day >= end:
            break
        after = _prepaid(candidate, day, None, "shorter_term")
        savings.append(before.totals.cost - after.totals.cost)
    return tuple(savings)


def last_day(quote: Quote) -> date:
    """The day of the last payment."""
    return max(row.day for row in quote.rows)


def payments(quote: Quote) -> int:
    """Days on which something is paid."""
    return len({row.day for row in quote.rows if row.payment})
