"""The own account: each place it is signed in, and the ways in and out."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.identity.sessions import Session
from jiejian.ui import errors, state
from jiejian.ui.format import moment
from jiejian.ui.i18n import _

ERROR = "account_error"


def ways_in() -> None:
    """For whoever is not signed in. A page's own link, since signing in sets a cookie."""
    ways = (("/signin", _("Sign in")), ("/invitation", _("I have an invitation code")))
    for address, words in ways:
        st.html(f'<p><a href="{address}">{html.escape(words)}</a></p>')


def sessions(found: Sequence[Session]) -> None:
    """Where the account is signed in, the last used first."""
    if problem := state.shown(ERROR):
        errors.show(problem)
        state.clear(ERROR)
    st.header(_("Where you are signed in"), anchor=False)
    for session in found:
        with st.container(border=True, key=f"card_session_{session.id}", gap="xsmall"):
            name = session.device or _("Unknown device")
            names = [name, _("this one")] if session.current else [name]
            st.html(f"<h3>{html.escape(' · '.join(names))}</h3>")
            began = _("Since {began}, last used {seen}").format(
                began=moment(session.began), seen=moment(session.seen)
            )
            st.html(f"<p>{html.escape(began)}</p>")
            if not session.current:
                st.button(
                    _("Sign it out"),
                    key=f"end_session_{session.id}",
                    on_click=_end,
                    args=(session.id,),
                )
    words = _("Sign out here or on every device")
    st.html(f'<p><a href="/signout">{html.escape(words)}</a></p>')


def _end(session: str) -> None:
    try:
        services().sessions.end(state.actor(), session)
    except JiejianError as error:
        state.show(ERROR, error)
