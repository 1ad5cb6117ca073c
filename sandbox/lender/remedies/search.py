"""What would change it: the cheapest single change that leads to an approval, else the cheapest
pair, else a longer way.

Every candidate is played through the same simulation that the borrower lives in, so a promise
is a result that was seen.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from sandbox.lender.book import LenderBook
from sandbox.lender.case import Case
from sandbox.lender.decide import conclude
from sandbox.lender.judging import judge
from sandbox.lender.life.calendar import DAY
from sandbox.lender.remedies.levers import steps
from sandbox.lender.remedies.nodes import Node, stopping
from sandbox.lender.remedies.situation import Situation
from sandbox.lender.remedies.steps import AskFor, Cost, Step, Wait

MOST_OPTIONS = 4
EXPANDED = 6
"""How many first steps are followed by a second one."""
LONGEST_PLAN = 40


class Remedy(BaseModel):
    """Steps that lead to an approval, what they take, and the offer at their end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[Step, ...]
    cost: Cost
    amount: Decimal
    annual_rate: Decimal

    @property
    def only_waiting(self) -> bool:
        """Whether there is nothing to do but wait."""
        return all(isinstance(step, Wait) for step in self.steps)


class Advice(BaseModel):
    """What a borrower can do after a decision.

    options are alternatives, cheapest first: single changes, else pairs, else one longer plan.
    look_up_first: the outcome is unknown and has to be looked up before anything else. never
    names the reason codes that nothing on this side can change. Empty altogether after an
    approval of the amount asked for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    options: tuple[Remedy, ...] = ()
    look_up_first: bool = False
    never: tuple[str, ...] = ()

    @property
    def wait_minutes(self) -> int | None:
        """The wait, where waiting is all one can do; None if something can be done now."""
        if not self.options or not all(remedy.only_waiting for remedy in self.options):
            return None
        return min(remedy.cost.minutes for remedy in self.options)


def advise(case: Case, book: LenderBook) -> Advice:
    """What to do after a single case was decided, as if a life began with it."""
    run = judge(case, book)
    decision = conclude(run, case, book)
    situation = Situation.of(case, book).after(case, decision, book)
    if decision.outcome == "unknown":
        return Advice(look_up_first=True)
    if decision.outcome in ("approved", "duplicate"):
        return Advice()
    return remedies(situation, book)


def remedies(situation: Situation, book: LenderBook) -> Advice:
    """The changes after which a request sent from here is approved in full.

    situation is that after the refusal: counters and enquiries it left are counted in. Where one
    change is enough but is only a wait, pairs that take less are named too.
    """
    root = Node.at(situation, book)
    if root.approved:
        return Advice(options=(_remedy(root),))
    first = list(root.next())
    done = [node for node in first if node.approved]
    if any(not _only_waited(node) for node in done):
        return Advice(options=_best(done))
    promising = [node for node in first if root.leads_on(node)]
    promising.sort(key=lambda node: (-node.place[0], -node.place[1], node.cost.weight))
    pairs = [node for one in promising[:EXPANDED] for node in one.next() if node.approved]
    pairs += [node for node in root.next_but_one() if node.approved]
    if done:
        wait = min(node.cost.weight for node in done)
        return Advice(options=_best(done + [node for node in pairs if node.cost.weight < wait]))
    if pairs:
        return Advice(options=_best(pairs))
    end = _longer_way(root)
    if end.approved:
        return Advice(options=(_remedy(end),))
    return Advice(never=_immovable(end))


def _only_waited(node: Node) -> bool:
    return all(isinstance(step, Wait) for step in node.steps)


def _longer_way(root: Node) -> Node:
    """Past one obstacle after the other; the last node reached where no step leads on.

    The cheapest way past each obstacle counts. What can be done now is done before any waiting,
    since debts that are late grow meanwhile.
    """
    node, met = root, {_mark(root)}
    while not node.approved and len(node.steps) < LONGEST_PLAN:
        ways = [node.past(ruling) for ruling in stopping(node.spot.run)]
        fresh = [[way for way in found if _mark(way) not in met] for found in ways]
        best = [min(found, key=lambda way: way.cost.weight) for found in fresh if found]
        if not best:
            return node
        node = min(best, key=lambda way: (isinstance(way.steps[-1], Wait), way.cost.weight))
        met.add(_mark(node))
    return _tidied(root, node) if node.approved else node


def _mark(node: Node) -> tuple[int, frozenset[str]]:
    """What not to come back to; after a long step the same obstacle may stand there anew."""
    return sum(_long(step) for step in node.steps), node.stopped_by


def _long(step: Step) -> bool:
    return not isinstance(step, AskFor) and step.minutes >= DAY


def _tidied(root: Node, end: Node) -> Node:
    """The same way without the steps it turns out not to need, and with the waiting last."""
    best = end
    for step in end.steps:
        kept = tuple(other for other in best.steps if other is not step)
        if len(kept) < len(best.steps) and (shorter := root.walked(kept)).approved:
            best = shorter
    ordered = _waiting_last(best.steps)
    if ordered != best.steps and (later := root.walked(ordered)).approved:
        best = later
    return best


def _waiting_last(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    wait = sum(step.minutes for step in steps if isinstance(step, Wait))
    others = tuple(step for step in steps if not isinstance(step, Wait))
    return (*others, Wait(minutes=wait)) if wait else others


def _best(nodes: list[Node]) -> tuple[Remedy, ...]:
    """The cheapest, each once: the same steps in another order are the same remedy."""
    distinct: dict[frozenset[Step], Node] = {}
    for node in sorted(nodes, key=lambda node: (node.cost.weight, len(node.steps))):
        distinct.setdefault(frozenset(node.steps), node)
    return tuple(_remedy(node) for node in list(distinct.values())[:MOST_OPTIONS])


def _remedy(node: Node) -> Remedy:
    rate = node.spot.run.last.annual_rate
    return Remedy(
        steps=node.steps,
        cost=node.cost,
        amount=node.spot.situation.request.amount,
        annual_rate=rate if rate is not None else Decimal(0),
    )


def _immovable(node: Node) -> tuple[str, ...]:
    """Codes that no step gets past; where every one has some step, all of them."""
    codes = [r.verdict.reason or "" for r in stopping(node.spot.run)]
    stuck = [
        ruling.verdict.reason or ""
        for ruling in stopping(node.spot.run)
        if not any(True for _ in steps(node.spot, ruling))
    ]
    return tuple(dict.fromkeys(stuck or codes))
