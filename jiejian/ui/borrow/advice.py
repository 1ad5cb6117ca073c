"""What would change it: ways to an approval that were played through, ready to follow."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Seat
from jiejian.ui import state
from jiejian.ui.borrow import words
from jiejian.ui.borrow.doing import write
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language
from sandbox.lender.book import LenderBook
from sandbox.lender.life import Sent
from sandbox.lender.remedies import Remedy


def advice(now: Seat, sent: Sent, book: LenderBook) -> None:
    """Under a refusal: the smallest changes that lead to an approval, or an honest no."""
    if sent.decision.outcome in ("approved", "duplicate") or now.life.has_loan(sent.id):
        return
    found = services().lending.advice(state.actor(), now)
    if found.look_up_first:
        st.info(
            _("First find out what became of the request. Nothing else makes sense before that."),
            icon=":material/search:",
        )
        return
    with st.container(border=True, key="card_advice", gap="small"):
        title = _("What would change it")
        st.html(f'<h3 id="way">{html.escape(title)}</h3>')
        if not found.options:
            _nothing()
            return
        lead = _("Each way was tried out in the simulation, to the end. Pick one and watch.")
        st.html(f'<p class="muted">{html.escape(lead)}</p>')
        for number, option in enumerate(found.options):
            _option(number, option, sent, book)


def _nothing() -> None:
    text = _(
        "Nothing you can do now leads to an approval here. Stop asking, keep the reasons, and"
        " look for another way to the money: a smaller plan, a later one, or help from people"
        " who are not lenders."
    )
    st.html(f"<p>{html.escape(text)}</p>")


def _option(number: int, option: Remedy, sent: Sent, book: LenderBook) -> None:
    steps = "".join(f"<li>{html.escape(words.step(book, one))}</li>" for one in option.steps)
    end = _("then {amount} at {rate} a year is approved").format(
        amount=money(option.amount, cents=False), rate=percent(option.annual_rate)
    )
    taken = words.cost(option.cost)
    about = "；".join if language() == "zh" else "; ".join
    line = about(part for part in (taken, end) if part)
    # A list of one needs no numbers.
    tag = "ol" if len(option.steps) > 1 else "ul"
    with st.container(key=f"way_{number}", gap="xsmall"):
        st.html(f'<{tag} class="way">{steps}</{tag}><p class="muted">{html.escape(line)}</p>')
        st.button(
            _("Follow this way"),
            key=f"follow_{number}_{sent.id}",
            icon=":material/directions_walk:",
            on_click=_follow,
            args=(sent.id, number),
        )


def _follow(request_id: str, option: int) -> None:
    lending = services().lending
    write("follow", lambda key: lending.follow(state.actor(), request_id, option, key))
