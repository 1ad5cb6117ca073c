"""Streamlit's page leaves with a link to our style sheet, every other answer as it was."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from jiejian.web.firstpage import STYLE, OwnStyle, linked

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
OTHER = '<p>ours <div id="other"></div></p>'


async def index(_: Request) -> Response:
    return Response(INDEX.read_bytes(), media_type="text/html", headers={"etag": '"streamlit"'})


async def compressing(request: Request) -> Response:
    """As Streamlit does: compressed for who takes it."""
    page = INDEX.read_bytes()
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(page, media_type="text/html")
    return Response(
        gzip.compress(page), media_type="text/html", headers={"content-encoding": "gzip"}
    )


async def chunks(_: Request) -> Response:
    page = INDEX.read_bytes()
    parts = (page[at : at + 500] for at in range(0, len(page), 500))
    return StreamingResponse(parts, media_type="text/html")


async def other(_: Request) -> Response:
    return HTMLResponse(OTHER)


async def text(_: Request) -> Response:
    return PlainTextResponse('<div id="root"></div>')


def client() -> TestClient:
    routes = [
        Route(f"/{f.__name__}", f, methods=["GET"])
        for f in (index, chunks, compressing, other, text)
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(OwnStyle)]))


def test_the_installed_streamlits_page_gets_the_link_behind_its_root() -> None:
    for path in ("/index", "/chunks", "/compressing"):
        answer = client().get(path, headers={"accept": "text/html", "accept-encoding": "gzip"})
        link = re.search(
            r'<div id="root"></div><link rel="stylesheet" href="([^"]+)">', answer.text
        )
        assert link
        assert link[1].startswith("/assets/style.css?v=")
        assert "etag" not in answer.headers
        assert answer.text.replace(link[0][link[0].index("<link") :], "") == INDEX.read_text()
    assert int(client().get("/index").headers["content-length"]) == len(
        client().get("/index").content
    )


def test_the_mark_in_the_link_follows_the_style_sheet() -> None:
    assert STYLE.is_file()
    assert linked(b"no root here") == b"no root here"


def test_what_is_not_streamlits_page_passes_untouched() -> None:
    assert client().get("/other").text == OTHER
    assert client().get("/text").text == '<div id="root"></div>'
