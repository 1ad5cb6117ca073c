"""Middleware that leads an address without a page to the first page, where it is explained.

Streamlit would answer 200 and open an English dialog, whatever the reader's language.
"""

import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SCREENS = Path(__file__).parent.parent / "screens"
EXPLAINED = "/?lost=1"
# A page's address is one word; Streamlit's own paths and files have more parts or a dot.
PAGE = re.compile(r"/([a-z0-9_-]+)/?", re.IGNORECASE)


def pages() -> frozenset[str]:
    """The addresses of the screens, which are named after their files."""
    return frozenset(path.stem for path in SCREENS.glob("[a-z]*.py"))


class LostVisitors:
    """Redirects a browser's GET of a page that does not exist."""

    def __init__(self, app: ASGIApp, own: frozenset[str]) -> None:
        self.app = app
        self.known = pages() | own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and self._lost(scope):
            await RedirectResponse(EXPLAINED, status_code=303)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _lost(self, scope: Scope) -> bool:
        asked = PAGE.fullmatch(scope["path"])
        wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        return asked is not None and wants_page and asked[1].lower() not in self.known
