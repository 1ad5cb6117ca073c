"""What a borrower can do beside asking: put things right, pay, owe more, take a break."""

from __future__ import annotations

import html
from decimal import Decimal
from functools import partial

import streamlit as st

from jiejian.services.built import services
from jiejian.services.lending import Seat
from jiejian.ui import state
from jiejian.ui.borrow import words
from jiejian.ui.borrow.doing import write
from jiejian.ui.format import money, span
from jiejian.ui.i18n import _
from sandbox.lender.book import LenderBook
from sandbox.lender.life.actions import ACTION

SLIPS = ("change_phone", "change_phone_number", "apply_elsewhere", "close_card")
PAUSE_DAYS = 7


def deeds(now: Seat, book: LenderBook) -> None:
    """Actions that make sense at this moment, in three groups."""
    with st.expander(_("What you can do"), key="fold_deeds", icon=":material/handyman:"):
        if now.fixes:
            _title(_("Put something right"))
            for kind in now.fixes:
                _button(book, kind, {"kind": kind}, primary=True)
        _title(_("Pay and owe"))
        if now.open_loans:
            _loans(now)
            for kind in ("pay_instalment", "miss_instalment"):
                _button(book, kind, {"kind": kind})
            _button(book, "close_loans_here", {"kind": "close_loans_here", "count": 1})
        _figures(now, book)
        _title(_("Something else happens"))
        for kind in SLIPS:
            _button(book, kind, {"kind": kind})
        _button(book, "set_pause", {"kind": "set_pause", "days": PAUSE_DAYS})


def _title(text: str) -> None:
    st.html(f'<p class="group-title">{html.escape(text)}</p>')


def _loans(now: Seat) -> None:
    minute = now.life.minute
    owed = sum((loan.balance(minute) for loan in now.open_loans), Decimal(0))
    late = max((loan.days_late(minute) for loan in now.open_loans), default=0)
    text = _("You owe {amount} here.").format(amount=money(owed))
    if late:
        text += " " + _("The oldest instalment is {n} days late.").format(n=late)
    st.html(f"<p>{html.escape(text)}</p>")


def _figures(now: Seat, book: LenderBook) -> None:
    """Actions with an amount."""
    kinds = ["repay_debt", "repay_cards", "add_lender", "state_income"]
    if not now.applicant.outstanding_debt:
        kinds.remove("repay_debt")
    if not now.applicant.credit_used:
        kinds.remove("repay_cards")
    labels = {
        "repay_debt": _("Repay debt elsewhere"),
        "repay_cards": _("Repay card debt"),
        "add_lender": _("Borrow from another lender"),
        "state_income": _("State another monthly income"),
    }
    with st.form("deed_amount", border=False):
        chosen = st.radio(
            _("With an amount"), kinds, format_func=lambda kind: labels[kind], key="deed_kind"
        )
        amount = st.text_input(_("Amount (yuan)"), value="1000", key="deed_figure")
        if st.form_submit_button(_("Do it"), key="deed_do"):
            _do({"kind": chosen, "amount": amount.replace(",", "").replace("，", "").strip()})
            st.rerun(scope="fragment")


def _button(book: LenderBook, kind: str, action: dict[str, object], primary: bool = False) -> None:
    label = words.action(book, kind, ACTION.validate_python(action))
    minutes = book.actions[kind].minutes
    taken = span(minutes) if minutes else ""
    st.button(
        f"{label} · {taken}" if taken else label,
        key=f"deed_{kind}",
        icon=":material/build:" if primary else None,
        width="stretch",
        on_click=partial(_do, action),
    )


def _do(action: dict[str, object]) -> None:
    lending = services().lending
    write("act", lambda key: lending.act(state.actor(), action, key))
