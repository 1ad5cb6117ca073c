"""What the account remembers of a life: restrictions, freezes, evidence, withheld parts of the limit.

Minutes are absolute; everything is read off for the minute of a request.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sandbox.lender.case import Evidence, History
from sandbox.lender.decision import Decision
from sandbox.lender.facts.memory import MANY
from sandbox.lender.life.calendar import DAY

REMEMBERED = 30 * DAY
"""Older requests, cancels and refusals weigh on no counter."""
RESTRICTIONS_REMEMBERED = 180 * DAY
EVIDENCE_HOLDS = 90 * DAY
CUT_HOLDS = 30 * DAY


@dataclass(frozen=True)
class Memory:
    """Moments and ends of what the lender remembers beside the requests of this life.

    past_* come from before the life began. cuts are the ends and percentages of withheld parts of
    the limit; evidence holds what a reviewer has accepted and when.
    """

    requests: tuple[int, ...] = ()
    cancels: tuple[int, ...] = ()
    refusals: tuple[int, ...] = ()
    cool_downs: tuple[int, ...] = ()
    freezes: tuple[int, ...] = ()
    cool_down_until: int = 0
    frozen_until: int = 0
    review_until: int = 0
    freezes_since_reactivation: int = 0
    unresolved: int = 0
    same_key: int = 0
    verified_at: int | None = None
    evidence: tuple[tuple[Evidence, int], ...] = ()
    cuts: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, past: History, cut_percent: int = 0) -> Memory:
        """The memory of an account whose history is given, at minute 0.

        The part of the limit withheld at that time is given back after thirty days.
        """
        step_up = past.step_up_minutes_ago
        return cls(
            requests=_moments(past.requests_minutes_ago),
            cancels=_moments(past.cancels_minutes_ago),
            refusals=_moments(past.refusals_minutes_ago),
            cool_downs=_moments(past.cool_downs_minutes_ago),
            freezes=_moments(past.freezes_minutes_ago),
            cool_down_until=past.cool_down_left_minutes,
            frozen_until=past.freeze_left_minutes,
            review_until=past.review_left_minutes,
            freezes_since_reactivation=past.freezes_since_reactivation,
            unresolved=past.unresolved_requests,
            same_key=past.same_key_requests,
            verified_at=None if step_up is None else -step_up,
            evidence=tuple((kind, 0) for kind in past.evidence),
            cuts=((CUT_HOLDS, cut_percent),) if cut_percent else (),
        )

    def cool_down_left(self, minute: int) -> int:
        """Minutes left of a cool-down; a freeze takes its place."""
        return 0 if self.freeze_left(minute) else max(0, self.cool_down_until - minute)

    def freeze_left(self, minute: int) -> int:
        """Minutes left of an account freeze."""
        return max(0, self.frozen_until - minute)

    def cut_percent(self, minute: int) -> int:
        """Part of the limit withheld at this minute: the cuts that run, at most all of it."""
        return min(100, sum(percent for until, percent in self.cuts if until > minute))

    def after(self, decision: Decision, minute: int) -> Memory:
        """The memory once a decision binds the account; a freeze takes a cool-down's place."""
        memory = self
        if decision.freeze_minutes:
            until = max(self.frozen_until, minute + decision.freeze_minutes)
            memory = replace(
                memory,
                frozen_until=until,
                freezes=(*memory.freezes, minute),
                freezes_since_reactivation=min(100, memory.freezes_since_reactivation + 1),
            )
        elif decision.cool_down_minutes:
            until = max(self.cool_down_until, minute + decision.cool_down_minutes)
            memory = replace(memory, cool_down_until=until, cool_downs=(*memory.cool_downs, minute))
        if memory.freeze_left(minute):
            memory = replace(memory, cool_down_until=0)
        if decision.cut_limit_percent:
            cut = (minute + decision.cut_limit_minutes, decision.cut_limit_percent)
            memory = replace(memory, cuts=(*memory.cuts, cut))
        if decision.outcome == "declined":
            memory = replace(memory, refusals=(*memory.refusals, minute))
        return memory

    def history(self, minute: int, unresolved: int, same_key: int) -> History:
        """What the lender remembers at this minute.

        unresolved and same_key are those of the requests of this life.
        """
        verified = self.verified_at
        return History.model_construct(
            requests_minutes_ago=_ages(self.requests, minute, REMEMBERED),
            cancels_minutes_ago=_ages(self.cancels, minute, REMEMBERED),
            refusals_minutes_ago=_ages(self.refusals, minute, REMEMBERED),
            cool_downs_minutes_ago=_ages(self.cool_downs, minute, RESTRICTIONS_REMEMBERED),
            freezes_minutes_ago=_ages(self.freezes, minute, RESTRICTIONS_REMEMBERED),
            cool_down_left_minutes=self.cool_down_left(minute),
            freeze_left_minutes=self.freeze_left(minute),
            freezes_since_reactivation=self.freezes_since_reactivation,
            unresolved_requests=min(100, self.unresolved + unresolved),
            same_key_requests=min(100, self.same_key + same_key),
            review_left_minutes=max(0, self.review_until - minute),
            step_up_minutes_ago=None if verified is None else min(10_000_000, minute - verified),
            evidence=self.accepted(minute),
        )

    def accepted(self, minute: int) -> tuple[Evidence, ...]:
        """Evidence that counts at this minute, in the order it was accepted."""
        kinds = (k for k, since in self.evidence if since <= minute < since + EVIDENCE_HOLDS)
        return tuple(dict.fromkeys(kinds))

    def turning_points(self) -> tuple[int, ...]:
        """Minutes at which a restriction ends or an entry is forgotten."""
        ends = [self.cool_down_until, self.frozen_until, self.review_until]
        ends += [until for until, _ in self.cuts]
        ends += [since + EVIDENCE_HOLDS for _, since in self.evidence]
        return tuple(ends)


def _moments(ages: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(-age for age in ages))


def _ages(moments: tuple[int, ...], minute: int, reach: int) -> tuple[int, ...]:
    ages = (minute - moment for moment in moments)
    return tuple(age for age in ages if age < reach)[-MANY:]
