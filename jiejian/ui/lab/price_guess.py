"""The first exercise: guess what a plan “without interest” costs a year, then see."""

from __future__ import annotations

import html
from decimal import Decimal

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.costing import Prediction
from jiejian.ui import errors, state
from jiejian.ui.format import money, percent, plain
from jiejian.ui.i18n import _
from jiejian.ui.lab.pair import figures_pair
from jiejian.ui.loan_view import average_owed
from sandbox.loans import Quote

EXERCISE = "flat-fee-year"
PLAN = {"principal": "12000", "price": "flat", "rate_flat": "0.66", "periods": "12"}
GIVEN = {"principal": 12000, "method": "flat_fee", "period_rate": "0.0066", "periods": 12}
BOX = "lab_price_guess"
SKIPPED = "lab_price_guess_skipped"
ERROR = "lab_price_guess_error"
FRESH = "lab_price_guess_fresh"
NEAR = Decimal(1)
"""Percentage points within which a guess is called close."""


def made() -> Prediction | None:
    """The newest guess of this reader."""
    every = services().costing.predictions(state.actor())
    return next((guess for guess in every if guess.exercise == EXERCISE), None)


def skipped() -> bool:
    """Whether the reader would rather not guess."""
    return bool(state.shown(SKIPPED))


def ask() -> None:
    """The advert, the question, the box."""
    plan = _plan()
    with st.container(border=True, key="card_lab_guess", gap="small"):
        st.html('<p class="eyebrow">' + html.escape(_("Guess first")) + "</p>")
        st.header(_("“No interest, only 0.66% a month”"), anchor=False)
        st.html(
            f'<p class="advert">{html.escape(_advert(plan))}</p><p>{html.escape(_question())}</p>'
        )
        with st.form("lab_price_guess_form", border=False):
            st.text_input(
                _("Your guess, in percent a year"),
                key=BOX,
                max_chars=60,
                autocomplete="off",
                persist_state="session",
            )
            st.form_submit_button(
                _("Show me the real figure"),
                type="primary",
                width="stretch",
                on_click=_guess,
                args=(state.attempt(EXERCISE),),
            )
        if problem := state.shown(ERROR):
            errors.show(problem)
        st.button(
            _("Skip this and work out my own loan"),
            key="lab_price_skip",
            type="tertiary",
            on_click=state.show,
            args=(SKIPPED, True),
        )


def told(guess: Prediction) -> None:
    """Guess and truth side by side, and why they differ."""
    title = _("Your guess and the real figure")
    if state.shown(FRESH) == guess:
        with st.container(border=True, key="card_lab_told", gap="small"):
            st.html(f'<p class="eyebrow">{html.escape(title)}</p>')
            _compared(guess)
    else:
        with st.expander(title, icon=":material/psychology_alt:"):
            _compared(guess)


def _compared(made: Prediction) -> None:
    plan = _plan()
    lines = [_verdict(made, plan), _why(plan)]
    pair = figures_pair(_("You guessed"), f"{plain(made.guess)}%", f"{plain(made.truth)}%")
    told = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    st.html(f'<div role="status">{pair}{told}</div>')


def _plan() -> Quote:
    return services().costing.quote(GIVEN)


def _truth(plan: Quote) -> Decimal:
    """The plan's yearly cost in percent, two decimals."""
    simple = plan.rates["irr_simple"].value or Decimal(0)
    return (simple * 100).quantize(Decimal("0.01"))


def _guess(key: str) -> None:
    state.clear(ERROR)
    typed = str(st.session_state.get(BOX) or "")
    try:
        truth = _truth(_plan())
        guess = services().costing.predict(state.actor(), EXERCISE, typed, truth, key)
    except JiejianError as error:
        state.show(ERROR, error)
    else:
        state.done(EXERCISE)
        state.show(FRESH, guess)


def _advert(plan: Quote) -> str:
    words = _(
        "Buy now for {amount}, pay in {n} months. Interest: none! Only a handling fee of {fee} a"
        " month, that is {year} a year."
    )
    return words.format(
        amount=money(plan.offer.principal, cents=False),
        n=plan.offer.periods,
        fee=percent(plan.offer.period_rate or Decimal(0)),
        year=percent(plan.rates["nominal_annual"].value or Decimal(0)),
    )


def _question() -> str:
    return _("What does this plan really cost a year? There is no wrong guess; just try.")


def _verdict(made: Prediction, plan: Quote) -> str:
    """What to say about the guess, kindly."""
    compound = (plan.rates["irr_compound"].value or Decimal(0)) * 100
    nominal = (plan.rates["nominal_annual"].value or Decimal(0)) * 100
    if abs(made.off) <= NEAR:
        return _("Very close: less than one point away. You did not let the advert fool you.")
    if abs(made.guess - compound) <= NEAR:
        words = _(
            "You found the compounded figure: {compound} a year. Without interest on interest it"
            " is {simple}."
        )
        return words.format(compound=f"{compound:.2f}%", simple=f"{plain(made.truth)}%")
    if abs(made.guess - nominal) <= NEAR:
        return _(
            "That is about the advert's own sum, and it looks reasonable. It would be right if you"
            " owed the whole amount until the last day."
        )
    if made.off < 0:
        return _("It costs more than you thought. That is what such adverts are made for.")
    return _("You were more wary than you needed to be. Still, the advert hides a lot.")


def _why(plan: Quote) -> str:
    nominal, simple = plan.rates["nominal_annual"].value, plan.rates["irr_simple"].value
    words = _(
        "Every month you give back part of the money, so on average you owe only {owed}, not"
        " {amount}. The fee is charged on {amount} all the same. So the real cost is {times} times"
        " what the advert says."
    )
    return words.format(
        owed=money(average_owed(plan)),
        amount=money(plan.offer.principal, cents=False),
        times=f"{(simple or Decimal(0)) / (nominal or Decimal(1)):.1f}",
    )
