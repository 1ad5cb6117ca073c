"""The room itself: its door, who else leads it, and its end."""

from __future__ import annotations

from functools import partial

import streamlit as st

from jiejian.services.built import services
from jiejian.services.rooms.hub import Look
from jiejian.ui.i18n import _
from jiejian.ui.labels import paragraph
from jiejian.ui.rooms.deeds import deed

COLLEAGUE = "colleague_name"


def room(look: Look) -> None:
    """Lock, share, close."""
    directing, at = services().directing, look.room
    paragraph(
        _("The door is closed: nobody new comes in; those who were in come back freely.")
        if at.locked
        else _("The door is open: whoever has the code comes in.")
    )
    deed(
        _("Open the door") if at.locked else _("Close the door"),
        "unlock" if at.locked else "lock",
        lambda actor, key: directing.lock(actor, at.id, not at.locked, key),
        icon=":material/lock_open:" if at.locked else ":material/lock:",
        guard="door",
    )
    st.text_input(_("Lead together with"), key=COLLEAGUE, placeholder=_("Their sign-in name"))
    deed(
        _("Share the room"),
        "share",
        lambda actor, key: directing.share(
            actor, at.id, str(st.session_state.get(COLLEAGUE, "")), key
        ),
        icon=":material/person_add:",
        then=partial(_clear, COLLEAGUE),
    )
    names = [found.name for one in sorted(at.educators) if (found := services().staff.find(one))]
    paragraph(_("Led by: {names}").format(names=" · ".join(names)), "plan-facts")
    with st.popover(_("Close the room"), key="pop_close", width="stretch", icon=":material/flag:"):
        paragraph(
            _(
                "The workshop ends for everybody: the code is worth nothing any more and no answer"
                " is taken. Everything is kept, and a summary follows."
            )
        )
        deed(
            _("Close it for everybody"),
            "close",
            lambda actor, key: directing.close(actor, at.id, key),
            kind="primary",
        )


def _clear(key: str) -> None:
    st.session_state[key] = ""
