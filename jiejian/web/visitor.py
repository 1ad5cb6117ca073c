"""Middleware that gives a browser its visitor token with the first page it opens."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jiejian.services.accounts import new_token
from jiejian.settings import Settings
from jiejian.web.cookies import VISITOR, is_secure, token_in, visitor_cookie

# Everything a page loads after itself; none of it is a visit.
NO_PAGES = ("/assets/", "/static/", "/media/", "/component/", "/app/static/")
CONDITIONS = (b"if-none-match", b"if-modified-since")


class VisitorCookie:
    """Sets the visitor cookie on a page's GET that came without a well-formed one.

    The Streamlit script reads it in its first run, because the page arrives before the websocket
    opens. The token is opaque; what it stands for is known to the services only.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _may_be_page(scope):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if token_in(connection, VISITOR) is not None:
            await self.app(scope, receive, send)
            return
        cookie = visitor_cookie(new_token(), secure=is_secure(connection, self.settings))

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                headers = MutableHeaders(scope=message)
                headers.append("Set-Cookie", cookie)
                # A cache on the way must not hand one visitor's token to the next.
                headers["Cache-Control"] = "no-store"
            await send(message)

        # "Not modified" carries no cookie: the page must be answered in full.
        asked = [(k, v) for k, v in scope["headers"] if k not in CONDITIONS]
        await self.app({**scope, "headers": asked}, receive, send_with_cookie)


def _may_be_page(scope: Scope) -> bool:
    path: str = scope["path"]
    return (
        scope["method"] == "GET"
        and path != "/health"
        and "/_stcore/" not in path
        and not path.startswith(NO_PAGES)
    )


def _is_page(start: Message) -> bool:
    content_type = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] < 400 and content_type.startswith("text/html")
