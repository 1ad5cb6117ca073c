"""The Streamlit script: language, navigation, the chosen page."""

from __future__ import annotations

import streamlit as st

from jiejian.ui import errors, frame, navigation, state

frame.set_up()
page = st.navigation(navigation.pages(), position="top")
with errors.explained():
    page.run()
frame.foot()
state.leave_trace(page.url_path)
