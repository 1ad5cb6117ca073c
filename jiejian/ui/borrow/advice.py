"""What would change it: ways to an approval that were played through, ready to follow."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Seat
from jiejian.ui import state
from jiejian.ui.borrow import form, words
from jiejian.ui.borrow.doing import FOLLOWED, write
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import take_focus
from sandbox.lender.book import LenderBook
from sandbox.lender.life import Sent
from sandbox.lender.remedies import Remedy


def advice(now: Seat, sent: Sent, book: LenderBook) -> None:
    """Under a refusal: the smallest changes that lead to an approval, or an honest no."""
    if sent.decision.outcome in ("approved", "duplicate") or now.life.has_loan(sent.id):
        return
    with st.spinner(_("Trying out what would change it…")):
        found = services().lending.advice(state.actor(), now)
    if found.look_up_first:
        st.info(
            _("First find out what became of the request. Nothing else makes sense before that."),
            icon=":material/search:",
        )
        return
    with st.container(border=True, key="card_advice", gap="small"):
        title = way_title(sent)
        st.html(f'<h3 id="way">{html.escape(title)}</h3>')
        if not found.options:
            _nothing()
            return
        lead = _("Each way was tried out in the simulation, to the end. Pick one and watch.")
        st.html(f'<p class="muted">{html.escape(lead)}</p>')
        for number, option in enumerate(found.options):
            _option(number, option, sent, book)


def way_title(sent: Sent) -> str:
    """What the ways are called: after a part was approved there is nothing to get through."""
    if sent.decision.outcome == "approved_less":
        return _("Other ways to ask")
    return _("What would change it")


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
            args=(sent.id, number, option),
        )


def _follow(request_id: str, number: int, option: Remedy) -> None:
    """Walk the way; the form then shows the request that was sent at its end."""
    lending = services().lending

    def walk(key: str) -> None:
        sent = lending.follow(state.actor(), request_id, number, key).latest
        if sent is not None:
            form.fill(sent.case)
            state.show(FOLLOWED, (sent.id, option))

    write("follow", walk)


def walked(sent: Sent, book: LenderBook) -> None:
    """Under the answer to the request at the end of a way: the steps just taken."""
    request_id, option = state.shown(FOLLOWED) or ("", None)
    if option is None or request_id != sent.id:
        return
    title = _("The way you just walked")
    steps = "".join(f"<li>{html.escape(words.step(book, one))}</li>" for one in option.steps)
    again = _("Send the request again")
    st.html(
        f'<div class="walked"><p class="group-title">{html.escape(title)}</p>'
        f"<ol>{steps}<li>{html.escape(again)}</li></ol></div>"
    )
    take_focus(f"outcome_{sent.id}")
