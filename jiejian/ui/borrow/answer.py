"""What an ordinary app would say back, and what can be pressed right under it."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Seat
from jiejian.ui import errors, state
from jiejian.ui.borrow import form
from jiejian.ui.borrow.advice import way_title
from jiejian.ui.borrow.doing import ERROR, write
from jiejian.ui.format import clock, money
from jiejian.ui.i18n import _, language
from sandbox.lender.book import LenderBook
from sandbox.lender.decision import Decision
from sandbox.lender.life import Sent


def answer(now: Seat, book: LenderBook) -> None:
    """Blunt as they are, next to the button that was pressed."""
    if problem := state.shown(ERROR):
        errors.show(problem)
    sent = now.latest
    if sent is None:
        return
    look_inside, way = _("See what happened inside"), way_title(sent)
    # While an outcome is unknown there is no way to point to, only the look-up just below.
    stuck = sent.decision.outcome not in ("approved", "duplicate") and not now.unresolved
    further = f' · <a href="#way">{html.escape(way)}</a>' if stuck else ""
    with st.container(border=True, key="card_answer", gap="small"):
        st.html(
            '<p class="eyebrow">' + html.escape(_("An ordinary app would only say")) + f"</p>"
            f'<p class="app-says" role="status">{html.escape(blunt(sent))}</p>'
            f'<p class="only-stacked"><a href="#inside">{html.escape(look_inside)}</a>{further}</p>'
        )
        for number, waiting in enumerate(now.life.sent, 1):
            if waiting.unresolved:
                _unresolved(waiting, number if len(now.unresolved) > 1 else 0)
        if sent.decision.outcome == "step_up":
            _act_button("verify_again", _("Do the extra verification"), {"kind": "verify_again"})
        if sent.decision.outcome == "refer" and not now.life.history().review_left_minutes:
            _appeal(sent.decision, book)


def _unresolved(waiting: Sent, number: int) -> None:
    """The two safe things to do about a lost answer; a number tells several of them apart."""
    if number:
        text = _("Request {n}: {time}, {amount}, outcome unknown").format(
            n=number,
            time=clock(waiting.minute),
            amount=money(waiting.case.request.amount, cents=False),
        )
        st.html(f'<p class="muted">{html.escape(text)}</p>')
    with st.container(horizontal=True, gap="small", key=f"unresolved_{waiting.id}"):
        st.button(
            _("Look up the outcome"),
            key=f"look_{waiting.id}",
            icon=":material/search:",
            type="primary",
            on_click=_look_up,
            args=(waiting.id,),
        )
        st.button(
            _("Send again under the same number"),
            key=f"same_{waiting.id}",
            icon=":material/content_copy:",
            help=_(
                "The same request number: if the first one arrived, the lender recognises it"
                " and there is no second loan."
            ),
            on_click=form.send,
            args=(state.attempt("submit"), waiting.id, True),
        )


def _appeal(decision: Decision, book: LenderBook) -> None:
    """Evidence that a reviewer accepts for the reasons given."""
    found = [book.words(reason.code) for reason in decision.reasons]
    for evidence in dict.fromkeys(words.evidence for words in found if words and words.evidence):
        label = book.choices.evidence[evidence].label.say(language())
        _act_button(
            f"evidence_{evidence}",
            _("Appeal: send {evidence}").format(evidence=label),
            {"kind": "send_evidence", "evidence": evidence},
        )


def _act_button(name: str, label: str, action: dict[str, object]) -> None:
    st.button(label, key=f"answer_{name}", type="primary", on_click=_act, args=(action,))


def _act(action: dict[str, object]) -> None:
    lending = services().lending
    write("act", lambda key: lending.act(state.actor(), action, key))


def _look_up(request_id: str) -> None:
    lending = services().lending
    write("look_up", lambda key: lending.look_up(state.actor(), request_id, key))


def blunt(sent: Sent) -> str:
    """What an ordinary app says about an outcome."""
    match sent.decision.outcome:
        case "approved":
            return _("“Congratulations! Your request was approved.”")
        case "approved_less":
            return _("“Your request was approved for a different amount.”")
        case "declined":
            return _("“You do not meet the requirements at this time.”")
        case "refer":
            return _("“Your request is being processed.”")
        case "step_up":
            return _("“Please verify your identity to continue.”")
        case "duplicate":
            return _("“Please do not submit again.”")
        case "retry_later":
            return _("“The system is busy. Please try again later.”")
        case "unknown":
            return _("“The request timed out.”")
        case "cool_down":
            return _("“Too many attempts. Please try again later.”")
        case "frozen":
            return _("“Your account is restricted for safety reasons.”")
