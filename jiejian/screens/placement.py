"""The test before and after a track, by its id in the address: /placement?id=why-it-fails."""

import streamlit as st

from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.ui import navigation, placement_view, state
from jiejian.ui.errors import show
from jiejian.ui.i18n import _

test_id = str(st.query_params.get("id", ""))
try:
    standing = services().tests.standing(state.actor(), test_id)
except NotFound as missing:
    st.title(_("Test not found"), anchor=False)
    show(missing)
    st.page_link(navigation.LEARN, label=_("All lessons"), icon=":material/arrow_back:")
else:
    placement_view.placement(standing)
