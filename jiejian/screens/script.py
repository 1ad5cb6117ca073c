"""Own workshop scripts: /script lists them, /script?key=... changes one."""

import streamlit as st

from jiejian.services.built import services
from jiejian.ui import account_view, frame, state
from jiejian.ui.i18n import _
from jiejian.ui.rooms import script_editor

actor = state.actor()
key = str(st.query_params.get("key", ""))
frame.head(
    _("Workshops"),
    _("My own scripts"),
    _("Change a ready workshop until it is yours, or bring one as a file."),
)
if actor.account is None:
    account_view.ways_in()
elif key:
    script_editor.editor(services().own_scripts.get(actor, key))
else:
    script_editor.shelf(services().own_scripts.mine(actor))
