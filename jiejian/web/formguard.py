"""Proof that a submitted form is ours: the request's origin, and a signed double-submit token.

A form carries the signature of a random nonce that the browser holds in an HttpOnly, SameSite=Strict
cookie. Another site can neither read the nonce nor make its signature.
"""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from jiejian.settings import Settings
from jiejian.web.cookies import FORM, set_cookie

ONE_HOUR = 3600

# Made anew at each start: a form left open across a restart is refused with words that say so.
_SECRET = secrets.token_bytes(32)


def new_nonce() -> str:
    """A nonce for the form cookie."""
    return secrets.token_urlsafe(32)


def sign(nonce: str) -> str:
    """What the form must carry for the browser that holds `nonce`."""
    return hmac.new(_SECRET, nonce.encode(), hashlib.sha256).hexdigest()


def is_signed(nonce: str | None, signature: str) -> bool:
    """Whether `signature` was given out for `nonce`; in constant time."""
    expected = sign(nonce or "").encode()
    return hmac.compare_digest(expected, signature.encode()) and nonce is not None


def form_cookie(nonce: str, *, path: str, secure: bool) -> str:
    """The Set-Cookie header for a form's nonce, sent to `path` alone."""
    return set_cookie(FORM, nonce, max_age=ONE_HOUR, path=path, same_site="Strict", secure=secure)


def is_own_origin(connection: HTTPConnection, settings: Settings) -> bool:
    """Whether the browser says that the form was sent from a page of ours.

    Hosts are compared, not schemes: behind a proxy that ends TLS we see http where the browser
    sees https. Without an Origin, as some browsers send it, the Referer must say the same.
    """
    sender = connection.headers.get("origin") or connection.headers.get("referer") or ""
    try:
        host = urlsplit(sender).netloc.lower()
        public = urlsplit(settings.public_url or "").netloc.lower()
    except ValueError:
        return False
    return bool(host) and host in {connection.headers.get("host", "").lower(), public}
