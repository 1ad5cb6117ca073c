"""Sandbox steps played before any room plays them: what the first request of a step ends with.

A step is tried alone and in a crowd, in every world the seats' decisions can have made, and, where
a life goes on, after one request and after several, with its faults as they were and mended.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiejian.content.workshops.blocks import CueBlock, DecisionBlock, SandboxBlock
from jiejian.content.workshops.script import Script
from jiejian.content.workshops.scriptbook import Finding
from sandbox.lender.book import LenderBook
from sandbox.lender.case import Account, Applicant, LoanRequest
from sandbox.lender.decide import decide, look_up
from sandbox.lender.decision import Decision, Outcome
from sandbox.lender.life import Life
from sandbox.lender.seatwords import load_seatwords
from sandbox.world import ORDINARY, CueBook, Effect, World

CROWD = 500
"""Requests of everybody else in the last minute, in a full room."""
MOST_SENT = 3
"""Requests of one person in a step: the velocity rule has stopped them by then."""


@dataclass(frozen=True)
class Begun:
    """A life as a step finds it, and its person with the faults or mended."""

    life: Life
    applicant: Applicant
    account: Account


def misjudged(script: Script, lender: LenderBook, cues: CueBook) -> list[Finding]:
    """Where the outcomes a sandbox step names are not those it can have. The script is sound."""
    if not any(isinstance(step, SandboxBlock) and step.outcomes for step in script.steps):
        return []
    found: list[Finding] = []
    for place, possible in outcomes(script, lender, cues):
        step = script.steps[place]
        if not isinstance(step, SandboxBlock) or not step.outcomes:
            continue
        where = ("steps", place, "outcomes")
        if unsaid := sorted(possible - set(step.outcomes)):
            found.append((f"a first request can also end with {', '.join(unsaid)}", where))
        if idle := sorted(set(step.outcomes) - possible):
            found.append((f"no first request ends with {', '.join(idle)}", where))
    return found


def outcomes(
    script: Script, lender: LenderBook, cues: CueBook
) -> Iterator[tuple[int, frozenset[Outcome]]]:
    """For each sandbox step its place and every outcome that its first request can have."""
    worlds = frozenset({ORDINARY})
    begun: list[Begun] = []
    for place, step in enumerate(script.steps):
        if isinstance(step, CueBlock):
            worlds = frozenset(world.changed(cues.cues[step.cue].effect) for world in worlds)
        elif isinstance(step, DecisionBlock):
            worlds = decided(worlds, step)
        elif isinstance(step, SandboxBlock):
            if step.anew or not begun:
                begun = [_person(step, lender)]
            first, begun = _played(begun, step, lender, worlds)
            yield place, first


def decided(worlds: frozenset[World], step: DecisionBlock) -> frozenset[World]:
    """Every world the seats can make of these; a seat in which nobody chose changes nothing."""
    nothing = Effect()
    choices = [(nothing, *(way.effect for way in dilemma.ways)) for dilemma in step.seats.values()]
    found: set[World] = set()
    for world, effects in itertools.product(worlds, itertools.product(*choices)):
        later = world
        for effect in effects:
            later = later.changed(effect)
        found.add(later)
    return frozenset(found)


def _at(worlds: frozenset[World]) -> Iterator[tuple[World, int]]:
    return itertools.product(worlds, (0, CROWD))


def _person(step: SandboxBlock, lender: LenderBook) -> Begun:
    persona, faults = lender.personas[step.persona], load_seatwords().faults
    applicant, account = persona.applicant.model_dump(), persona.account.model_dump()
    for name in step.faults:
        applicant |= faults[name].applicant
        account |= faults[name].account
    return Begun(
        Life(persona.id), Applicant.model_validate(applicant), Account.model_validate(account)
    )


def _sent(
    begun: Begun, step: SandboxBlock, lender: LenderBook, world: World, others: int
) -> tuple[Decision, Begun]:
    """One request of the step, and the life after it."""
    request = LoanRequest.model_validate(
        {"amount": step.amount, "term_months": step.term_months, "purpose": step.purpose}
    )
    life, book = begun.life.under(world.regime), lender.under(world.regime)
    case = life.case(
        request, begun.applicant, world.platform(others), 0, account=begun.account,
        policy=book.product.limit_policy,
    )  # fmt: skip
    decision = decide(case, book)
    behind = look_up(case, book) if decision.outcome == "unknown" else None
    sent = life.after(f"{len(life.sent)}", case, decision, behind)
    return decision, replace(begun, life=sent)


def _played(
    begun: list[Begun], step: SandboxBlock, lender: LenderBook, worlds: frozenset[World]
) -> tuple[frozenset[Outcome], list[Begun]]:
    """What a first request can end with, and the lives a next step may find.

    Those are lives after one request and after several, mended or not; lives that were told the
    same are one.
    """
    persona = lender.personas[step.persona]
    first: set[Outcome] = set()
    later: dict[object, Begun] = {}
    for one in begun:
        for world, others in _at(worlds):
            after = one
            for count in range(MOST_SENT):
                decision, after = _sent(after, step, lender, world, others)
                if count == 0:
                    first.add(decision.outcome)
                told = tuple(entry.decision.outcome for entry in after.life.sent)
                later[told, one.applicant] = after
                later[told, persona.applicant] = replace(
                    after, applicant=persona.applicant, account=persona.account
                )
    return frozenset(first), list(later.values())
