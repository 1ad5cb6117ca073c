"""Whom a provider's claims let in, and what the deployment's settings may say of a provider."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from jiejian.errors import InvalidInput, TooManyTries
from jiejian.services.identity.companies import Companies, Company, company_account
from jiejian.services.identity.sessions import IDLE, LONGEST
from jiejian.services.identity.staff import account_id
from jiejian.settings import Settings, SettingsError
from jiejian.web import companyfile, companyways, signin
from jiejian.web.companyfile import Provider, read_providers
from jiejian.web.routes import middleware, routes
from tests.unit.identity.conftest import ADDRESS, GOOD, VISITOR, House
from tests.unit.test_web import Browser

ISSUER = "https://id.school.example"
SCHOOL = Company(issuer=ISSUER, role_claim="groups", educator=("teachers",), operator=("it",))
ROOT = Path(companyfile.__file__).parents[2]


def claims(**more: object) -> dict[str, Any]:
    return {"iss": ISSUER, "sub": "4711", "aud": "jiejian", "groups": ["teachers"], **more}


def enter(house: House, company: Company = SCHOOL, **more: object) -> str:
    companies = Companies(house.staff, house.sessions, house.audit)
    return companies.enter("school", company, "jiejian", claims(**more), ADDRESS)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"iss": ISSUER + "/"}, "not_ours"),
        ({"iss": None}, "not_ours"),
        ({"aud": "another"}, "not_ours"),
        ({"aud": ["jiejian", "another"]}, "not_ours"),
        ({"aud": None}, "not_ours"),
        ({"sub": ""}, "not_ours"),
        ({"sub": 4711}, "not_ours"),
        ({"sub": "4" * 256}, "not_ours"),
        ({"groups": None}, "no_role"),
    ],
)
def test_claims_that_do_not_fit_let_nobody_in(
    house: House, more: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        enter(house, **more)
    assert refusal.value.reason == reason
    assert reason in companyways.WHY
    assert list(house.documents.keys("staff")) == []
    assert list(house.documents.keys("staff_sessions")) == []


def test_an_audience_may_be_a_list_of_us_alone(house: House) -> None:
    assert house.sessions.actor(enter(house, aud=["jiejian"]), VISITOR).role == "educator"


@pytest.mark.parametrize(
    ("verified", "role"), [(True, "educator"), (False, None), ("true", None), (None, None)]
)
def test_an_address_that_was_not_verified_gives_no_role(verified: object, role: str | None) -> None:
    company = Company(issuer=ISSUER, role_claim="email", educator=("a@school.example",))
    said = claims(email="a@school.example", email_verified=verified)
    assert company.role(said) == role


def test_a_session_ends_as_those_of_passwords_do(house: House) -> None:
    token = enter(house)
    house.passes(seconds=IDLE.total_seconds())
    assert house.sessions.actor(token, VISITOR) == VISITOR
    token = enter(house)
    for _hour in range(int(LONGEST.total_seconds() // 3600)):
        assert house.sessions.actor(token, VISITOR).role == "educator"
        house.passes(hours=1)
    assert house.sessions.actor(token, VISITOR) == VISITOR


def test_accounts_of_two_providers_and_of_names_are_apart(house: House) -> None:
    ids = {company_account(ISSUER, "4711"), company_account("https://b.example", "4711")}
    ids |= {
        company_account("https://b.example 1", "2"),
        company_account("https://b.example", "1 2"),
    }
    ids |= {account_id("4711"), account_id(f"{ISSUER} 4711")}
    assert len(ids) == 6


def test_a_name_and_password_never_reach_a_company_account(house: House) -> None:
    enter(house)
    account = company_account(ISSUER, "4711")
    found = house.staff.find(account)
    assert found is not None
    assert (found.company, found.name) == ("school", f"school-{account[:8]}")
    for name in (found.name, account):
        with pytest.raises(InvalidInput):
            house.sessions.sign_in(name, GOOD, ADDRESS)


def test_a_password_account_is_never_dropped(house: House) -> None:
    operator = house.operator("Ming")
    house.staff.drop(str(operator.account))
    assert house.staff.find(str(operator.account)) is not None


def test_the_first_operators_code_stays_until_one_has_a_password(house: House) -> None:
    enter(house, groups=["it"])
    assert house.staff.setup_code()
    house.operator("Ming")
    assert house.staff.setup_code() is None


def test_starts_and_notes_of_failures_are_limited_by_address(house: House) -> None:
    companies = Companies(house.staff, house.sessions, house.audit)
    for _start in range(60):
        companies.start(ADDRESS)
    with pytest.raises(TooManyTries):
        companies.start(ADDRESS)
    companies.start("192.0.2.77")
    for _failure in range(70):
        companies.failed(ADDRESS)
    noted = [one for one in house.audit.newest(house.operator()) if one.what == "failed"]
    assert len(noted) == 60


AUTH = {
    "redirect_uri": "https://learn.school.example/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
}
CLIENT = {
    "client_id": "jiejian",
    "client_secret": "hush",
    "server_metadata_url": f"{ISSUER}/.well-known/openid-configuration",
}
RULES = {"issuer": ISSUER, "educator": ["teachers"], "label": {"zh": "校园账号", "en": "campus"}}


def test_one_provider_may_stand_in_auth_itself_or_in_tables() -> None:
    one = read_providers({"auth": AUTH | CLIENT, "company": {"default": RULES}}, Settings())
    assert one["default"].company.role_claim == "jiejian_role"
    assert one["default"].client == "jiejian"
    both = {"a": CLIENT, "b": CLIENT | {"client_id": "b"}}
    two = read_providers({"auth": AUTH | both, "company": {"a": RULES, "b": RULES}}, Settings())
    assert [provider.client for provider in two.values()] == ["jiejian", "b"]


def test_without_auth_there_is_no_provider() -> None:
    assert read_providers({}, Settings()) == {}
    assert read_providers({"database": "elsewhere"}, Settings()) == {}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"auth": "x"}, "auth: must be a table"),
        ({"company": {"school": RULES, "other": RULES}}, "company.other: there is no provider"),
        ({"company": {}}, "company.school: is missing"),
        ({"auth": AUTH, "company": {}}, "auth: names no provider"),
        ({"auth": AUTH | {"School_1": CLIENT}, "company": {}}, "auth.School_1: name it"),
        ({"redirect_uri": "http://learn.school.example/oauth2callback"}, "auth.redirect_uri"),
        ({"redirect_uri": "https://learn.school.example/"}, "auth.redirect_uri"),
        ({"redirect_uri": ""}, "auth.redirect_uri"),
        ({"cookie_secret": "short and hush"}, "auth.cookie_secret"),
        ({"client_id": ""}, "auth.school.client_id: is missing"),
        ({"client_secret": None}, "auth.school.client_secret: is missing"),
        ({"server_metadata_url": "http://id.school.example"}, "auth.school.server_metadata_url"),
        ({"client_kwargs": {"scope": "email"}}, "auth.school.client_kwargs.scope"),
        ({"issuer": None}, "company.school.issuer"),
        ({"issuer": "http://id.school.example"}, "company.school.issuer"),
        ({"teachers": ["x"]}, "company.school.teachers"),
        ({"educator": "teachers"}, "company.school.educator"),
        ({"role_claim": "provider"}, "company.school.role_claim"),
        ({"label": {"zh": "校园账号"}}, "company.school.label.en"),
    ],
)
def test_a_mistake_is_named_by_its_key_and_tells_no_value(change: dict[str, Any], key: str) -> None:
    auth = AUTH | {k: v for k, v in change.items() if k in AUTH}
    ours = ("issuer", "teachers", "educator", "role_claim", "label")
    school = CLIENT | {k: v for k, v in change.items() if k not in (*AUTH, *ours)}
    rules = RULES | {k: v for k, v in change.items() if k in ours}
    secrets = {"auth": auth | {"school": school}, "company": {"school": rules}}
    whole = {k: v for k, v in change.items() if k in ("auth", "company")}
    with pytest.raises(SettingsError) as refusal:
        read_providers(secrets | whole, Settings())
    assert str(refusal.value).startswith(key)
    assert "hush" not in str(refusal.value)


def test_the_address_back_is_the_public_one() -> None:
    secrets = {"auth": AUTH | CLIENT, "company": {"default": RULES}}
    read_providers(secrets, Settings(public_url="https://learn.school.example"))
    with pytest.raises(SettingsError, match="JIEJIAN_PUBLIC_URL"):
        read_providers(secrets, Settings(public_url="https://elsewhere.example"))


def test_auth_without_authlib_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companyfile, "is_authlib_installed", lambda: False)
    with pytest.raises(SettingsError, match="Authlib"):
        read_providers({"auth": AUTH | CLIENT, "company": {"default": RULES}}, Settings())


def test_nothing_of_authlib_is_needed_without_auth(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "for name in ('authlib', 'httpx', 'joserfc'): sys.modules[name] = None\n"
        "import jiejian.web.routes\n"
        "from jiejian.web.companyfile import providers\n"
        "assert providers() == {}\n"
    )
    subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={"HOME": str(tmp_path)}, check=True
    )


@pytest.mark.parametrize(
    ("written", "named"), [("[auth]\nclient_id = 1\n", "auth."), ("[auth\n", "secrets.toml")]
)
def test_a_mistake_stops_the_start(tmp_path: Path, written: str, named: str) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit/secrets.toml").write_text(written)
    ended = subprocess.run(
        [sys.executable, "-m", "jiejian.serve"],
        cwd=ROOT,
        env={"HOME": str(tmp_path), "PORT": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def browser(house: House, monkeypatch: pytest.MonkeyPatch) -> Browser:
    services = SimpleNamespace(settings=Settings(), staff=house.staff, sessions=house.sessions)
    monkeypatch.setattr(signin, "services", lambda: services)
    return Browser(Starlette(routes=routes(), middleware=middleware()))


def test_without_a_provider_the_page_offers_none(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companyways, "providers", dict)
    assert b"/signin/company" not in browser.get("/signin").body
    answer = browser.get("/signin/company?with=school")
    assert (answer.status, answer.header("location")) == (303, "/signin")


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "用A&lt;校园账号登录"), ("en", "Sign in with A&lt;campus")]
)
def test_a_button_says_what_the_settings_call_it(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    label = {"zh": "A<校园账号", "en": "A<campus"}
    company = Company.model_validate(RULES | {"label": label})
    found = {"school": Provider("school", "jiejian", company)}
    monkeypatch.setattr(companyways, "providers", lambda: found)
    text = browser.get(f"/signin?lang={language}").body.decode()
    assert f'<a class="button" href="/signin/company?with=school">{words}</a>' in text


def test_the_reason_in_the_address_chooses_words_only(browser: Browser) -> None:
    text = browser.get("/signin/refused/<script>?lang=en").body.decode()
    assert "The sign-in was not completed" in text
    assert "<script>" not in text


@pytest.mark.parametrize("why", companyways.WHY)
def test_the_other_language_says_the_same_reason(browser: Browser, why: str) -> None:
    title, _advice = companyways.WHY[why]
    text = browser.get(f"/signin/refused/{why}?lang=en").body.decode()
    assert f"<h1>{title.en}</h1>" in text
    assert f'href="/signin/refused/{why}?lang=zh"' in text


def test_the_guides_example_is_right() -> None:
    guide = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    example = guide.split("```toml\n")[1].split("```")[0]
    secrets = tomllib.loads(example)
    secrets["auth"]["cookie_secret"] = AUTH["cookie_secret"]
    company = read_providers(secrets, Settings())["school"].company
    assert company.role({"groups": ["teachers"]}) == "educator"
    assert company.label.zh == "青松中学账号"
