"""The two cookies this product sets: who is here, and that a form was ours."""

import re
from typing import Literal

from starlette.requests import HTTPConnection

from jiejian.services.accounts import VISITOR_COOKIE as VISITOR
from jiejian.settings import Settings

__all__ = ["FORM", "VISITOR"]

FORM = "jiejian_form"

THIRTEEN_MONTHS = 395 * 24 * 3600
"""Seconds; browsers keep no cookie longer than 400 days."""

# 256 random bits as secrets.token_urlsafe writes them.
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def token_in(connection: HTTPConnection, name: str) -> str | None:
    """The well-formed token in the cookie `name`, if there is one."""
    token = connection.cookies.get(name, "")
    return token if TOKEN.fullmatch(token) else None


def is_secure(connection: HTTPConnection, settings: Settings) -> bool:
    """Whether cookies of this request's answer must travel over https only."""
    if settings.secure_cookies == "auto":
        public = (settings.public_url or "").startswith("https://")
        return public or connection.url.scheme in {"https", "wss"}
    return settings.secure_cookies == "true"


def set_cookie(
    name: str,
    token: str,
    *,
    max_age: int,
    path: str,
    same_site: Literal["Lax", "Strict"],
    secure: bool,
) -> str:
    """The value of a Set-Cookie header for an HttpOnly cookie; max_age in seconds."""
    parts = [f"{name}={token}", f"Path={path}", f"Max-Age={max_age}", "HttpOnly"]
    parts.append(f"SameSite={same_site}")
    return "; ".join([*parts, "Secure"] if secure else parts)


def visitor_cookie(token: str, *, secure: bool) -> str:
    """The Set-Cookie header that makes a browser the visitor behind `token`."""
    return set_cookie(
        VISITOR, token, max_age=THIRTEEN_MONTHS, path="/", same_site="Lax", secure=secure
    )
