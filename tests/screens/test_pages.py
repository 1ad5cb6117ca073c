"""Every page in both languages through Streamlit's own test client."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.content.targets import targets
from jiejian.services import built
from jiejian.ui import navigation
from tests.screens.app import WHO, opened

HEADINGS = {
    "screens/home.py": (
        "See why a loan fails, before it is your loan",
        "借钱之前，先看清它为什么会失败",
    ),
    "screens/learn.py": ("Lessons", "课程"),
    "screens/borrow.py": ("Send a request through the glass box", "让一次申请穿过玻璃盒"),
    "screens/lab.py": ("What a loan really costs", "一笔借款，到底要花多少钱"),
    "screens/progress.py": ("What you have done here", "你在这里做过的事"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", HEADINGS)
def test_each_page_shows_its_heading(page: str, language: str) -> None:
    app = opened(page, language)
    assert app.title[0].value == HEADINGS[page][language == "zh"]


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("screens/lesson.py", "Lesson not found"),
        ("screens/quiz.py", "Quiz not found"),
        ("screens/request.py", "Request not found"),
    ],
)
def test_an_unknown_id_gets_a_plain_message(page: str, heading: str) -> None:
    app = opened(page, "en", id="../../etc/passwd")
    assert app.title[0].value == heading
    assert len(app.error) == 1


def send(app: AppTest) -> AppTest:
    """Press the send button."""
    button = next(b for b in app.button if b.label in ("Send the request", "发送申请"))
    button.click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["en", "zh"])
def test_three_requests_trip_the_velocity_check(language: str) -> None:
    app = opened("screens/borrow.py", language)
    for _ in range(3):
        send(app)
    life = built.services().lending.seat(WHO).life
    assert [sent.decision.outcome for sent in life.sent] == ["approved", "approved", "cool_down"]


def test_an_amount_out_of_range_is_explained_and_nothing_is_sent() -> None:
    app = opened("screens/borrow.py", "en")
    app.number_input[0].set_value(-5)
    send(app)
    assert "¥500" in app.error[0].value
    assert list(built.services().store.streams("learner")) == []


def test_changing_the_language_keeps_what_was_chosen() -> None:
    app = opened("screens/borrow.py", "en")
    app.selectbox(key="ask_purpose_en").set_value("medical")
    send(app)
    app.session_state["lang"] = "zh"
    app.run()
    assert app.selectbox(key="ask_purpose_zh").value == "medical"
    send(app)
    life = built.services().lending.seat(WHO).life
    assert [sent.case.request.purpose for sent in life.sent] == ["medical", "medical"]
    assert not app.error


def test_a_time_out_is_looked_up() -> None:
    app = opened("screens/borrow.py", "en")
    chosen = next(s for s in app.selectbox if s.label == "The platform right now")
    chosen.set_value("timeout")
    send(app)
    look = next(b for b in app.button if b.label == "Look up the outcome")
    look.click().run()
    assert not app.exception
    seat = built.services().lending.seat(WHO)
    assert seat.unresolved == ()


def press(app: AppTest, label: str) -> AppTest:
    """Press the first button of that label."""
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def pieces(app: AppTest) -> str:
    """Everything drawn as HTML."""
    return " ".join(piece.proto.body for piece in app.get("html"))


def test_a_followed_way_leaves_its_request_in_the_form_and_names_its_steps() -> None:
    app = opened("screens/borrow.py", "en")
    app.number_input[0].set_value(60_000)
    send(app)
    press(app, "Follow this way")
    sent = built.services().lending.seat(WHO).life.sent[-1]
    assert sent.decision.outcome == "approved"
    assert app.number_input[0].value == int(sent.case.request.amount) < 60_000
    assert "The way you just walked" in pieces(app)
    assert f'data-takes-focus="outcome_{sent.id}"' in pieces(app)


def test_progress_shows_what_was_done_and_folds_the_rest_away() -> None:
    opened("screens/lesson.py", "en", id="what-credit-is")
    app = opened("screens/progress.py", "en")
    cards = [piece for piece in app.get("html") if "Lesson: Started" in piece.proto.body]
    assert len(cards) == 1
    assert "Lesson: Not started" not in pieces(app)
    assert any("lessons not started" in fold.label for fold in app.expander)


def test_an_offer_walked_away_from_says_that_nothing_is_owed() -> None:
    app = send(opened("screens/borrow.py", "en"))
    press(app, "Walk away")
    assert any("You owe nothing" in note.value for note in app.info)


def test_lost_answers_are_told_apart_and_point_to_no_way_that_is_not_there() -> None:
    app = opened("screens/borrow.py", "en")
    app.selectbox(key="ask_incident_en").set_value("timeout")
    send(send(app))
    assert 'href="#way"' not in pieces(app)
    for number in (1, 2):
        assert f"Request {number}: Day 1, 09:00, ¥10,000, outcome unknown" in pieces(app)


def test_a_figure_of_ones_own_that_cannot_be_is_named_beside_the_button() -> None:
    app = opened("screens/borrow.py", "en")
    app.toggle(key="new_own").set_value(True).run()
    field = next(f for f in app.text_input if str(f.key).endswith("_days_past_due"))
    field.set_value("soon")
    press(app, "Start a new life")
    assert [error.value for error in app.error] == [
        f"“{field.label}” cannot be used as entered. Please check it and try again."
    ]


def test_two_requests_under_two_sets_of_rules_say_so() -> None:
    app = send(opened("screens/borrow.py", "en"))
    next(r for r in app.radio if r.label == "Set of rules").set_value("limits-cut").run()
    send(app)
    first, second = built.services().lending.seat(WHO).life.sent
    page = opened("screens/request.py", "en", id=first.id, **{"with": second.id})
    assert "Set of rules" in pieces(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_lesson_is_read_and_the_quiz_answered(language: str) -> None:
    app = opened("screens/lesson.py", language, id="why-requests-fail", at="unfreezing-fee")
    next(b for b in app.button if b.key == "finish").click().run()
    assert not app.exception
    standing = built.services().learning.standings(WHO)[0]
    assert standing.read
    app = opened("screens/quiz.py", language, id="why-requests-fail")
    assert app.title[0].value == standing.quiz.quiz.title.say(language)  # type: ignore[union-attr, arg-type]


def test_every_target_of_a_lesson_has_a_page() -> None:
    for name in targets():
        page = navigation.target(name)
        assert page is not None, name
        assert page in HEADINGS or page == navigation.CLINIC


def damage(tmp_path: Path) -> Path:
    """Spoil the learner's file and its copy; return the file."""
    (file,) = tmp_path.rglob(f"{WHO.learner}.json")
    for path in (file, file.with_name(f"{file.name}.previous")):
        path.write_bytes(b"\x00 no JSON")
    return file


def test_a_damaged_record_is_explained_set_aside_and_can_begin_anew(tmp_path: Path) -> None:
    app = send(opened("screens/borrow.py", "en"))
    file = damage(tmp_path)
    app = opened("screens/progress.py", "en")
    assert "damaged" in app.error[0].value
    assert any(b"no JSON" in kept.read_bytes() for kept in file.parent.glob("*.damaged-*"))
    app.button(key="start_anew").click().run()
    assert not app.exception
    app = opened("screens/progress.py", "en")
    assert "begins anew" in app.warning[0].value
    app.button(key="notice_seen").click().run()
    assert not [w for w in app.warning if "anew" in w.value]


def test_a_record_put_back_from_its_copy_says_so(tmp_path: Path) -> None:
    send(send(opened("screens/borrow.py", "en")))
    (file,) = tmp_path.rglob(f"{WHO.learner}.json")
    file.write_bytes(b"{")
    app = opened("screens/progress.py", "en")
    assert not app.error
    assert "last good copy" in app.warning[0].value


def test_a_read_only_folder_refuses_and_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    app = send(opened("screens/borrow.py", "en"))

    def refuse(*_args: object, **_more: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        send(app)
        assert "could not be saved" in app.error[0].value
    assert len(built.services().lending.seat(WHO).life.sent) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "A few questions before and after"), ("zh", "学之前、学之后，各做几道题")],
)
def test_a_track_leads_to_its_test(language: str, words: str) -> None:
    app = opened("screens/learn.py", language)
    links = [link.proto for link in app.get("page_link")]
    led_to = {link.query_string for link in links if link.label == words}
    tests = built.services().learning.library.tests
    assert tests
    assert led_to == {f"id={name}" for name in tests}
