"""The search: a box, and what it found."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.searching import LONGEST, MOST, Answer, Found, Kind
from jiejian.ui import navigation
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import paragraph, plain_label

ICONS: dict[Kind, str] = {
    "lesson": ":material/menu_book:",
    "term": ":material/dictionary:",
    "symptom": ":material/stethoscope:",
    "question": ":material/quiz:",
}
PAGES: dict[Kind, str] = {
    "lesson": navigation.LESSON,
    "term": navigation.GLOSSARY,
    "symptom": navigation.CLINIC,
    "question": navigation.QUIZ,
}


def box(asked: str = "") -> None:
    """Where to type; what was asked stands in the address, so that it can be kept and shared."""
    with (
        st.form(f"search_{language()}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="search_box"),
    ):
        typed = st.text_input(
            _("Search the course"),
            value=asked,
            # One more than is read, so that a longer text is noticed and told.
            max_chars=LONGEST + 1,
            placeholder=_("for example: minimum payment"),
            autocomplete="off",
        )
        if st.form_submit_button(_("Search"), type="primary", icon=":material/search:"):
            st.switch_page(navigation.SEARCH, query_params={"q": typed} if typed.strip() else {})


def answer(found: Answer) -> None:
    """The places, best first; each says what it is."""
    if not found.asked:
        paragraph(_("Type a word or two, such as a word in a contract or a message on a screen."))
        return
    paragraph(_told(found), "told", status=True)
    if not found.found:
        with st.container(horizontal=True):
            st.page_link(navigation.LEARN, label=_("All lessons"), icon=":material/menu_book:")
            st.page_link(
                navigation.CLINIC,
                label=_("Tell the clinic what the screen said"),
                icon=":material/stethoscope:",
            )
        return
    with st.container(border=True, key="card_found", gap="small"):
        for number, place in enumerate(found.found):
            _place(place, number)


def _told(found: Answer) -> str:
    count = len(found.found)
    if not count:
        told = _("Nothing in the course fits those words. Try fewer, or other ones.")
    elif count == MOST:
        told = _("The {n} best places. Add a word to find fewer.").format(n=MOST)
    else:
        told = ngettext("{n} place fits.", "{n} places fit, the best first.", count)
        told = told.format(n=count)
    if found.cut:
        told += " " + _("Only the first {n} characters were read.").format(n=LONGEST)
    return told


def _place(place: Found, number: int) -> None:
    query = {"id": place.id}
    if place.kind == "lesson" and place.at:
        query["at"] = place.at
    with st.container(key=f"found_{number}", gap=None):
        st.page_link(
            PAGES[place.kind],
            label=plain_label(place.title),
            icon=ICONS[place.kind],
            query_params=query,
        )
        kind = _kind(place.kind) + (f" · {place.within}" if place.within else "")
        words = "".join(
            f"<mark>{html.escape(piece.text)}</mark>" if piece.hit else html.escape(piece.text)
            for piece in place.excerpt
        )
        st.html(
            f'<p class="found-kind">{html.escape(kind)}</p>'
            + (f'<p class="found-text">{words}</p>' if words else "")
        )


def _kind(kind: Kind) -> str:
    return {
        "lesson": _("Lesson"),
        "term": _("Glossary"),
        "symptom": _("Clinic"),
        "question": _("Quiz question"),
    }[kind]
