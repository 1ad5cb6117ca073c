"""Myth check: guess the verdict first, then see the evidence with its source and date."""

from __future__ import annotations

import html
from typing import get_args

import streamlit as st

from jiejian.content.clinic.myths import Myth, Verdict
from jiejian.errors import NotFound
from jiejian.services.built import services
from jiejian.ui import errors, frame, navigation
from jiejian.ui.clinic_words import PREFIX, at_top, go, not_advice, show_sources
from jiejian.ui.i18n import _, language

GUESSES = PREFIX + "guesses"


def myths(asked: str) -> None:
    """One card at a time; `asked` is the id of the one to open, if any."""
    clinic = services().clinic
    every = clinic.myths()
    st.button(
        _("Back to the clinic"),
        key=PREFIX + "back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=go,
    )
    frame.head(
        _("Myth check"),
        _("True, not proven, or false?"),
        _("Guess first. Then look at the evidence, where it comes from and how old it is."),
    )
    if not every:
        return
    at = every[0]
    try:
        at = clinic.myth(asked) if asked else at
    except NotFound as missing:
        errors.show(missing)
    _card(at)
    _others(every, at)
    not_advice()
    at_top(at.id)


def _card(myth: Myth) -> None:
    spoken = language()
    guesses: dict[str, Verdict] = st.session_state.setdefault(GUESSES, {})
    guess = guesses.get(myth.id)
    with st.container(border=True, key="card_myth", gap="small"):
        said_by = _("Said by: {who}").format(who=myth.spread_by.say(spoken))
        st.html(
            f'<p class="claim">{html.escape(myth.claim.say(spoken))}</p>'
            f'<p class="said-by">{html.escape(said_by)}</p>'
        )
        if guess is None:
            for verdict in get_args(Verdict):
                st.button(
                    verdict_words(verdict),
                    key=f"{PREFIX}guess_{verdict}",
                    width="stretch",
                    on_click=guesses.__setitem__,
                    args=(myth.id, verdict),
                )
            return
        right = guess == myth.verdict
        told = _("You guessed right.") if right else _("You guessed otherwise.")
        better = html.escape(_("Better:"))
        st.html(
            f'<div role="status"><p class="myth-verdict myth-{myth.verdict}">'
            f"{html.escape(verdict_words(myth.verdict))}</p>"
            f"<p>{html.escape(told)}</p></div>"
            f"<p>{html.escape(myth.evidence.say(spoken))}</p>"
            f"<p><strong>{better}</strong>"
            f" {html.escape(myth.instead.say(spoken))}</p>"
        )
        st.html(f'<p class="said-by">{html.escape(myth.play.how.say(spoken))}</p>')
        with st.container(horizontal=True):
            st.page_link(
                navigation.BORROW,
                label=_("Try it in the glass box"),
                icon=":material/deployed_code:",
                query_params=myth.play.query,
            )
            following = _next(myth)
            if following:
                st.button(
                    _("Next card"),
                    key=PREFIX + "next",
                    icon=":material/arrow_forward:",
                    on_click=go,
                    kwargs={"view": "myths", "id": following.id},
                )
        show_sources(services().clinic.sources(myth.sources))
        st.caption(_("last reviewed {date}").format(date=myth.reviewed_on.isoformat()))


def verdict_words(verdict: Verdict) -> str:
    """The verdict as one may guess it."""
    return {
        "supported": _("True: the evidence supports it"),
        "unverified": _("Not proven: no sound evidence either way"),
        "contradicted": _("False: the evidence is against it"),
    }[verdict]


def _next(myth: Myth) -> Myth | None:
    every = services().clinic.myths()
    guesses = st.session_state.get(GUESSES, {})
    place = every.index(myth)
    waiting = (*every[place + 1 :], *every[:place])
    return next((card for card in waiting if card.id not in guesses), None)


def _others(every: tuple[Myth, ...], at: Myth) -> None:
    guesses = st.session_state.get(GUESSES, {})
    right = sum(1 for card in every if guesses.get(card.id) == card.verdict)
    done = _("{right} right of {n} guessed; {total} cards in all")
    told = done.format(right=right, n=len(guesses), total=len(every))
    st.html(f"<p>{html.escape(told)}</p>")
    with (
        st.expander(_("All cards"), icon=":material/list:"),
        st.container(key="rows_myths", gap="xsmall"),
    ):
        for card in every:
            if card.id != at.id:
                st.button(
                    card.claim.say(language()),
                    key=f"{PREFIX}myth_{card.id}",
                    icon=":material/check:" if card.id in guesses else ":material/help:",
                    width="stretch",
                    on_click=go,
                    kwargs={"view": "myths", "id": card.id},
                )
