"""Middleware for the security headers, and the paths of Streamlit's that stay closed."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Open to anyone in Streamlit, and of use to no learner: internals, and an interface that is off.
CLOSED = re.compile(r"/+_stcore/+(metrics|agent)(/.*)?", re.IGNORECASE)

HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


@cache
def inline_script_sources() -> tuple[str, ...]:
    """CSP sources for the inline scripts of the installed Streamlit's index page, by their hash."""
    index = Path(streamlit.__file__).parent / "static/index.html"
    scripts = INLINE_SCRIPT.findall(index.read_text(encoding="utf-8"))
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def content_security_policy(host: str) -> str:
    """The policy for pages served at `host` (the request's Host header).

    No inline script and no eval: Streamlit draws charts with Vega's interpreter, and our own
    scripts are files under /assets. Inline styles must stay: Streamlit's emotion writes them.
    Older Safari does not count websockets under 'self', hence the host.
    """
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    scripts = " ".join(("'self'", *inline_script_sources()))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class SecurityHeaders:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = content_security_policy(Headers(scope=scope).get("host", ""))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                # Not "no-referrer": that would send our own forms with "Origin: null".
                headers["Referrer-Policy"] = "same-origin"
                headers["Permissions-Policy"] = PERMISSIONS
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ClosedPaths:
    """Answers 404 where Streamlit would answer anyone; own routes may not be put there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and CLOSED.fullmatch(scope["path"]):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)
