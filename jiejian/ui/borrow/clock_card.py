"""The simulated clock with its counter, and the steps it can be moved by."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import STEPS, Seat
from jiejian.ui import state
from jiejian.ui.borrow.doing import write
from jiejian.ui.format import clock, span
from jiejian.ui.i18n import _
from jiejian.ui.labels import requests_counted


def clock_card(now: Seat) -> None:
    """Time, requests inside the window, what runs, and the way forward."""
    with st.container(border=True, key="card_clock", gap="small"):
        pips = "".join(
            f'<span class="pip{" pip-on" if place < now.in_window else ""}"></span>'
            for place in range(now.window_limit)
        )
        counter = requests_counted(now.in_window, now.window_minutes, now.window_limit)
        st.html(
            '<div class="clock"><p class="clock-label">'
            + html.escape(_("Simulated time"))
            + f"</p>"
            f'<p class="clock-time">{html.escape(clock(now.life.minute))}</p>'
            f'<p class="counter"><span class="pips" aria-hidden="true">{pips}</span>'
            f" {html.escape(counter)}</p>{restriction(now)}</div>"
        )
        with st.container(horizontal=True, gap="small", key="clock_steps"):
            for minutes in STEPS:
                st.button(
                    f"+ {span(minutes)}",
                    key=f"advance_{minutes}",
                    on_click=_advance,
                    args=(minutes,),
                )


def restriction(now: Seat) -> str:
    """What holds requests back just now, as HTML; "" if nothing does."""
    if left := now.life.freeze_left:
        text = _("Account frozen: {span} left").format(span=span(left))
        return f'<p class="countdown countdown-frozen" role="status">{html.escape(text)}</p>'
    if left := now.life.cool_down_left:
        text = _("Cool-down: {span} left. Sending now would freeze the account.")
        words = html.escape(text.format(span=span(left)))
        return f'<p class="countdown countdown-cool" role="status">{words}</p>'
    if now.window_limit and now.in_window == now.window_limit - 1:
        text = _("One more within the hour trips the velocity check.")
        return f'<p class="countdown countdown-warn">{html.escape(text)}</p>'
    return ""


def _advance(minutes: int) -> None:
    lending = services().lending
    write("advance", lambda key: lending.advance(state.actor(), minutes, key))
