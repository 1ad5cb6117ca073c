"""The whole seat: the borrower's phone on one side, the glass box on the other."""

from __future__ import annotations

import streamlit as st

from jiejian.services.built import services
from jiejian.ui import state
from jiejian.ui.borrow import form, person
from jiejian.ui.borrow.answer import answer
from jiejian.ui.borrow.clock_card import clock_card
from jiejian.ui.borrow.deeds import deeds
from jiejian.ui.borrow.inside import inside
from jiejian.ui.borrow.journal import goals, journal
from jiejian.ui.borrow.knows import knows
from jiejian.ui.borrow.regime_view import regimes


def seat() -> None:
    """One fragment, so that a press redraws this and nothing else."""
    lending = services().lending
    now = lending.seat(state.actor())
    book = (
        lending.book.under(now.life.regime)
        if now.life.regime in lending.book.regimes
        else lending.book
    )
    persona = lending.persona_of(now.life)
    person.from_link(now, book, lending.words)
    form.prepare(persona, book)
    phone, box = st.columns([5, 7], gap="medium")
    with phone:
        form.phone(now, persona, book)
        answer(now, book)
        clock_card(now)
        deeds(now, book)
        person.new_life(book, lending.words)
    with box:
        inside(now, book)
        regimes(now, book)
        knows(now, book, lending.words)
        journal(now)
        goals(now, lending.words)
