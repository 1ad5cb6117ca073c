"""The shipped workshop scripts, and what is said of a broken one: file, line, field."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.content.check import ROOT
from jiejian.content.library import load_library
from jiejian.content.workshops.blocks import CueBlock, QuizBlock, SandboxBlock
from jiejian.content.workshops.proof import JOINING, proof
from jiejian.content.workshops.script import Script
from jiejian.content.workshops.scriptbook import (
    FOLDER,
    ScriptBook,
    Surroundings,
    items_of,
    load_scripts,
)
from sandbox.answers import ANSWERS
from sandbox.lender.case import LoanRequest
from sandbox.lender.decide import decide
from sandbox.lender.lenderbook import load_lenderbook
from sandbox.lender.life import Life
from sandbox.lender.seatwords import load_seatwords
from sandbox.world import ORDINARY, Happening, after, load_cues
from sandbox.world.effects import Effect


@cache
def around() -> Surroundings:
    lender = load_lenderbook()
    cues = load_cues(regimes=lender.regimes)
    library = load_library(ROOT, compute=ANSWERS)
    return Surroundings(library, lender, load_seatwords().faults.keys(), cues)


@cache
def shipped() -> ScriptBook:
    return load_scripts(ROOT, around())


def scripts() -> list[Script]:
    return list(shipped().scripts.values())


def test_every_shipped_script_and_cue_is_without_mistake() -> None:
    found = proof(ROOT, shipped(), around().lender, around().cues, around().library.lessons)
    assert [str(mistake) for mistake in found] == []
    files = {path.stem for path in (ROOT / FOLDER).glob("*.yaml")}
    assert set(shipped().scripts) == files


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.id)
def test_a_script_has_time_to_join_and_something_to_do_in_every_quiz(script: Script) -> None:
    assert sum(step.minutes for step in script.steps) + JOINING <= script.minutes
    for step in script.steps:
        if isinstance(step, QuizBlock):
            assert items_of(step, around().library)


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.id)
def test_every_sandbox_step_can_be_played_in_the_world_of_its_moment(script: Script) -> None:
    lender = around().lender
    happened: list[Happening] = []
    for step in script.steps:
        if isinstance(step, CueBlock):
            happened.append(Happening(around().cues.cues[step.cue].effect))
        if isinstance(step, SandboxBlock):
            world, persona = after(happened), lender.personas[step.persona]
            request = LoanRequest.model_validate(
                {"amount": step.amount, "term_months": step.term_months, "purpose": step.purpose}
            )
            case = Life(persona.id).case(
                request, persona.applicant, world.platform(), 0, account=persona.account
            )
            assert decide(case, lender.under(world.regime)).outcome


GOOD = """\
id: tried
title: {zh: 试, en: Try}
about: {zh: 试一试, en: Trying}
minutes: 20
objectives: [{zh: 会, en: Can}]
handouts: [why-requests-fail]
steps:
  - id: one
    kind: discussion
    minutes: 5
    title: {zh: 说, en: Talk}
    say: {zh: 说, en: Talk}
    question: {zh: 好吗？, en: Good?}
"""

BROKEN = {
    "unknown handout": (("[why-requests-fail]", "[nothing-here]"), ":6:", "nothing-here"),
    "unknown key": (("    minutes: 5", "    minuts: 5"), ":8:", "minutes"),
    "one language": (("question: {zh: 好吗？, en: Good?}", "question: {zh: 好吗？}"), ":13:", "en"),
    "too long in all": (("minutes: 20", "minutes: 6"), ":4:", "to join"),
    "no kind": (("kind: discussion", "kind: dance"), ":8:", ""),
    "html": (("en: Good?", "en: '<b>Good?</b>'"), ":13:", "HTML"),
    "decision without seats": (
        (
            "kind: discussion",
            "kind: decision\n    seats: {borrower: {question: {zh: 问, en: Q}, ways: "
            "[{id: a, text: {zh: 甲, en: A}, then: {zh: 后, en: T}},"
            " {id: b, text: {zh: 乙, en: B}, then: {zh: 后, en: T}}]}}",
        ),
        ":",
        "",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_in_a_script_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    (old, new), line, word = BROKEN[name]
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    assert old in GOOD
    (folder / "tried.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    book = load_scripts(tmp_path, around())
    found = [
        str(mistake)
        for mistake in proof(
            tmp_path, book, around().lender, around().cues, around().library.lessons
        )
    ]
    assert any(f"{FOLDER}/tried.yaml{line}" in mistake and word in mistake for mistake in found)


effects = st.builds(
    Effect,
    incident=st.sampled_from([None, "none", "database_error", "timeout"]),
    load_percent=st.none() | st.integers(0, 1000),
    storm_percent=st.none() | st.integers(0, 100),
    regime=st.sampled_from([None, "baseline", "limits-cut"]),
    calms=st.integers(0, 100),
)


@given(st.lists(st.builds(Happening, effects)), st.integers(0, 10**6))
def test_whatever_happens_recovery_and_the_old_rules_bring_the_ordinary_day_back(
    happened: list[Happening], pressed: int
) -> None:
    world = after(happened)
    assert 0 <= world.platform(pressed).load_percent <= 10_000
    cues = around().cues.cues
    ends = [Happening(cues[name].effect) for name in ("recovery", "old-rules")]
    assert after([*happened, *ends]) == ORDINARY


@given(effects, effects)
def test_the_later_of_two_events_has_the_last_word(first: Effect, second: Effect) -> None:
    world = after([Happening(first), Happening(second)])
    if second.incident is not None:
        assert world.incident == second.incident
    if second.regime is not None:
        assert world.regime == second.regime
    assert after([Happening(first, "operator")], "borrower") == ORDINARY
