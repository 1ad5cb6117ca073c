"""Review: what comes back today, one question at a time, when the learner wants it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from jiejian.services.built import services
from jiejian.services.quizzing import Due
from jiejian.ui import errors, navigation, quiz_view, state
from jiejian.ui.format import span
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import paragraph, take_focus


def review() -> None:
    """What is due, in a fragment of its own."""
    _due_now()


@st.fragment
def _due_now() -> None:
    with errors.explained():
        due = services().quizzing.due(state.actor())
        words = ngettext("{n} question is due", "{n} questions are due", due.count)
        place = words.format(n=due.count)
        source = due.question.source if due.question else ""
        if not quiz_view.turn("review", source, due.question, place):
            _nothing_due(due)


def _nothing_due(due: Due) -> None:
    with st.container(border=True, key="card_done", gap="small"):
        if not due.in_review:
            paragraph(
                _(
                    "Nothing comes back yet. Questions you miss, or answer without being sure, are"
                    " kept here and asked again days later, when it helps most."
                ),
                status=True,
            )
        else:
            paragraph(_("Nothing is due just now."), status=True, focus="review_done")
            if due.next_in_minutes is not None:
                when = _("The next question is due in {span}.")
                paragraph(when.format(span=span(due.next_in_minutes)))
            kept = ngettext("{n} question comes back", "{n} questions come back", due.in_review)
            paragraph(kept.format(n=due.in_review))
            st.download_button(
                _("Take these questions along as Anki cards"),
                data=partial(services().quizzing.deck, state.actor(), language()),
                file_name="jiejian.apkg",
                mime="application/octet-stream",
                on_click="ignore",
                icon=":material/style:",
                key="anki",
            )
            if state.shown(quiz_view.MOVED):
                take_focus("review_done")
        st.page_link(navigation.LEARN, label=_("All lessons"), icon=":material/menu_book:")
