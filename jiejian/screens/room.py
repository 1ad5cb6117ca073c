"""Leading a workshop: the control view of one room."""

import streamlit as st

from jiejian.services.permissions import allowed
from jiejian.ui import account_view, frame, state
from jiejian.ui.i18n import _
from jiejian.ui.rooms import control_view

actor = state.actor()
if allowed(actor, "room.open"):
    control_view.control(actor, str(st.query_params.get("room", "")))
else:
    frame.head(
        _("Workshops"),
        _("Sign in to lead a workshop"),
        _("This page belongs to whoever leads the room. Taking part needs no account."),
    )
    account_view.ways_in()
