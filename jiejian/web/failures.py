"""Middleware that turns an unexpected exception of a route into a page with a short id."""

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jiejian import faults
from jiejian.web.ownpage import language_of, own_page
from sandbox.text import Text

TITLE = Text(zh="我们这边出了问题", en="Something went wrong on our side")
ADVICE = Text(
    zh="已保存的内容是安全的。请重新加载；如果再次发生，请把这个代码告诉老师：",
    en="What you saved is safe. Reload the page; if it happens again, tell your teacher this code:",
)


class Failures:
    """Logs what a route did not expect and answers 500 in the reader's language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, note_start)
        except Exception as error:
            fault_id = faults.record(error, where=f"route {scope['path'][:80]!r}")
            if started:
                raise
            language = language_of(HTTPConnection(scope))
            body = f"<p>{ADVICE.say(language)} <strong>{fault_id}</strong></p>"
            page = own_page(language, TITLE.say(language), body, path="/")
            response = HTMLResponse(page, status_code=500, headers={"Cache-Control": "no-store"})
            await response(scope, receive, send)
