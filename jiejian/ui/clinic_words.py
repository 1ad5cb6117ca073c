"""The clinic's words and small pieces of HTML, shared by its pages."""

from __future__ import annotations

import html
from collections.abc import Iterable

import streamlit as st

from jiejian.content.clinic.entries import Contact, Family
from jiejian.content.clinic.symptoms import Group, Symptom
from jiejian.content.frontmatter import Source
from jiejian.content.printed.pieces import source_list
from jiejian.ui.i18n import _, language
from sandbox.text import Text

PREFIX = "clinic_"
"""Every session key of the clinic begins so."""


def group_words(group: Group | str) -> str:
    """The name of a shelf."""
    return {
        "common": _("Most common"),
        "technology": _("System and network"),
        "risk_control": _("Risk control"),
        "compliance": _("Rules and policy"),
        "user": _("Details to put right"),
        "money": _("Payout and repayment"),
        "account": _("Limit, account, record"),
        "scam": _("Is it a scam?"),
    }[group]


def family_words(family: Family) -> str:
    """The name of a family of causes."""
    return {
        "technology": _("Systems and technology"),
        "risk_control": _("Risk control"),
        "compliance": _("Regulation and compliance"),
        "user": _("Your own slips"),
        "scam": _("A scam"),
    }[family]


def family_chip(family: Family) -> str:
    """The family as a small tag; safe HTML."""
    return f'<span class="family family-{family}">{html.escape(family_words(family))}</span>'


def items(texts: Iterable[Text]) -> str:
    """List items in the reader's language; safe HTML."""
    spoken = language()
    return "".join(f"<li>{html.escape(text.say(spoken))}</li>" for text in texts)


def contact_items(contacts: Iterable[Contact]) -> str:
    """Whom to call, with a number a phone can dial; safe HTML."""
    spoken = language()
    lines = []
    for contact in contacts:
        number = html.escape(contact.number or "")
        call = f' <a class="call" href="tel:{number}">{number}</a>' if number else ""
        lines.append(
            f"<li><strong>{html.escape(contact.name.say(spoken))}</strong>{call}"
            f"<br><span>{html.escape(contact.about.say(spoken))}</span></li>"
        )
    return "".join(lines)


def go(**query: str) -> None:
    """Show another part of the clinic; for on_click.

    A page link to the page one is on leaves the address as it was (Streamlit 1.67), so that the
    next press would lead back; writing the address works, and Back works with it.
    """
    st.query_params.from_dict(query)


def at_top(part: str) -> None:
    """Begin at the top when another part of the page is shown; `part` names it."""
    st.html(f'<script src="/assets/top.js?{part}"></script>', unsafe_allow_javascript=True)


def rows(symptoms: Iterable[Symptom], place: str) -> None:
    """One row to tap for each symptom; `place` tells lists on one page apart."""
    spoken = language()
    with st.container(key=f"rows_{place}", gap="xsmall"):
        for symptom in symptoms:
            st.button(
                symptom.says.say(spoken),
                key=f"{PREFIX}open_{place}_{symptom.id}",
                icon=":material/gpp_maybe:" if symptom.scam else ":material/chat_bubble:",
                width="stretch",
                on_click=go,
                kwargs={"id": symptom.id},
            )


def not_advice() -> None:
    """What these pages are not."""
    text = _(
        "This page teaches. It is no lender, knows nothing about you and gives no personal advice."
        " Telephone numbers and rules are for mainland China; each page shows when it was reviewed."
    )
    st.html(f'<p class="small-print">{html.escape(text)}</p>')


def show_sources(sources: Iterable[Source]) -> None:
    """The numbered list of where the facts above come from."""
    st.html(source_list(sources, html.escape(_("Sources"))))
