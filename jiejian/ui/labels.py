"""Labels: words of content put into Streamlit's Markdown, and choices carried over a language."""

from __future__ import annotations

import html
import re

import streamlit as st

from jiejian.ui.format import span
from jiejian.ui.i18n import language, ngettext
from sandbox.text import LANGUAGES

_SIGNS = re.compile(r"([\\`*_\[\]$~<>#|]|:(?=[A-Za-z])|^[-+](?=\s)|(?<=^\d)\.|(?<=^\d\d)\.)")


def plain_label(text: str) -> str:
    """The words as Streamlit's Markdown shows them: nothing bold, no formula, no link."""
    return _SIGNS.sub(r"\\\1", text)


def carried(name: str) -> str:
    """The key of a choice whose options are words: one for each language.

    The browser sends such a choice back as the words it showed, which mean nothing once the
    language has changed; what was chosen in the other language is carried over as its code.
    """
    key = f"{name}_{language()}"
    for other in LANGUAGES:
        chosen = st.session_state.get(f"{name}_{other}")
        if other != language() and chosen and key not in st.session_state:
            st.session_state[key] = chosen
    return key


def chosen(name: str) -> str | None:
    """What was chosen in the reader's language, None if nothing."""
    value = st.session_state.get(f"{name}_{language()}")
    return str(value) if value else None


def paragraph(text: str, css: str = "", *, status: bool = False, focus: str = "") -> None:
    """A paragraph of plain words; a status is announced, `take_focus` finds it by `focus`."""
    attributes = f' class="{css}"' if css else ""
    attributes += ' role="status"' if status else ""
    attributes += focus_mark(focus) if focus else ""
    st.html(f"<p{attributes}>{html.escape(text)}</p>")


def part_title(text: str) -> None:
    """A small heading inside a card."""
    st.html(f'<h3 class="ctl-h3">{html.escape(text)}</h3>')


def focus_mark(name: str) -> str:
    """The attribute by which `take_focus` finds an element."""
    return f' data-takes-focus="{html.escape(name)}"'


def take_focus(name: str) -> None:
    """Bring the reader to the element of that mark, once for each name."""
    script = f'<script src="/assets/focus.js?at={html.escape(name)}"></script>'
    st.html(script, unsafe_allow_javascript=True)


def requests_counted(count: int, window: int, limit: int) -> str:
    """How many requests lie inside the velocity rule's window, and which one trips it."""
    words = ngettext(
        "{n} request within {span}; number {limit} trips a check",
        "{n} requests within {span}; number {limit} trips a check",
        count,
    )
    return words.format(n=count, span=span(window), limit=limit)
