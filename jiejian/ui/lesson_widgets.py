"""What can be played inside a lesson: cards to sort, and the counter that retrying runs up."""

from __future__ import annotations

import html
from typing import get_args

import streamlit as st

from jiejian.content.directives import Family, RetryCounter, SortCards
from jiejian.services.built import services
from jiejian.ui import state
from jiejian.ui.decision_view import outcome_words
from jiejian.ui.format import clock, span
from jiejian.ui.i18n import _, language
from sandbox.lender.life import Life

FAMILIES: tuple[Family, ...] = get_args(Family)


@st.fragment
def sort_cards(cards: SortCards, key: str) -> None:
    """One message at a time; the reader names the family and is told at once."""
    answers: list[str] = state.shown(key) or []
    labels = services().lending.book.choices.family
    with st.container(border=True, key=f"card_{key}", gap="small"):
        st.html(f"<h3>{html.escape(cards.title)}</h3><p>{html.escape(cards.prompt)}</p>")
        if answers:
            _verdict(cards, answers)
        if len(answers) == len(cards.cards):
            right = sum(a == card.answer for a, card in zip(answers, cards.cards, strict=True))
            done = _("{right} of {n} in the right place.").format(right=right, n=len(answers))
            st.html(f'<p role="status"><strong>{html.escape(done)}</strong></p>')
            st.button(_("Sort again"), key=f"{key}_again", on_click=state.clear, args=(key,))
            return
        card = cards.cards[len(answers)]
        place = _("Card {n} of {total}").format(n=len(answers) + 1, total=len(cards.cards))
        st.html(
            f'<p class="card-count">{html.escape(place)}</p>'
            f'<p class="app-says">{html.escape(card.text)}</p>'
        )
        with st.grid(columns=2, min_column_width=150, gap="small"):
            for family in FAMILIES:
                st.button(
                    labels[family].label.say(language()),
                    key=f"{key}_{family}",
                    width="stretch",
                    on_click=state.show,
                    args=(key, [*answers, family]),
                )


def _verdict(cards: SortCards, answers: list[str]) -> None:
    card, given = cards.cards[len(answers) - 1], answers[-1]
    label = services().lending.book.choices.family[card.answer].label.say(language())
    right = given == card.answer
    word = _("Right: {family}.") if right else _("Rather: {family}.")
    text = f"“{card.text}” {word.format(family=label)} {card.because}"
    (st.success if right else st.warning)(
        text, icon=":material/check:" if right else ":material/lightbulb:"
    )


@st.fragment
def retry_counter(counter: RetryCounter, key: str) -> None:
    """Press retry and watch the real rules count; nothing is kept."""
    lending = services().lending
    life: Life = state.shown(key) or lending.rehearsal()
    window, limit = lending.velocity()
    with st.container(border=True, key=f"card_{key}", gap="small"):
        st.html(f"<h3>{html.escape(counter.title)}</h3><p>{html.escape(counter.prompt)}</p>")
        count = _("{n} of {limit} requests within {span}").format(
            n=life.in_window(window), limit=limit, span=span(window)
        )
        lines = [f"{clock(life.minute)} · {count}"]
        if life.sent:
            name, meaning = outcome_words(life.sent[-1].decision.outcome)
            lines.append(f"{name}. {meaning}")
        if left := life.freeze_left or life.cool_down_left:
            lines.append(_("{span} left").format(span=span(left)))
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        st.html(f'<div class="retry" role="status">{body}</div>')
        with st.container(horizontal=True, gap="small"):
            for name, label in (
                ("send", _("Send a request")),
                ("hour", _("Wait 1 hour")),
                ("day", _("Wait 1 day")),
                ("restart", _("Start again")),
            ):
                st.button(
                    label,
                    key=f"{key}_{name}",
                    type="primary" if name == "send" else "secondary",
                    on_click=_play,
                    args=(key, name, life),
                )
        if life.sent:
            st.html(f"<p>{html.escape(counter.explanation)}</p>")


def _play(key: str, move: str, life: Life) -> None:
    match move:
        case "send":
            life = services().lending.rehearse(life)
        case "hour":
            life = life.advanced(60)
        case "day":
            life = life.advanced(24 * 60)
        case _:
            state.clear(key)
            return
    state.show(key, life)
