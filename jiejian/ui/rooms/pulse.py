"""The pulse of a live page: every two seconds one cheap question, and a redraw only if it pays.

A page draws its room once and remembers the mark it drew. The pulse is a fragment of its own that
draws nothing: while the mark stands, nothing on the page is sent or redrawn, and what is half
typed stays. When it has moved, the whole page is run again.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from jiejian.errors import JiejianError

EVERY = 2.0
"""Seconds between two questions of one phone; what happens reaches it within these and a run."""

_DRAWN = "room_drawn"


def drawn(room: str, mark: object) -> None:
    """Note what was drawn; the page calls this before it draws."""
    st.session_state[_DRAWN] = (room, mark)


@st.fragment(run_every=EVERY)
def pulse(room: str, ask: Callable[[], object]) -> None:
    """Ask for the mark; run the page again if it is not the one drawn.

    A question that is refused is answered by the page itself, which says why.
    """
    try:
        mark = ask()
    except JiejianError:
        mark = None
    if st.session_state.get(_DRAWN) != (room, mark):
        st.rerun()
