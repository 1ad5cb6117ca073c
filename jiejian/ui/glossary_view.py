"""The glossary: every term with its meaning and what is near it."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from jiejian.content.glossary import Glossary, Term
from jiejian.ui.i18n import _, language
from sandbox.text import Language


def glossary(terms: Glossary, asked: str = "") -> None:
    """The term asked for by its id, then all as one list of definitions."""
    if not terms.terms:
        st.info(_("There is no glossary just now."))
        return
    near = _("See also")
    if term := terms.terms.get(asked):
        with st.container(border=True, key="card_term"):
            st.html(f'<dl class="glossary">{_entry(terms, term, language(), near)}</dl>')
    st.html(_list(_Held(terms), language(), near))


class _Held:
    """The glossary as a key of the cache: it is read once and never changes."""

    def __init__(self, terms: Glossary) -> None:
        self.terms = terms

    def __hash__(self) -> int:
        return id(self.terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.terms is self.terms


@lru_cache(maxsize=8)
def _list(held: _Held, spoken: Language, near: str) -> str:
    items = (
        f'<div id="{name}">{_entry(held.terms, term, spoken, near)}</div>'
        for name, term in held.terms.ordered(spoken)
    )
    return f'<dl class="glossary">{"".join(items)}</dl>'


def _entry(glossary: Glossary, term: Term, spoken: Language, near: str) -> str:
    """A term with its meaning; safe HTML."""
    known = glossary.terms
    other = term.term.en if spoken == "zh" else term.term.zh
    tag = "en" if spoken == "zh" else "zh-CN"
    links = ", ".join(
        f'<a href="#{see}">{escape(known[see].term.say(spoken))}</a>'
        for see in term.see
        if see in known
    )
    more = f'<p class="small">{escape(near)}: {links}</p>' if links else ""
    return (
        f"<dt>{escape(term.term.say(spoken))}"
        f' <span class="small" lang="{tag}">{escape(other)}</span></dt>'
        f"<dd><p>{escape(term.short.say(spoken))}</p>{more}</dd>"
    )
