"""Nickname and passphrase: a way back for learners who share a device."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette

from jiejian.errors import InvalidInput, TooManyTries, VisitEnded
from jiejian.services.accounts import Accounts
from jiejian.services.actor import Actor
from jiejian.services.identity.nicknames import NICKNAMES, OWNERS, Nicknames
from jiejian.services.identity.passwords import Passwords
from jiejian.settings import Settings
from jiejian.web import nickname
from jiejian.web.routes import middleware, routes
from tests.unit.identity.conftest import ADDRESS, GOOD, House
from tests.unit.test_web import Browser, signature

ME, OTHER = Actor("a" * 32), Actor("b" * 32)


@pytest.fixture
def accounts(house: House) -> Accounts:
    return Accounts(house.documents, house.clock)


@pytest.fixture
def nicknames(house: House) -> Nicknames:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return Nicknames(house.documents, house.clock, Passwords(hasher), house.audit)


@pytest.fixture
def browser(accounts: Accounts, nicknames: Nicknames, monkeypatch: pytest.MonkeyPatch) -> Browser:
    services = SimpleNamespace(settings=Settings(), accounts=accounts, nicknames=nicknames)
    monkeypatch.setattr(nickname, "services", lambda: services)
    return Browser(Starlette(routes=routes(), middleware=middleware()))


def test_it_leads_back_to_the_learner(accounts: Accounts, nicknames: Nicknames) -> None:
    nicknames.set(ME, "小 河", GOOD, ADDRESS)
    assert accounts.actor(nicknames.come_back(" 小  河 ", GOOD, ADDRESS)) == ME


def test_a_nickname_is_one_learners_and_a_new_one_replaces_it(
    accounts: Accounts, nicknames: Nicknames
) -> None:
    nicknames.set(ME, "River", GOOD, ADDRESS)
    with pytest.raises(InvalidInput, match="taken"):
        nicknames.set(OTHER, "RIVER", GOOD, ADDRESS)
    nicknames.set(ME, "River", GOOD + " again", ADDRESS)
    with pytest.raises(InvalidInput, match="wrong_nickname"):
        nicknames.come_back("River", GOOD, ADDRESS)
    nicknames.set(ME, "Lake", GOOD, ADDRESS)
    with pytest.raises(InvalidInput, match="wrong_nickname"):
        nicknames.come_back("River", GOOD + " again", ADDRESS)
    nicknames.set(OTHER, "River", GOOD, ADDRESS)
    assert accounts.actor(nicknames.come_back("river", GOOD, ADDRESS)) == OTHER
    assert accounts.actor(nicknames.come_back("lake", GOOD, ADDRESS)) == ME


def test_known_and_unknown_nicknames_are_refused_alike(nicknames: Nicknames) -> None:
    nicknames.set(ME, "River", GOOD, ADDRESS)
    answers: dict[str, list[str]] = {"River": [], "Nobody": []}
    for name, told in answers.items():
        for n in range(8):
            with pytest.raises((InvalidInput, TooManyTries)) as caught:
                nicknames.come_back(name, "wrong", f"198.51.100.{n}")
            told.append(str(caught.value))
    assert answers["River"] == answers["Nobody"]
    assert "too many tries" in answers["River"][-1]


def test_asking_which_nicknames_are_taken_is_limited(nicknames: Nicknames) -> None:
    nicknames.set(ME, "River", GOOD, ADDRESS)
    for _ in range(30):
        with pytest.raises(InvalidInput, match="taken"):
            nicknames.set(OTHER, "River", GOOD, ADDRESS)
    with pytest.raises(TooManyTries):
        nicknames.set(OTHER, "River", GOOD, ADDRESS)


def test_forgetting_leaves_nothing_and_touches_no_other(house: House, nicknames: Nicknames) -> None:
    nicknames.set(ME, "River", GOOD, ADDRESS)
    nicknames.set(OTHER, "Lake", GOOD, ADDRESS)
    nicknames.forget(ME)
    assert list(house.documents.keys(OWNERS)) == [OTHER.learner]
    assert len(list(house.documents.keys(NICKNAMES))) == 1


def test_neither_nickname_nor_passphrase_is_kept_or_logged(
    house: House, nicknames: Nicknames, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    nicknames.set(ME, "River", GOOD, ADDRESS)
    token = nicknames.come_back("River", GOOD, ADDRESS)
    with pytest.raises(InvalidInput):
        nicknames.come_back("River", "a wrong pass", ADDRESS)
    held = caplog.text + "".join(path.read_text() for path in tmp_path.rglob("*.jsonl"))
    for collection in (NICKNAMES, OWNERS, "visitors"):
        for key in house.documents.keys(collection):
            held += key + json.dumps(house.documents.get(collection, key))
    assert "argon2id" in held
    for secret in ("River", GOOD, token, "wrong pass"):
        assert secret not in held


def test_two_learners_share_a_browser_by_the_forms(browser: Browser, accounts: Accounts) -> None:
    def fill(path: str, **fields: str) -> int:
        return browser.post(path, {"token": signature(browser.get(path)), **fields}).status

    browser.get("/nickname")
    first = browser.jar["jiejian_visitor"]
    me = accounts.actor(first)
    assert fill("/nickname", name="River", passphrase="short") == 400
    assert fill("/nickname", name="River", passphrase=GOOD) == 303
    assert accounts.actor(browser.jar["jiejian_visitor"]) == me
    browser.jar.pop("jiejian_visitor")
    browser.get("/comeback")
    second = browser.jar["jiejian_visitor"]
    assert accounts.actor(second) != me
    assert fill("/comeback", name="River", passphrase="wrong") == 400
    assert fill("/comeback", name="River", passphrase=GOOD) == 303
    assert accounts.actor(browser.jar["jiejian_visitor"]) == me
    with pytest.raises(VisitEnded):
        accounts.actor(second)


def test_a_browser_without_cookies_is_told_so(browser: Browser) -> None:
    token = signature(browser.get("/nickname"))
    browser.jar.pop("jiejian_visitor")
    fields = {"token": token, "name": "River", "passphrase": GOOD}
    assert browser.post("/nickname", fields).status == 403
    browser.jar.pop("jiejian_form")
    assert browser.post("/comeback", fields).status == 403
