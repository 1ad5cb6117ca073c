"""The educator's pages: scripts and rooms, the control view, the projector."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.content.workshops.script import Script
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.services.rooms.opening import Wishes
from jiejian.ui import state
from jiejian.ui.rooms import deeds, report_view
from sandbox.datafiles import validate
from tests.screens.app import WHO, opened
from tests.unit.rooms.conftest import SCRIPT, block, text

GOOD = "seven lamps by the canal"
ROOMS, ROOM, PROJECTOR = "screens/rooms.py", "screens/room.py", "screens/projector.py"
WAYS = [{"id": one, "text": text(one), "then": text(f"then {one}")} for one in ("wait", "act")]
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.fixture
def educator(monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(deeds, "DOUBLE_CLICK", 0.0)
    code = services().staff.setup_code()
    assert code
    services().staff.join(code, "Ming", GOOD)
    token = services().sessions.sign_in("Ming", GOOD, "192.0.2.1")
    monkeypatch.setattr(state, "actor", lambda: services().sessions.actor(token, WHO))
    return services().sessions.actor(token, WHO)


def script() -> Script:
    steps = [step for step in SCRIPT["steps"] if step["id"] != "check"]  # type: ignore[attr-defined]
    decision = block(
        "decision",
        "decide",
        seats={seat: {"question": text(f"{seat}?"), "ways": WAYS} for seat in ("risk", "operator")},
    )
    quiz = services().library.quizzes["why-requests-fail"]
    items = [item.id for item in quiz.items if item.kind == "single"][:2]
    check = block("quiz", "check", quiz="why-requests-fail", items=items)
    made = {**SCRIPT, "seats": "four", "steps": [check, *steps[:-1], decision, steps[-1]]}
    return validate(Script, made, file="made-up.yaml")


def room(educator: Actor, people: int = 3) -> str:
    found = services().opening.open(educator, script(), Wishes("en", "nickname", "chance")).id
    for number in range(people):
        services().joining.join(Actor(f"{number:032x}"), found, f"Person {number}")
    return found


def go(educator: Actor, found: str, step: str) -> None:
    look = services().directing.look(educator, found)
    place = [one.id for one in look.room.script.steps].index(step)
    services().directing.go(educator, found, place, look.room.turns)


def answer(found: str, number: int, step: str, raw: Any, item: str = "answer") -> None:
    key = f"answer-{number}-{step}-{item}"
    services().taking_part.answer(Actor(f"{number:032x}"), found, step, item, raw, key)


def seen(app: AppTest) -> str:
    """Everything written on the page as HTML."""
    return "".join(str(part.proto.body) for part in app.get("html"))


def press(app: AppTest, name: str) -> AppTest:
    app.button(key=f"room_{name}").click().run()
    assert not app.exception
    return app


@LANGUAGES
@pytest.mark.parametrize("page", [ROOMS, ROOM, PROJECTOR])
def test_a_learner_is_told_how_to_sign_in(page: str, language: str) -> None:
    services()
    app = opened(page, language, room="x")
    assert len(app.title) == 1
    assert 'href="/signin"' in seen(app)
    assert not [button for button in app.button if button.key and button.key.startswith("begin_")]


@LANGUAGES
def test_a_room_is_opened_with_two_presses(educator: Actor, language: str) -> None:
    app = opened(ROOMS, language)
    app.button(key="begin_why-refused").click().run()
    assert not app.exception
    app.button(key="open_room").click().run()
    assert not app.exception
    (found,) = services().opening.mine(educator)
    assert services().directing.look(educator, found.id).room.language == language
    assert found.code in seen(app), "the control page follows"


def test_a_guest_list_with_a_slip_keeps_what_was_typed(educator: Actor) -> None:
    app = opened(ROOMS, "en")
    app.button(key="begin_why-refused").click().run()
    app.text_area(key="wish_guests").set_value("An\n<b>\nBo").run()
    app.button(key="open_room").click().run()
    assert len(app.error) == 1
    assert app.text_area(key="wish_guests").value == "An\n<b>\nBo"
    assert not services().opening.mine(educator)
    app.text_area(key="wish_guests").set_value("An\nBo").run()
    app.button(key="open_room").click().run()
    (found,) = services().opening.mine(educator)
    assert services().directing.look(educator, found.id).room.guests == ("An", "Bo")


@LANGUAGES
def test_a_past_room_is_deleted_after_a_question(educator: Actor, language: str) -> None:
    found = room(educator)
    services().directing.close(educator, found, "close-it-now")
    app = opened(ROOMS, language)
    press(app, f"delete_{found}")
    assert not services().opening.mine(educator)
    assert not app.error


@LANGUAGES
def test_the_plan_tells_what_to_say_and_expect(educator: Actor, language: str) -> None:
    app = opened(ROOMS, language)
    app.session_state["fold_plan_why-refused"] = True
    app.run()
    plan = services().scripts.scripts["why-refused"]
    step = plan.steps[0]
    assert step.expect is not None
    html = seen(app)
    for words in (step.say, step.expect, plan.objectives[0]):
        assert words.say("zh" if language == "zh" else "en").split("'")[0] in html
    assert "/print?id=reading-a-refusal" in html


@LANGUAGES
def test_the_whole_room_is_led_from_one_page(educator: Actor, language: str) -> None:
    found = room(educator)
    app = opened(ROOM, language, room=found)

    def now() -> Any:
        return services().directing.look(educator, found).room

    press(app, "go_next")
    assert now().step == 0
    press(app, "go_next")
    assert now().at.id == "guess"
    answer(found, 0, "guess", ["yes"])
    press(app, "show_guess")
    assert now().shown == {"guess"}
    assert "100%" in seen(app)
    press(app, "hide_guess")
    assert not now().shown
    press(app, "pause")
    assert now().stopped is not None
    press(app, "resume")
    assert now().stopped is None
    press(app, "extend_5")
    assert now().extra.total_seconds() == 300
    press(app, "go_back")
    assert now().step == 0


@LANGUAGES
@pytest.mark.parametrize(
    "step", ["check", "guess", "price", "borrow", "outage", "talk", "decide", "look-back"]
)
def test_each_kind_of_step_is_drawn_with_its_results(
    educator: Actor, step: str, language: str
) -> None:
    found = room(educator)
    for before in ("guess", step):
        go(educator, found, before)
        if before == "guess":
            answer(found, 0, "guess", ["yes"])
        if before == "price":
            answer(found, 0, "price", "100")
            answer(found, 1, "price", "130")
        if before == "talk":
            answer(found, 0, "talk", "<b>bold</b>")
        services().directing.show(educator, found, before, True, f"show-{before}-1")
    app = opened(ROOM, language, room=found)
    assert not app.error
    for wished in ("zh", "en", "both"):
        app = opened(PROJECTOR, language, room=found, lang=wished)
        assert not app.error
        html = seen(app)
        assert 'class="projector"' in html
        assert "<b>bold</b>" not in html


@LANGUAGES
def test_events_are_fired_now_later_and_taken_back(educator: Actor, language: str) -> None:
    found = room(educator)
    app = opened(ROOM, language, room=found)
    app.session_state[f"control_part_{language}"] = "events"
    app.run()
    press(app, "fire_database-outage")
    app.session_state[f"cue_when_{language}"] = "5"
    app.session_state[f"cue_whom_{language}"] = "risk"
    app.run()
    press(app, "fire_overload")
    look = services().directing.look(educator, found)
    first, later = look.room.cues
    assert (first.cue, first.to) == ("database-outage", None)
    assert (later.cue, later.to) == ("overload", "risk")
    assert later.at > look.now
    press(app, f"undo_{first.number}")
    assert services().directing.look(educator, found).room.cues[0].undone


@LANGUAGES
def test_one_person_is_helped(educator: Actor, language: str) -> None:
    found = room(educator)
    go(educator, found, "guess")
    app = opened(ROOM, language, room=found)
    app.session_state[f"control_part_{language}"] = "people"
    app.run()

    def person() -> Any:
        people = services().directing.look(educator, found).room.people
        return next(one for one in people.values() if one.number == 2)

    who = person().id
    app.session_state[f"person_who_{language}"] = who
    app.run()
    app.text_input(key=f"person_name_{who}").set_value("Anna").run()
    press(app, "rename")
    assert person().name == "Anna"
    app.text_input(key="message_one").set_value("Well done").run()
    press(app, "message_one")
    assert app.text_input(key="message_one").value == ""
    app.session_state[f"person_step_{language}"] = "3"
    app.run()
    press(app, "move")
    assert person().step == 3
    press(app, "along")
    look = services().directing.look(educator, found)
    assert look.room.place_of(person()) == look.room.step
    press(app, "remove")
    assert person().removed
    press(app, "readmit")
    assert not person().removed
    press(app, "message_all")
    assert len(app.error) == 1, "an empty message is refused in words"
    messages = services().directing.look(educator, found).room.messages
    assert [(one.text, one.to) for one in messages] == [("Well done", who)]


@LANGUAGES
def test_a_room_is_locked_shared_and_closed_to_a_summary(educator: Actor, language: str) -> None:
    found = room(educator)
    go(educator, found, "guess")
    answer(found, 0, "guess", ["yes"])
    hua = services().staff.join(services().staff.invite(educator, "educator"), "Hua", GOOD)
    app = opened(ROOM, language, room=found)
    app.session_state[f"control_part_{language}"] = "room"
    app.run()
    press(app, "lock")
    assert services().directing.look(educator, found).room.locked
    app.text_input(key="colleague_name").set_value("Nobody").run()
    press(app, "share")
    assert len(app.error) == 1
    app.text_input(key="colleague_name").set_value("Hua").run()
    press(app, "share")
    assert not app.error
    assert hua.id in services().directing.look(educator, found).room.educators
    press(app, "close")
    assert services().directing.look(educator, found).room.closed
    assert "fig-facts" in seen(app), "a summary follows"
    assert not [button for button in app.button if button.key == "room_go_next"]


def test_a_double_click_on_next_takes_one_step(
    educator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "DOUBLE_CLICK", 60.0)
    found = room(educator)
    app = opened(ROOM, "en", room=found)
    press(app, "go_next")
    press(app, "go_next")
    assert services().directing.look(educator, found).room.step == 0


@LANGUAGES
def test_a_room_of_somebody_else_and_one_there_is_not(
    educator: Actor, language: str, tmp_path: Path
) -> None:
    app = opened(ROOM, language, room="0123456789abcdef")
    assert len(app.error) == 1
    stranger = Actor("9" * 32, "educator", "9" * 32)
    found = services().opening.open(stranger, script(), Wishes(seats="chance")).id
    for page in (ROOM, PROJECTOR):
        app = opened(page, language, room=found)
        assert len(app.error) == 1
        assert found not in seen(app)


@LANGUAGES
def test_a_closed_room_has_its_report_beside_earlier_ones(
    educator: Actor, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_view, "fold", lambda *_words: nullcontext(True))
    played = []
    for people in (6, 3):
        found = room(educator, people)
        go(educator, found, "guess")
        for number in range(people):
            answer(found, number, "guess", ["yes"])
        services().directing.close(educator, found, "close-it-now")
        played.append(found)
    app = opened(ROOM, language, room=played[0])
    words = seen(app)
    assert words.count('<th scope="row">') == 2
    # Seven steps ask something of each of the six.
    assert ("6/42 (14%)" if language == "zh" else "6 of 42 (14%)") in words
    assert ("（本次）" if language == "zh" else "(this one)") in words
    assert "Person 1" not in words
    assert "0:00" in words
    files = app.get("download_button")
    plain = [str(getattr(one, "label")) for one in files]  # noqa: B009
    app.checkbox(key="report_named").check().run()
    assert [str(getattr(one, "label")) for one in app.get("download_button")] != plain  # noqa: B009
    assert not app.exception


def test_a_first_room_has_nothing_beside_it(
    educator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_view, "fold", lambda *_words: nullcontext(True))
    found = room(educator)
    services().directing.close(educator, found, "close-it-now")
    app = opened(ROOM, "en", room=found)
    assert "with no other room yet" in seen(app)
    assert "Beside" not in seen(app)
    assert '<th scope="row">' not in seen(app)
