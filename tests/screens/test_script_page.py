"""Own workshop scripts on the page: copied, changed, refused with their mistakes."""

from __future__ import annotations

import pytest

from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.ui import state
from tests.screens.app import WHO, opened

GOOD = "seven lamps by the canal"
PAGE = "screens/script.py"


@pytest.fixture
def teacher(monkeypatch: pytest.MonkeyPatch) -> Actor:
    code = services().staff.setup_code()
    assert code
    services().staff.join(code, "Ming", GOOD)
    token = services().sessions.sign_in("Ming", GOOD, "192.0.2.1")
    monkeypatch.setattr(state, "actor", lambda: services().sessions.actor(token, WHO))
    return services().sessions.actor(token, WHO)


def test_a_learner_is_shown_the_way_to_sign_in() -> None:
    services()
    app = opened(PAGE, "zh")
    assert not app.exception
    assert not app.button


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_ready_script_is_copied_and_changed_step_by_step(teacher: Actor, language: str) -> None:
    app = opened(PAGE, language)
    app.button(key="own_copy").click().run()
    assert not app.exception
    own = services().own_scripts.mine(teacher)[0]
    app = opened(PAGE, language, key=own.key)
    assert not app.exception
    app.text_input(key="own_step_title").set_value("说一说")
    app.text_input(key="own_step_question").set_value("你会等吗？")
    app.text_area(key="own_step_options").set_value("会\n不会\n")
    app.button(key="FormSubmitter:own_step-" + app.button[-1].label).click().run()
    assert not app.exception
    script = services().own_scripts.get(teacher, own.key).script
    assert script
    assert script.steps[-1].kind == "poll"
    assert [option.text.zh for option in script.steps[-1].options] == ["会", "不会"]
    app.button(key=f"own_drop_{script.steps[-1].id}").click().run()
    later = services().own_scripts.get(teacher, own.key).script
    assert later
    assert len(later.steps) == len(script.steps) - 1


@pytest.mark.parametrize("kind", ["discussion", "quiz", "lesson", "sandbox", "cue", "debrief"])
def test_every_kind_of_step_has_its_boxes_and_an_empty_one_is_refused_or_kept_whole(
    teacher: Actor, kind: str
) -> None:
    own = services().own_scripts.copy(teacher, next(iter(services().scripts.scripts)))
    app = opened(PAGE, "en", key=own.key)
    app.selectbox(key="own_step_kind_en").set_value(kind).run()
    assert not app.exception
    app.button(key="FormSubmitter:own_step-" + app.button[-1].label).click().run()
    assert not app.exception
    kept = services().own_scripts.get(teacher, own.key)
    assert kept.script
    shown = "".join(part.proto.body for part in app.get("html"))
    refused = "This script cannot be used" in shown
    assert refused == (len(kept.script.steps) == len(own.script.steps))  # type: ignore[union-attr]
