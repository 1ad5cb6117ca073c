"""An event everybody lives through at once: what this seat hears of it."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.workshops.blocks import CueBlock
from jiejian.services.built import services
from jiejian.services.rooms.taking_part import Place
from jiejian.ui.i18n import _, language
from jiejian.ui.rooms.pieces import say


def cue(place: Place, block: CueBlock) -> None:
    """The news as told to the reader's seat, and the question to talk about."""
    found = services().directing.cues.cues.get(block.cue)
    told = found.tells.get(place.person.seat or "borrower") if found else None
    if found and told:
        st.html(
            f'<div class="news news-{found.kind} news-big" role="status">'
            f'<p class="news-title">{html.escape(found.title.say(language()))}</p>'
            f"<p>{say(told)}</p></div>"
        )
    else:
        words = _("Something has happened that your seat hears nothing of. Watch the others.")
        st.html(f'<p class="muted">{html.escape(words)}</p>')
    if block.question:
        st.html(f'<p class="stem">{say(block.question)}</p>')
