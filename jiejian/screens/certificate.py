"""Certificates: /certificate?track= gets one's own, /certificate?code= checks anybody's."""

import streamlit as st

from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.ui import certificate_view, frame, state
from jiejian.ui.errors import show
from jiejian.ui.i18n import _

frame.head(
    _("Learn"),
    _("Certificate"),
    _("For reading every lesson of a track and answering every question right in the end."),
)
track = str(st.query_params.get("track", ""))
try:
    if track:
        certificate_view.mine(services().certificates.completion(state.actor(), track))
except NotFound as missing:
    show(missing)
certificate_view.check(str(st.query_params.get("code", "")))
