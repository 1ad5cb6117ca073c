"""A loan of this lender, from payout to the last instalment: paid, missed, repaid early."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from sandbox.lender.life.calendar import DAY, MONTH, LatePayment
from sandbox.loans import Quote


@dataclass(frozen=True)
class TakenLoan:
    """A loan paid out in this life. principal and monthly (the largest regular instalment) in yuan.

    payments holds each instalment and the principal in it. Instalments are debited by themselves
    on their due date, the first a month after opened, except those in missed. paid_late says when
    a missed one was paid after all.
    """

    request_id: str
    principal: Decimal
    monthly: Decimal
    opened: int = 0
    payments: tuple[tuple[Decimal, Decimal], ...] = ()
    missed: frozenset[int] = field(default_factory=frozenset)
    paid_late: tuple[tuple[int, int], ...] = ()
    closed_at: int | None = None

    @classmethod
    def of(cls, request_id: str, priced: Quote, minute: int) -> TakenLoan:
        """The loan that an offer becomes at this minute."""
        rows = tuple((row.payment, row.principal) for row in priced.rows)
        regular = rows[:-1] if len(rows) > 1 else rows
        monthly = max(payment for payment, _ in regular)
        return cls(request_id, priced.offer.principal, monthly, minute, rows)

    def due(self, place: int) -> int:
        """The minute an instalment is due; places count from 0."""
        return self.opened + (place + 1) * MONTH

    def fallen_due(self, minute: int) -> int:
        """How many instalments have fallen due."""
        return min(len(self.payments), max(0, (minute - self.opened) // MONTH))

    def unpaid(self, minute: int) -> tuple[int, ...]:
        """Places of the instalments that are due and unpaid, oldest first."""
        if self.closed_at is not None and self.closed_at <= minute:
            return ()
        return tuple(sorted(p for p in self.missed if p < self.fallen_due(minute)))

    def is_open(self, minute: int) -> bool:
        """Whether anything is still owed."""
        if self.closed_at is not None and self.closed_at <= minute:
            return False
        if not self.payments:
            return True
        return self.fallen_due(minute) < len(self.payments) or bool(self.unpaid(minute))

    def balance(self, minute: int) -> Decimal:
        """Principal still owed, in yuan."""
        if not self.is_open(minute):
            return Decimal(0)
        unpaid = set(self.unpaid(minute))
        paid = (
            principal
            for place, (_, principal) in enumerate(self.payments[: self.fallen_due(minute)])
            if place not in unpaid
        )
        return self.principal - sum(paid, Decimal(0))

    def days_late(self, minute: int) -> int:
        """Days the oldest unpaid instalment is late."""
        unpaid = self.unpaid(minute)
        return (minute - self.due(unpaid[0])) // DAY if unpaid else 0

    def overdue(self, minute: int) -> Decimal:
        """What is due and unpaid, in yuan."""
        return sum((self.payments[place][0] for place in self.unpaid(minute)), Decimal(0))

    def late_payments(self, minute: int) -> tuple[LatePayment, ...]:
        """Instalments paid late until this minute."""
        return tuple(
            LatePayment(paid, (paid - self.due(place)) // DAY)
            for place, paid in self.paid_late
            if paid <= minute and paid - self.due(place) >= DAY
        )

    def on_time(self, minute: int) -> int:
        """Instalments paid on their due date."""
        late = {place for place, _ in self.paid_late}
        end = minute if self.closed_at is None else min(minute, self.closed_at)
        return sum(1 for p in range(self.fallen_due(end)) if p not in self.missed | late)

    def ever_missed(self, minute: int) -> int:
        """Instalments that were not paid on their due date, whatever became of them."""
        late = {place for place, _ in self.paid_late}
        return sum(1 for p in range(self.fallen_due(minute)) if p in self.missed | late)

    def missing_next(self, minute: int) -> TakenLoan:
        """The loan with one more coming instalment that will not be paid."""
        for place in range(self.fallen_due(minute), len(self.payments)):
            if place not in self.missed:
                return replace(self, missed=self.missed | {place})
        return self

    def paid_up(self, minute: int) -> TakenLoan:
        """The loan after everything due was paid."""
        late = tuple((place, minute) for place in self.unpaid(minute))
        left = self.missed - {place for place, _ in late}
        return replace(self, missed=left, paid_late=(*self.paid_late, *late))

    def closed(self, minute: int) -> TakenLoan:
        """The loan after all that is owed was repaid at once."""
        paid = self.paid_up(minute)
        return replace(paid, missed=frozenset(), closed_at=minute)
