"""The pulse of a live page: every two seconds one cheap question, and a redraw only if it pays.

A page draws its room once and remembers the mark it drew. The pulse is a fragment of its own that
draws nothing: while the mark stands, nothing on the page is sent or redrawn, and what is half
typed stays. When it has moved, the whole page is run again.

Streamlit drops the last messages of a run if the next request comes in the moment it ends. So a
page that was drawn just before a pulse is drawn once more: whatever was dropped comes again.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from jiejian.errors import JiejianError

EVERY = 2.0
"""Seconds between two questions of one phone; what happens reaches it within these and a run."""
JUST_NOW = 0.5
"""Seconds after a drawing began in which a pulse may have cut it off."""
AT_THE_END = 0.15
"""The same after it has said its last word: what waited for it comes in at once."""

_DRAWN = "room_drawn"
_UNTIL = "room_drawn_until"
_WITH_PAGE = "room_pulse_with_page"


def drawn(room: str, mark: object) -> None:
    """Note what was drawn; the page calls this before it draws."""
    st.session_state[_DRAWN] = (room, mark)
    st.session_state[_UNTIL] = time.monotonic() + JUST_NOW


def finished() -> None:
    """Note that everything was drawn: from here on a pulse cuts nothing off for long.

    For pages that many look at: each drawing once more, to be sure, is a whole run.
    """
    st.session_state[_UNTIL] = time.monotonic() + AT_THE_END


def pulse(room: str, ask: Callable[[], object]) -> None:
    """Ask for the mark from now on; run the page again when it is not the one drawn.

    The last thing a page does. A question that is refused is answered by the page itself.
    """
    st.session_state[_WITH_PAGE] = True
    _beat(room, ask)


@st.fragment(run_every=EVERY)
def _beat(room: str, ask: Callable[[], object]) -> None:
    if st.session_state.pop(_WITH_PAGE, False):
        return
    try:
        mark = ask()
    except JiejianError:
        mark = None
    cut_off = time.monotonic() < st.session_state.get(_UNTIL, 0.0)
    if cut_off or st.session_state.get(_DRAWN) != (room, mark):
        st.rerun()
