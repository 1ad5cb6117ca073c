"""The account page: refused to learners, sessions for staff, accounts and audit for operators."""

from __future__ import annotations

import pytest

from jiejian.errors import VisitEnded
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.ui import state
from tests.screens.app import WHO, opened

GOOD = "seven lamps by the canal"
PAGE = "screens/account.py"


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch) -> Actor:
    code = services().staff.setup_code()
    assert code
    services().staff.join(code, "Ming [x](y) <b>", GOOD)
    return signed_in("Ming [x](y) <b>", monkeypatch)


def signed_in(name: str, monkeypatch: pytest.MonkeyPatch) -> Actor:
    token = services().sessions.sign_in(name, GOOD, "192.0.2.1")
    actor = services().sessions.actor(token, WHO)
    monkeypatch.setattr(state, "actor", lambda: services().sessions.actor(token, WHO))
    return actor


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "For those who have signed in"), ("zh", "登录后才能使用")]
)
def test_a_learner_sees_the_way_to_sign_in_and_nothing_else(language: str, heading: str) -> None:
    services()  # reading all content is no part of a page's first run
    app = opened(PAGE, language)
    assert app.title[0].value == heading
    assert not app.button
    assert not app.header


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_operator_invites_disables_and_sees_the_audit(operator: Actor, language: str) -> None:
    app = opened(PAGE, language)
    assert not app.exception
    app.radio[0].set_value("educator")
    app.button(key="invite").click().run()
    code = app.code[0].value
    hua = services().staff.join(code, "Hua", GOOD)
    app.run()
    app.button(key=f"switch_{hua.id}_False").click().run()
    assert services().staff.find(hua.id).disabled  # type: ignore[union-attr]
    app.button(key=f"switch_{hua.id}_True").click().run()
    assert not services().staff.find(hua.id).disabled  # type: ignore[union-attr]
    app.toggle(key="audit_open").set_value(True).run()
    assert not app.exception
    assert not app.error
    assert operator.account
    actions = [entry.action for entry in services().audit.newest(operator)]
    assert actions.count("staff.list") == 1
    assert {"staff.invite", "staff.disable", "staff.enable", "audit.read"} <= set(actions)


def test_an_educator_sees_own_sessions_and_no_accounts(
    operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    services().staff.join(services().staff.invite(operator, "educator"), "Hua", GOOD)
    services().sessions.sign_in("Hua", GOOD, "192.0.2.1")
    signed_in("Hua", monkeypatch)
    app = opened(PAGE, "en")
    assert app.title[0].value == "Hua"
    assert [header.value for header in app.header] == ["Where you are signed in"]
    assert len(app.button) == 1
    app.button[0].click().run()
    assert not app.button


def test_a_button_left_open_does_nothing_once_signed_out(
    operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(PAGE, "en")
    monkeypatch.setattr(state, "actor", lambda: WHO)
    app.button(key="invite").click().run()
    assert not app.code
    assert app.title[0].value == "For those who have signed in"
    assert "staff.invite" not in [entry.action for entry in services().audit.newest(operator)]


@pytest.mark.parametrize(("language", "words"), [("en", "Somebody else"), ("zh", "已经换人使用")])
def test_a_page_left_open_after_a_handover_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    app = opened("screens/progress.py", language)

    def ended() -> Actor:
        raise VisitEnded

    monkeypatch.setattr(state, "actor", ended)
    app.run()
    assert words in app.error[0].value
    assert not app.header
