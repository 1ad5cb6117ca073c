"""A past request replayed, by its id in the address: /request?id=..."""

import streamlit as st

from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.ui import navigation, progress_view, state
from jiejian.ui.errors import show
from jiejian.ui.i18n import _

try:
    stored = services().lending.request(state.actor(), str(st.query_params.get("id", "")))
except NotFound as missing:
    st.title(_("Request not found"), anchor=False)
    show(missing)
    st.page_link(navigation.PROGRESS, label=_("My progress"), icon=":material/arrow_back:")
else:
    other = str(st.query_params.get("with", ""))
    if other:
        progress_view.compared(stored, other)
    else:
        progress_view.replay(stored)
