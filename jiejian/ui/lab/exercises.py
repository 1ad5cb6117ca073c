"""Exercises that ask for a guess first: what each is called in "My progress".

To add one: a line here; keep its id for ever, since guesses are stored under it.
"""

from __future__ import annotations

from decimal import Decimal

from jiejian.services.costing import Unit
from jiejian.ui.format import money, plain
from jiejian.ui.i18n import N_, _

EXERCISES: dict[str, str] = {
    "flat-fee-year": N_("The instalment plan “without interest”"),
    "four-month-choice": N_("Repaid after four months: offer 1 (A) or offer 2 (B)?"),
    "rolling-collapse": N_("Borrowing to repay: the month it collapses"),
}


def title(exercise: str) -> str:
    """The exercise's name in the reader's language; one that is gone keeps its id."""
    return _(EXERCISES[exercise]) if exercise in EXERCISES else exercise


def figure(value: Decimal, unit: Unit) -> str:
    """A guess or truth in its unit: 14.31%, ¥950.40, 12."""
    match unit:
        case "percent":
            return f"{plain(value)}%"
        case "yuan":
            return money(value)
        case _:
            return plain(value)
