"""Inside the room: who one is, the step at hand, what happened, the way out."""

from __future__ import annotations

import html
from typing import Any

import streamlit as st

from jiejian.content.workshops.blocks import (
    CueBlock,
    DebriefBlock,
    DecisionBlock,
    DiscussionBlock,
    LessonBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.services.rooms.taking_part import Place
from jiejian.ui.i18n import _, language
from jiejian.ui.rooms import doing
from jiejian.ui.rooms.blocks.cue import cue
from jiejian.ui.rooms.blocks.debrief import debrief
from jiejian.ui.rooms.blocks.decision import decision
from jiejian.ui.rooms.blocks.discussion import discussion
from jiejian.ui.rooms.blocks.lesson import lesson
from jiejian.ui.rooms.blocks.poll import poll
from jiejian.ui.rooms.blocks.prediction import prediction
from jiejian.ui.rooms.blocks.quiz import quiz
from jiejian.ui.rooms.blocks.sandbox import sandbox
from jiejian.ui.rooms.closing_view import closing
from jiejian.ui.rooms.news import news
from jiejian.ui.rooms.pieces import say
from jiejian.ui.rooms.words import seat_about, seat_name

DRAWN: dict[type, Any] = {
    CueBlock: cue,
    DebriefBlock: debrief,
    DecisionBlock: decision,
    DiscussionBlock: discussion,
    LessonBlock: lesson,
    PollBlock: poll,
    PredictionBlock: prediction,
    QuizBlock: quiz,
    SandboxBlock: sandbox,
}


def room(place: Place) -> None:
    """The head, the news, the step. Each press draws it anew, so it holds what may change by one."""
    _head(place)
    news(place)
    with st.container(key="live_problem"):
        doing.problem(f"{place.room.id}_{place.room.turns}_{place.room.place_of(place.person)}")
    # A container of its own for each step: what was half typed for one never shows in another.
    step = place.block.id if place.block else "lobby"
    with st.container(key=f"live_step_{'over' if place.closed else step}", gap="small"):
        if place.closed:
            closing(place)
        elif place.block is None:
            _lobby(place)
        else:
            if place.block.show:
                st.html(f'<p class="room-shows">{say(place.block.show)}</p>')
            DRAWN[type(place.block)](place, place.block)


def _head(place: Place) -> None:
    person = place.person
    chips = [f'<span class="chip chip-me">{html.escape(_called(place))}</span>']
    if person.seat:
        chips.append(f'<span class="chip">{html.escape(seat_name(person.seat))}</span>')
    if place.closed:
        title = _("The workshop is over")
    elif place.block is None:
        title = _("You are in")
    else:
        title = place.block.title.say(language())
    st.html(
        f'<header class="room-head"><p class="eyebrow">{say(place.room.script.title)}</p>'
        f'<p class="room-me">{"".join(chips)}</p><h1>{html.escape(title)}</h1></header>'
    )


def _called(place: Place) -> str:
    number = f"#{place.person.number}"
    return number if place.person.name == number else f"{place.person.name} · {number}"


def _lobby(place: Place) -> None:
    words = _(
        "It begins in a moment. Keep this page; if your phone locks, just unlock it: you keep your"
        " place and your answers."
    )
    st.html(f'<p class="lead">{html.escape(words)}</p>')
    if place.person.seat:
        st.html(
            f'<p class="room-shows"><strong>{html.escape(seat_name(place.person.seat))}</strong>'
            f"<br>{html.escape(seat_about(place.person.seat))}</p>"
        )
