"""When a workshop is over: what one gave, what to take along, where to read on."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.workshops.blocks import QuizBlock
from jiejian.services.built import services
from jiejian.services.rooms.taking_part import Place
from jiejian.ui import navigation, state
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.rooms import doing
from jiejian.ui.rooms.blocks.debrief import lesson_links, own_words


def closing(place: Place) -> None:
    """One's own answers, step by step."""
    script = place.room.script
    rows = [
        (step.title.say(language()), words)
        for step in script.steps
        if (words := own_words(place, step))
    ]
    lead = _("Thank you for taking part. Nothing more is taken, and what you did is kept.")
    st.html(f'<p class="lead">{html.escape(lead)}</p>')
    if rows:
        values = "".join(
            f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(words)}</dd></div>"
            for name, words in rows
        )
        title = html.escape(_("What you gave"))
        st.html(f'<h2 class="room-h2">{title}</h2><dl class="room-given">{values}</dl>')
    _take_along(place)
    if script.handouts:
        onward = html.escape(_("To read on"))
        st.html(f'<h2 class="room-h2">{onward}</h2>')
        lesson_links(script.handouts)
    st.page_link(navigation.PROGRESS, label=_("My progress"), icon=":material/bookmark:")


def _take_along(place: Place) -> None:
    """Quiz answers of the room, copied into the own record if one wants."""
    taken = [
        answer
        for step in place.room.script.steps
        if isinstance(step, QuizBlock) and step.quiz
        for answer in place.standing.answered(step.id)
    ]
    if not taken:
        return
    if services().taking_part.taken_along(state.actor(), place.room.id):
        words = html.escape(_("Your quiz answers are in your own progress now."))
        done = html.escape(_("Done"))
        st.html(f'<p role="status"><span class="chip chip-passed">{done}</span> {words}</p>')
        return
    words = ngettext(
        "{n} quiz answer can go into your own progress, which only you see.",
        "{n} quiz answers can go into your own progress, which only you see.",
        len(taken),
    )
    st.html(f"<p>{html.escape(words.format(n=len(taken)))}</p>")
    st.button(
        _("Take along into my own progress"),
        key="live_take",
        type="primary",
        width="stretch",
        icon=":material/bookmark_add:",
        on_click=_take,
        args=(place.room.id,),
    )


def _take(room: str) -> None:
    taking = services().taking_part
    doing.write("live_take", lambda _key: taking.take_along(state.actor(), room), "once")
