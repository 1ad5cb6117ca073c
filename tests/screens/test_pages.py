"""Every page in both languages through Streamlit's own test client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.services import built, lending
from jiejian.services.actor import Actor
from jiejian.ui import state

ROOT = Path(__file__).resolve().parents[2]
WHO = Actor("c" * 32)
HEADINGS = {
    "screens/home.py": (
        "See why a loan fails, before it is your loan",
        "借钱之前，先看清它为什么会失败",
    ),
    "screens/learn.py": ("Lessons", "课程"),
    "screens/borrow.py": ("Send a request through the glass box", "让一次申请穿过玻璃盒"),
    "screens/progress.py": ("What you have done here", "你在这里做过的事"),
}


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JIEJIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(lending, "DOUBLE_CLICK", timedelta(0))
    # The test client has no cookies to tell a visitor by.
    monkeypatch.setattr(state, "actor", lambda: WHO)
    built.services.cache_clear()
    yield
    built.services.cache_clear()


def opened(page: str, language: str, **query: str) -> AppTest:
    """The app with this page open, as a first run would show it."""
    app = AppTest.from_file(str(ROOT / "jiejian" / "main.py"), default_timeout=20)
    app.session_state["lang"] = language
    app.run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception
    return app


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


def test_three_requests_trip_the_velocity_check() -> None:
    app = opened("screens/borrow.py", "en")
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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_lesson_is_read_and_the_quiz_answered(language: str) -> None:
    app = opened("screens/lesson.py", language, id="why-requests-fail")
    assert len(app.title) == 1
    next(b for b in app.button if b.key == "finish").click().run()
    assert not app.exception
    standing = built.services().learning.standings(WHO)[0]
    assert standing.read
    app = opened("screens/quiz.py", language, id="why-requests-fail")
    assert app.title[0].value == standing.quiz.quiz.title.say(language)  # type: ignore[union-attr, arg-type]
