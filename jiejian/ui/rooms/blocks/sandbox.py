"""Borrowing inside a room: a small phone, the app's blunt answer, and the glass box behind it."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.workshops.blocks import SandboxBlock
from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.lending import Ask, Seat
from jiejian.services.rooms.taking_part import Place
from jiejian.ui import errors, state
from jiejian.ui.borrow.clock_card import restriction
from jiejian.ui.format import clock, span
from jiejian.ui.i18n import _, language, pgettext
from jiejian.ui.labels import requests_counted
from jiejian.ui.rooms import doing
from jiejian.ui.rooms.blocks.sandbox_answer import SENT, answer
from jiejian.ui.rooms.pieces import say
from sandbox.lender.book import LenderBook

WAITS = (10, 60, 24 * 60)
"""Simulated minutes one can let pass."""


def sandbox(place: Place, block: SandboxBlock) -> None:
    """The task, the form, the answer, and the clock."""
    st.html(f'<p class="stem">{say(block.task)}</p>')
    if place.closed:
        return
    taking = services().taking_part
    if place.standing.sandbox != block.id:
        name, key = doing.attempt(place, "begin")
        try:
            place = taking.begin(state.actor(), place.room.id, block.id, key)
        except JiejianError as error:
            errors.show(error)
            return
        state.done(name)
    now = taking.seat(place)
    book = services().lending.book
    if now.life.regime in book.regimes:
        book = book.under(now.life.regime)
    _phone(place, block, now, book)
    answer(place, now, book)
    _clock(place, now)


def _phone(place: Place, block: SandboxBlock, now: Seat, book: LenderBook) -> None:
    persona = services().lending.persona_of(now.life)
    spoken = language()
    prefix = f"live_ask_{block.id}_"
    st.session_state.setdefault(prefix + "amount", block.amount)
    st.session_state.setdefault(prefix + "term", block.term_months)
    model = html.escape(_("Teaching model, no real lender"))
    you = _("You play: {who}").format(who=persona.title.say(spoken))
    with st.container(border=True, key="card_phone", gap="small"):
        st.html(
            f'<p class="phone-title">{html.escape(book.product.title.say(spoken))}</p>'
            f'<p class="phone-model">{model}</p>'
            f'<p class="phone-note"><strong>{html.escape(you)}</strong><br>'
            f"{html.escape(persona.about.say(spoken))}</p>"
        )
        with st.form("live_ask", border=False):
            st.number_input(_("Amount (yuan)"), step=500, key=prefix + "amount")
            st.pills(
                pgettext("loan length", "Term (months)"),
                book.product.terms,
                required=True,
                key=prefix + "term",
            )
            st.form_submit_button(
                _("Send again") if now.latest else _("Send the request"),
                type="primary",
                width="stretch",
                icon=":material/send:",
                on_click=_send,
                args=(place.room.id, block, doing.attempt(place, "send")),
            )


def _send(room: str, block: SandboxBlock, tried: tuple[str, str]) -> None:
    prefix = f"live_ask_{block.id}_"
    ask = Ask(
        amount=str(st.session_state.get(prefix + "amount")),
        term_months=int(st.session_state.get(prefix + "term") or 0),
        method=services().lending.book.product.methods[0],
        purpose=block.purpose,
    )
    taking = services().taking_part
    if doing.write(tried[0], lambda key: taking.request(state.actor(), room, ask, key), tried[1]):
        state.show(SENT, block.id)


def _clock(place: Place, now: Seat) -> None:
    label = html.escape(_("Simulated time"))
    counter = requests_counted(now.in_window, now.window_minutes, now.window_limit)
    with st.container(border=True, key="card_clock", gap="small"):
        st.html(
            f'<div class="clock"><p class="clock-label">{label}</p>'
            f'<p class="clock-time">{html.escape(clock(now.life.minute))}</p>'
            f'<p class="counter">{html.escape(counter)}</p>{restriction(now)}</div>'
        )
        st.caption(_("Let simulated time pass:"))
        with st.container(horizontal=True, gap="small", key="clock_steps"):
            for minutes in WAITS:
                st.button(
                    f"+ {span(minutes)}",
                    key=f"live_wait_{minutes}",
                    on_click=_wait,
                    args=(place.room.id, minutes, doing.attempt(place, "wait")),
                )


def _wait(room: str, minutes: int, tried: tuple[str, str]) -> None:
    taking = services().taking_part
    doing.write(tried[0], lambda key: taking.wait(state.actor(), room, minutes, key), tried[1])
