"""The account page: refused to learners, sessions for staff, accounts and audit for operators."""

from __future__ import annotations

import pyotp
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
    headers = [header.value for header in app.header]
    assert headers == ["Where you are signed in", "Password and second step"]
    ends = [button for button in app.button if str(button.key).startswith("end_session_")]
    assert len(ends) == 1
    ends[0].click().run()
    assert [button.key for button in app.button] == ["factor_begin"]


@pytest.mark.parametrize(
    ("language", "on", "refused"),
    [
        ("en", "10 backup codes are left", "not the digits"),
        ("zh", "备用码还剩 10 个", "不是验证器"),
    ],
)
def test_the_second_step_is_turned_on_by_a_code(
    operator: Actor, language: str, on: str, refused: str
) -> None:
    app = opened(PAGE, language)
    app.button(key="factor_begin").click().run()
    secret = app.code[0].value.replace(" ", "")
    assert any("data:image/png;base64," in part.proto.body for part in app.get("html"))
    confirm = next(button for button in app.button if "factor_confirm" in str(button.key))
    app.text_input(key="factor_code").set_value("nonsense")
    confirm.click().run()
    assert refused in app.error[0].value
    assert not services().factors.is_on(str(operator.account))
    app.text_input(key="factor_code").set_value(pyotp.TOTP(secret).now())
    next(button for button in app.button if "factor_confirm" in str(button.key)).click().run()
    assert not app.error
    assert services().factors.is_on(str(operator.account))
    codes = app.code[0].value.split()
    assert len(codes) == 10
    assert secret not in str(app.code)
    app.button(key="factor_kept").click().run()
    assert not app.code
    assert any(on in part.proto.body for part in app.get("html"))
    assert services().factors.accepts(str(operator.account), codes[0])


def test_the_second_step_can_be_left_for_later(operator: Actor) -> None:
    app = opened(PAGE, "en")
    app.button(key="factor_begin").click().run()
    app.button(key="factor_cancel").click().run()
    assert not app.code
    assert [b.key for b in app.button if "factor" in str(b.key)] == ["factor_begin"]
    assert not services().factors.is_on(str(operator.account))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_operator_helps_who_lost_phone_and_password(operator: Actor, language: str) -> None:
    hua = services().staff.join(services().staff.invite(operator, "educator"), "Hua", GOOD)
    token = services().sessions.begin(hua.id, "192.0.2.1")
    actor = services().sessions.actor(token, WHO)
    secret = services().factors.offer(actor).secret
    services().factors.confirm(actor, pyotp.TOTP(secret).now())
    app = opened(PAGE, language)
    app.button(key=f"lift_{hua.id}").click().run()
    assert not services().factors.is_on(hua.id)
    app.button(key=f"reset_{hua.id}").click().run()
    assert not app.exception
    assert not app.error
    services().new_password.reset(app.code[0].value, "nine kettles on a slow train")
    assert services().sessions.actor(token, WHO) == WHO
    with pytest.raises(KeyError):
        app.button(key=f"reset_{operator.account}")


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
