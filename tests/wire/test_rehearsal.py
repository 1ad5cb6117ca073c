"""Bots play a workshop with every kind of step on the served product."""

from __future__ import annotations

import secrets

import pytest

from jiejian.content.workshops.script import Script
from jiejian.rehearsal.playing import rehearse
from jiejian.rehearsal.report import words
from jiejian.services.actor import Actor
from sandbox.datafiles import validate
from tests.screens.workshop import STEPS, text
from tests.wire.people import House


def script(house: House) -> Script:
    items = house.services.library.quizzes["why-requests-fail"].items
    asked = [item.id for item in items if item.kind != "case"]
    steps = [
        {**step, "minutes": 8, "items": asked[:4]}
        if step["kind"] == "quiz"
        else {**step, "minutes": 5}
        for step in STEPS
    ]
    data = {
        "id": "made-up",
        "title": text("a workshop"),
        "about": text("about it"),
        "minutes": 90,
        "objectives": [text("one")],
        "seats": "four",
        "steps": steps,
    }
    return validate(Script, data, file="made-up.yaml")


@pytest.mark.parametrize("seed", ["one"])
def test_bots_play_every_kind_of_step_and_leave_nothing_behind(house: House, seed: str) -> None:
    educator = Actor(secrets.token_hex(16), "educator", secrets.token_hex(16))
    before = set(house.kept())
    report = rehearse(house.services, educator, script(house), house.server.url, 8, seed=seed)
    assert report.fine, "\n".join(words(report, "en"))
    assert len(report.steps) == len(STEPS)
    assert sum(step.kept for step in report.steps) > 8 * len(STEPS) / 2
    assert {name for name in set(house.kept()) - before if not name.startswith("audit")} == set()
