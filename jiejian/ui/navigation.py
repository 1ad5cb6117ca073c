"""The pages and the bar on top. To add a page: a file in screens/ and a line here."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from jiejian.ui import state
from jiejian.ui.i18n import _, language, pgettext

SCREENS = Path(__file__).parent.parent / "screens"
HOME = "screens/home.py"
LEARN = "screens/learn.py"
LESSON = "screens/lesson.py"
QUIZ = "screens/quiz.py"
BORROW = "screens/borrow.py"
LAB = "screens/lab.py"
CLINIC = "screens/clinic.py"
REQUEST = "screens/request.py"
REVIEW = "screens/review.py"
PLACEMENT = "screens/placement.py"
PROGRESS = "screens/progress.py"
GLOSSARY = "screens/glossary.py"
SEARCH = "screens/search.py"
CERTIFICATE = "screens/certificate.py"
ACCOUNT = "screens/account.py"
SCRIPT = "screens/script.py"
LIVE = "screens/live.py"
ROOMS = "screens/rooms.py"
ROOM = "screens/room.py"
PROJECTOR = "screens/projector.py"


def target(name: str) -> str | None:
    """The page a lesson leads into by this name, None where it is not there."""
    page = f"screens/{name}.py"
    return page if (SCREENS / f"{name}.py").exists() else None


def pages() -> list[StreamlitPage]:
    """Every page, in the order of the bar; hidden ones open by link.

    Made once a session and language: making them looks at a file each, in every run.
    """
    made: dict[str, list[StreamlitPage]] = st.session_state.setdefault(state.PAGES, {})
    if language() not in made:
        made[language()] = _pages()
    return made[language()]


def _pages() -> list[StreamlitPage]:
    return [
        st.Page(
            HOME,
            title=pgettext("page", "Home"),
            icon=":material/home:",
            url_path="home",
            default=True,
        ),
        st.Page(
            LEARN, title=pgettext("page", "Learn"), icon=":material/menu_book:", url_path="learn"
        ),
        st.Page(
            BORROW,
            title=pgettext("page", "Try to borrow"),
            icon=":material/deployed_code:",
            url_path="borrow",
        ),
        st.Page(
            LAB,
            title=pgettext("page", "What it costs"),
            icon=":material/calculate:",
            url_path="lab",
        ),
        st.Page(
            CLINIC,
            title=pgettext("page", "Why refused?"),
            icon=":material/stethoscope:",
            url_path="clinic",
        ),
        st.Page(
            REVIEW,
            title=pgettext("page", "Review"),
            icon=":material/event_repeat:",
            url_path="review",
        ),
        st.Page(
            PROGRESS,
            title=pgettext("page", "My progress"),
            icon=":material/bookmark:",
            url_path="progress",
        ),
        st.Page(
            GLOSSARY, title=pgettext("page", "Glossary"), url_path="glossary", visibility="hidden"
        ),
        st.Page(SEARCH, title=pgettext("page", "Search"), url_path="search", visibility="hidden"),
        st.Page(
            CERTIFICATE,
            title=pgettext("page", "Certificate"),
            url_path="certificate",
            visibility="hidden",
        ),
        st.Page(
            ACCOUNT, title=pgettext("page", "Account"), url_path="account", visibility="hidden"
        ),
        st.Page(SCRIPT, title=_("My own scripts"), url_path="script", visibility="hidden"),
        st.Page(
            LIVE, title=pgettext("page", "Join a workshop"), url_path="live", visibility="hidden"
        ),
        st.Page(
            ROOMS,
            title=pgettext("page", "Workshops"),
            icon=":material/groups:",
            url_path="rooms",
            visibility="visible" if state.leads() else "hidden",
        ),
        st.Page(ROOM, title=_("Leading a workshop"), url_path="room", visibility="hidden"),
        st.Page(PROJECTOR, title=_("Projector"), url_path="projector", visibility="hidden"),
        st.Page(LESSON, title=_("Lesson"), url_path="lesson", visibility="hidden"),
        st.Page(QUIZ, title=_("Quiz"), url_path="quiz", visibility="hidden"),
        st.Page(PLACEMENT, title=_("Before and after"), url_path="placement", visibility="hidden"),
        st.Page(REQUEST, title=_("A past request"), url_path="request", visibility="hidden"),
    ]
