"""A lesson's quiz, by its id in the address: /quiz?id=why-requests-fail."""

import streamlit as st

from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.ui import navigation, quiz_view
from jiejian.ui.errors import show
from jiejian.ui.i18n import _

quiz_id = str(st.query_params.get("id", ""))
try:
    quiz = services().quizzing.quiz(quiz_id)
except NotFound as missing:
    st.title(_("Quiz not found"), anchor=False)
    show(missing)
    st.page_link(navigation.LEARN, label=_("All lessons"), icon=":material/arrow_back:")
else:
    quiz_view.quiz(quiz)
