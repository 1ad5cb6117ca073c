"""Signing in, joining and signing out through the routes, in plain ASGI."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from starlette.applications import Starlette

from jiejian.errors import InvalidInput
from jiejian.services.accounts import new_token
from jiejian.services.identity import (
    newpassword,
    nicknames,
    ownpassword,
    passwords,
    secondfactor,
    sessions,
    staff,
)
from jiejian.settings import Settings
from jiejian.web import lifespan, nickname, password, refused, secondstep, signin
from jiejian.web.routes import middleware, routes
from tests.unit.identity.conftest import GOOD, VISITOR, House
from tests.unit.test_web import Answer, Browser, signature

STAFF = "jiejian_staff"


@pytest.fixture
def browser(house: House, monkeypatch: pytest.MonkeyPatch) -> Browser:
    services = SimpleNamespace(settings=Settings(), staff=house.staff, sessions=house.sessions)
    monkeypatch.setattr(signin, "services", lambda: services)
    return Browser(Starlette(routes=routes(), middleware=middleware()))


def fill(browser: Browser, path: str, **fields: str) -> Answer:
    return browser.post(path, {"token": signature(browser.get(path)), **fields})


def test_the_first_operator_comes_in_by_the_printed_code(house: House, browser: Browser) -> None:
    code = house.staff.setup_code()
    assert code
    assert code in lifespan.setup_words(code)
    answer = fill(browser, "/invitation", code=code, name="Ming", password=GOOD)
    assert (answer.status, answer.header("location")) == (303, "/account")
    assert answer.cookies()[STAFF][1:] == ["Path=/", "Max-Age=604800", "HttpOnly", "SameSite=Lax"]
    assert house.sessions.actor(browser.jar[STAFF], VISITOR).role == "operator"


def test_signing_in_again_ends_the_earlier_token(house: House, browser: Browser) -> None:
    house.operator("Ming")
    fill(browser, "/signin", name="Ming", password=GOOD)
    first = browser.jar[STAFF]
    fill(browser, "/signin", name="Ming", password=GOOD)
    assert browser.jar[STAFF] != first
    assert house.sessions.actor(first, VISITOR) == VISITOR


def test_a_token_brought_along_is_not_taken_over(house: House, browser: Browser) -> None:
    house.operator("Ming")
    browser.jar[STAFF] = planted = new_token()
    fill(browser, "/signin", name="Ming", password=GOOD)
    assert browser.jar[STAFF] != planted
    assert house.sessions.actor(planted, VISITOR) == VISITOR


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_unknown_and_known_names_are_answered_in_the_same_words(
    house: House, browser: Browser, language: str
) -> None:
    house.operator("Ming")
    pages = []
    for name in ("Ming", "Nina"):
        token = signature(browser.get("/signin"))
        fields = {"token": token, "name": name, "password": "a wrong one"}
        answer = browser.post("/signin", fields, accept_language=language)
        assert answer.status == 400
        assert STAFF not in answer.cookies()
        pages.append(answer.body.decode().replace(name, ""))
    assert pages[0] == pages[1]
    assert "a wrong one" not in pages[0]
    assert ('<html lang="zh-CN">' in pages[0]) is (language == "zh-CN")


def test_what_was_typed_is_shown_again_without_the_password(house: House, browser: Browser) -> None:
    code = house.staff.invite(house.operator(), "educator")
    name = '"><script>alert(1)</script>'
    answer = fill(browser, "/invitation", code=code, name=name, password="short")
    text = answer.body.decode()
    assert answer.status == 400
    assert code in text
    assert "<script>" not in text
    assert 'type="password" value=""' in text


@pytest.mark.parametrize("press", ["here", "everywhere"])
def test_signing_out_clears_the_cookie_and_the_session(
    house: House, browser: Browser, press: str
) -> None:
    house.operator("Ming")
    elsewhere = house.sessions.sign_in("Ming", GOOD, "192.0.2.9")
    fill(browser, "/signin", name="Ming", password=GOOD)
    token = browser.jar[STAFF]
    answer = fill(browser, "/signout", press=press)
    assert (answer.status, answer.header("location")) == (303, "/")
    assert answer.cookies()[STAFF][:3] == [f"{STAFF}=", "Path=/", "Max-Age=0"]
    assert house.sessions.actor(token, VISITOR) == VISITOR
    stays = house.sessions.actor(elsewhere, VISITOR).role == "operator"
    assert stays is (press == "here")


def test_a_link_signs_nobody_out(house: House, browser: Browser) -> None:
    house.operator("Ming")
    fill(browser, "/signin", name="Ming", password=GOOD)
    assert browser.get("/signout").status == 200
    assert browser.post("/signout", {"press": "here"}).status == 403
    assert house.sessions.actor(browser.jar[STAFF], VISITOR).role == "operator"


@pytest.mark.parametrize("path", ["/signin", "/signout", "/invitation"])
def test_a_form_from_elsewhere_is_refused(browser: Browser, path: str) -> None:
    fields = {"token": signature(browser.get(path))}
    assert browser.post(path, fields, origin="https://evil.example").status == 403
    assert browser.post(path, {"token": "0" * 64}).status == 403
    assert browser.send("POST", path, b"a" * 5000, {"origin": "http://jiejian.test"}).status == 413


def test_too_many_tries_wait(house: House, browser: Browser) -> None:
    house.operator("Ming")
    statuses = [fill(browser, "/signin", name="Ming", password="wrong").status for _try in range(6)]
    assert statuses == [400] * 5 + [429]
    codes = [
        fill(browser, "/invitation", code="no", name="Hua", password=GOOD).status
        for _try in range(30)
    ]
    assert codes.count(400) == 14
    assert codes[-1] == 429


FORMS = {
    "name": [signin.SIGN_IN, signin.JOIN, nickname.SET, nickname.RETURN],
    "password": [signin.JOIN, password.CHANGE, password.BY_CODE],
    "passphrase": [nickname.SET],
    "current": [password.CHANGE, password.TURN_OFF],
    "code": [signin.JOIN, password.BY_CODE, secondstep.CODE, secondstep.BACKUP],
    "ticket": [secondstep.CODE],
}


@pytest.mark.parametrize(
    "module", [passwords, sessions, staff, nicknames, newpassword, ownpassword, secondfactor]
)
def test_every_refusal_of_the_services_has_words(module: ModuleType) -> None:
    assert module.__file__
    text = Path(module.__file__).read_text(encoding="utf-8")
    raised = re.findall(r'InvalidInput\("(\w+)", "(\w+)"', text)
    for reason in re.findall(r'InvalidInput\(field, "(\w+)"', text):
        raised += [("password", reason), ("passphrase", reason)]
    elsewhere = {"role", "account", "factor"}  # what the account page asks for, not a form
    told = [(field, reason) for field, reason in raised if field not in elsewhere]
    assert told
    for field, reason in told:
        for form in FORMS[field]:
            said = refused.words(InvalidInput(field, reason, least=8, most=40), form)
            for words in (said.zh, said.en):
                assert "{" not in words
                assert words[-1] in "。."
