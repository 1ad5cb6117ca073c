"""The projector of a live workshop: very large, nothing to press."""

import streamlit as st

from jiejian.services.permissions import allowed
from jiejian.ui import account_view, frame, state
from jiejian.ui.i18n import _
from jiejian.ui.rooms import projector_view

actor = state.actor()
if allowed(actor, "room.open"):
    projector_view.projector(actor, str(st.query_params.get("room", "")))
else:
    frame.head(
        _("Workshops"),
        _("Sign in to show a workshop"),
        _("The projector's window needs the account that leads the room, in this browser."),
    )
    account_view.ways_in()
