"""The one big answer: the figure that is advertised, and what the loan really costs."""

from __future__ import annotations

import html
from decimal import Decimal

import streamlit as st

from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _
from jiejian.ui.lab.pair import figures_pair
from jiejian.ui.loan_view import average_owed
from jiejian.ui.rate_formulas import number, scale
from jiejian.ui.rates_view import problem_words, rate_words
from sandbox.loans import Quote
from sandbox.loans.timetable import periods_per_year

SAME = Decimal("0.0005")
"""Difference of yearly rates below which two figures are called the same."""


def show(quote: Quote, *, rate_stated: bool) -> None:
    """rate_stated: False where the offer only says what is paid back in all."""
    looks = quote.rates["nominal_annual"].value if rate_stated else _looks(quote)
    real = quote.rates["irr_simple"]
    name = _("The advert says") if rate_stated else _("At first sight")
    note = _("a year; the real figure is IRR × {n}, without interest on interest")
    if days := quote.offer.term_days:
        note = _("a year; the real figure is what these {days} days cost × 365 ÷ {days}")
    note = note.format(n=number(scale(quote)), days=days)
    pair = ""
    if real.value is not None and looks is not None:
        pair = figures_pair(name, percent(looks), rate_words(real))
        pair += f'<p class="pair-note">{html.escape(note)}</p>'
    lines = [_in_money(quote), *_why(quote, looks, rate_stated)]
    if told := problem_words(real):
        lines.insert(0, told)
    if real.problem:
        lines.insert(0, _("There is no single yearly rate here."))
    with st.container(border=True, key="card_lab_answer", gap="small"):
        st.html(
            f'<div role="status">{pair}'
            + "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            + "</div>"
        )


def _looks(quote: Quote) -> Decimal:
    """What people work out in their heads: the extra as a share of the loan, brought to a year."""
    offer = quote.offer
    years = Decimal(offer.count) / (periods_per_year(offer) or 12)
    return quote.totals.cost / offer.principal / years


def _in_money(quote: Quote) -> str:
    words = _(
        "You receive {received} and pay back {paid}. That is {cost} more: {share} for each ¥1,000"
        " in your hand."
    )
    return words.format(
        received=money(quote.received),
        paid=money(quote.totals.payment),
        cost=money(quote.totals.cost),
        share=money(quote.cost_per_1000),
    )


def _why(quote: Quote, looks: Decimal | None, rate_stated: bool) -> list[str]:
    """Why the two figures differ, by what this offer contains."""
    real = quote.rates["irr_simple"].value
    if real is None or looks is None:
        return []
    optional = [_("What you can refuse is in the cost in money, but not in the yearly rate.")]
    optional *= bool(quote.totals.optional_fees)
    if abs(real - looks) < SAME:
        if quote.totals.cost == 0:
            return [_("Nothing is charged here, so the two figures agree.")]
        if optional:
            return optional
        return [_("Here the two figures agree: nothing is charged beside this rate.")]
    lines = []
    if len(quote.rows) > 1 and (quote.offer.method == "flat_fee" or not rate_stated):
        words = _(
            "You pay back bit by bit, so on average you owe only {owed}. The charge is worked out"
            " on the whole {amount}."
        )
        amount = money(quote.offer.principal, cents=False)
        lines.append(words.format(owed=money(average_owed(quote)), amount=amount))
    if quote.upfront.all - quote.upfront.optional > 0:
        lines.append(_upfront(quote))
    if rate_stated and any(row.fees - row.optional_fees for row in quote.rows):
        lines.append(
            _(
                "The fees with each instalment are part of the cost; the advert's rate leaves them out."
            )
        )
    if not lines and not optional:
        lines.append(
            _("The difference comes from the calendar: days and months are not all alike.")
        )
    return lines + optional


def _upfront(quote: Quote) -> str:
    if quote.upfront.withheld:
        words = _("{fee} is kept back at the start: you pay for {amount} but hold only {received}.")
    elif quote.upfront.financed:
        words = _("{fee} is added to the loan at the start: you pay it back, with its price.")
    else:
        words = _("{fee} is paid at the start, so in effect you hold only {received}.")
    return words.format(
        fee=money(quote.upfront.all),
        amount=money(quote.offer.principal, cents=False),
        received=money(quote.received),
    )
