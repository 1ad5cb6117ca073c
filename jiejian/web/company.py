"""/signin/company and what comes back: signing in with a school's or a company's account.

Streamlit's own routes speak to the provider (/auth/login, /oauth2callback: discovery, state,
nonce, PKCE, the token's signature). They would leave a cookie with all the claims in the browser
for 30 days. `CompanyCallback` takes it out of Streamlit's answer, checks it once, and begins a
session like any other in its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    SESSION_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from jiejian.errors import InvalidInput, TooManyTries
from jiejian.services.built import services
from jiejian.services.identity.sessions import STAFF_COOKIE
from jiejian.web import ownform
from jiejian.web.companyfile import CALLBACK, providers
from jiejian.web.companyways import WHY
from jiejian.web.cookies import is_secure, token_in
from jiejian.web.ownpage import language_of, own_page
from jiejian.web.signin import ACCOUNT, SIGN_IN, SIGNIN, staff_cookie
from sandbox.text import Text

LOGIN, REFUSED = "/auth/login", "/signin/refused"
FAILED = "failed"
HEADERS = {"Cache-Control": "no-store"}
AGAIN = Text(zh="重新登录", en="Sign in again")


async def company(request: Request) -> Response:
    """Send the browser on to the provider that `with` names, by way of Streamlit's own route."""
    provider = providers().get(request.query_params.get("with", ""))
    if provider is None:
        return RedirectResponse(SIGNIN, status_code=303, headers=HEADERS)
    try:
        services().companies.start(ownform.address_of(request))
    except TooManyTries as error:
        return ownform.show_wait(request, SIGN_IN, services().settings, error.wait_seconds)
    query = urlencode({"provider": encode_provider_token(provider.name)})
    return RedirectResponse(f"{LOGIN}?{query}", status_code=303, headers=HEADERS)


async def refused(request: Request) -> Response:
    """Why somebody was not let in. `why` in the address chooses words and nothing else."""
    why = request.path_params["why"]
    why = why if why in WHY else FAILED
    title, advice = WHY[why]
    language = language_of(request)
    parts = "".join(f"<p>{escape(part)}</p>" for part in advice.say(language).split("\n"))
    body = (
        f'<div class="lead">{parts}</div>'
        f'<p class="buttons"><a class="button" href="{SIGNIN}">{escape(AGAIN.say(language))}</a></p>'
    )
    page = own_page(language, title.say(language), body, path=f"{REFUSED}/{why}")
    return HTMLResponse(page, headers=HEADERS)


class CompanyCallback:
    """Puts our session in the place of Streamlit's cookie, and our pages in that of its errors."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        watched = scope["type"] == "http" and scope["path"] in (LOGIN, CALLBACK)
        if not watched or not providers():
            await self.app(scope, receive, send)
            return
        heard: list[Message] = []

        async def hear(message: Message) -> None:
            heard.append(message)

        await self.app(scope, receive, hear)
        theirs = Response(status_code=heard[0]["status"])
        theirs.raw_headers = list(heard[0]["headers"])
        request = Request(scope)
        ours = await (_callback if scope["path"] == CALLBACK else _login)(request, theirs)
        _keep_cookies(request, theirs, ours)
        await ours(scope, receive, send)


async def _login(request: Request, theirs: Response) -> Response:
    """Streamlit's way to the provider, or ours back where it has none."""
    to = theirs.headers.get("location", "")
    if theirs.status_code >= 400:
        return await _failed(request)
    # "/" is its answer to a start that is older than two minutes, or was not begun by us.
    return RedirectResponse(SIGNIN if to == "/" else to, status_code=303, headers=HEADERS)


async def _callback(request: Request, theirs: Response) -> Response:
    claims = claims_in(_cookies(theirs))
    provider = providers().get(str(claims.get("provider", "")))
    if provider is None:
        return await _failed(request)
    address, agent = ownform.address_of(request), request.headers.get("user-agent", "")
    try:
        token = await run_in_threadpool(
            services().companies.enter,
            *(provider.name, provider.company, provider.client, claims, address, agent),
        )
    except InvalidInput as error:
        return _why(error.reason)
    earlier = token_in(request, STAFF_COOKIE)
    await run_in_threadpool(services().sessions.sign_out, earlier, address)
    secure = is_secure(request, services().settings)
    return ownform.leave(ACCOUNT, staff_cookie(token, secure=secure))


def claims_in(cookies: Mapping[str, str]) -> dict[str, Any]:
    """The claims in the cookies that Streamlit has just signed, {} if there are none."""

    def signed(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, ""))

    held = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    claims = json.loads(held) if held else {}
    return claims if isinstance(claims, dict) else {}


async def _failed(request: Request) -> Response:
    address = ownform.address_of(request)
    await run_in_threadpool(services().companies.failed, address)
    return _why(FAILED)


def _why(reason: str) -> Response:
    return RedirectResponse(f"{REFUSED}/{reason}", status_code=303, headers=HEADERS)


def _cookies(answer: Response) -> dict[str, str]:
    """What an answer sets, the last of each name."""
    found: dict[str, str] = {}
    for header in answer.headers.getlist("set-cookie"):
        found |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    return found


def _keep_cookies(request: Request, theirs: Response, ours: Response) -> None:
    """Pass on what Streamlit sets but for who somebody is, over https only where all is."""
    secure = is_secure(request, services().settings)
    for header in theirs.headers.getlist("set-cookie"):
        if header.startswith(USER_COOKIE_NAME):
            continue
        bare = header.startswith(SESSION_COOKIE_NAME) and "secure" not in header.lower()
        ours.headers.append("Set-Cookie", f"{header}; Secure" if secure and bare else header)
