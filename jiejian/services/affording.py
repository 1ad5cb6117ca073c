"""What a budget carries, and what becomes of borrowing anew to repay the old: input checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from jiejian.errors import InvalidInput
from jiejian.services.naming import Given, naming
from sandbox.affordability import (
    STEADY,
    Budget,
    CashPath,
    SafeInstalment,
    Shock,
    cash_path,
    largest_loan,
    safe_instalment,
)
from sandbox.examples import Examples, RollingExample
from sandbox.loans import Offer, Quote
from sandbox.rolling import Easing, Story, easing, simulate
from sandbox.rolling_terms import Rolling

LONGEST_TERM = 360
LONGEST_PATH = 60


@dataclass(frozen=True)
class Carrying:
    """A budget's safe instalment, the largest loan it repays, and the cash with that loan.

    loan is None where not even 1 yuan is carried. steady, less, gap: the months as planned, with
    less income for good, and with none for a while.
    """

    budget: Budget
    safe: SafeInstalment
    loan: Quote | None
    steady: CashPath
    less: CashPath
    gap: CashPath


@dataclass(frozen=True)
class Rolled:
    """The course of borrowing anew, and the longer term that could have fitted instead."""

    story: Story
    instead: Easing | None


class Affording:
    """Works out what a household can carry; nothing here is recorded.

    Every method raises InvalidInput with the box and the reason.
    """

    def __init__(self, examples: Examples) -> None:
        self.examples: Mapping[str, RollingExample] = examples.rolling

    def carry(self, budget: Given, loan: Given, shock: Given) -> Carrying:
        """budget: keys of `Budget`. loan: periods, annual_rate. shock: fall (0.3), gap (months)."""
        with naming(budget, under="budget."):
            checked = Budget.model_validate(budget)
        with naming(loan):
            offer = Offer.model_validate(loan)
        if offer.periods > LONGEST_TERM:
            raise InvalidInput("periods", "too_large", high=Decimal(LONGEST_TERM))
        less, gap = _shocks(shock)
        safe = safe_instalment(checked)
        with naming(loan):
            largest = largest_loan(safe.amount, offer.periods, offer.annual_rate)
        months = min(max(12, offer.periods), LONGEST_PATH)
        steady, lessened, gone = (
            cash_path(checked, largest, one, months) for one in (STEADY, less, gap)
        )
        return Carrying(checked, safe, largest, steady, lessened, gone)

    def roll(self, terms: Given) -> Rolled:
        """terms: the keys of `Rolling`."""
        with naming(terms, under="rolling."):
            checked = Rolling.model_validate(terms)
            return Rolled(simulate(checked), easing(checked))


def _shocks(given: Given) -> tuple[Shock, Shock]:
    boxes = {"share": "shock.fall", "months": "shock.gap"}
    with naming(given, boxes=boxes):
        # A fall is checked as a share itself, so that a refusal speaks of what was typed.
        fall = Budget.model_validate({"income": 0, "share": given["fall"]}).share
        less = Shock(factor=1 - fall)
        gap = Shock.model_validate({"factor": 0, "months": given["gap"]})
    return less, gap
