"""What a seat decides; the others see what is being decided, and all see what came of it."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.workshops.blocks import DecisionBlock, Dilemma
from jiejian.services.rooms.room import Decided
from jiejian.services.rooms.taking_part import THE_ITEM, Place
from jiejian.services.rooms.tallies import Choices
from jiejian.ui.i18n import _, language
from jiejian.ui.rooms import counted, doing
from jiejian.ui.rooms.pieces import Bar, bars, choose, given, kept, picked, say
from jiejian.ui.rooms.words import seat_name
from sandbox.world import SEATS, Seat


def decision(place: Place, block: DecisionBlock) -> None:
    """The own seat's dilemma, and what the others have before them."""
    seat = place.person.seat
    own = block.seats.get(seat) if seat else None
    if own is not None and not place.closed:
        _decide(place, block, own)
    else:
        words = _("Your seat decides nothing here. These are the choices of the others:")
        st.html(f'<p class="stem">{html.escape(words)}</p>')
    if place.revealed:
        st.html(results(place, block))
        return
    others = [name for name in SEATS if name in block.seats and name != seat]
    if not others:
        return
    texts = "".join(_dilemma(name, block.seats[name]) for name in others)
    if own is None:
        st.html(texts)
    else:
        title = html.escape(_("What the other seats are deciding"))
        st.html(f'<details class="fold"><summary>{title}</summary>{texts}</details>')


def _decide(place: Place, block: DecisionBlock, dilemma: Dilemma) -> None:
    name = doing.attempt_name(place)
    before = given(place)
    texts = {way.id: way.text.say(language()) for way in dilemma.ways}
    st.html(f'<p class="stem">{say(dilemma.question)}</p>')
    with st.container(key="answer_decision", gap="small"):
        choose(name, dilemma.question.say(language()), texts, before)
    chosen = before[0] if isinstance(before, list) and before else ""
    st.button(
        _("Decide") if not chosen else _("Decide otherwise"),
        key=f"{name}_send",
        type="primary" if not chosen else "secondary",
        width="stretch",
        on_click=_send,
        args=(place.room.id, block, name, list(texts), doing.attempt(place)),
    )
    if chosen:
        st.html(kept(texts.get(chosen, "")))
    words = _("When the step ends, what most of your seat chose happens to everybody.")
    st.html(f'<p class="muted">{html.escape(words)}</p>')


def results(place: Place, block: DecisionBlock) -> str:
    """How each seat voted, as HTML."""
    found = counted.tally(place.look, block)
    if not isinstance(found, dict):
        return ""
    own = given(place, step=block.id)
    mine = own if isinstance(own, list) else []
    parts = []
    for seat, votes in found.items():
        if not isinstance(votes, Choices):
            continue
        rows = [
            Bar(
                way.text.say(language()),
                votes.counts.get(way.id, 0),
                seat == place.person.seat and way.id in mine,
            )
            for way in block.seats[seat].ways
        ]
        parts.append(
            f'<p class="group-title">{html.escape(seat_name(seat))}</p>{bars(rows, votes.people)}'
        )
    return "".join(parts)


def outcome(made: Decided, block: DecisionBlock) -> str:
    """What a seat decided and what came of it, as HTML."""
    way = next(way for way in block.seats[made.seat].ways if way.id == made.way)
    head = _("{seat}: decided").format(seat=seat_name(made.seat))
    return (
        f'<p class="group-title">{html.escape(head)}</p>'
        f"<p><strong>{say(way.text)}</strong><br>{say(way.then)}</p>"
    )


def own_words(place: Place, block: DecisionBlock) -> str:
    """The way the participant chose, "" without one."""
    own = given(place, step=block.id)
    mine = own if isinstance(own, list) else []
    ways = (way for dilemma in block.seats.values() for way in dilemma.ways)
    return next((way.text.say(language()) for way in ways if way.id in mine), "")


def _dilemma(seat: Seat, dilemma: Dilemma) -> str:
    ways = "".join(f"<li>{say(way.text)}</li>" for way in dilemma.ways)
    return (
        f'<p class="group-title">{html.escape(seat_name(seat))}</p>'
        f"<p>{say(dilemma.question)}</p><ul>{ways}</ul>"
    )


def _send(
    room: str, block: DecisionBlock, name: str, codes: list[str], tried: tuple[str, str]
) -> None:
    doing.answer(room, block.id, THE_ITEM, picked(name, codes, several=False), tried)
