"""Search over the whole course: /search?q=early repayment."""

import streamlit as st

from jiejian.services.built import services
from jiejian.ui import frame, search_view
from jiejian.ui.i18n import _, language

frame.head(
    _("Learn"),
    _("Search"),
    _("Lessons, the glossary, the clinic and quiz questions, in both languages at once."),
)
asked = str(st.query_params.get("q", ""))
search_view.box(asked)
search_view.answer(services().searching.search(asked, language()))
