"""The clinic's words and small pieces of HTML, shared by its pages."""

from __future__ import annotations

import html
from collections.abc import Iterable

import streamlit as st

from jiejian.content.clinic.entries import Contact, Family
from jiejian.content.clinic.symptoms import Group
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


def not_advice() -> None:
    """What these pages are not."""
    text = _(
        "This page teaches. It is no lender, knows nothing about you and gives no personal advice."
        " Telephone numbers and rules are for mainland China, as of the date below."
    )
    st.html(f'<p class="small-print">{html.escape(text)}</p>')
