"""Looking back together: what to ask oneself, the results of earlier steps, lessons to go on with."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.workshops.blocks import (
    Block,
    DebriefBlock,
    DecisionBlock,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.services.built import services
from jiejian.services.rooms.taking_part import Place
from jiejian.ui import navigation
from jiejian.ui.decision_view import outcome_words
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.rooms.blocks import decision, discussion, poll, prediction, quiz
from jiejian.ui.rooms.pieces import say


def debrief(place: Place, block: DebriefBlock) -> None:
    """Questions first; under each earlier step the own answer, and the room's if it is shown."""
    questions = "".join(f"<li>{say(question)}</li>" for question in block.questions)
    st.html(f'<ol class="room-questions">{questions}</ol>')
    looked = [step for name in block.looks_at if (step := place.room.script.step(name))]
    if looked:
        st.html("".join(_looked_at(place, step) for step in looked))
    lesson_links(block.lessons)


def lesson_links(names: tuple[str, ...]) -> None:
    """Links to lessons, those that are gone left out."""
    for name in names:
        lesson = services().library.lessons.get(name)
        if lesson is not None:
            st.page_link(
                navigation.LESSON,
                label=lesson.versions[language()].title,
                icon=":material/menu_book:",
                query_params={"id": name},
            )


def own_words(place: Place, step: Block) -> str:
    """What the participant gave in a step, in words; "" for nothing."""
    match step:
        case PollBlock():
            return poll.own_words(place, step)
        case PredictionBlock():
            return prediction.own_words(place, step)
        case QuizBlock():
            return quiz.own_words(place, step)
        case DecisionBlock():
            return decision.own_words(place, step)
        case DiscussionBlock():
            return discussion.own_words(place, step)
        case SandboxBlock():
            return _requests(place, step)
        case _:
            return ""


def _requests(place: Place, step: SandboxBlock) -> str:
    sent = place.standing.sent(step.id)
    if not sent:
        return ""
    count = ngettext("{n} request", "{n} requests", len(sent)).format(n=len(sent))
    last, _meaning = outcome_words(sent[-1].outcome)  # type: ignore[arg-type]
    return _("{requests}, the last one: {outcome}").format(requests=count, outcome=last)


def _looked_at(place: Place, step: Block) -> str:
    shown = ""
    if step.id in place.room.shown:
        if isinstance(step, PollBlock):
            shown = poll.results(place, step)
        elif isinstance(step, PredictionBlock):
            shown = prediction.results(place, step)
        elif isinstance(step, DecisionBlock):
            shown = decision.results(place, step)
    own = own_words(place, step)
    words = _("You: {answer}").format(answer=own) if own else _("You gave no answer here.")
    return (
        f'<section class="looked"><h2>{html.escape(step.title.say(language()))}</h2>'
        f'<p class="muted">{html.escape(words)}</p>{shown}</section>'
    )
