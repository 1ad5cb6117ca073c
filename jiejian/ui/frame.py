"""What surrounds every page: language switch, headline, the standing notice at the foot."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

from jiejian.ui.i18n import SESSION_KEY, _, language
from sandbox.text import LANGUAGES, Language

ASSETS = Path(__file__).parent.parent.parent / "assets"
COOKIE = "lang"
NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}


def set_up() -> None:
    """Page settings and language; first thing in every run. The style is linked by the server."""
    _choose_language()
    st.set_page_config(
        page_title=_("Jiejian: learn to borrow in a glass box"),
        page_icon=str(ASSETS / "mark.svg"),
        layout="wide",
    )
    st.logo(str(ASSETS / f"logo-{language()}.svg"), size="large")
    with st.container(key="langbar", horizontal=True):
        st.segmented_control(
            "语言 / Language",
            LANGUAGES,
            format_func=lambda code: NAMES[code],
            required=True,
            key=SESSION_KEY,
            label_visibility="collapsed",
        )
    # Only the page itself can set the document's language. A file, not a line of script, so that
    # the content security policy needs no exception.
    scripts = "".join(
        f'<script src="/assets/{name}.js"></script>' for name in (f"lang-{language()}", "menu")
    )
    st.html(scripts, unsafe_allow_javascript=True)


def head(eyebrow: str, title: str, lead: str) -> None:
    """A page's opening: a word of place, the one h1, and a sentence."""
    with st.container(key="page_head", gap="xsmall"):
        st.html(f'<p class="eyebrow">{html.escape(eyebrow)}</p>')
        st.title(title, anchor=False)
        st.html(f'<p class="lead">{html.escape(lead)}</p>')


def foot() -> None:
    """The standing notice: what this is not."""
    text = _(
        "Jiejian is a teaching tool. It lends no money, gives no personal advice and is tied to no"
        " real company; its lender and its limits are a teaching model. Never enter real identity"
        " or account numbers here: nothing on these pages asks for them."
    )
    workshop = html.escape(_("Join a workshop"))
    staff = html.escape(_("For teachers and operators"))
    st.html(
        f'<footer class="foot"><p>{html.escape(text)}</p>'
        f'<p><a href="/live">{workshop}</a> · <a href="/account">{staff}</a></p></footer>'
    )


def _choose_language() -> None:
    """On a session's first run: the cookie of an earlier visit, else the browser's language."""
    if SESSION_KEY in st.session_state:
        return
    kept = st.context.cookies.get(COOKIE)
    wished = str(kept) if kept in LANGUAGES else (st.context.locale or "")
    st.session_state[SESSION_KEY] = "zh" if wished.lower().startswith("zh") else "en"
