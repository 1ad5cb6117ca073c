"""Streamlit's scripts and styles travel compressed, and are the same bytes once unpacked."""

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from jiejian.web.bundles import FOLDER, CompressedBundles
from tests.unit.test_web import Browser

LARGEST = max((FOLDER / "static/js").glob("index.*.js"), key=lambda file: file.stat().st_size)


def otherwise(_request: object) -> PlainTextResponse:
    return PlainTextResponse("from Streamlit")


@pytest.fixture
def browser() -> Browser:
    app = Starlette(
        routes=[Route("/{path:path}", otherwise)], middleware=[Middleware(CompressedBundles)]
    )
    return Browser(app)


def address(file: Path) -> str:
    return "/" + file.relative_to(FOLDER).as_posix()


def test_a_bundle_travels_at_less_than_half_its_size(browser: Browser) -> None:
    answer = browser.get(address(LARGEST), accept_encoding="br;q=1.0, gzip")
    assert answer.header("content-encoding") == "gzip"
    assert answer.header("content-type").startswith("text/javascript")
    assert "immutable" in answer.header("cache-control")
    assert len(answer.body) < LARGEST.stat().st_size / 2
    assert gzip.decompress(answer.body) == LARGEST.read_bytes()


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        (address(LARGEST), "identity"),
        ("/static/js/there.is.none.js", "gzip"),
        ("/static/js/../../index.html", "gzip"),
        ("/static/media/font.woff2", "gzip"),
        ("/borrow", "gzip"),
    ],
)
def test_the_rest_is_left_to_streamlit(browser: Browser, path: str, accepted: str) -> None:
    answer = browser.get(path, accept_encoding=accepted)
    assert answer.body == b"from Streamlit"
    assert answer.header("content-encoding") == ""
