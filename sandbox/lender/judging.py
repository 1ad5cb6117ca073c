"""Running the rules: stages in a fixed order, every check of a stage made, the first trip ends it.

This half only finds out; `decide` puts it into words for the trace. The search for changes needs
no more than this half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sandbox.lender.bands import SEVERITY, RuleOutcome, Verdict
from sandbox.lender.case import Case
from sandbox.lender.decision import Outcome
from sandbox.lender.lenderbook import LenderBook
from sandbox.lender.measures import MEASURES, Assessment, Value
from sandbox.lender.rules import REDUCING_STAGE, STAGES, Rule, Stage

NAMES: dict[RuleOutcome, Outcome] = {
    "pass": "approved",
    "reduce": "declined",  # only where no smaller amount fits either
    "retry_later": "retry_later",
    "step_up": "step_up",
    "refer": "refer",
    "decline": "declined",
    "cool_down": "cool_down",
    "duplicate": "duplicate",
    "unknown": "unknown",
    "freeze": "frozen",
    "stay_frozen": "frozen",
}
BEFORE_REPORT: frozenset[RuleOutcome] = frozenset({"cool_down", "freeze", "stay_frozen"})


@dataclass(frozen=True)
class Ruling:
    """One rule applied: the value seen and the verdict; cleared sets the verdict aside."""

    rule: Rule
    value: Value
    verdict: Verdict
    cleared: bool = False

    @property
    def tripped(self) -> bool:
        """Whether it stands in the way."""
        return self.verdict.outcome != "pass" and not self.cleared


@dataclass(frozen=True)
class StageRun:
    """One stage as it ran; amount is set where it cut the amount."""

    stage: Stage
    rulings: tuple[Ruling, ...]
    amount: Decimal | None = None

    @property
    def tripped(self) -> tuple[Ruling, ...]:
        """What stands in the way here; nothing after a cut that made the amount fit."""
        if self.amount is not None:
            return ()
        return tuple(ruling for ruling in self.rulings if ruling.tripped)


@dataclass(frozen=True)
class Run:
    """The stages that ran, in order, and what came of it."""

    stages: tuple[StageRun, ...]
    outcome: Outcome
    last: Assessment

    @property
    def tripped(self) -> tuple[Ruling, ...]:
        """What ended the request; empty if nothing did."""
        return self.stages[-1].tripped

    @property
    def reduced(self) -> tuple[Ruling, ...]:
        """What cut the amount."""
        return tuple(
            ruling
            for run in self.stages
            if run.amount is not None
            for ruling in run.rulings
            if ruling.tripped
        )

    @property
    def report_read(self) -> bool:
        """Whether the credit report was looked at: a restricted account is turned away first."""
        risk = next((run for run in self.stages if run.stage == "risk"), None)
        return risk is not None and not any(
            ruling.verdict.outcome in BEFORE_REPORT for ruling in risk.tripped
        )


def judge(case: Case, book: LenderBook) -> Run:
    """Run the stages until one trips. Pure: the same case and book give the same run."""
    state = Assessment(case, book.product, book.scorecard, asked=case)
    stages: list[StageRun] = []
    reduced = False
    for stage in STAGES:
        rules = book.stages[stage]
        rulings, state = rule_on(rules, state, book)
        tripped = [ruling for ruling in rulings if ruling.tripped]
        amount = None
        if stage == REDUCING_STAGE and tripped:
            amount = fitting_amount(tripped, rules, state, book)
        stages.append(StageRun(stage, tuple(rulings), amount))
        if amount is not None:
            state = replace(state, case=with_amount(state.case, amount))
            reduced = True
        elif tripped:
            gravest = max((r.verdict.outcome for r in tripped), key=SEVERITY.__getitem__)
            return Run(tuple(stages), NAMES[gravest], state)
    return Run(tuple(stages), "approved_less" if reduced else "approved", state)


def rule_on(
    rules: Sequence[Rule], state: Assessment, book: LenderBook
) -> tuple[list[Ruling], Assessment]:
    """Apply rules in their order; one that sets a price sets it for those after it."""
    rulings: list[Ruling] = []
    for rule in rules:
        ruling = apply(rule, state, book)
        rulings.append(ruling)
        if ruling.verdict.annual_rate is not None:
            state = replace(state, annual_rate=ruling.verdict.annual_rate)
    return rulings, state


def apply(rule: Rule, state: Assessment, book: LenderBook) -> Ruling:
    """Measure and find the verdict."""
    value = MEASURES[rule.measure].compute(state, rule.params)
    verdict = rule.verdict(value)
    if verdict.outcome == "pass":
        return Ruling(rule, value, verdict)
    return Ruling(rule, value, verdict, _cleared(verdict, state, book))


def _cleared(verdict: Verdict, state: Assessment, book: LenderBook) -> bool:
    """Whether the borrower has done what sets this verdict aside.

    An extra verification holds for a while and answers every rule that asks for one; a referral
    is answered by the evidence its reason names, once a reviewer has accepted it.
    """
    history = state.case.history
    if verdict.outcome == "step_up":
        done = history.step_up_minutes_ago
        return done is not None and done < 60 * state.product.step_up_hours
    if verdict.outcome == "refer":
        words = book.words(verdict.reason or "")
        return words is not None and words.evidence in history.evidence
    return False


def fitting_amount(
    tripped: Sequence[Ruling], rules: Sequence[Rule], state: Assessment, book: LenderBook
) -> Decimal | None:
    """The largest amount, in the product's steps, that passes the whole stage; None if none does.

    Only verdicts that reduce can be met with a smaller amount; every such measure gets no worse
    as the amount falls, so halving the interval finds the edge.
    """
    if any(ruling.verdict.outcome != "reduce" for ruling in tripped):
        return None
    step = state.product.amount_step

    def fits(steps: int) -> bool:
        smaller = replace(state, case=with_amount(state.case, steps * step))
        return not any(apply(rule, smaller, book).tripped for rule in rules)

    low = -int(-state.product.amount_min // step)
    high = int(state.case.request.amount // step)
    if low > high or not fits(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low * step


def with_amount(case: Case, amount: Decimal) -> Case:
    """The same case for another amount."""
    request = case.request.model_copy(update={"amount": amount})
    return case.model_copy(update={"request": request})
