"""/plan/<symptom>, spoken to in plain ASGI: both languages, every symptom, hostile addresses."""

from __future__ import annotations

import asyncio
import re
from html import escape
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from jiejian.content.check import ROOT
from jiejian.content.clinic.clinicbook import load_clinic
from jiejian.services.clinic import Clinic
from jiejian.web import plan
from jiejian.web.headers import content_security_policy
from sandbox.text import LANGUAGES, Language

BOOK = load_clinic(ROOT)
CLINIC = Clinic(BOOK)


@pytest.fixture(autouse=True)
def _services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "services", lambda: SimpleNamespace(clinic=CLINIC))


def get(path: str, accept_language: str = "en") -> tuple[int, str]:
    """Status and text of a page."""
    app = Starlette(routes=[Route(plan.PATH, plan.plan)])
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"accept-language", accept_language.encode())],
    }
    asyncio.run(app(scope, receive, send))
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return int(sent[0]["status"]), body.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("symptom", BOOK.symptoms)
def test_every_symptom_has_its_sheet(symptom: str, language: Language) -> None:
    status, page = get(f"/plan/{symptom}?lang={language}")
    told = BOOK.symptoms[symptom]
    assert status == 200
    assert f'<html lang="{ {"zh": "zh-CN", "en": "en"}[language] }">' in page
    for words in (told.says, told.meaning, told.first):
        assert escape(words.say(language)) in page
    for contact in CLINIC.plan(symptom).contacts:
        assert (contact.number or "") in page
    assert (told.alarm is not None) == ('class="alarm"' in page)
    assert told.reviewed_on.isoformat() in page
    assert f"/clinic?id={symptom}" in page


def test_the_language_follows_the_browser_and_can_be_changed() -> None:
    _, page = get("/plan/limit-zero", accept_language="zh-CN,en;q=0.5")
    assert BOOK.symptoms["limit-zero"].says.zh in page
    assert "/plan/limit-zero?lang=en" in page


@pytest.mark.parametrize(
    "name",
    ["nothing", "<script>alert(1)</script>", "x" * 10_000, "\u202eabc", "..%2f..%2fetc", "系统"],
)
def test_an_unknown_symptom_is_a_page_with_a_way_back(name: str) -> None:
    status, page = get(f"/plan/{quote(name, safe='<>()%')}")
    assert status == 404
    assert 'href="/clinic"' in page
    assert "<script>alert" not in page
    assert name not in page or name == "nothing"


def test_no_script_or_style_stands_in_the_page() -> None:
    """The content security policy allows files of ours alone."""
    _, page = get("/plan/unfreezing-fee?lang=zh")
    assert "'unsafe-inline'" not in re.findall("script-src[^;]*", content_security_policy("x"))[0]
    assert re.findall("<script[^>]*>", page) == ['<script src="/assets/plan.js" defer>']
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)
    for asset in re.findall('(?:src|href)="/assets/([^"]+)"', page):
        assert (ROOT / "assets" / asset).is_file()


def test_the_sheet_asks_for_nothing() -> None:
    _, page = get("/plan/cannot-pay")
    assert not re.search("<(form|input|textarea|select)", page)
