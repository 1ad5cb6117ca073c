"""One loan, every honest number: what the advert says beside what the loan costs."""

from __future__ import annotations

import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.services.built import services
from jiejian.ui import errors
from jiejian.ui.i18n import _
from jiejian.ui.lab import offer_form, price_answer, price_charts, price_guess
from jiejian.ui.rates_view import figures, figures_html
from sandbox.loans import Quote

KEY = "lab_price"


def show() -> None:
    """A guess first; then the form, the answer, and everything behind it."""
    if not price_guess.settled() and not offer_form.prefilled(KEY):
        price_guess.ask()
        return
    price_guess.told()
    form, answer = st.columns([5, 7], gap="medium")
    with form, st.container(border=True, key="card_lab_offer", gap="small"):
        st.subheader(_("The offer"), anchor=False)
        given = offer_form.offer_fields(KEY, price_guess.PLAN)
        quote = _quote(given)
    with answer:
        if quote is not None:
            _answer(given, quote)
        else:
            st.caption(_("The figures appear here as soon as the offer can be worked out."))


def _quote(given: dict[str, object]) -> Quote | None:
    """The offer priced; a refusal is told right under the boxes."""
    try:
        return services().costing.quote(given)
    except InvalidInput as refused:
        errors.show(refused)
        return None


def _answer(given: dict[str, object], quote: Quote) -> None:
    rate_stated = "repay_total" not in given
    price_answer.show(quote, rate_stated=rate_stated)
    with st.expander(_("Every honest number, and its formula"), icon=":material/functions:"):
        st.html(figures_html(figures(quote, rate_stated=rate_stated)))
    price_charts.show(given, quote)
