"""What a rehearsal says, and when it says that something would go wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiejian.rehearsal.report import SLOW, Problem, Report, StepReport, words
from sandbox.text import LANGUAGES, Language, Text

FINE = StepReport(
    title=Text(zh="先猜一猜", en="A first guess"),
    bots=12,
    did=12,
    arrived=(0.4, 2.1),
    answered=(0.02, 0.3),
    kept=12,
    stored=12,
    planned=3,
    needed=2,
)


def report(*steps: StepReport, before: tuple[Problem, ...] = ()) -> Report:
    return Report(Text(zh="工作坊", en="Workshop"), 12, 61.2, steps, before)


def test_all_well_is_said_with_its_figures() -> None:
    assert report(FINE).fine
    head, step, verdict = words(report(FINE), "en")
    assert head == "Workshop: 12 bots, 61 s"
    assert step == (
        "1. A first guess: 12 of 12 did it, news there within 2.1 s, slowest answer 0.3 s,"
        " 12 taken, 12 stored, 3 min planned, 2 needed to read and answer"
    )
    assert verdict == "All well: this workshop is ready to be played."


@pytest.mark.parametrize(
    "step",
    [
        replace(FINE, did=11),
        replace(FINE, planned=1),
        replace(FINE, arrived=(SLOW + 1,)),
        replace(FINE, answered=(SLOW + 1,)),
        replace(FINE, problems=(Problem("lost"),)),
    ],
)
def test_one_thing_amiss_is_enough(step: StepReport) -> None:
    assert not report(FINE, step).fine
    assert "排练发现了问题" in list(words(report(FINE, step), "zh"))[-1]


def test_nothing_played_is_not_well() -> None:
    assert not report().fine
    assert not report(FINE, before=(Problem("cut_off"),)).fine


@pytest.mark.parametrize("language", LANGUAGES)
def test_alike_problems_are_counted_and_quoted(language: Language) -> None:
    step = replace(FINE, problems=(Problem("refused", "no"), Problem("refused", "no")))
    lines = list(words(report(step), language))
    assert [line for line in lines if "! 2 × " in line and line.endswith("no")]
