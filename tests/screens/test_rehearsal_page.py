"""The button that rehearses a workshop with bots, and what it found."""

from __future__ import annotations

import time
from typing import Any

import pytest

from jiejian.errors import InvalidInput
from jiejian.rehearsal import background
from jiejian.rehearsal.background import Rehearsal
from jiejian.rehearsal.report import Problem, Report, StepReport
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.ui import state
from jiejian.ui.rooms import open_view, rehearsal_view
from sandbox.text import Text
from tests.screens.app import opened
from tests.screens.test_rooms_pages import LANGUAGES, ROOMS, educator, seen

__all__ = ["educator"]


def wanted(app: Any) -> Any:
    """The page with a script chosen."""
    name = next(iter(services().scripts.scripts))
    app.session_state[state._SHOWN] = {open_view.SCRIPT: name}
    return app.run()


@LANGUAGES
def test_a_rehearsal_is_started_and_found_again(
    educator: Actor, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = next(iter(services().scripts.scripts.values()))
    step = StepReport(
        script.steps[0].title, 12, 11, (2.0,), (0.1,), 11, 11, 3, 1, (Problem("refused", "<b>"),)
    )
    report = Report(script.title, 12, 30.0, (step,))

    def played(*_args: object, told: Any, **_kwargs: object) -> Report:
        told(0, 1)
        return report

    monkeypatch.setattr(background, "rehearse", played)
    monkeypatch.setattr(background, "_answering", lambda addresses: addresses[0])
    app = wanted(opened(ROOMS, language))
    app.button("rehearse").click().run()
    at = app.session_state[state._SHOWN][rehearsal_view.NAME]
    until = time.monotonic() + 30
    while not at.over and time.monotonic() < until:
        time.sleep(0.01)
    app.run()
    assert not app.exception
    assert "&lt;b&gt;" in seen(app)
    assert "11" in seen(app)
    assert app.warning
    assert app.button("rehearse")


@LANGUAGES
def test_how_far_it_is_and_why_it_stopped(educator: Actor, language: str) -> None:
    script = next(iter(services().scripts.scripts.values()))
    app = wanted(opened(ROOMS, language))
    running = Rehearsal(script)
    app.session_state[state._SHOWN][rehearsal_view.NAME] = running
    app.run()
    assert not app.exception
    assert "rehearse" not in {button.key for button in app.button}
    running.error = InvalidInput("rehearsal", "not_reached")
    app.run()
    assert "jiejian.rehearse" in app.error[0].value
    fine = Rehearsal(script, report=Report(Text(zh="一", en="one"), 1, 1.0, ()))
    app.session_state[state._SHOWN][rehearsal_view.NAME] = fine
    assert not app.run().exception
