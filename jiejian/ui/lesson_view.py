"""A lesson on the page, step by step: what is read, what is played, the way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from jiejian.content.directives import (
    Body,
    CompareOffers,
    Decide,
    KeyPoints,
    Note,
    OrderSteps,
    Picture,
    Predict,
    PredictChart,
    RetryCounter,
    SendRequest,
    Slider,
    SortCards,
    TeacherNote,
    TryIt,
    WorkedExample,
)
from jiejian.content.printed import pieces
from jiejian.content.printed.pieces import Paper
from jiejian.content.steps import ProsePart, Step
from jiejian.errors import JiejianError, NotFound
from jiejian.services.built import services
from jiejian.services.learning import LessonStanding
from jiejian.ui import errors, lesson_ends, state
from jiejian.ui.i18n import _, language, pgettext
from jiejian.ui.widgets import computing, guessing, scenes, sorting
from jiejian.ui.widgets.common import Place

ERROR = "lesson_error"
READ: dict[type[Body], Callable[[Paper, Any], str]] = {
    KeyPoints: pieces.key_points,
    Note: pieces.note,
    Picture: pieces.picture,
    WorkedExample: pieces.worked_example,
}
PLAYED: dict[type[Body], Callable[[Any, Place], None]] = {
    CompareOffers: computing.compare_offers,
    Decide: scenes.decide,
    OrderSteps: sorting.order_steps,
    RetryCounter: scenes.retry_counter,
    SendRequest: scenes.send_request,
    Slider: computing.slider,
    SortCards: sorting.sort_cards,
    TryIt: scenes.try_it,
}


@st.fragment
def lesson(lesson_id: str) -> None:
    """The step the address names, the first one without it."""
    with errors.explained():
        standing = services().learning.open_lesson(state.actor(), lesson_id)
        version = standing.lesson.versions[language()]
        at = version.step_at(str(st.query_params.get("at", "")))
        _step(standing, at)
        _way_on(standing, at)


def _step(standing: LessonStanding, at: int) -> None:
    """The parts of a step; what is only read is sent as one piece between what is played."""
    lesson = standing.lesson
    step = lesson.versions[language()].steps[at]
    paper = Paper(lesson, language())
    text = lesson_ends.head(standing, at)
    for part in step.parts:
        if isinstance(part, ProsePart):
            text += part.html
        elif type(part.body) in READ:
            text += READ[type(part.body)](paper, part.body)
        elif isinstance(part.body, TeacherNote):
            text += pieces.teacher_note(paper, part.body) if state.teaching() else ""
        else:
            _flush(text, at, step)
            text = ""
            _play(standing, part.body, part.index)
    if at == len(lesson.versions[language()].steps) - 1:
        text += lesson_ends.foot(standing)
    _flush(text, at, step)


def _flush(text: str, at: int, step: Step) -> None:
    if not text:
        return
    # The script brings the reader to the top of a new step; it is a file of ours, and all of the
    # text was cleaned when the lesson was read.
    script = f'<script src="/assets/step.js?{step.anchor}"></script>' if "<h1" in text else ""
    st.html(f'<div class="prose">{text}</div>{script}', unsafe_allow_javascript=bool(script))


def _play(standing: LessonStanding, body: Body, index: int) -> None:
    place = Place(standing.lesson, index)
    match body:
        case Predict():
            guessing.predict(body, place, standing.guesses.get(body.id))
        case PredictChart():
            guessing.predict_chart(body, place, standing.guesses.get(body.id))
        case _:
            PLAYED[type(body)](body, place)


def _way_on(standing: LessonStanding, at: int) -> None:
    lesson = standing.lesson
    steps = lesson.versions[language()].steps
    if problem := state.shown(ERROR):
        errors.show(problem)
    with st.container(horizontal=True, key="way_on", vertical_alignment="center"):
        if at > 0:
            st.button(
                _("Back"),
                key="step_back",
                icon=":material/arrow_back:",
                on_click=_turn,
                args=(steps[at - 1].anchor,),
            )
        if at + 1 < len(steps):
            st.button(
                pgettext("lesson", "Next"),
                key="step_next",
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=_go_on,
                args=(lesson.id, steps[at + 1].anchor),
            )
    if at + 1 == len(steps):
        lesson_ends.ending(standing)


def _turn(anchor: str) -> None:
    state.clear(ERROR)
    st.query_params["at"] = anchor


def _go_on(lesson_id: str, anchor: str) -> None:
    """Turn to the next step and keep the place; where it cannot be kept, say so and go on."""
    _turn(anchor)
    try:
        services().learning.reach(state.actor(), lesson_id, anchor)
    except NotFound:
        return
    except JiejianError as error:
        state.show(ERROR, error)
