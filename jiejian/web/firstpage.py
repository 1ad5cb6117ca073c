"""Middleware that puts our style sheet into Streamlit's page.

Sent by the script it travelled in every run of every page, 50 KB that the browser already had; a
link is fetched once, and styles what Streamlit draws before the first run has answered.
"""

import hashlib
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STYLE = Path(__file__).resolve().parents[2] / "assets" / "style.css"
MOST_BYTES = 256 * 1024
_ROOT = b'<div id="root"></div>'


@cache
def link() -> bytes:
    """The link, with a mark of the content, so that a new version is fetched at once."""
    mark = hashlib.sha256(STYLE.read_bytes()).hexdigest()[:12]
    return f'<link rel="stylesheet" href="/assets/style.css?v={mark}">'.encode()


def linked(page: bytes) -> bytes:
    """Streamlit's page with the link behind its root; another page as it is.

    There, and not in the head: Streamlit writes its own styles at the end of the head while it
    runs, and of two rules of equal weight the later one holds.
    """
    return page.replace(_ROOT, _ROOT + link(), 1)


class OwnStyle:
    """Rewrites pages of HTML on their way out; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []
        body = bytearray()

        async def send_linked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    held.append(message)
                    return
            elif held and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body") and len(body) < MOST_BYTES:
                    return
                start = held.pop()
                page, headers = linked(bytes(body)), MutableHeaders(scope=start)
                if len(page) != len(body):
                    # Its tag and date are those of Streamlit's file, not of this page.
                    for name in ("etag", "last-modified"):
                        if name in headers:
                            del headers[name]
                    if length := headers.get("content-length"):
                        headers["content-length"] = str(int(length) + len(page) - len(body))
                await send(start)
                message = {**message, "body": page}
            await send(message)

        await self.app(_uncompressed(scope), receive, send_linked)


def _uncompressed(scope: Scope) -> Scope:
    """The request without the wish for a compressed answer, where a page is wanted.

    Streamlit would compress its page, and the link could not be put in.
    """
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return scope
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}
