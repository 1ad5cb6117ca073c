"""A guess before the truth: asked once, kept for "My progress", never in the way.

An exercise is settled once the reader has guessed or does not want to; then the truth may be shown.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.costing import Prediction
from jiejian.ui import errors, state
from jiejian.ui.i18n import _

LONGEST = 60


def settled(exercise: str) -> bool:
    """Whether the reader has guessed, or does not want to."""
    return bool(state.shown(_skipped(exercise))) or made(exercise) is not None


def made(exercise: str) -> Prediction | None:
    """The reader's newest guess, None if there is none."""
    known = state.shown(_known(exercise))
    if isinstance(known, Prediction):
        return known
    every = services().costing.predictions(state.actor())
    newest = next((guess for guess in every if guess.exercise == exercise), None)
    if newest is not None:
        state.show(_known(exercise), newest)
    return newest


def fresh(exercise: str) -> bool:
    """Whether the guess was made in this visit."""
    return bool(state.shown(_fresh(exercise)))


def choose(exercise: str, question: str, options: Mapping[int, str], truth: int) -> None:
    """The question with one large button for each answer, by number."""
    with st.container(border=True, key=f"card_guess_{exercise}", gap="small"):
        _ask(question)
        key = state.attempt(exercise)
        for number, words in options.items():
            st.button(
                words,
                key=f"guess_{exercise}_{number}",
                width="stretch",
                on_click=_guess,
                args=(exercise, str(number), Decimal(truth), key),
            )
        _way_round(exercise)


def type_in(exercise: str, question: str, label: str, truth: int) -> None:
    """The question with a box for a number."""
    with st.container(border=True, key=f"card_guess_{exercise}", gap="small"):
        _ask(question)
        with st.form(f"guess_{exercise}_form", border=False):
            st.text_input(
                label,
                key=_box(exercise),
                max_chars=LONGEST,
                autocomplete="off",
                persist_state="session",
            )
            st.form_submit_button(
                _("Show me what happens"),
                type="primary",
                width="stretch",
                on_click=_guess_typed,
                args=(exercise, Decimal(truth), state.attempt(exercise)),
            )
        _way_round(exercise)


def _ask(question: str) -> None:
    first = _("Guess first")
    st.html(
        f'<p class="eyebrow">{html.escape(first)}</p><p class="stem">{html.escape(question)}</p>'
    )


def _way_round(exercise: str) -> None:
    if problem := state.shown(_error(exercise)):
        errors.show(problem)
    st.button(
        _("I would rather see it at once"),
        key=f"guess_{exercise}_skip",
        type="tertiary",
        on_click=state.show,
        args=(_skipped(exercise), True),
    )


def _guess_typed(exercise: str, truth: Decimal, key: str) -> None:
    _guess(exercise, str(st.session_state.get(_box(exercise)) or ""), truth, key)


def _guess(exercise: str, guess: str, truth: Decimal, key: str) -> None:
    """Keep the guess; it can be made again if it could not be kept."""
    state.clear(_error(exercise))
    try:
        kept = services().costing.predict(state.actor(), exercise, guess, truth, key, "count")
    except JiejianError as error:
        state.show(_error(exercise), error)
    else:
        state.done(exercise)
        state.show(_known(exercise), kept)
        state.show(_fresh(exercise), True)


def _box(exercise: str) -> str:
    return f"guess_{exercise}_box"


def _known(exercise: str) -> str:
    return f"guess_{exercise}_made"


def _fresh(exercise: str) -> str:
    return f"guess_{exercise}_fresh"


def _skipped(exercise: str) -> str:
    return f"guess_{exercise}_skipped"


def _error(exercise: str) -> str:
    return f"guess_{exercise}_error"
