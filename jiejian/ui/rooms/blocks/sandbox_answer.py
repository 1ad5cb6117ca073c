"""The answer to a request in a room: blunt, then through the glass; and what can be done about it."""

from __future__ import annotations

import html
from collections.abc import Callable

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Ask, Seat
from jiejian.services.rooms.taking_part import Place, TakingPart
from jiejian.ui import decision_view, state
from jiejian.ui.borrow import words
from jiejian.ui.borrow.answer import blunt
from jiejian.ui.borrow.inside import revealed
from jiejian.ui.format import money, span
from jiejian.ui.i18n import _
from jiejian.ui.labels import focus_mark, take_focus
from jiejian.ui.loan_view import cost_line
from jiejian.ui.rooms import doing
from sandbox.lender.book import LenderBook
from sandbox.lender.life import Sent
from sandbox.lender.life.actions import ACTION
from sandbox.loans import Quote

SENT = "live_sent"
"""The step in which this session sent: nobody is moved about in a step that has just begun."""


def answer(place: Place, now: Seat, book: LenderBook) -> None:
    """The newest request's answer; nothing before one was sent."""
    sent = now.latest
    if sent is None:
        return
    with st.container(border=True, key="card_answer", gap="small"):
        head = html.escape(_("An ordinary app would only say"))
        st.html(
            f'<p class="eyebrow">{head}</p>'
            f'<p class="app-says" role="status"{focus_mark(f"live_{sent.id}")}>'
            f"{html.escape(blunt(sent))}</p>"
        )
        if place.block and state.shown(SENT) == place.block.id:
            # Below the fold of a phone: whoever pressed is brought there, once for each request.
            take_focus(f"live_{sent.id}")
        for waiting in now.unresolved:
            _unresolved(place, waiting)
    _inside(sent, book)
    _offer(place, now, sent)
    if not sent.decision.approved and not now.unresolved:
        _fixes(place, now, sent, book)


def _inside(sent: Sent, book: LenderBook) -> None:
    """What the glass box shows that the app does not."""
    title = html.escape(_("What the glass box shows"))
    st.html(f'<h2 class="room-h2">{title}</h2>')
    decision = sent.decision
    if sent.looked_up and sent.behind:
        revealed(sent)
        decision = sent.behind.decision or decision
    decision_view.banner(decision)
    if decision.reasons:
        st.html(decision_view.reasons(decision, book))
    with st.expander(_("All the stages it went through"), icon=":material/deployed_code:"):
        decision_view.glass_box(decision, book)


def _offer(place: Place, now: Seat, sent: Sent) -> None:
    """What the money would cost, and the two buttons."""
    lending = services().lending
    behind = sent.behind.decision if sent.looked_up and sent.behind else None
    quote = lending.offer(sent.case, behind or sent.decision)
    if quote is None:
        return
    st.html(_price(quote))
    if now.life.has_loan(sent.id):
        st.info(_("This loan was paid out in the story and now weighs on later requests."))
    elif now.life.offer_open(sent):
        with st.container(horizontal=True, gap="small", key="offer_buttons"):
            for take, label in ((True, _("Take the offer")), (False, _("Walk away"))):
                st.button(
                    label,
                    key=f"live_offer_{take}",
                    type="primary" if take else "secondary",
                    on_click=_answer_offer,
                    args=(place.room.id, sent.id, take, doing.attempt(place, "offer")),
                )
        st.caption(_("An approval is no duty. Walking away costs nothing."))
    else:
        st.info(_("You walked away from this offer. You owe nothing."), icon=":material/check:")


def _price(quote: Quote) -> str:
    largest = max(row.payment for row in quote.rows)
    facts = (
        (_("You receive"), money(quote.received)),
        (_("You pay back in all"), money(quote.totals.payment)),
        (_("Total cost"), money(quote.totals.cost)),
        (_("Largest instalment"), money(largest)),
    )
    values = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd></div>"
        for name, value in facts
    )
    title = html.escape(_("The offer"))
    how = html.escape(_("How these figures are worked out"))
    return (
        f'<section class="reason"><h3>{title}</h3>'
        f'<dl class="reason-facts">{values}</dl>'
        f'<details class="more-checks"><summary>{how}</summary>'
        f"<p>{html.escape(cost_line(quote))}</p></details></section>"
    )


def _fixes(place: Place, now: Seat, sent: Sent, book: LenderBook) -> None:
    """What could be put right; only some of it is what stood in the way."""
    kinds = [kind for kind in now.fixes if kind != "verify_again"]
    if sent.decision.outcome == "step_up":
        kinds.insert(0, "verify_again")
    if not kinds:
        return
    title = html.escape(_("Put something right"))
    with st.container(border=True, key="card_fixes", gap="small"):
        st.html(f'<p class="group-title">{title}</p>')
        for kind in kinds:
            action = {"kind": kind}
            label = words.action(book, kind, ACTION.validate_python(action))
            minutes = book.actions[kind].minutes
            st.button(
                f"{label} · {span(minutes)}" if minutes else label,
                key=f"live_fix_{kind}",
                icon=":material/build:",
                width="stretch",
                on_click=_act,
                args=(place.room.id, action, doing.attempt(place, "act")),
            )


def _unresolved(place: Place, waiting: Sent) -> None:
    with st.container(horizontal=True, gap="small", key=f"live_unresolved_{waiting.id}"):
        st.button(
            _("Look up the outcome"),
            key=f"live_look_{waiting.id}",
            icon=":material/search:",
            type="primary",
            on_click=_look_up,
            args=(place.room.id, waiting.id, doing.attempt(place, "look")),
        )
        st.button(
            _("Send again under the same number"),
            key=f"live_same_{waiting.id}",
            icon=":material/content_copy:",
            on_click=_same,
            args=(place.room.id, waiting, doing.attempt(place, "same")),
        )


def _taking(tried: tuple[str, str], act: Callable[[TakingPart, str], object]) -> None:
    taking = services().taking_part
    doing.write(tried[0], lambda key: act(taking, key), tried[1])


def _answer_offer(room: str, request: str, take: bool, tried: tuple[str, str]) -> None:
    _taking(tried, lambda part, key: part.answer_offer(state.actor(), room, request, take, key))


def _act(room: str, action: dict[str, object], tried: tuple[str, str]) -> None:
    _taking(tried, lambda part, key: part.act(state.actor(), room, action, key))


def _look_up(room: str, request: str, tried: tuple[str, str]) -> None:
    _taking(tried, lambda part, key: part.look_up(state.actor(), room, request, key))


def _same(room: str, waiting: Sent, tried: tuple[str, str]) -> None:
    """Exactly what was sent before: under one number nothing may differ."""
    asked = waiting.case.request
    ask = Ask(str(asked.amount), asked.term_months, asked.method, asked.purpose, "none", waiting.id)
    _taking(tried, lambda part, key: part.request(state.actor(), room, ask, key))
