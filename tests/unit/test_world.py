"""The shared world: it is what happened in order, trouble ends, and the load keeps its bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.lender.facts.memory import Incident
from sandbox.lender.lenderbook import load_lenderbook
from sandbox.world import ORDINARY, SEATS, Effect, Happening, World, after, load_cues
from sandbox.world.state import MOST_LOAD

REGIMES = load_lenderbook().regimes
CUES = load_cues(regimes=REGIMES).cues

effects = st.builds(
    Effect,
    incident=st.none() | st.sampled_from(Incident.__args__),  # type: ignore[attr-defined]
    load_percent=st.none() | st.integers(0, 1000),
    storm_percent=st.none() | st.integers(0, 100),
    left_minutes=st.none() | st.integers(0, 10_080),
    regime=st.none() | st.sampled_from(sorted(REGIMES)),
    calms=st.integers(0, 100),
)
happenings = st.lists(st.builds(Happening, effects, st.none() | st.sampled_from(SEATS)), max_size=8)
seats = st.none() | st.sampled_from(SEATS)


@given(happenings, happenings, seats)
def test_what_happens_later_is_added_to_what_happened(
    first: list[Happening], second: list[Happening], seat: None
) -> None:
    world = after(first, seat)
    for happening in second:
        if happening.to in (None, seat):
            world = world.changed(happening.effect)
    assert after([*first, *second], seat) == world


@given(happenings, effects, st.sampled_from(SEATS), st.sampled_from(SEATS))
def test_what_reaches_one_seat_leaves_the_others_alone(
    before: list[Happening], effect: Effect, reached: str, other: str
) -> None:
    told = [*before, Happening(effect, reached)]  # type: ignore[arg-type]
    expected = after(before, other)  # type: ignore[arg-type]
    if reached == other:
        expected = expected.changed(effect)
    assert after(told, other) == expected  # type: ignore[arg-type]


@given(happenings)
def test_recovery_ends_every_trouble_and_the_old_rules_every_rule(before: list[Happening]) -> None:
    ends = [Happening(CUES[name].effect) for name in ("recovery", "old-rules")]
    for seat in (None, *SEATS):
        assert not after([*before, *ends], seat).disturbed
        assert after([*before, *reversed(ends)], seat) == ORDINARY


@given(happenings, st.integers(0, 10**7), st.integers(0, 10**7))
def test_more_presses_never_ease_the_door_and_the_load_is_bounded(
    before: list[Happening], few: int, more: int
) -> None:
    world = after(before)
    low, high = sorted((few, more))
    assert 0 <= world.platform(low).load_percent <= world.platform(high).load_percent <= MOST_LOAD
    assert world.platform(low).incident == world.incident


@given(happenings, st.integers(0, 100), st.integers(0, 100), st.integers(0, 10_000))
def test_calming_never_adds_and_more_of_it_never_less(
    before: list[Happening], some: int, more: int, pressed: int
) -> None:
    world = after(before)
    low, high = sorted((some, more))
    eased, calmer = world.changed(Effect(calms=low)), world.changed(Effect(calms=high))
    loads = [one.platform(pressed).load_percent for one in (calmer, eased, world)]
    assert loads == sorted(loads)
    assert replace(eased, load_percent=0, storm_percent=0) == replace(
        world, load_percent=0, storm_percent=0
    )


@pytest.mark.parametrize("name", CUES)
def test_a_cue_does_what_its_kind_says(name: str) -> None:
    cue = CUES[name]
    world = ORDINARY.changed(cue.effect)
    stormy = World("database_error", 97, 3, 60, "limits-cut")
    if cue.kind == "trouble":
        assert world.incident != "none" or world.storm_percent > 0
    if cue.kind == "rule":
        assert world == replace(ORDINARY, regime=world.regime)
        assert world.regime != ORDINARY.regime
    if cue.kind == "recovery":
        assert stormy.changed(cue.effect) != stormy
        assert not ORDINARY.changed(cue.effect).disturbed
    if cue.kind == "talk":
        assert (world.incident, world.regime) == ("none", ORDINARY.regime)
