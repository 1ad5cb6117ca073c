"""Cards to sort into bins, steps to put in order."""

from __future__ import annotations

import html
import random

import streamlit as st

from jiejian.content.directives import FAMILIES, OrderSteps, SortCards
from jiejian.content.marked import marked
from jiejian.services.built import services
from jiejian.ui import state
from jiejian.ui.i18n import _, language
from jiejian.ui.widgets.common import Place, again, heading, verdict


@st.fragment
def sort_cards(cards: SortCards, place: Place) -> None:
    """One card at a time; the reader says where it belongs and is told at once."""
    answers: list[str] = state.shown(place.key) or []
    labels = _labels(cards)
    count = len(cards.cards)
    top = heading(cards.title, cards.prompt, _("Sort the cards"))
    if answers:
        top += _sorted(cards, answers, labels)
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        if len(answers) == count:
            right = sum(a == card.answer for a, card in zip(answers, cards.cards, strict=True))
            done = _("{right} of {n} in the right place.").format(right=right, n=count)
            st.html(f'{top}<p role="status"><strong>{html.escape(done)}</strong></p>')
            label = _("Sort again")
            st.button(label, key=f"{place.key}_again", on_click=state.clear, args=(place.key,))
            return
        words = _("Card {n} of {total}").format(n=len(answers) + 1, total=count)
        st.html(
            f'{top}<p class="card-count">{html.escape(words)}</p>'
            f'<p class="app-says">{html.escape(cards.cards[len(answers)].text)}</p>'
        )
        with st.grid(columns=2, min_column_width=150, gap="small"):
            for name, label in labels.items():
                st.button(
                    label,
                    key=f"{place.key}_{name}",
                    width="stretch",
                    on_click=state.show,
                    args=(place.key, [*answers, name]),
                )


def _labels(cards: SortCards) -> dict[str, str]:
    if cards.bins:
        return {bin_.id: bin_.label for bin_ in cards.bins}
    words = services().lending.book.choices.family
    return {family: words[family].label.say(language()) for family in FAMILIES}


def _sorted(cards: SortCards, answers: list[str], labels: dict[str, str]) -> str:
    card, given = cards.cards[len(answers) - 1], answers[-1]
    right = given == card.answer
    words = (_("Right: {family}.") if right else _("Rather: {family}.")).format(
        family=labels[card.answer]
    )
    text = f"<p>“{html.escape(card.text)}”</p>"
    return verdict(right, words, text + marked(card.because).html)


@st.fragment
def order_steps(steps: OrderSteps, place: Place) -> None:
    """Tap what comes next; what is in place is numbered, a wrong tap is explained."""
    done, slip = state.shown(place.key) or (0, None)
    order = shuffled(len(steps.steps), place.key)
    top = heading(steps.title, steps.prompt, _("Put in order"))
    placed = "".join(
        f"<li><strong>{html.escape(step.text)}</strong> {marked(step.because).html}</li>"
        for step in steps.steps[:done]
    )
    if placed:
        top += f'<ol class="placed">{placed}</ol>'
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        if done == len(steps.steps):
            end = marked(steps.conclusion).html if steps.conclusion else ""
            words = _("All in order.")
            st.html(top + verdict(True, words, end))
            st.button(again(), key=f"{place.key}_again", on_click=state.clear, args=(place.key,))
            return
        if slip is not None:
            words = _("Not yet: “{step}”").format(step=steps.steps[slip].text)
            hint = html.escape(_("Something else has to come first."))
            top += verdict(False, words, f"<p>{hint}</p>")
        question = _("What comes first?") if done == 0 else _("What comes next?")
        st.html(f'{top}<p class="card-count">{html.escape(question)}</p>')
        for number in order:
            if number >= done:
                st.button(
                    steps.steps[number].text,
                    key=f"{place.key}_{number}",
                    width="stretch",
                    on_click=_tap,
                    args=(place.key, done, number),
                )


def _tap(key: str, done: int, number: int) -> None:
    state.show(key, (done + 1, None) if number == done else (done, number))


def shuffled(count: int, seed: str) -> list[int]:
    """The same mixed order each time, never the right one."""
    order = list(range(count))
    mixer = random.Random(seed)  # noqa: S311 - an order of cards is no secret
    while order == sorted(order):
        mixer.shuffle(order)
    return order
