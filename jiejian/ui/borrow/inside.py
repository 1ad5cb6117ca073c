"""Inside the glass box: the stages, the notice, the offer, the truth behind a time-out."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Seat
from jiejian.ui import decision_view, offer_view, state
from jiejian.ui.borrow.advice import advice, walked
from jiejian.ui.borrow.doing import write
from jiejian.ui.i18n import _
from sandbox.lender.book import LenderBook
from sandbox.lender.decision import Decision
from sandbox.lender.life import Sent


def inside(now: Seat, book: LenderBook) -> None:
    """What happened to the newest request."""
    sent = now.latest
    st.header(_("Inside the glass box"), anchor="inside")
    if sent is None:
        words = _(
            "Eight stages stand between you and the money. Send a request and watch it pass"
            " through them."
        )
        st.html(f"<p>{html.escape(words)}</p>")
        decision_view.glass_box(None, book)
        return
    _outcome(sent)
    walked(sent, book)
    _trace(sent, book)
    advice(now, sent, book)
    _behind(sent, book)
    _offer(sent, loan_taken=now.life.has_loan(sent.id))
    if now.life.offer_open(sent):
        _offer_buttons(sent)
    elif sent.decision.approved and not now.life.has_loan(sent.id) and sent is now.latest:
        st.info(_("You walked away from this offer. You owe nothing."), icon=":material/check:")


def request_view(sent: Sent, book: LenderBook, loan_taken: bool) -> None:
    """One decided request of the past: outcome, stages, notice or offer."""
    _outcome(sent)
    _trace(sent, book)
    _behind(sent, book)
    _offer(sent, loan_taken=loan_taken)


def _outcome(sent: Sent) -> None:
    """The answer; once it was looked up, what became of the request takes its place."""
    if sent.looked_up and sent.behind:
        revealed(sent)
    else:
        decision_view.banner(sent.decision, f"outcome_{sent.id}")


def _trace(sent: Sent, book: LenderBook) -> None:
    decision_view.glass_box(sent.decision, book)
    if sent.decision.reasons:
        decision_view.notice(sent.decision, book)


def _behind(sent: Sent, book: LenderBook) -> None:
    """What the lender had decided while nobody saw the answer."""
    if not (sent.looked_up and sent.behind and sent.behind.decision):
        return
    shown = sent.behind.decision
    st.header(_("What the lender had decided meanwhile"), anchor=False)
    decision_view.banner(shown)
    if shown.reasons:
        decision_view.notice(shown, book)


def _offer(sent: Sent, loan_taken: bool) -> None:
    shown: Decision = sent.decision
    if sent.looked_up and sent.behind and sent.behind.decision:
        shown = sent.behind.decision
    quote = services().lending.offer(sent.case, shown)
    if quote:
        offer_view.offer(quote)
        if loan_taken:
            st.info(_("This loan was paid out in the story and now weighs on later requests."))


def revealed(sent: Sent) -> None:
    """What a look-up of a lost answer found."""
    behind = sent.behind
    if behind is None or not behind.arrived:
        st.success(
            _(
                "The look-up says: the request never arrived. Nothing was booked and you owe"
                " nothing. Now, and only now, it is safe to send it again; mind the hourly count."
            ),
            icon=":material/search_check:",
        )
    elif behind.decision and behind.decision.approved:
        st.warning(
            _(
                "The look-up says: it had arrived, was approved and paid out. Only the answer was"
                " lost. Had you sent it again elsewhere, you would now owe twice."
            ),
            icon=":material/search_check:",
        )
    else:
        st.info(
            _(
                "The look-up says: it had arrived and was not approved. Nothing was paid out, and"
                " sending it again unchanged would only add to the counter."
            ),
            icon=":material/search_check:",
        )


def _offer_buttons(sent: Sent) -> None:
    with st.container(horizontal=True, gap="small", key="offer_buttons"):
        for take, label, kind in (
            (True, _("Take the offer"), "primary"),
            (False, _("Walk away"), "secondary"),
        ):
            st.button(
                label,
                key=f"offer_{take}_{sent.id}",
                type=kind,  # type: ignore[arg-type]
                on_click=_answer_offer,
                args=(sent.id, take),
            )
    st.caption(_("An approval is no duty. Walking away costs nothing."))


def _answer_offer(request_id: str, take: bool) -> None:
    lending = services().lending
    write("offer", lambda key: lending.answer_offer(state.actor(), request_id, take, key))
