"""The clinic's front: first aid, the search, the shelves of messages."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.clinic import GROUPS, Search
from jiejian.services.symptom_search import LONGEST
from jiejian.ui import frame
from jiejian.ui.clinic_words import PREFIX, at_top, go, group_words, not_advice, rows
from jiejian.ui.i18n import _, language, ngettext, pgettext
from sandbox.text import LANGUAGES

TYPED = PREFIX + "typed"
SHELF = PREFIX + "shelf"
SHELVES = ("common", *GROUPS)


def front() -> None:
    """Everything for somebody whose request has just failed."""
    frame.head(
        _("The failure clinic"),
        _("Why was I refused?"),
        _("Tell us what the screen said. You get the likely cause and the next step."),
    )
    rules = (
        _("Don't press “try again” yet."),
        _("Pay nobody to release a loan."),
        _("Take a screenshot with the time."),
    )
    name = html.escape(_("First aid"))
    st.html(
        f'<ol class="first-aid" aria-label="{name}">'
        + "".join(f"<li>{html.escape(rule)}</li>" for rule in rules)
        + "</ol>"
    )
    _finder()
    _shelves()
    _to_myths()
    not_advice()
    at_top("front")


def _finder() -> None:
    with st.container(border=True, key="card_finder", gap="small"):
        with st.form(PREFIX + "finder", border=False):
            st.text_input(
                _("What did it say? Type it as you saw it"),
                # One more than is read, so that a pasted story that was cut is noticed and told.
                max_chars=LONGEST + 1,
                key=TYPED,
                placeholder=_("for example: score too low"),
                autocomplete="off",
                persist_state="session",
            )
            st.form_submit_button(
                _("Find the cause"), type="primary", icon=":material/search:", width="stretch"
            )
        st.caption(
            _("Only the message, no names or numbers. What you type is neither stored nor logged.")
        )
        _found(services().clinic.search(str(st.session_state.get(TYPED) or "")))


def _found(search: Search) -> None:
    if not search.asked:
        return
    count = len(search.matches)
    if count:
        told = ngettext(
            "{n} message fits. Tap it.", "{n} messages fit, the likeliest first. Tap yours.", count
        ).format(n=count)
    else:
        told = _(
            "Nothing here fits those words. Try the message itself, a few words of it, or choose"
            " from the list below."
        )
    if search.cut:
        told += " " + _("Only the first {n} characters were read.").format(n=LONGEST)
    st.html(f'<p class="told" role="status">{html.escape(told)}</p>')
    if any(match.symptom.group == "scam" for match in search.matches[:1]):
        warned = _(
            "Does anyone want money, a code or your screen first? That is fraud: pay nothing."
        )
        st.error(warned, icon=":material/gpp_maybe:")
    rows((match.symptom for match in search.matches), "found")


def _shelves() -> None:
    st.header(_("Or choose what happened"), anchor=False)
    key = f"{SHELF}_{language()}"
    # The browser sends a choice back as the words it showed; the code is kept apart, so that it
    # outlives a change of language.
    for other in LANGUAGES:
        if other != language():
            st.session_state.pop(f"{SHELF}_{other}", None)
    st.session_state.setdefault(key, st.session_state.get(SHELF, SHELVES[0]))
    chosen = st.pills(
        _("Kind of trouble"),
        SHELVES,
        format_func=group_words,
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    shelf = chosen if chosen in SHELVES else SHELVES[0]
    st.session_state[SHELF] = shelf
    clinic = services().clinic
    group = next((name for name in GROUPS if name == shelf), None)
    rows(clinic.shelf(group) if group else clinic.common(), "shelf")


def _to_myths() -> None:
    count = len(services().clinic.myths())
    if not count:
        return
    with st.container(border=True, key="card_myths", gap="small"):
        st.subheader(_("Heard it somewhere?"), anchor=False)
        text = _(
            "{n} things people say about borrowing. Guess first, then see the evidence and the date."
        ).format(n=count)
        st.html(f"<p>{html.escape(text)}</p>")
        st.button(
            pgettext("page", "Myth check"),
            key=PREFIX + "to_myths",
            icon=":material/fact_check:",
            on_click=go,
            kwargs={"view": "myths"},
        )
