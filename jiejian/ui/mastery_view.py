"""What sits and what comes back, on the page of one's own progress."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.mastery import Level, Mastery, Sureness
from jiejian.services.progress import Overview
from jiejian.ui import navigation, placement_view
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.question_view import certainty_words


def level(mastery: Mastery) -> None:
    """How firmly a quiz sits, and what of it is due."""
    words = _level_words(mastery.level)
    if mastery.due:
        due = ngettext("{n} question is due", "{n} questions are due", mastery.due)
        words = f"{words} · {due.format(n=mastery.due)}"
    st.html(f'<p class="mastery mastery-{mastery.level}">{html.escape(words)}</p>')


def _level_words(found: Level) -> str:
    return {
        "new": _("Quiz not begun"),
        "started": _("Quiz under way"),
        "passed": _("All right in the end"),
        "firm": _("Sits firmly"),
    }[found]


def review_and_tests(progress: Overview) -> None:
    """The ways to review and to the tests, and how well sureness and being right agree."""
    due = sum(entry.due for entry in progress.mastery.values())
    label = _("Review")
    if due:
        words = ngettext("{n} question is due", "{n} questions are due", due).format(n=due)
        label = f"{label} · {words}"
    st.page_link(navigation.REVIEW, label=label, icon=":material/event_repeat:")
    for standing in progress.tests:
        placement_view.link(standing)
    if progress.sureness:
        st.subheader(_("How sure, how right"), anchor=False)
        rows = "".join(_row(entry) for entry in progress.sureness)
        st.html(f'<dl class="sureness">{rows}</dl>')


def _row(entry: Sureness) -> str:
    words = _("{right} of {n} right").format(right=entry.right, n=entry.answers)
    share = round(100 * entry.right / entry.answers)
    return (
        f"<div><dt>{html.escape(certainty_words(entry.certainty))}</dt>"
        f'<dd><span class="bar" style="inline-size:{share}%"></span>{html.escape(words)}</dd></div>'
    )
