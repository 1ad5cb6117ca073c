"""One loan, every honest number: what the advert says beside what the loan costs."""

from __future__ import annotations

import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.services.built import services
from jiejian.ui.folds import fold
from jiejian.ui.i18n import _
from jiejian.ui.lab import offer_form, price_answer, price_charts, price_guess
from jiejian.ui.rates_view import figures, figures_html
from sandbox.loans import Quote

KEY = "lab_price"


def show() -> None:
    """A guess first; then the form, the answer, and everything behind it."""
    guess = price_guess.made()
    if guess is not None:
        price_guess.told(guess)
    elif not (price_guess.skipped() or offer_form.prefilled(KEY)):
        price_guess.ask()
        return
    form, answer = st.columns([5, 7], gap="medium")
    with form, st.container(border=True, key="card_lab_offer", gap="small"):
        st.header(_("The offer"), anchor=False)
        given = offer_form.offer_fields(KEY, price_guess.PLAN)
        quote = _quote(given)
    with answer:
        if quote is not None:
            _answer(given, quote)
        else:
            st.caption(_("The figures appear here as soon as the offer can be worked out."))


def _quote(given: offer_form.Given) -> Quote | None:
    """The offer priced; a refusal is told right under the box it is about."""
    try:
        return services().costing.quote(given)
    except InvalidInput as refused:
        given.refuse(refused)
        return None


def _answer(given: dict[str, object], quote: Quote) -> None:
    rate_stated = "repay_total" not in given
    price_answer.show(quote, rate_stated=rate_stated)
    label = _("Every honest number, and its formula")
    with fold("lab_price_figures", label, ":material/functions:") as opened:
        if opened:
            st.html(figures_html(figures(quote, rate_stated=rate_stated)))
    price_charts.show(given, quote)
