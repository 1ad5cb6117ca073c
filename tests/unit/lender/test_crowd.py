"""Twenty thousand invented borrowers: what must hold for every one of them.

The budget is fixed, so that the file takes about as long each time: 200 seeds of 100 borrowers,
all decided; every approval improved three times; the advice of one in eighty looked into.
"""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.lender import Case, Decision, decide, load_lenderbook
from sandbox.lender.crowd import crowd
from sandbox.lender.decision import MAX_REASONS, Outcome
from sandbox.lender.facts.catalogue import FACTS, Fact
from sandbox.lender.judging import apply, judge
from sandbox.lender.measures import Assessment
from sandbox.lender.remedies import Act, AskFor, Remedy, Situation, Wait, advise
from sandbox.lender.remedies.moves import GRID, MOST_INCOME

BOOK = load_lenderbook()
SEEDS, SIZE, IMPROVED, ADVISED = 200, 100, 3, 80
MONOTONE = [fact for fact in FACTS.values() if fact.better]
FIXED = [fact for fact in FACTS.values() if fact.change == "never"]
REFUSED = ("declined", "refer", "step_up", "retry_later", "cool_down", "frozen")
SEEN: Counter[Outcome] = Counter()


@settings(
    max_examples=SEEDS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**32))
def _everyone(seed: int) -> None:
    chance = random.Random(seed)
    for number, case in enumerate(crowd(seed, SIZE)):
        decision = decide(case, BOOK)
        SEEN[decision.outcome] += 1
        _is_whole(decision, case)
        if decision.approved:
            _stays_approved_when_facts_improve(case, chance)
        elif (seed + number) % ADVISED == 0 and decision.outcome in REFUSED:
            _is_advised(case, decision)


def test_twenty_thousand_borrowers() -> None:
    SEEN.clear()
    _everyone()
    assert sum(SEEN.values()) >= SEEDS * SIZE
    assert SEEN.keys() == set(get_args(Outcome))


def _is_whole(decision: Decision, case: Case) -> None:
    """Reasons where and only where something is refused or cut, each with its words."""
    assert len(decision.reasons) <= MAX_REASONS
    assert bool(decision.reasons) == (decision.outcome != "approved")
    assert decision.approved == (decision.price is not None)
    tripped = [stage.status for stage in decision.stages].count("tripped")
    assert tripped == (0 if decision.approved else 1) or decision.outcome == "approved_less"
    if decision.approved:
        assert decision.amount is not None
        assert decision.amount <= case.request.amount
        assert (decision.amount == case.request.amount) == (decision.outcome == "approved")
    for reason in decision.reasons:
        assert BOOK.words(reason.code) is not None
        assert BOOK.contest(reason.code, reason.sources) is not None
        assert reason.retry_after_minutes is None or reason.retry_after_minutes > 0


def _stays_approved_when_facts_improve(case: Case, chance: random.Random) -> None:
    for fact in chance.sample(MONOTONE, IMPROVED):
        value = fact.of(case)
        if value is None:
            continue
        better = _improved(fact, value, chance)
        outcome = judge(_with(case, fact, better), BOOK).outcome
        assert outcome in ("approved", "approved_less"), (fact.path, value, better)


def _improved(fact: Fact, value: Any, chance: random.Random) -> Any:
    if isinstance(value, bool):
        return fact.better == "more"
    if fact.better == "less":
        lower = chance.choice((Decimal(0), Decimal(int(value) // 2), Decimal(value)))
        return type(value)(min(lower, Decimal(value)))
    return type(value)(Decimal(value) + chance.choice((1, 10, 1000)))


def _with(case: Case, fact: Fact, value: Any) -> Case:
    group, name = fact.path.split(".")
    changed = getattr(case, group).model_copy(update={name: value})
    return case.model_copy(update={group: changed})


def _is_advised(case: Case, decision: Decision) -> None:
    """Something to do, a time to wait for, or the reasons that nothing here can change."""
    advice = advise(case, BOOK)
    assert advice.options or advice.never or advice.look_up_first, case
    if advice.never:
        assert any(_is_a_true_end(code, case) for code in advice.never), (advice.never, case)
    for remedy in advice.options:
        _comes_true(case, decision, remedy)


NOT_HERE = ("C02", "C03", "C04", "C09")
"""Purpose and region: nothing a person should change to please a lender."""
TOO_SMALL = {"L01": "limit-left", "L02": "limit-free", "L03": "left-to-live", "R07": "debt-burden"}
"""Limit or income too small even for the smallest loan of somebody who owes nothing."""


def _is_a_true_end(code: str, case: Case) -> bool:
    if code in NOT_HERE:
        return True
    if code == "R08":
        stated = {"monthly_income": MOST_INCOME * GRID, "income_verified": False}
        rich = case.model_copy(update={"applicant": case.applicant.model_copy(update=stated)})
        return _trips("debt-burden", rich)
    if code not in TOO_SMALL:
        return False
    product = BOOK.product
    longest = {"amount": product.amount_min, "term_months": product.terms[-1]}
    plain = {"method": "equal_instalment"}
    freed = {"monthly_debt_payments": Decimal(0)} if case.applicant.outstanding_debt else {}
    best = case.model_copy(
        update={
            "request": case.request.model_copy(update=longest | plain),
            "applicant": case.applicant.model_copy(update=freed),
            "account": case.account.model_copy(update={"own_used": Decimal(0)}),
        }
    )
    return _trips(TOO_SMALL[code], best)


def _trips(name: str, case: Case) -> bool:
    rule = BOOK.rule(name)
    assert rule is not None
    state = Assessment(case, BOOK.product, BOOK.scorecard, case)
    return apply(rule, state, BOOK).tripped


def _comes_true(case: Case, decision: Decision, remedy: Remedy) -> None:
    """Followed in a life, step by step, the remedy leads to the promised offer."""
    situation = Situation.of(case, BOOK).after(case, decision, BOOK)
    life, request = situation.life, situation.request
    waited = 0
    for step in remedy.steps:
        if isinstance(step, Wait):
            life = life.advanced(step.minutes)
            waited += step.minutes
        elif isinstance(step, AskFor):
            request = step.of(request)
            assert request.method != "interest_first" or step.method is None
        elif isinstance(step, Act):
            life = life.acted(step.action, step.minutes)
            waited += step.minutes
    assert waited == remedy.cost.minutes
    end = life.case(
        request,
        situation.applicant,
        situation.platform_after(waited),
        case.seed,
        account=situation.account,
        policy=BOOK.product.limit_policy,
    )
    final = decide(end, BOOK)
    assert final.outcome == "approved", (remedy, case)
    assert final.amount == remedy.amount
    assert final.price is not None
    assert final.price.annual_rate == remedy.annual_rate
    for fact in FIXED:
        if fact.path not in ("applicant.age", "history.same_key_requests"):
            assert fact.of(end) == fact.of(case), fact.path
