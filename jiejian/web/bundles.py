"""Streamlit's own scripts and styles, compressed: a third of the bytes on a phone's first visit."""

import gzip
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = Path(streamlit.__file__).parent / "static"
# The names carry a hash of their content, so a name means the same bytes for ever.
BUNDLE = re.compile(r"/static/(js|css)/[A-Za-z0-9_.-]+\.(js|css)")
TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
LEVEL = 6


@cache
def compressed(path: str) -> bytes | None:
    """The bundle at this address, compressed and kept in memory; None if there is none."""
    file = FOLDER / path.lstrip("/")
    return gzip.compress(file.read_bytes(), LEVEL, mtime=0) if file.is_file() else None


class CompressedBundles:
    """Answers for a bundle itself where the browser takes gzip; leaves the rest to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _asked_for(scope)
        content = await run_in_threadpool(compressed, found.group()) if found else None
        if found is None or content is None:
            await self.app(scope, receive, send)
            return
        answer = Response(
            content,
            headers={
                "Content-Encoding": "gzip",
                "Content-Type": TYPES[found.group(2)],
                "Cache-Control": "public, max-age=31536000, immutable",
                "Vary": "Accept-Encoding",
            },
        )
        await answer(scope, receive, send)


def _asked_for(scope: Scope) -> re.Match[str] | None:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    accepted = Headers(scope=scope).get("accept-encoding", "")
    names = {part.split(";")[0].strip() for part in accepted.split(",")}
    return BUNDLE.fullmatch(scope["path"]) if "gzip" in names else None
