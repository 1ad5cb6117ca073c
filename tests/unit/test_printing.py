"""/print and /books: what the server gives to take along."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from ebooklib import epub
from starlette.applications import Starlette

from jiejian.content.library import load_library
from jiejian.services.handouts import Handouts
from jiejian.web import printing
from jiejian.web.routes import routes
from sandbox.answers import ANSWERS
from tests.unit.test_web import Browser

FULL = Path(__file__).resolve().parents[1] / "content/full"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    handouts = Handouts(load_library(FULL, ANSWERS), FULL)
    services = SimpleNamespace(handouts=handouts)
    monkeypatch.setattr(printing, "services", lambda: services)
    return Browser(Starlette(routes=routes(FULL / "lessons")))


@pytest.mark.parametrize(("language", "title"), [("en", "Every part"), ("zh", "每一种部件")])
def test_a_lesson_is_printed_in_the_language_asked_for(browser, language, title):
    answer = browser.get(f"/print?id=every-part&lang={language}")
    body = answer.body.decode()
    assert answer.status == 200
    assert f"<h1>{title}</h1>" in body
    assert '<aside class="teacher">' not in body
    assert "&amp;teach=1" in body


def test_a_handout_for_teachers(browser):
    body = browser.get("/print?id=every-part&lang=en&teach=1").body.decode()
    assert '<aside class="teacher">' in body
    assert "Without notes for teachers" in body


@pytest.mark.parametrize("query", ["", "?id=", "?id=../../etc/passwd", "?id=%3Cscript%3E"])
def test_a_lesson_there_is_not_leads_to_the_first_page(browser, query):
    answer = browser.get(f"/print{query}")
    assert (answer.status, answer.header("location")) == (303, "/?lost=1")


def test_a_track_is_a_book_to_download(browser):
    answer = browser.get("/books/before-zh.epub")
    assert answer.status == 200
    assert answer.header("content-type") == "application/epub+zip"
    assert answer.header("content-disposition") == 'attachment; filename="jiejian-before-zh.epub"'
    book = epub.read_epub(io.BytesIO(answer.body))
    assert book.get_metadata("DC", "title")[0][0] == "借鉴: 借之前"
    assert browser.get("/books/before-zh.epub").body == answer.body


@pytest.mark.parametrize(
    "path",
    ["/books/before-fr.epub", "/books/nothing-zh.epub", "/books/before.epub", "/books/..-zh.epub"],
)
def test_a_book_there_is_not(browser, path):
    assert browser.get(path).status == 404
