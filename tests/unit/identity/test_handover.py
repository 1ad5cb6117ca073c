"""A shared device: the next person sees nothing of the one before, whose record stays."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from jiejian.errors import VisitEnded
from jiejian.services.accounts import Accounts, new_token
from jiejian.settings import Settings
from jiejian.web import handover, recover
from jiejian.web.routes import middleware, routes
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House
from tests.unit.test_web import Browser, signature


@pytest.fixture
def accounts(house: House) -> Accounts:
    return Accounts(house.documents, house.clock)


@pytest.fixture
def browser(house: House, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> Browser:
    services = SimpleNamespace(settings=Settings(), accounts=accounts, sessions=house.sessions)
    monkeypatch.setattr(handover, "services", lambda: services)
    monkeypatch.setattr(recover, "services", lambda: services)
    return Browser(Starlette(routes=routes(), middleware=middleware()))


def hand_over(browser: Browser) -> int:
    return browser.post("/handover", {"token": signature(browser.get("/handover"))}).status


def test_the_next_person_is_another_learner_and_the_old_token_ends(
    browser: Browser, accounts: Accounts
) -> None:
    browser.get("/handover")
    before = browser.jar["jiejian_visitor"]
    first = accounts.actor(before)
    assert hand_over(browser) == 303
    assert accounts.actor(browser.jar["jiejian_visitor"]) != first
    with pytest.raises(VisitEnded):
        accounts.actor(before)


def test_the_one_before_comes_back_with_the_recovery_code(
    browser: Browser, accounts: Accounts
) -> None:
    browser.get("/handover")
    first = accounts.actor(browser.jar["jiejian_visitor"])
    code = accounts.new_recovery_code(first)["zh"]
    hand_over(browser)
    second = browser.jar["jiejian_visitor"]
    browser.post("/recover", {"code": code, "token": signature(browser.get("/recover"))})
    assert accounts.actor(browser.jar["jiejian_visitor"]) == first
    with pytest.raises(VisitEnded):
        accounts.actor(second)


def test_an_account_is_signed_out_with_it(house: House, browser: Browser) -> None:
    house.operator("Ming")
    browser.jar["jiejian_staff"] = token = house.sessions.sign_in("Ming", GOOD, ADDRESS)
    hand_over(browser)
    assert browser.jar["jiejian_staff"] == ""
    assert house.sessions.actor(token, VISITOR) == VISITOR


def test_a_link_or_another_site_hands_nothing_over(browser: Browser, accounts: Accounts) -> None:
    form = browser.get("/handover")
    before = browser.jar["jiejian_visitor"]
    assert browser.post("/handover", {}).status == 403
    fields = {"token": signature(form)}
    assert browser.post("/handover", fields, origin="https://evil.example").status == 403
    assert browser.jar["jiejian_visitor"] == before
    accounts.actor(before)


def test_forgetting_passes_over_ended_tokens(accounts: Accounts) -> None:
    ended, token = new_token(), new_token()
    accounts.end(ended)
    accounts.forget(accounts.actor(token))
    with pytest.raises(VisitEnded):
        accounts.actor(ended)
