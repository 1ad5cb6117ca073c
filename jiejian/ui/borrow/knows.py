"""What the lender knows about you, and from where."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.lending import Seat
from jiejian.ui.borrow import words as say
from jiejian.ui.i18n import _, language
from sandbox.lender.book import LenderBook
from sandbox.lender.facts.catalogue import FACTS, Fact
from sandbox.lender.seatwords import SeatWords

ICONS = {
    "applicant": "edit_note",
    "bureau": "account_balance",
    "device": "smartphone",
    "platform": "dns",
}


def knows(now: Seat, book: LenderBook, words: SeatWords) -> None:
    """Every fact with its value, grouped by who told the lender."""
    with st.expander(
        _("What the lender knows about you, and from where"),
        key="fold_knows",
        icon=":material/visibility:",
    ):
        for source in ICONS:
            choice = book.choices.source[source]
            rows = "".join(
                _row(fact, now, book, words)
                for fact in FACTS.values()
                if fact.source == source and fact.path.split(".")[0] in ("applicant", "account")
            )
            about = choice.about.say(language()) if choice.about else ""
            st.html(
                f'<h4 class="group-title">{html.escape(choice.label.say(language()))}</h4>'
                f'<p class="muted">{html.escape(about)}</p>'
                f'<dl class="facts">{rows}</dl>'
            )


def _row(fact: Fact, now: Seat, book: LenderBook, words: SeatWords) -> str:
    group, name = fact.path.split(".")
    value = getattr(now.applicant if group == "applicant" else now.account, name)
    label = words.facts[fact.path].label.say(language()) if fact.path in words.facts else name
    shown = say.fact(book, words, fact.path, value)
    return f"<div><dt>{html.escape(label)}</dt><dd>{html.escape(shown)}</dd></div>"
