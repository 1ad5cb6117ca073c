"""The theme is worked out once: it comes from config.toml and never changes under a server.

Streamlit works it out anew for every run of every session, option by option, on the one thread
that also sends everybody's messages: three milliseconds a run with a theme as ours, which is more
than a live page's pulse costs besides. Should a later Streamlit do this elsewhere, nothing is
changed here and only the time is spent again.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime import app_session

NAME = "_populate_theme_msg"


def remember_theme() -> None:
    """Keep what Streamlit makes of each section of the theme; doing so twice changes nothing."""
    make = getattr(app_session, NAME, None)
    if make is None or hasattr(make, "__wrapped__"):
        return
    made: dict[str, Any] = {}

    @wraps(make)
    def populate(message: Any, section: str = "theme") -> None:
        known = made.get(section)
        if known is None:
            known = type(message)()
            make(known, section)
            made[section] = known
        # A section without options leaves its message unset, and so must this.
        if known.ByteSize():
            message.MergeFrom(known)

    setattr(app_session, NAME, populate)
