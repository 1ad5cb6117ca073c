"""The lender's app on the borrower's phone: the request form and its presets from a link."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import partial
from typing import get_args

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Ask, Seat
from jiejian.ui import state
from jiejian.ui.borrow.doing import write
from jiejian.ui.i18n import _, language, pgettext
from sandbox.lender.book import LenderBook, Persona
from sandbox.lender.case import Case, Incident, Method, Purpose
from sandbox.lender.choices import Choice
from sandbox.text import LANGUAGES, Language

PREFIX = "ask_"
PRESETS = {"incident": get_args(Incident), "method": get_args(Method), "purpose": get_args(Purpose)}
WORDED = ("method", "purpose", "incident")


def prepare(persona: Persona, book: LenderBook) -> None:
    """First values of the form: the persona's request, changed by a preset in the link."""
    request = persona.request
    first = {
        "amount": int(request.amount),
        "term_months": request.term_months,
        "method": request.method,
        "purpose": request.purpose,
        "incident": "none",
    }
    for name, value in first.items():
        st.session_state.setdefault(PREFIX + name, value)
    for name, allowed in PRESETS.items():
        if st.query_params.get(name) in allowed:
            _set(name, st.query_params.pop(name))
    for name, low, high in (
        ("amount", int(book.product.amount_min), int(book.product.amount_max)),
        ("term_months", book.product.terms[0], book.product.terms[-1]),
    ):
        text = str(st.query_params.get(name, ""))
        if text.isdecimal() and len(text) < 8 and low <= int(text) <= high:
            st.session_state[PREFIX + name] = int(text)
            st.query_params.pop(name)


def fill(case: Case) -> None:
    """Show the request of a case, as it was last sent."""
    request = case.request
    for name, value in (
        ("amount", int(request.amount)),
        ("term_months", request.term_months),
        ("method", request.method),
        ("purpose", request.purpose),
        ("incident", case.platform.incident),
    ):
        _set(name, value)


def forget() -> None:
    """Let the form begin anew with the next person's request."""
    for name in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[name]


def phone(now: Seat, persona: Persona, book: LenderBook) -> None:
    """The form, and who is filling it in."""
    choices, spoken = book.choices, language()
    you = _("You play: {who}").format(who=persona.title.say(spoken))
    if now.life.own is not None:
        you = _("You play: {who}, changed").format(who=persona.title.say(spoken))
    model = _("Teaching model, no real lender")
    with st.container(border=True, key="card_phone", gap="small"):
        st.html(
            f'<p class="phone-title">{html.escape(book.product.title.say(spoken))}</p>'
            f'<p class="phone-model">{html.escape(model)}</p>'
            f'<p class="phone-note"><strong>{html.escape(you)}</strong><br>'
            f"{html.escape(persona.about.say(spoken))}</p>"
        )
        with st.form("ask", border=False):
            st.number_input(
                _("Amount (yuan)"), step=500, key=PREFIX + "amount", persist_state="session"
            )
            st.pills(
                pgettext("loan length", "Term (months)"),
                book.product.terms,
                required=True,
                key=PREFIX + "term_months",
                persist_state="session",
            )
            fields: tuple[tuple[str, str, tuple[str, ...]], ...] = (
                ("method", _("How to repay"), book.product.methods),
                ("purpose", _("What for"), tuple(choices.purpose)),
            )
            for name, label, options in fields:
                _select(name, label, options, getattr(choices, name), spoken)
            _select(
                "incident",
                _("The platform right now"),
                tuple(choices.incident),
                choices.incident,
                spoken,
                _("Switch a technical incident on and see what it does to your request."),
            )
            st.form_submit_button(
                _("Send the request"),
                type="primary",
                width="stretch",
                icon=":material/send:",
                on_click=send,
                args=(state.attempt("submit"),),
            )


def send(key: str, same_as: str = "", calm: bool = False) -> None:
    """Send with the key the button was drawn with: two clicks on one button are one request.

    calm: the platform works normally by now, whatever the form says.
    """
    if calm:
        _set("incident", "none")
    lending = services().lending
    write("submit", lambda k: lending.submit(state.actor(), _ask(same_as), k), key)


def _set(name: str, value: object) -> None:
    st.session_state[PREFIX + name] = value
    for spoken in LANGUAGES:
        st.session_state.pop(f"{PREFIX}{name}_{spoken}", None)


def _select(
    name: str,
    label: str,
    options: tuple[str, ...],
    group: Mapping[str, Choice],
    spoken: Language,
    explanation: str | None = None,
) -> None:
    st.selectbox(
        label,
        options,
        format_func=partial(_label, group, spoken),
        help=explanation,
        key=_worded(name),
        persist_state="session",
    )


def _worded(name: str) -> str:
    """The key of a choice whose options are words: one for each language.

    The browser sends such a choice back as the words it showed, which mean nothing once the
    language has changed; the code chosen is kept apart and carried over.
    """
    key = f"{PREFIX}{name}_{language()}"
    for other in LANGUAGES:
        if other != language():
            st.session_state.pop(f"{PREFIX}{name}_{other}", None)
    st.session_state.setdefault(key, st.session_state[PREFIX + name])
    return key


def _label(group: Mapping[str, Choice], spoken: Language, code: str) -> str:
    return group[code].label.say(spoken)


def _ask(same_as: str) -> Ask:
    for name in WORDED:
        key = f"{PREFIX}{name}_{language()}"
        if key in st.session_state:
            st.session_state[PREFIX + name] = st.session_state[key]

    def given(name: str) -> object:
        return st.session_state.get(PREFIX + name)

    return Ask(
        amount=str(given("amount")),
        term_months=int(str(given("term_months") or 0)),
        method=str(given("method")),
        purpose=str(given("purpose")),
        incident=str(given("incident")),
        same_as=same_as,
    )
