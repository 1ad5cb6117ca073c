"""Own routes and middleware, spoken to in plain ASGI: cookies, headers, closed paths, recovery."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from jiejian.clock import SetClock
from jiejian.errors import VisitEnded
from jiejian.services.accounts import Accounts, new_token
from jiejian.services.actor import Actor
from jiejian.settings import Settings
from jiejian.store.tinydb_store import TinyDBDocuments
from jiejian.web import health, ownpage, recover
from jiejian.web.headers import content_security_policy, inline_script_sources
from jiejian.web.routes import middleware, routes

HOST = "jiejian.test"


@dataclass
class Answer:
    """An HTTP answer; header names are in lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def cookies(self) -> dict[str, list[str]]:
        """Name=value -> attributes, of every Set-Cookie, by name."""
        values = [value.split("; ") for key, value in self.headers if key == "set-cookie"]
        return {parts[0].split("=")[0]: parts for parts in values}


@dataclass
class Browser:
    """Sends requests to an ASGI application and keeps the cookies it gets."""

    app: Starlette
    scheme: str = "http"
    jar: dict[str, str] = field(default_factory=dict)
    address: str = "203.0.113.5"

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        asked = {"origin": f"{self.scheme}://{HOST}", **headers}
        asked["content-type"] = "application/x-www-form-urlencoded"
        return self.send("POST", path, urlencode(fields).encode(), asked)

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        answer = asyncio.run(self._send(method, path, body, headers))
        for name, parts in answer.cookies().items():
            self.jar[name] = parts[0].partition("=")[2]
        return answer

    async def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        sent: list[dict[str, Any]] = []
        pending = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return pending.pop() if pending else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        every = {"host": HOST, **{k.replace("_", "-"): v for k, v in headers.items() if v}}
        if self.jar:
            every["cookie"] = "; ".join(f"{k}={v}" for k, v in self.jar.items())
        plain, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": self.scheme,
            "path": plain,
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.encode(), v.encode()) for k, v in every.items()],
            "client": (self.address, 40000),
            "server": (HOST, 80),
        }
        await self.app(scope, receive, send)
        start = next(m for m in sent if m["type"] == "http.response.start")
        return Answer(
            start["status"],
            [(k.decode().lower(), v.decode()) for k, v in start["headers"]],
            b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body"),
        )


async def page(request: Request) -> Response:
    """Stands for Streamlit: every path not ours is the index page, with its ETag."""
    if request.url.path == "/broken":
        raise RuntimeError("a secret of the inside")
    if request.url.path == "/_stcore/health":
        return PlainTextResponse("ok")
    if request.headers.get("if-none-match") == "v1":
        return Response(status_code=304)
    return HTMLResponse("<p>index</p>", headers={"ETag": "v1", "Cache-Control": "no-cache"})


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    clock = SetClock(datetime(2030, 1, 1, tzinfo=UTC))
    return Accounts(TinyDBDocuments(tmp_path / "data"), clock)


@pytest.fixture
def browser(tmp_path: Path, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setenv("JIEJIAN_DATA_DIR", str(tmp_path / "data"))
    services = SimpleNamespace(settings=Settings(), accounts=accounts)
    for module in (recover, health):
        monkeypatch.setattr(module, "services", lambda: services)
    lesson = tmp_path / "lessons" / "001-x"
    lesson.mkdir(parents=True)
    (lesson / "zh.md").write_text("notes for teachers", encoding="utf-8")
    (lesson / "curve.svg").write_text("<svg/>", encoding="utf-8")
    app = Starlette(
        routes=[*routes(lesson.parent), Route("/{path:path}", page)], middleware=middleware()
    )
    return Browser(app)


def test_first_page_sets_the_visitor_cookie(browser: Browser) -> None:
    parts = browser.get("/learn").cookies()["jiejian_visitor"]
    assert re.fullmatch(r"jiejian_visitor=[A-Za-z0-9_-]{43}", parts[0])
    assert parts[1:] == ["Path=/", "Max-Age=34128000", "HttpOnly", "SameSite=Lax"]


def test_every_visitor_gets_another_token_and_no_cache_keeps_it(browser: Browser) -> None:
    tokens = set()
    for _visit in range(3):
        browser.jar.clear()
        answer = browser.get("/")
        tokens.add(browser.jar["jiejian_visitor"])
        assert answer.header("cache-control") == "no-store"
    assert len(tokens) == 3


def test_known_visitor_keeps_the_cookie(browser: Browser) -> None:
    browser.get("/")
    again = browser.get("/learn")
    assert again.cookies() == {}
    assert again.header("cache-control") == "no-cache"


@pytest.mark.parametrize("forged", ["", "x", "a" * 42, "a" * 44, "../" + "a" * 40, "a" * 42 + "<"])
def test_malformed_cookie_is_replaced(browser: Browser, forged: str) -> None:
    browser.jar["jiejian_visitor"] = forged
    assert "jiejian_visitor" in browser.get("/").cookies()


def test_cached_page_does_not_keep_a_cookieless_browser_without_one(browser: Browser) -> None:
    answer = browser.get("/", if_none_match="v1")
    assert answer.status == 200
    assert "jiejian_visitor" in answer.cookies()
    assert browser.get("/", if_none_match="v1").status == 304


@pytest.mark.parametrize(
    "path", ["/assets/mark.svg", "/assets/none.svg", "/health", "/_stcore/health", "/static/a.js"]
)
def test_no_cookie_on_what_is_no_page(browser: Browser, path: str) -> None:
    assert browser.get(path).cookies() == {}


def test_no_cookie_on_a_post(browser: Browser) -> None:
    assert browser.post("/somewhere", {}).cookies() == {}


@pytest.mark.parametrize(
    ("setting", "public_url", "scheme", "secure"),
    [
        ("auto", "", "http", False),
        ("auto", "", "https", True),
        ("auto", "https://learn.example", "http", True),
        ("auto", "http://learn.example", "http", False),
        ("true", "", "http", True),
        ("false", "https://learn.example", "https", False),
    ],
)
def test_secure_follows_the_setting_and_the_scheme(
    setting: str, public_url: str, scheme: str, secure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIEJIAN_SECURE_COOKIES", setting)
    if public_url:
        monkeypatch.setenv("JIEJIAN_PUBLIC_URL", public_url)
    app = Starlette(routes=[Route("/", page)], middleware=middleware())
    parts = Browser(app, scheme=scheme).get("/").cookies()["jiejian_visitor"]
    assert ("Secure" in parts) is secure


@pytest.mark.parametrize(
    "path", ["/", "/assets/mark.svg", "/assets/none", "/health", "/broken", "/_stcore/metrics"]
)
def test_security_headers_are_everywhere(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    policy = answer.header("content-security-policy")
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("referrer-policy") == "same-origin"
    assert "camera=()" in answer.header("permissions-policy")
    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy


def test_policy_allows_streamlits_own_inline_script_and_no_other() -> None:
    policy = content_security_policy(HOST)
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert inline_script_sources()
    assert scripts == " ".join(("script-src 'self'", *inline_script_sources()))
    assert f"connect-src 'self' ws://{HOST} wss://{HOST};" in policy


@pytest.mark.parametrize("host", ["", "evil; script-src *", "a b", "x\r\ny", "'unsafe-inline'"])
def test_no_strange_host_gets_into_the_policy(host: str) -> None:
    assert "connect-src 'self';" in content_security_policy(host)


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "//_stcore/metrics",
        "/_stcore//metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent",
    ],
)
def test_streamlits_open_doors_are_closed(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404


def test_streamlits_health_stays_open(browser: Browser) -> None:
    assert browser.get("/_stcore/health").body == b"ok"


def test_assets_are_served_with_real_404s(browser: Browser) -> None:
    mark = browser.get("/assets/mark.svg")
    assert (mark.status, mark.header("content-type")) == (200, "image/svg+xml")
    assert mark.header("cache-control") == "public, max-age=3600"
    assert browser.get("/assets/none.svg").status == 404
    assert browser.get("/assets/").status == 404


def test_pictures_of_lessons_are_served(browser: Browser) -> None:
    picture = browser.get("/lessons/001-x/curve.svg")
    assert (picture.status, picture.header("content-type")) == (200, "image/svg+xml")
    assert browser.get("/lessons/001-x/none.svg").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/../../etc/passwd",
        "/assets//etc/passwd",
        "/assets/..\\app.py",
        "/assets/\0",
        "/lessons/../app.py",
        "/lessons/001-x/../../app.py",
        "/lessons/001-x/zh.md",
        "/lessons/001-x",
    ],
)
def test_nothing_outside_is_served(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404


def test_health_says_whether_the_store_takes_writes(browser: Browser, tmp_path: Path) -> None:
    well = browser.get("/health")
    assert (well.status, json.loads(well.body)["status"]) == (200, "ok")
    assert list((tmp_path / "data").iterdir()) == []

    (tmp_path / "data").rmdir()
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    ill = browser.get("/health")
    assert (ill.status, json.loads(ill.body)["status"]) == (503, "unavailable")
    assert str(tmp_path).encode() not in ill.body


def test_unexpected_exception_becomes_a_page_with_an_id(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    answer = browser.get("/broken", accept_language="zh-CN")
    text = answer.body.decode()
    assert answer.status == 500
    assert "我们这边出了问题" in text
    assert "secret" not in text
    found = re.search(r"<strong>([a-z0-9]{6})</strong>", text)
    assert found is not None
    assert f"fault {found[1]} in route" in caplog.text


# Recovery ------------------------------------------------------------------------------------


@pytest.fixture
def code(accounts: Accounts) -> str:
    """The recovery code of a learner who used another device."""
    return accounts.new_recovery_code(Actor("ab" * 16))["en"]


def signature(answer: Answer) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', answer.body.decode())
    assert found is not None
    return found[1]


def test_code_makes_this_browser_the_learners(
    browser: Browser, accounts: Accounts, code: str
) -> None:
    form = browser.get("/recover")
    before = browser.jar["jiejian_visitor"]
    answer = browser.post("/recover", {"code": code, "token": signature(form)})
    assert (answer.status, answer.header("location")) == (303, "/progress")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(answer.cookies()["jiejian_visitor"])
    assert browser.jar["jiejian_visitor"] != before
    assert accounts.actor(browser.jar["jiejian_visitor"]).learner == "ab" * 16
    with pytest.raises(VisitEnded):
        accounts.actor(before)


def test_form_cookie_is_strict_and_kept_to_the_form(browser: Browser) -> None:
    parts = browser.get("/recover").cookies()["jiejian_form"]
    assert parts[1:] == ["Path=/recover", "Max-Age=3600", "HttpOnly", "SameSite=Strict"]


def test_unknown_code_is_refused_and_not_shown_again(browser: Browser) -> None:
    form = browser.get("/recover")
    answer = browser.post("/recover", {"code": "my guess", "token": signature(form)})
    assert answer.status == 400
    assert b'role="alert"' in answer.body
    assert b"my guess" not in answer.body
    assert "jiejian_visitor" not in answer.cookies()


Forge = Callable[[Browser, dict[str, str], dict[str, str]], None]


@pytest.mark.parametrize(
    "forge",
    [
        lambda _b, fields, _h: fields.pop("token"),
        lambda _b, fields, _h: fields.update(token="0" * 64),
        lambda _b, fields, _h: fields.update(token="é"),
        lambda b, _f, _h: b.jar.pop("jiejian_form"),
        lambda b, _f, _h: b.jar.update(jiejian_form=new_token()),
        lambda _b, _f, headers: headers.update(origin="https://evil.example"),
        lambda _b, _f, headers: headers.update(origin="null"),
        lambda _b, _f, headers: headers.update(origin=f"https://{HOST}.evil.example"),
        lambda _b, _f, headers: headers.update(origin="http://[bad"),
        lambda _b, _f, headers: headers.update(origin=""),
        lambda _b, _f, headers: headers.update(origin="", referer="https://evil.example/"),
    ],
)
def test_form_not_provably_ours_is_refused(browser: Browser, code: str, forge: Forge) -> None:
    fields = {"code": code, "token": signature(browser.get("/recover"))}
    headers: dict[str, str] = {}
    forge(browser, fields, headers)
    answer = browser.post("/recover", fields, **headers)
    assert answer.status == 403
    assert "jiejian_visitor" not in answer.cookies()


def test_referer_stands_in_for_a_missing_origin(browser: Browser, code: str) -> None:
    fields = {"code": code, "token": signature(browser.get("/recover"))}
    answer = browser.post("/recover", fields, origin="", referer=f"http://{HOST}/recover")
    assert answer.status == 303


def test_too_many_tries_wait(browser: Browser, code: str) -> None:
    form = signature(browser.get("/recover"))
    tries = [browser.post("/recover", {"code": "no", "token": form}) for _try in range(11)]
    assert [answer.status for answer in tries[:10]] == [400] * 10
    assert tries[10].status == 429
    assert int(tries[10].header("retry-after")) >= 1
    assert browser.post("/recover", {"code": code, "token": form}).status == 429


@pytest.mark.parametrize(
    ("body", "status"), [(b"code=" + b"a" * 5000, 413), (b"\xff\xfe", 403), (b"&" * 100, 403)]
)
def test_strange_bodies_are_refused(browser: Browser, body: bytes, status: int) -> None:
    browser.get("/recover")
    answer = browser.send("POST", "/recover", body, {"origin": f"http://{HOST}"})
    assert answer.status == status


@pytest.mark.parametrize(
    ("query", "cookie", "accepted", "language"),
    [
        ("", "", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "", "en-US,en;q=0.9,zh;q=0.8", "en"),
        ("", "", "fr, zh;q=0.3", "zh"),
        ("", "", "zh;q=0, en;q=0.1", "en"),
        ("", "", "zh;q=high", "en"),
        ("", "", "", "en"),
        ("", "zh", "en", "zh"),
        ("", "<b>", "zh", "zh"),
        ("?lang=en", "zh", "zh", "en"),
    ],
)
def test_form_speaks_the_readers_language(
    browser: Browser, query: str, cookie: str, accepted: str, language: str
) -> None:
    browser.jar["lang"] = cookie
    text = browser.get(f"/recover{query}", accept_language=accepted).body.decode()
    tag = {"zh": "zh-CN", "en": "en"}[language]
    assert f'<html lang="{tag}">' in text
    assert (recover.TITLE.zh in text) is (language == "zh")


def test_own_pages_escape_what_they_are_given() -> None:
    html = ownpage.own_page("en", "<script>", "<p>kept</p>", path='/"><x')
    assert "<script>" not in html
    assert '"><x' not in html
    assert "<p>kept</p>" in html


@pytest.mark.parametrize(
    "path", ["/", "/borrow", "/lesson?id=x", "/recover", "/health", "/_stcore/health"]
)
def test_an_address_with_something_behind_it_stays(browser: Browser, path: str) -> None:
    assert browser.get(path, accept="text/html").status == 200


def test_an_address_without_a_page_leads_to_the_first_page(browser: Browser) -> None:
    lost = browser.get("/nowhere", accept="text/html,application/xhtml+xml")
    assert (lost.status, lost.header("location")) == (303, "/?lost=1")
    assert browser.get("/nowhere", accept="*/*").status == 200
