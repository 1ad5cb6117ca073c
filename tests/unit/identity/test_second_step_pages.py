"""The second step, changing and resetting a password through the routes, in plain ASGI."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from jiejian.services.accounts import Accounts
from jiejian.services.actor import Actor
from jiejian.services.identity.sessions import SESSIONS
from jiejian.settings import Settings
from jiejian.web import password, secondstep, signin
from jiejian.web.routes import middleware, routes
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House
from tests.unit.identity.test_second_factor import turned_on
from tests.unit.identity.test_signin_pages import fill
from tests.unit.test_web import Answer, Browser, signature

STAFF, TICKET = "jiejian_staff", "jiejian_halfway"
BETTER = "nine kettles on a slow train"


@pytest.fixture
def browser(house: House, monkeypatch: pytest.MonkeyPatch) -> Browser:
    services = SimpleNamespace(
        settings=Settings(),
        accounts=Accounts(house.documents, house.clock),
        staff=house.staff,
        sessions=house.sessions,
        factors=house.factors,
        new_password=house.new_password,
    )
    for module in (signin, secondstep, password):
        monkeypatch.setattr(module, "services", lambda: services)
    return Browser(Starlette(routes=routes(), middleware=middleware()))


@pytest.fixture
def operator(house: House) -> Actor:
    return house.operator("Ming")


def first_step(browser: Browser, **more: str) -> Answer:
    return fill(browser, "/signin", name="Ming", password=GOOD, **more)


def test_after_the_password_comes_the_code_and_then_the_session(
    house: House, browser: Browser, operator: Actor
) -> None:
    app, _codes = turned_on(house, operator)
    house.sessions.end_all(str(operator.account))
    answer = first_step(browser)
    assert (answer.status, answer.header("location")) == (303, "/second-step?lang=en")
    assert STAFF not in answer.cookies()
    assert list(house.documents.keys(SESSIONS)) == []
    expected = ["Path=/second-step", "Max-Age=300", "HttpOnly", "SameSite=Strict"]
    assert answer.cookies()[TICKET][1:] == expected
    answer = fill(browser, "/second-step", code=app.at(house.clock.now()), press="code")
    assert (answer.status, answer.header("location")) == (303, "/account")
    assert answer.cookies()[TICKET][:3] == [f"{TICKET}=", "Path=/second-step", "Max-Age=0"]
    assert house.sessions.actor(browser.jar[STAFF], VISITOR).role == "operator"


def test_the_earlier_session_of_this_browser_ends(
    house: House, browser: Browser, operator: Actor
) -> None:
    first_step(browser)
    before = browser.jar[STAFF]
    app, _codes = turned_on(house, operator)
    first_step(browser)
    assert house.sessions.actor(before, VISITOR).role == "operator"
    fill(browser, "/second-step", code=app.at(house.clock.now()))
    assert house.sessions.actor(before, VISITOR) == VISITOR


@pytest.mark.parametrize("ticket", [None, "", "x", "forged" * 8])
def test_the_second_step_alone_leads_nowhere(
    house: House, browser: Browser, operator: Actor, ticket: str | None
) -> None:
    app, _codes = turned_on(house, operator)
    first_step(browser)
    token = signature(browser.get("/second-step"))
    del browser.jar[TICKET]
    if ticket is not None:
        browser.jar[TICKET] = ticket
    answer = browser.get("/second-step")
    assert (answer.status, answer.header("location")) == (303, "/signin")
    fields = {"token": token, "code": app.at(house.clock.now())}
    answer = browser.post("/second-step", fields)
    assert answer.status == 400
    assert 'action="/signin?' in answer.body.decode()
    assert STAFF not in browser.jar


def test_a_ticket_is_not_good_twice(house: House, browser: Browser, operator: Actor) -> None:
    app, codes = turned_on(house, operator)
    first_step(browser)
    ticket, token = browser.jar[TICKET], signature(browser.get("/second-step"))
    nonce = browser.jar["jiejian_form"]
    assert fill(browser, "/second-step", code=app.at(house.clock.now())).status == 303
    browser.jar[TICKET], browser.jar["jiejian_form"] = ticket, nonce
    before = browser.jar[STAFF]
    answer = browser.post("/second-step", {"token": token, "code": codes[0]})
    assert answer.status == 400
    assert browser.jar[STAFF] == before


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_wrong_code_is_asked_for_again_and_a_backup_code_helps(
    house: House, browser: Browser, operator: Actor, language: str
) -> None:
    _app, codes = turned_on(house, operator)
    first_step(browser)
    page = browser.get("/second-step?with=backup", accept_language=language)
    assert 'inputmode="numeric"' not in page.body.decode()
    fields = {"token": signature(page), "code": "nonsense", "press": "backup"}
    answer = browser.post("/second-step", fields, accept_language=language)
    text = answer.body.decode()
    assert answer.status == 400
    assert 'role="alert"' in text
    assert 'value="backup"' in text
    assert ('<html lang="zh-CN">' in text) is (language == "zh-CN")
    answer = browser.post("/second-step", {**fields, "code": codes[3]})
    assert answer.status == 303
    assert house.sessions.actor(browser.jar[STAFF], VISITOR).role == "operator"


def test_guessing_codes_waits(house: House, browser: Browser, operator: Actor) -> None:
    turned_on(house, operator)
    first_step(browser)
    statuses = [fill(browser, "/second-step", code="not it").status for _try in range(6)]
    assert statuses == [400] * 5 + [429]


def test_changing_the_password_keeps_this_browser_and_ends_the_others(
    house: House, browser: Browser, operator: Actor
) -> None:
    elsewhere = house.sessions.sign_in("Ming", GOOD, ADDRESS)
    first_step(browser)
    before = browser.jar[STAFF]
    assert fill(browser, "/password", current="wrong", password=BETTER).status == 400
    assert fill(browser, "/password", current=GOOD, password="short").status == 400
    answer = fill(browser, "/password", current=GOOD, password=BETTER)
    assert (answer.status, answer.header("location")) == (303, "/account")
    assert house.sessions.actor(browser.jar[STAFF], VISITOR).account == operator.account
    for ended in (before, elsewhere):
        assert house.sessions.actor(ended, VISITOR) == VISITOR


@pytest.mark.parametrize("path", ["/password", "/second-step-off"])
def test_who_has_not_signed_in_is_sent_to_sign_in(
    house: House, browser: Browser, operator: Actor, path: str
) -> None:
    turned_on(house, operator)
    for answer in (browser.get(path), browser.post(path, {"current": GOOD, "password": BETTER})):
        assert (answer.status, answer.header("location")) == (303, "/signin")
    assert house.factors.is_on(str(operator.account))


def test_turning_the_second_step_off_takes_the_password(
    house: House, browser: Browser, operator: Actor
) -> None:
    first_step(browser)
    turned_on(house, operator)
    assert fill(browser, "/second-step-off", current="wrong").status == 400
    assert house.factors.is_on(str(operator.account))
    assert fill(browser, "/second-step-off", current=GOOD).status == 303
    assert not house.factors.is_on(str(operator.account))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_reset_code_leads_to_signing_in(
    house: House, browser: Browser, operator: Actor, language: str
) -> None:
    hua = house.invited(operator, "educator", "Hua")
    code = house.new_password.reset_code(operator, str(hua.account))
    pages = []
    for wrong in ("NO", "ALSO-NOT-THIS-ONE"):
        page = browser.get("/reset")
        fields = {"token": signature(page), "code": wrong, "password": BETTER}
        answer = browser.post("/reset", fields, accept_language=language)
        assert answer.status == 400
        pages.append(answer.body)
    assert pages[0] == pages[1]
    answer = fill(browser, "/reset", code=code, password="tiny")
    assert code in answer.body.decode()
    assert "tiny" not in answer.body.decode()
    answer = fill(browser, "/reset", code=code, password=BETTER)
    assert answer.status == 303
    assert STAFF not in answer.cookies()
    there = browser.get(answer.header("location"))
    assert 'action="/signin?' in there.body.decode()
    answer = browser.post("/signin", {"token": signature(there), "name": "Hua", "password": BETTER})
    assert answer.status == 303
    assert house.sessions.actor(browser.jar[STAFF], VISITOR).account == hua.account


@pytest.mark.parametrize("path", ["/second-step", "/password", "/reset", "/second-step-off"])
def test_a_form_from_elsewhere_is_refused(
    house: House, browser: Browser, operator: Actor, path: str
) -> None:
    first_step(browser)
    app, _codes = turned_on(house, operator)
    session = browser.jar[STAFF]
    first_step(browser)
    browser.jar[STAFF] = session
    fields = {"code": app.at(house.clock.now()), "current": GOOD, "password": BETTER}
    token = signature(browser.get(path))
    evil = browser.post(path, {**fields, "token": token}, origin="https://evil.example")
    assert evil.status == 403
    assert browser.post(path, {**fields, "token": "0" * 64}).status == 403
    assert browser.send("POST", path, b"a" * 5000, {"origin": "http://jiejian.test"}).status == 413
    assert house.staff.is_password(str(operator.account), GOOD)
    assert house.factors.is_on(str(operator.account))
