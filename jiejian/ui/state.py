"""What one browser session remembers. Every session key of the app is named here.

Nothing that matters lives only here: a reload must lose nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.accounts import VISITOR_COOKIE, new_token
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.services.identity.sessions import STAFF_COOKIE
from jiejian.services.permissions import allowed

_TOKEN = "visitor_token"
_ATTEMPTS = "attempts"
_SHOWN = "shown"
_PAGE = "page_seen"
PAGES = "pages_made"
TEACHING = "i_teach"


def actor() -> Actor:
    """Who is here: the visitor of the cookie, or of this session alone if there is no cookie.

    Asked of the services in every run, so that a page left open ends with its visit or sign-in.
    Raises VisitEnded.
    """
    return later()()


def later() -> Callable[[], Actor]:
    """The same question for a download, which is built when it is pressed, without a run.

    Asked then, so that a page left open takes nothing along after its visit or sign-in.
    """
    token, signed_in = visitor_token(), st.context.cookies.get(STAFF_COOKIE)

    def ask() -> Actor:
        visitor = services().accounts.actor(token)
        return services().sessions.actor(str(signed_in), visitor) if signed_in else visitor

    return ask


def leads() -> bool:
    """Whether somebody who leads workshops is signed in here."""
    try:
        return allowed(actor(), "room.open")
    except JiejianError:
        return False


def visitor_token() -> str:
    """The token of this browser's visitor; never to be shown or logged."""
    return _cookie_token() or _session_token()


def remembered() -> bool:
    """Whether the browser keeps the visitor's cookie, so that a return finds the same learner."""
    return _cookie_token() is not None


def attempt(name: str) -> str:
    """The idempotency key of the next attempt at something.

    It stays the same until `done`, so a doubled click carries the same key twice.
    """
    keys: dict[str, str] = st.session_state.setdefault(_ATTEMPTS, {})
    return keys.setdefault(name, secrets.token_hex(12))


def done(name: str) -> None:
    """The attempt was recorded; the next one gets a fresh key."""
    st.session_state.setdefault(_ATTEMPTS, {}).pop(name, None)


def show(name: str, value: Any) -> None:
    """Keep something to show in the coming runs (a verdict, a new code)."""
    st.session_state.setdefault(_SHOWN, {})[name] = value


def shown(name: str) -> Any:
    """What was last kept to show under this name, None if nothing."""
    return st.session_state.get(_SHOWN, {}).get(name)


def clear(name: str) -> None:
    """Stop showing it."""
    st.session_state.get(_SHOWN, {}).pop(name, None)


def arrived(page: str) -> bool:
    """Whether the reader has just come to this page, rather than seeing it redrawn."""
    return bool(st.session_state.get(_PAGE) != page)


def leave_trace(page: str) -> None:
    """Note which page was drawn; last thing in every run of the whole script."""
    st.session_state[_PAGE] = page


def teaching() -> bool:
    """Whether notes for teachers are wanted in this session."""
    return bool(st.session_state.get(TEACHING))


def _cookie_token() -> str | None:
    token = st.context.cookies.get(VISITOR_COOKIE)
    return str(token) if token else None


def _session_token() -> str:
    return str(st.session_state.setdefault(_TOKEN, new_token()))
