"""Exercises that ask for a guess first: what each is called in "My progress".

To add one: a line here; keep its id for ever, since guesses are stored under it.
"""

from __future__ import annotations

from decimal import Decimal

from jiejian.services.built import services
from jiejian.services.costing import Unit
from jiejian.ui.format import money, plain
from jiejian.ui.i18n import N_, _, language

EXERCISES: dict[str, str] = {
    "flat-fee-year": N_("The instalment plan “without interest”"),
    "four-month-choice": N_("Repaid after four months: which offer costs less?"),
    "rolling-collapse": N_("Borrowing to repay: the month it collapses"),
}

# Their guesses are the places of the example's offers.
CHOICES = frozenset({"four-month-choice"})


def title(exercise: str) -> str:
    """The exercise's name in the reader's language; one that is gone keeps its id."""
    return _(EXERCISES[exercise]) if exercise in EXERCISES else exercise


def figure(exercise: str, value: Decimal, unit: Unit) -> str:
    """A guess or truth in its unit: 14.31%, ¥950.40, 12; of a choice between offers, the offer."""
    if exercise in CHOICES and value in (1, 2):
        example = next(iter(services().comparing.examples.values()))
        place = int(value) - 1
        return f"{'AB'[place]} · {example.offers[place].name.say(language())}"
    match unit:
        case "percent":
            return f"{plain(value)}%"
        case "yuan":
            return money(value)
        case _:
            return plain(value)
