"""Where a request stands, and whether one rule would let a later one through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.lender.book import LenderBook
from sandbox.lender.case import Case
from sandbox.lender.judging import Run, apply, rule_on
from sandbox.lender.life.actions import Action
from sandbox.lender.remedies.situation import Situation
from sandbox.lender.remedies.steps import Act
from sandbox.lender.rules import Rule

Passes = Callable[[Situation], bool]


@dataclass(frozen=True)
class Spot:
    """Where a request stands: the situation, its case, how the rules ran, by which book."""

    situation: Situation
    case: Case
    run: Run
    book: LenderBook

    def act(self, action: Action) -> Act:
        """The action as a step, with the time it takes."""
        return Act(action=action, minutes=self.book.actions[action.kind].minutes)

    def passes(self, rule: Rule) -> Passes:
        """Whether this rule would let a later situation through, all else left aside.

        A rule on the price is held against the price that the later situation would have.
        """
        last = self.run.last
        pricing = self.book.stages["pricing"] if rule.stage == "pricing" else ()

        def check(later: Situation) -> bool:
            case = later.case()
            state = replace(last, case=case, asked=case)
            if pricing:
                state = rule_on(pricing, state, self.book)[1]
            return not apply(rule, state, self.book).tripped

        return check


def smallest(low: int, high: int, good: Callable[[int], bool]) -> int | None:
    """The smallest number from low to high that is good, where all above a good one are."""
    if low > high or not good(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if good(middle):
            high = middle
        else:
            low = middle + 1
    return high
