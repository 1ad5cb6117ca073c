"""Goals of understanding, recognised in what happened in a learner's lives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from sandbox.lender.decision import Decision
from sandbox.lender.life import Life, Sent

REFUSED = frozenset({"declined", "refer", "step_up", "cool_down", "frozen"})


def _tripped(family: str) -> Callable[[Life], bool]:
    def seen(life: Life) -> bool:
        return any(
            reason.family == family
            for sent in life.sent
            if not sent.decision.approved
            for reason in sent.decision.reasons
        )

    return seen


def _frozen_and_back(life: Life) -> bool:
    frozen = next((n for n, s in enumerate(life.sent) if s.decision.outcome == "frozen"), None)
    return frozen is not None and any(s.decision.approved for s in life.sent[frozen + 1 :])


def _one_change(life: Life) -> bool:
    """Two requests in a row, refused and approved, with one thing done or asked differently."""
    return any(
        before.decision.outcome in REFUSED
        and after.decision.outcome == "approved"
        and _changes(life, before, after) == 1
        for before, after in zip(life.sent, life.sent[1:], strict=False)
    )


def _changes(life: Life, before: Sent, after: Sent) -> int:
    asked, then = before.case.request, after.case.request
    fields = sum(getattr(asked, name) != getattr(then, name) for name in type(asked).model_fields)
    done = sum(before.minute <= minute <= after.minute for minute, _ in life.acts)
    waited = not done and not fields and after.minute > before.minute
    return int(fields + done + waited)


def _look_before_resend(life: Life) -> bool:
    """The outcome was unknown and looked up, and the next request did not borrow a second time."""
    for place, sent in enumerate(life.sent):
        if sent.decision.outcome != "unknown" or not sent.looked_up:
            continue
        arrived = bool(sent.behind and sent.behind.decision and sent.behind.decision.approved)
        if not arrived or not any(s.decision.approved for s in life.sent[place + 1 :]):
            return True
    return False


def _same_request(life: Life) -> bool:
    return any(sent.decision.outcome == "duplicate" for sent in life.sent)


def _appeal(life: Life) -> bool:
    """A request passed with a check that accepted evidence set aside."""
    return any(sent.decision.approved and _cleared_by_evidence(sent.decision) for sent in life.sent)


def _cleared_by_evidence(decision: Decision) -> bool:
    return any(
        check.status == "cleared" and check.outcome == "refer"
        for stage in decision.stages
        for check in stage.checks
    )


def _rule_change(life: Life) -> bool:
    """The same request under two sets of rules with different results, in one life."""
    outcomes: dict[str, dict[str, str]] = {}
    for sent in life.sent:
        asked = sent.case.request.model_dump_json()
        outcomes.setdefault(asked, {})[sent.decision.regime] = sent.decision.outcome
    return any(len(found) > 1 and len(set(found.values())) > 1 for found in outcomes.values())


def _walk_away(life: Life) -> bool:
    return any(sent.decision.approved and sent.id in life.refused_offers for sent in life.sent)


GOALS: Mapping[str, Callable[[Life], bool]] = MappingProxyType(
    {
        "trip-technology": _tripped("technology"),
        "trip-user": _tripped("user"),
        "trip-compliance": _tripped("compliance"),
        "trip-risk": _tripped("risk_control"),
        "frozen-and-back": _frozen_and_back,
        "one-change": _one_change,
        "look-before-resend": _look_before_resend,
        "same-request": _same_request,
        "appeal": _appeal,
        "rule-change": _rule_change,
        "walk-away": _walk_away,
    }
)
"""By id, what in a life shows that the goal was met; the words are in data/goals.yaml."""


def met(lives: Iterable[Life]) -> frozenset[str]:
    """The goals met in any of these lives."""
    every = tuple(lives)
    return frozenset(name for name, seen in GOALS.items() if any(map(seen, every)))
