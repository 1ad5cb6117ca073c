"""One loan, every honest number: what the advert says beside what the loan costs."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.ui.charts.card import chart_card
from jiejian.ui.charts.instalments import instalments
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import offer_form
from jiejian.ui.loan_view import schedule_columns, schedule_rows, step_name, summary
from sandbox.loans import Quote

KEY = "lab_price"


def show() -> None:
    """The form, and what it comes to."""
    form, answer = st.columns([5, 7], gap="medium")
    with form, st.container(border=True, key="card_lab_offer", gap="small"):
        given = offer_form.offer_fields(KEY, {"price": "flat"})
    with answer:
        _answer(services().costing.quote(given))


def _answer(quote: Quote) -> None:
    simple = quote.rates["irr_simple"].value
    with st.container(border=True, key="card_lab_answer", gap="small"):
        if simple is not None:
            st.html(f'<p class="app-says">{html.escape(percent(simple))}</p>')
        st.html(f"<p>{html.escape(money(quote.totals.cost))}</p>")
    chart_card(
        "lab_payments",
        _("What you pay back each time"),
        instalments(language(), quote.rows, step_name(quote.offer)),
        summary(quote),
        schedule_columns(quote),
        schedule_rows(quote),
        name="schedule",
    )
