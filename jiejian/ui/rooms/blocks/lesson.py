"""A part of a lesson, read together."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.printed.pieces import Paper
from jiejian.content.steps import ProsePart
from jiejian.content.workshops.blocks import LessonBlock
from jiejian.services.built import services
from jiejian.services.rooms.taking_part import Place
from jiejian.ui import navigation
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import paragraph
from jiejian.ui.lesson_view import READ


def lesson(_place: Place, block: LessonBlock) -> None:
    """What is to be read; what is played waits in the lesson itself."""
    found = services().library.lessons.get(block.lesson)
    if found is None:
        paragraph(_("This lesson is not there any more. Wait for the next step."))
        return
    version = found.versions[language()]
    steps = version.steps if block.part is None else version.steps[block.part : block.part + 1]
    paper = Paper(found, language())
    text, played = "", False
    for step in steps:
        if len(steps) > 1:
            text += f"<h2>{html.escape(version.title_of(step))}</h2>"
        for part in step.parts:
            if isinstance(part, ProsePart):
                text += part.html
            elif type(part.body) in READ:
                text += READ[type(part.body)](paper, part.body)
            else:
                played = True
    st.html(f'<div class="prose">{text}</div>')
    if played:
        paragraph(_("The lesson has more to try out. Keep it for afterwards."), "muted")
    st.page_link(
        navigation.LESSON,
        label=_("Open the whole lesson"),
        icon=":material/menu_book:",
        query_params={"id": found.id},
    )
