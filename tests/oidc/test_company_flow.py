"""Signing in with a school's account: the whole flow, through the served app and a real provider."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.oidc.conftest import OPERATOR, VISITOR, Site
from tests.oidc.playing import SECRET, forged_role, unsigned


def why(address: object) -> str:
    """The reason of the page that somebody was refused with, "" where it is another page."""
    before, _, reason = str(address).partition("/signin/refused/")
    return reason if before else ""


@contextmanager
def logged(site: Site, error: str) -> Iterator[None]:
    """Whatever is refused in here is refused for this reason: the log must gain this word."""
    before = site.server.log.read_text().count(f"({error})")
    yield
    assert site.server.log.read_text().count(f"({error})") == before + 1


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["teachers"], "educator"),
        (["chess", "clubs"], "organizer"),
        ("events", "organizer"),
        (["teachers", "it"], "operator"),
    ],
)
def test_each_role_comes_from_the_claim(site: Site, groups: object, role: str) -> None:
    subject, person = f"role-{role}-{len(groups)}", site.person()  # type: ignore[arg-type]
    site.school.knows(subject, groups=groups)
    verified = site.school.pkce_right
    ended = person.signs_in(subject)
    assert str(ended.url) == f"{site.url}/account"
    assert site.school.pkce_right == verified + 1
    actor = site.actor(person.token)
    assert (actor.role, actor.account) == (role, site.account(subject))


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"groups": []},
        {"groups": ["pupils", "Teachers", "teachers "]},
        {"groups": "teachers,it"},
        {"groups": True},
        {"groups": {"teachers": True}},
        {"groups": [["teachers"]]},
        {"jiejian_role": "operator", "role": "operator", "provider": "it", "is_logged_in": True},
    ],
)
def test_no_or_an_unknown_claim_is_no_role(site: Site, claims: dict[str, object]) -> None:
    site.school.knows("nobody", **claims)
    person = site.person()
    ended = person.signs_in("nobody")
    assert why(ended.url) == "no_role"
    assert "This account has no role here" in ended.text
    assert person.token is None
    assert site.staff.find(site.account("nobody")) is None


def test_the_reason_is_said_in_chinese(site: Site) -> None:
    site.school.knows("nobody")
    assert "这个账号还没有身份" in site.person("zh-CN").signs_in("nobody").text


def test_another_issuer_than_the_settings_name_is_refused(site: Site) -> None:
    site.school.knows("teacher", groups=["teachers"])
    person = site.person()
    assert why(person.signs_in("teacher", "stranger").url) == "not_ours"
    assert person.token is None


def test_an_expired_token_is_refused(site: Site) -> None:
    site.brief.knows("teacher", groups=["teachers"])
    person = site.person()
    with logged(site, "ExpiredTokenError"):
        assert why(person.signs_in("teacher", "brief").url) == "failed"
    assert person.token is None


@pytest.mark.parametrize(
    ("bend", "error"),
    [(forged_role, "BadSignatureError"), (unsigned, "UnsupportedAlgorithmError")],
)
def test_a_token_that_the_provider_did_not_sign_is_refused(
    site: Site, bend: Callable[[dict[str, Any]], None], error: str
) -> None:
    site.school.knows("crook", groups=["teachers"])
    site.school.bend_token = bend
    person = site.person()
    with logged(site, error):
        assert why(person.signs_in("crook").url) == "failed"
    assert person.token is None
    assert site.staff.find(site.account("crook")) is None


def test_a_token_made_for_another_sign_in_is_refused(site: Site) -> None:
    site.school.knows("crook", groups=["teachers"])
    site.school.drop_nonce = True
    with logged(site, "MissingClaimError"):
        assert why(site.person().signs_in("crook").url) == "failed"


def test_a_provider_that_cannot_be_reached_is_said_so(site: Site) -> None:
    with logged(site, "ConnectError"):
        ended = site.person().goes_to_provider("gone")
    assert why(ended.url) == "failed"
    assert "cannot be reached" in ended.text


def test_one_address_cannot_keep_asking_the_provider(site: Site) -> None:
    flood = site.person()
    flood.browser.follow_redirects = False
    answers = [flood.goes_to_provider() for _start in range(61)]
    assert [answer.status_code for answer in answers] == [303] * 60 + [429]
    assert answers[-1].headers["retry-after"] == "60"
    assert site.person().goes_to_provider().status_code == 200


@pytest.mark.parametrize("token", ["", "junk", "a.b.c"])
def test_streamlits_own_door_opens_with_our_key_only(site: Site, token: str) -> None:
    ended = site.person().browser.get(f"{site.url}/auth/login", params={"provider": token})
    assert str(ended.url) == f"{site.url}/signin"


def test_refusing_at_the_provider_leads_back(site: Site) -> None:
    person = site.person()
    form = person.goes_to_provider()
    ended = person.browser.post(str(form.url), data={"action": "deny"})
    assert why(ended.url) == "failed"


def test_a_callback_works_once_and_in_its_own_browser(site: Site) -> None:
    site.school.knows("teacher", groups=["teachers"])
    person, thief = site.person(), site.person()
    form = person.goes_to_provider()
    begun = person.browser.cookies["_streamlit_session"]
    callback = str(person.says_who(form, "teacher").history[1].url)
    assert "/oauth2callback?code=" in callback
    first = person.token
    for again in (person, thief):
        assert why(again.browser.get(callback).url) == "failed"
    # The state is back as well: only the provider now knows that the code was used.
    thief.browser.cookies.set("_streamlit_session", begun)
    with logged(site, "OAuthError"):
        assert why(thief.browser.get(callback).url) == "failed"
    assert thief.token is None
    assert person.token == first


def test_a_code_of_another_browser_or_a_changed_state_is_refused(site: Site) -> None:
    site.school.knows("crook", groups=["teachers"])
    crook, victim = site.person(), site.person()
    form = crook.goes_to_provider()
    crook.browser.follow_redirects = False
    callback = crook.says_who(form, "crook").headers["location"]
    victim.goes_to_provider()
    assert why(victim.browser.get(callback).url) == "failed"
    assert why(victim.browser.get(callback.replace("state=", "state=x")).url) == "failed"
    assert victim.token is None
    crook.browser.follow_redirects = True
    session = crook.browser.cookies["_streamlit_session"]
    crook.browser.cookies.clear()
    crook.browser.cookies.set("_streamlit_session", "e30=" + session[4:])
    # Untampered it would have worked, as the end shows.
    assert why(crook.browser.get(callback).url) == "failed"
    crook.browser.cookies.set("_streamlit_session", session)
    assert crook.browser.get(callback).url.path == "/account"


@pytest.mark.parametrize("secret", [SECRET, "another secret"])
def test_streamlits_cookie_opens_nothing_however_it_was_signed(site: Site, secret: str) -> None:
    site.school.knows("boss", groups=["it"])
    claims = {
        "sub": "boss",
        "iss": site.school.address,
        "aud": "jiejian",
        "groups": ["it"],
        "origin": site.url,
        "provider": "school",
        "is_logged_in": True,
    }
    value = create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode()
    person = site.person()
    person.browser.cookies.set("_streamlit_user", value)
    for path in ("/oauth2callback", "/oauth2callback?code=a&state=b", "/signin/company?with=x"):
        person.browser.get(site.url + path)
        assert person.token is None
    assert site.staff.find(site.account("boss")) is None


@pytest.mark.parametrize("token", ["", "junk", "A" * 43])
def test_a_tampered_session_is_a_visitor(site: Site, token: str) -> None:
    assert site.actor(token) == VISITOR


def test_the_browser_keeps_nothing_of_streamlits_sign_in(site: Site) -> None:
    site.school.knows("teacher", groups=["teachers"])
    person = site.person()
    ended = person.signs_in("teacher")
    set_cookies = [c for answer in ended.history for c in answer.headers.get_list("set-cookie")]
    assert any(cookie.startswith("jiejian_staff=") for cookie in set_cookies)
    assert not any(cookie.startswith("_streamlit_user") for cookie in set_cookies)
    assert set(person.browser.cookies) <= {"jiejian_staff", "jiejian_visitor", "jiejian_form"}
    session = next(c for c in set_cookies if c.startswith("jiejian_staff="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; "))


@pytest.mark.parametrize("press", ["here", "everywhere"])
def test_signing_out_ends_it(site: Site, press: str) -> None:
    site.school.knows("teacher", groups=["teachers"])
    desk, phone = site.person(), site.person()
    tokens = []
    for person in (desk, phone):
        person.signs_in("teacher")
        tokens.append(person.token)
    desk.signs_out(press)
    assert desk.token is None
    assert site.actor(tokens[0]) == VISITOR
    assert (site.actor(tokens[1]) == VISITOR) is (press == "everywhere")
    # Signing in again means asking the provider again.
    assert str(desk.goes_to_provider().url).startswith(site.school.address)


def test_a_changed_role_holds_from_the_next_sign_in(site: Site) -> None:
    site.school.knows("mover", groups=["teachers"])
    person = site.person()
    person.signs_in("mover")
    site.school.knows("mover", groups=["it"])
    assert site.actor(person.token).role == "educator"
    other = site.person()
    other.signs_in("mover")
    assert {site.actor(one.token).role for one in (person, other)} == {"operator"}


def test_who_lost_the_role_is_signed_out_everywhere(site: Site) -> None:
    site.school.knows("leaver", groups=["it"])
    person = site.person()
    person.signs_in("leaver")
    token = person.token
    assert site.actor(token).role == "operator"
    site.school.knows("leaver", groups=["pupils"])
    assert why(site.person().signs_in("leaver").url) == "no_role"
    assert site.actor(token) == VISITOR
    site.school.knows("leaver", groups=["teachers"])
    site.person().signs_in("leaver")
    assert site.actor(token) == VISITOR


def test_a_disabled_account_stays_out(site: Site) -> None:
    site.school.knows("shut", groups=["teachers"])
    person = site.person()
    person.signs_in("shut")
    site.staff.disable(OPERATOR, site.account("shut"))
    assert site.actor(person.token) == VISITOR
    ended = site.person().signs_in("shut")
    assert why(ended.url) == "disabled"
    # Losing the role and getting it back is no way round.
    for groups in ([], ["teachers"]):
        site.school.knows("shut", groups=groups)
        ended = site.person().signs_in("shut")
    assert why(ended.url) == "disabled"
    site.staff.enable(OPERATOR, site.account("shut"))
    assert site.person().signs_in("shut").url.path == "/account"


def test_a_company_account_has_no_password(site: Site) -> None:
    site.school.knows("teacher", groups=["teachers"])
    site.person().signs_in("teacher")
    account = site.account("teacher")
    for password in ("", "None", "nobody has this password"):
        assert not site.staff.is_password(account, password)


def test_what_was_done_is_in_the_audit(site: Site) -> None:
    site.school.knows("audited", groups=["teachers"])
    site.person().signs_in("audited")
    site.school.knows("audited", groups=[])
    site.person().signs_in("audited")
    who = site.account("audited")[:16]
    found = [(e.action, e.outcome, e.what) for e in site.audit.newest(OPERATOR) if e.who == who]
    assert found == [
        ("company.signin", "refused", "no_role"),
        ("staff.signin", "done", ""),
        ("company.account", "done", "educator"),
    ]


def test_nothing_personal_is_kept_or_logged(site: Site) -> None:
    claims = {
        "name": "Sanfeng Zhang",
        "given_name": "Sanfeng",
        "email": "sanfeng@school.example",
        "email_verified": True,
        "picture": "https://school.example/sanfeng.png",
    }
    for groups in (["teachers"], [], ["it"]):
        site.school.knows("staff-4711", groups=groups, **claims)
        site.person().signs_in("staff-4711")
    site.school.bend_token = forged_role
    person = site.person()
    person.signs_in("staff-4711")
    # A provider's words on an error may name somebody; what is logged must not.
    begun = site.person()
    form = begun.goes_to_provider()
    state = form.url.params["state"]
    said = "error=access_denied&error_description=sanfeng@school.example+is+not+assigned"
    begun.browser.get(f"{site.url}/oauth2callback?{said}&state={state}")
    written = {path: path.read_bytes() for path in site.server.folder.rglob("*") if path.is_file()}
    written[site.server.log] = site.server.log.read_bytes()
    assert len(written) > 5
    secret = [b"anfeng", b"staff-4711", SECRET.encode(), b"known to both"]
    secret += [token.encode() for token in site.school.tokens]
    for path, text in written.items():
        for word in secret:
            assert word not in text, path
            assert base64.b64encode(word)[:-4] not in text, path
    assert any(site.account("staff-4711") in str(path) for path in written)
    assert b"Traceback" not in written[site.server.log]
