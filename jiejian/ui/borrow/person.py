"""Who the learner plays: a ready person, what is wrong with the day, or facts of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from jiejian.errors import InvalidInput, JiejianError
from jiejian.services.built import services
from jiejian.services.lending import Seat
from jiejian.ui import errors, state
from jiejian.ui.borrow import form
from jiejian.ui.borrow.doing import LIFE_ERROR, write
from jiejian.ui.i18n import _, language
from sandbox.lender.book import LenderBook
from sandbox.lender.seatwords import SeatWords
from sandbox.text import Language

OWN = (
    "monthly_income",
    "monthly_debt_payments",
    "outstanding_debt",
    "lenders",
    "hard_enquiries_30d",
    "days_past_due",
    "own_limit",
)
PERSONA, FAULT = "persona", "fault"


def new_life(book: LenderBook, words: SeatWords) -> None:
    """Choose a person and a fault, or set the main facts, and begin anew."""
    title = _("Change who you play, or start over")
    with st.expander(title, key="fold_new_life", icon=":material/restart_alt:"):
        spoken = language()
        st.selectbox(
            _("Who you play"),
            tuple(book.personas),
            format_func=partial(_persona_title, book, spoken),
            key=f"new_persona_{spoken}",
        )
        st.multiselect(
            _("What is wrong today (optional)"),
            tuple(words.faults),
            format_func=partial(_fault_label, words, spoken),
            placeholder=_("Nothing in particular"),
            select_all=False,
            key=f"new_faults_{spoken}",
        )
        if st.toggle(_("Make my own: change the figures"), key="new_own"):
            persona = book.personas[str(st.session_state[f"new_persona_{spoken}"])]
            facts = persona.applicant.model_dump() | persona.account.model_dump()
            for name in OWN:
                group = "account" if name == "own_limit" else "applicant"
                st.text_input(
                    words.facts[f"{group}.{name}"].label.say(spoken),
                    value=f"{facts[name] or 0:g}" if name in MONEY else str(facts[name]),
                    key=f"own_{persona.id}_{name}",
                )
        st.caption(_("A new simulated life starts on day 1. Past requests stay in My progress."))
        if problem := state.shown(LIFE_ERROR):
            st.error(_problem(problem, words), icon=":material/error:")
        st.button(_("Start a new life"), key="start_life", on_click=_start_chosen)


def _problem(error: JiejianError, words: SeatWords) -> str:
    """A refusal that names the fact as its field is labelled here."""
    if isinstance(error, InvalidInput) and error.field in OWN:
        group = "account" if error.field == "own_limit" else "applicant"
        label = words.facts[f"{group}.{error.field}"].label.say(language())
        text = _("“{field}” cannot be used as entered. Please check it and try again.")
        return text.format(field=label)
    return errors.words(error)


MONEY = ("monthly_income", "monthly_debt_payments", "outstanding_debt", "own_limit")


def from_link(now: Seat, book: LenderBook, words: SeatWords) -> None:
    """A link may name a person and a fault: begin so if nothing was done yet, else ask first."""
    persona = str(st.query_params.get(PERSONA, now.life.persona))
    faults = [f for f in st.query_params.get_all(FAULT) if f in words.faults]
    named = PERSONA in st.query_params or FAULT in st.query_params
    if not named or persona not in book.personas:
        return
    untouched = not now.life.sent and not now.life.acts and now.life.minute == 0
    if untouched:
        _clear_link()
        _start(persona, faults)
        st.rerun(scope="app")
    title = book.personas[persona].title.say(language())
    today = [words.faults[name].label.say(language()) for name in faults]
    with st.container(border=True, key="card_link", gap="small"):
        st.markdown(_("This link is about: {who}").format(who=title))
        for label in today:
            st.markdown(f"- {label}")
        st.button(
            _("Start a new life like that"),
            type="primary",
            key="link_start",
            on_click=_start_linked,
            args=(persona, faults),
        )


def _start_linked(persona: str, faults: list[str]) -> None:
    _clear_link()
    _start(persona, faults)


def _clear_link() -> None:
    for name in (PERSONA, FAULT):
        st.query_params.pop(name, None)


def _persona_title(book: LenderBook, spoken: Language, code: str) -> str:
    return book.personas[code].title.say(spoken)


def _fault_label(words: SeatWords, spoken: Language, code: str) -> str:
    return words.faults[code].label.say(spoken)


def _start_chosen() -> None:
    persona = str(st.session_state[f"new_persona_{language()}"])
    own: dict[str, Any] = {}
    if st.session_state.get("new_own"):
        own = {name: _figure(st.session_state.get(f"own_{persona}_{name}"), name) for name in OWN}
    _start(persona, st.session_state.get(f"new_faults_{language()}") or [], own)


def _figure(typed: object, name: str) -> object:
    """Money stays text for the exact reading; counts become whole numbers where they are."""
    text = str(typed or "").replace(",", "").replace("，", "").strip()
    return text if name in MONEY or not text.isdecimal() else int(text)


def _start(persona: str, faults: list[str], own: Mapping[str, Any] | None = None) -> None:
    lending = services().lending
    if write(
        "start_life",
        lambda key: lending.start_life(state.actor(), persona, key, faults, own),
        place=LIFE_ERROR,
    ):
        form.forget()
