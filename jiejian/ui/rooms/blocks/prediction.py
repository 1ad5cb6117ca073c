"""A guess before the truth: a number, kept; then guess and truth side by side, with the why."""

from __future__ import annotations

import html
from decimal import Decimal

import streamlit as st

from jiejian.content.workshops.blocks import PredictionBlock
from jiejian.services.rooms.taking_part import THE_ITEM, Place
from jiejian.services.rooms.tallies import Guesses
from jiejian.ui.format import plain
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.rooms import counted, doing
from jiejian.ui.rooms.pieces import given, kept, say


def prediction(place: Place, block: PredictionBlock) -> None:
    """The question; once shown, the truth beside the own guess."""
    own = given(place)
    st.html(f'<p class="stem">{say(block.question)}</p>')
    if place.revealed or place.closed:
        if place.revealed:
            st.html(results(place, block))
        return
    name = doing.attempt_name(place)
    if name not in st.session_state and own is not None:
        st.session_state[name] = str(own)
    with st.form("live_guess", border=False):
        st.text_input(
            _("Your guess, {unit}").format(unit=block.unit.say(language())),
            key=name,
            max_chars=40,
            autocomplete="off",
        )
        st.form_submit_button(
            _("Send my guess") if own is None else _("Change my guess"),
            type="primary" if own is None else "secondary",
            width="stretch",
            on_click=_send,
            args=(place.room.id, block.id, name, doing.attempt(place)),
        )
    if own is not None:
        st.html(kept(_figure(block, own)))


def results(place: Place, block: PredictionBlock) -> str:
    """Guess against truth, and the room around it, as HTML."""
    found = counted.tally(place.look, block)
    if not isinstance(found, Guesses):
        return ""
    own = given(place, step=block.id)
    facts = [(_("The real answer"), _figure(block, found.truth, block.places))]
    if own is not None:
        facts.insert(0, (_("You guessed"), _figure(block, own)))
    else:
        facts.insert(0, (_("You guessed"), _("nothing")))
    if found.median is not None:
        facts.append((_("The guess in the middle of the room"), _figure(block, found.median)))
    values = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd></div>"
        for name, value in facts
    )
    people = len(found.values)
    near = ngettext(
        "{close} of {n} guess came within {within}%",
        "{close} of {n} guesses came within {within}%",
        people,
    ).format(close=found.close, n=people, within=block.within)
    return (
        f'<div class="guessed" role="status"><dl class="reason-facts">{values}</dl>'
        f'<p class="muted">{html.escape(near)}</p><p>{say(block.why)}</p></div>'
    )


def own_words(place: Place, block: PredictionBlock) -> str:
    """The own guess in words, "" without one."""
    own = given(place, step=block.id)
    return "" if own is None else _figure(block, own)


def _figure(block: PredictionBlock, value: object, places: int | None = None) -> str:
    number = Decimal(str(value))
    figure = plain(number) if places is None else f"{number:,.{places}f}"
    unit = block.unit.say(language())
    return f"{figure} {unit}"


def _send(room: str, step: str, name: str, tried: tuple[str, str]) -> None:
    doing.answer(room, step, THE_ITEM, str(st.session_state.get(name) or ""), tried)
