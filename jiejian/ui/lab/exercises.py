"""Exercises that ask for a guess first: what each is called in "My progress".

To add one: a line here; keep its id for ever, since guesses are stored under it.
"""

from __future__ import annotations

from jiejian.ui.i18n import N_, _

EXERCISES: dict[str, str] = {
    "flat-fee-year": N_("The instalment plan “without interest”"),
    "four-month-choice": N_("Repaid after four months: offer 1 (A) or offer 2 (B)?"),
    "rolling-collapse": N_("Borrowing to repay: the month it collapses"),
}


def title(exercise: str) -> str:
    """The exercise's name in the reader's language; one that is gone keeps its id."""
    return _(EXERCISES[exercise]) if exercise in EXERCISES else exercise
