"""The graph the search walks: situations some steps away from a refusal, and what lies next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sandbox.lender.book import LenderBook
from sandbox.lender.judging import Ruling, Run, judge
from sandbox.lender.measures import MEASURES
from sandbox.lender.remedies.levers import combined, steps
from sandbox.lender.remedies.situation import Situation
from sandbox.lender.remedies.spot import Spot
from sandbox.lender.remedies.steps import AskFor, Cost, Step
from sandbox.lender.rules import STAGES

FREE = Cost()


@dataclass(frozen=True)
class Node:
    """A situation some steps away, and how a request sent there would fare."""

    spot: Spot
    steps: tuple[Step, ...] = ()
    cost: Cost = FREE

    @classmethod
    def at(cls, situation: Situation, book: LenderBook) -> Node:
        """The node where nothing has been done yet."""
        return cls(_spot(situation, book))

    @property
    def approved(self) -> bool:
        """Whether all that is asked for would be approved."""
        return self.spot.run.outcome == "approved"

    @property
    def place(self) -> tuple[int, int]:
        """How far the request gets: the stage that ends it, then how little stands in the way."""
        stopped = stopping(self.spot.run)
        if not stopped:
            return len(STAGES), 0
        return STAGES.index(stopped[0].rule.stage), -len(stopped)

    @property
    def stopped_by(self) -> frozenset[str]:
        """The rules that stand in the way."""
        return frozenset(ruling.rule.id for ruling in stopping(self.spot.run))

    def leads_on(self, later: Node) -> bool:
        """Whether something that stood in the way here does so no more.

        That holds too where something else, perhaps in an earlier stage, now stops the request.
        """
        return not self.stopped_by <= later.stopped_by

    def stepped(self, step: Step) -> Node:
        """The node after one more step."""
        spot = self.spot
        cost = self.cost.plus(spot.situation.cost(step, spot.book))
        return Node(_spot(spot.situation.stepped(step), spot.book), (*self.steps, step), cost)

    def walked(self, steps: Iterable[Step]) -> Node:
        """The node after these steps, in order; only where they end is the request judged."""
        taken = tuple(steps)
        situation, cost, book = self.spot.situation, self.cost, self.spot.book
        for step in taken:
            cost = cost.plus(situation.cost(step, book))
            situation = situation.stepped(step)
        return Node(_spot(situation, book), (*self.steps, *taken), cost)

    def next(self) -> Iterator[Node]:
        """Every node one step on; a step that several rulings suggest is taken once."""
        seen: set[Step] = set()
        for ruling in stopping(self.spot.run):
            for step in steps(self.spot, ruling):
                if step not in seen:
                    seen.add(step)
                    yield self.stepped(step)
        yield from self._asking_less()

    def next_but_one(self) -> Iterator[Node]:
        """Nodes two steps on whose steps help only together."""
        for ruling in stopping(self.spot.run):
            for pair in combined(self.spot, ruling):
                yield self.walked(pair)

    def past(self, ruling: Ruling) -> list[Node]:
        """Nodes that one ruling's own steps lead to and where it stands in the way no more."""
        single = [self.stepped(step) for step in steps(self.spot, ruling)]
        double = [self.walked(pair) for pair in combined(self.spot, ruling)]
        return [node for node in single + double if ruling.rule.id not in node.stopped_by]

    def _asking_less(self) -> Iterator[Node]:
        """The same request for the largest smaller amount that is approved, if there is one."""
        if not any(
            "request.amount" in MEASURES[r.rule.measure].facts for r in stopping(self.spot.run)
        ):
            return
        product, asked = self.spot.book.product, self.spot.situation.request.amount
        grid = product.amount_step
        low = -int(-product.amount_min // grid)
        high = int(-(-asked // grid)) - 1
        if low > high:
            return
        best = self.stepped(AskFor(amount=low * grid))
        if not best.approved:
            return
        while low < high:
            middle = (low + high + 1) // 2
            tried = self.stepped(AskFor(amount=middle * grid))
            if tried.approved:
                best, low = tried, middle
            else:
                high = middle - 1
        yield best


def stopping(run: Run) -> tuple[Ruling, ...]:
    """What stands between a request and an approval in full."""
    return run.tripped or run.reduced


def _spot(situation: Situation, book: LenderBook) -> Spot:
    case = situation.case()
    return Spot(situation, case, judge(case, book), book)
