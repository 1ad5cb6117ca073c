"""One row of a repayment schedule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from sandbox.money import CENT, ZERO, plain

RowKind = Literal["instalment", "grace", "deferral", "prepayment", "settlement", "minimum"]


AMOUNTS = frozenset(
    {"principal", "interest", "fees", "payment", "penalty", "capitalised", "optional_fees"}
)
"""The columns of a schedule that may be summed."""


class Instalment(NamedTuple):
    """What is paid on one day; every amount in money units.

    payment = principal + interest + fees + penalty. balance: principal owed afterwards.
    capitalised: unpaid interest added to the balance. optional_fees: the part of fees the loan
    could be had without. fees may be negative in a settlement that refunds. paid_on differs from
    due_date when paid late.
    """

    number: int
    due_date: date
    principal: Decimal
    interest: Decimal
    fees: Decimal
    payment: Decimal
    balance: Decimal
    penalty: Decimal = ZERO
    kind: RowKind = "instalment"
    capitalised: Decimal = ZERO
    optional_fees: Decimal = ZERO
    paid_on: date | None = None

    @property
    def day(self) -> date:
        """The day the money moves."""
        return self.paid_on or self.due_date

    def to_json(self, unit: Decimal = CENT) -> dict[str, Any]:
        """Plain JSON values; amounts as text with the places of the money unit."""
        values = self._asdict()
        amounts = {name: plain(values[name].quantize(unit)) for name in AMOUNTS | {"balance"}}
        return {
            "number": self.number,
            "kind": self.kind,
            "due_date": self.due_date.isoformat(),
            "paid_on": self.day.isoformat(),
            **{name: amounts[name] for name in self._fields if name in amounts},
        }
