"""One lesson, by its id in the address: /lesson?id=why-requests-fail&at=no-answer."""

import streamlit as st

from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.ui import lesson_view, navigation
from jiejian.ui.errors import show
from jiejian.ui.i18n import _

lesson_id = str(st.query_params.get("id", ""))
try:
    services().learning.lesson(lesson_id)
except NotFound as missing:
    st.title(_("Lesson not found"), anchor=False)
    show(missing)
    st.page_link(navigation.LEARN, label=_("All lessons"), icon=":material/arrow_back:")
else:
    lesson_view.lesson(lesson_id)
