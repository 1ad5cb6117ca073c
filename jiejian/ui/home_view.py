"""The first page: what this is, for whom, two ways in."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.learning import LessonStanding
from jiejian.ui import decision_view, frame, learn_view, navigation, state
from jiejian.ui.i18n import _


def home() -> None:
    """One look, two buttons, the eight stages, the first lesson."""
    standings = services().learning.standings(state.actor())
    if "lost" in st.query_params:
        st.info(_("There is no page at that address. This is the first page; start here."))
    frame.head(
        _("For anyone about to borrow for the first time"),
        _("See why a loan fails, before it is your loan"),
        _(
            "In life, a request disappears into a black box and “fails”. Here is a lender made of"
            " glass: send a request and watch every check it meets. Free, no sign-up, no real"
            " money."
        ),
    )
    with st.container(horizontal=True, gap="small", key="ways_in"):
        first = _first(standings)
        if first and st.button(
            _("Continue the lesson") if first.opened else _("Start the first lesson"),
            type="primary",
            icon=":material/menu_book:",
            key="start_lesson",
        ):
            place = {"at": first.reached} if first.reached else {}
            st.switch_page(navigation.LESSON, query_params={"id": first.lesson.id, **place})
        if st.button(_("Try to borrow"), icon=":material/deployed_code:", key="start_borrow"):
            st.switch_page(navigation.BORROW)
        if st.button(_("I was just refused"), icon=":material/stethoscope:", key="start_clinic"):
            st.switch_page(navigation.CLINIC)
        if st.button(_("Compare two offers"), icon=":material/balance:", key="start_compare"):
            st.switch_page(navigation.LAB, query_params={"tool": "compare"})
    st.page_link(navigation.LIVE, label=_("Join a workshop"), icon=":material/groups:")
    st.html('<img class="hero" src="/assets/glass-box.svg" alt="">')
    st.header(_("Eight stages stand between you and the money"), anchor=False)
    with st.container(key="six_stages"):
        decision_view.glass_box(None, services().lending.book)
    st.header(_("Who it is for"), anchor=False)
    audiences = (
        (_("Borrowers"), _("Lessons of ten minutes, in plain words, at your own pace.")),
        (_("The curious"), _("Make a request fail on purpose and see what would mend it.")),
        (_("Teachers"), _("Everything works on phones, offline in the room, in two languages.")),
    )
    cards = "".join(
        f"<li><strong>{html.escape(who)}</strong><br>{html.escape(what)}</li>"
        for who, what in audiences
    )
    st.html(f'<ul class="audiences">{cards}</ul>')
    if standings:
        st.header(_("Lessons"), anchor=False)
        learn_view.lesson_cards(standings[:3])


def _first(standings: tuple[LessonStanding, ...]) -> LessonStanding | None:
    unread = [standing for standing in standings if not standing.read]
    return next(iter(unread or standings), None)
