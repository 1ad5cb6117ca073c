"""A guess first, then the truth: a number, a choice, or a curve."""

from __future__ import annotations

import html
from decimal import Decimal

import pandas as pd
import streamlit as st

from jiejian.content import units
from jiejian.content.directives import Predict, PredictChart
from jiejian.content.marked import marked
from jiejian.errors import JiejianError
from jiejian.services.built import services
from jiejian.services.guessing import Guess
from jiejian.ui import errors, state
from jiejian.ui.curve_chart import curves
from jiejian.ui.format import plain
from jiejian.ui.i18n import _, language
from jiejian.ui.widgets.common import Place, heading, verdict
from sandbox.answers import Unit


@st.fragment
def predict(body: Predict, place: Place, guess: Guess | None) -> None:
    """Ask, then show what is so and why; the first guess is kept."""
    guess = state.shown(place.key) or guess
    top = heading(body.title, body.prompt, _("Guess first"))
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        if guess is not None:
            st.html(top + _revealed(body, place, guess))
            return
        if body.options:
            _choose(place, body.id, [option.text for option in body.options], top)
        else:
            _type(body, place, top)


@st.fragment
def predict_chart(body: PredictChart, place: Place, guess: Guess | None) -> None:
    """Ask about the curves, then draw them."""
    guess = state.shown(place.key) or guess
    top = heading(body.title, body.prompt, _("Guess first"))
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        if guess is not None:
            st.html(top + _revealed_chart(body, guess))
            _draw(body, place)
        elif body.ask in ("highest", "lowest"):
            _choose(place, body.id, [line.label for line in body.curves], top)
        else:
            _point(body, place, top)


def _choose(place: Place, name: str, options: list[str], top: str) -> None:
    st.html(top)
    _problem(place)
    for number, text in enumerate(options):
        st.button(
            text,
            key=f"{place.key}_{number}",
            width="stretch",
            on_click=_take,
            args=(place, name, str(number)),
        )


def _type(body: Predict, place: Place, top: str) -> None:
    st.html(top)
    _problem(place)
    with st.form(place.key, border=False):
        unit = place.workings.figures[body.figure or ""].unit
        st.text_input(
            _("Your guess ({unit})").format(unit=unit_words(unit)),
            key=f"{place.key}_typed",
            max_chars=40,
            autocomplete="off",
        )
        st.form_submit_button(
            _("Show me"), on_click=_take_typed, args=(place, body.id), width="stretch"
        )


def _point(body: PredictChart, place: Place, top: str) -> None:
    st.html(top)
    _problem(place)
    xs = [plain(x) for x in body.xs(place.workings)]
    with st.form(place.key, border=False):
        st.select_slider(body.x_label, xs, value=xs[len(xs) // 2], key=f"{place.key}_typed")
        st.form_submit_button(
            _("Show me"), on_click=_take_typed, args=(place, body.id), width="stretch"
        )


def _take_typed(place: Place, name: str) -> None:
    _take(place, name, str(st.session_state.get(f"{place.key}_typed") or ""))


def _take(place: Place, name: str, guess: str) -> None:
    """Keep the guess; one that cannot be used, or cannot be saved, is explained."""
    state.clear(f"{place.key}_error")
    try:
        kept = services().learning.guess(state.actor(), place.lesson.id, name, guess)
    except JiejianError as error:
        state.show(f"{place.key}_error", error)
    else:
        state.show(place.key, kept)


def _problem(place: Place) -> None:
    if problem := state.shown(f"{place.key}_error"):
        errors.show(problem)


def _revealed(body: Predict, place: Place, guess: Guess) -> str:
    if body.options:
        given = body.options[int(guess.guess)].text
        truth = body.options[int(guess.truth)].text
    else:
        figure = place.workings.figures[body.figure or ""]
        given = units.say(Decimal(guess.guess), figure.unit, language(), figure.places)
        truth = figure.say(language())
    return _comparison(guess.right, given, truth, marked(body.because).html)


def _revealed_chart(body: PredictChart, guess: Guess) -> str:
    if body.ask in ("highest", "lowest"):
        given, truth = (body.curves[int(text)].label for text in (guess.guess, guess.truth))
    else:
        given, truth = (
            f"{body.x_label} {plain(Decimal(text))}" for text in (guess.guess, guess.truth)
        )
    return _comparison(guess.right, given, truth, marked(body.because).html)


def _comparison(right: bool, given: str, truth: str, because: str) -> str:
    words = _("Well guessed: {truth}") if right else _("It is {truth}")
    yours = _("You guessed {given}.").format(given=given)
    text = f"<p>{html.escape(yours)}</p>{because}"
    return verdict(right, words.format(truth=truth), text)


def _draw(body: PredictChart, place: Place) -> None:
    drawn = body.drawn(place.workings)
    rows = [
        {"x": float(x), "y": float(y), "line": line.label}
        for line, curve in zip(body.curves, drawn, strict=True)
        for x, y in curve.points
    ]
    labels = tuple(line.label for line in body.curves)
    spec = curves(language(), body.x_label, body.y_label, labels, marked=False)
    st.vega_lite_chart(pd.DataFrame(rows), spec, alt=described(body, place))
    st.caption(described(body, place))


def described(body: PredictChart, place: Place) -> str:
    """The chart in words: where each line begins and ends."""
    parts = []
    for line, curve in zip(body.curves, body.drawn(place.workings), strict=True):
        (first, start), (last, end) = curve.points[0], curve.points[-1]
        unit = curve.figure.unit
        text = _("{line}: from {start} at {first} to {end} at {last}.").format(
            line=line.label,
            start=units.say(start, unit, language()),
            first=plain(first),
            end=units.say(end, unit, language()),
            last=plain(last),
        )
        parts.append(text)
    return " ".join(parts)


def unit_words(unit: Unit) -> str:
    """The unit a guess is asked for in."""
    return {
        "yuan": _("in yuan"),
        "percent": _("in percent"),
        "points": _("in percentage points"),
        "years": _("in years"),
        "months": _("in months"),
        "days": _("in days"),
        "hours": _("in hours"),
        "minutes": _("in minutes"),
        "times": _("how many times"),
        "count": _("a count"),
    }[unit]
