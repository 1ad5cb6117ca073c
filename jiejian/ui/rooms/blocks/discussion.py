"""A question to talk about, with a short note if one likes."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.content.workshops.blocks import DiscussionBlock
from jiejian.services.rooms.taking_part import LONGEST_NOTE, THE_ITEM, Place
from jiejian.services.rooms.tallies import Notes
from jiejian.ui.i18n import _
from jiejian.ui.rooms import counted, doing
from jiejian.ui.rooms.pieces import given, kept, say

MOST_NOTES = 100


def discussion(place: Place, block: DiscussionBlock) -> None:
    """The question, the own note, and everybody's once they are shown."""
    st.html(f'<p class="stem">{say(block.question)}</p>')
    if not block.notes:
        words = html.escape(_("Talk about it with those next to you. Nothing to type."))
        st.html(f'<p class="muted">{words}</p>')
        return
    if place.revealed:
        st.html(notes(place, block))
    if place.closed:
        return
    own = given(place)
    name = doing.attempt_name(place)
    if name not in st.session_state and own is not None:
        st.session_state[name] = str(own)
    with st.form("live_note", border=False):
        st.text_area(
            _("A short note, if you like (at most {n} characters)").format(n=LONGEST_NOTE),
            key=name,
            max_chars=LONGEST_NOTE,
        )
        st.form_submit_button(
            _("Send my note") if own is None else _("Change my note"),
            type="primary" if own is None else "secondary",
            width="stretch",
            on_click=_send,
            args=(place.room.id, block.id, name, doing.attempt(place)),
        )
    if own is not None:
        st.html(kept())


def notes(place: Place, block: DiscussionBlock) -> str:
    """Everybody's notes without their names, as HTML."""
    found = counted.tally(place.look, block)
    if not isinstance(found, Notes) or not found.notes:
        none = html.escape(_("No notes yet."))
        return f'<p class="muted">{none}</p>'
    mine = html.escape(_("Yours"))
    items = "".join(
        f"<li>{html.escape(words)}"
        + (f' <span class="chip">{mine}</span>' if person.id == place.person.id else "")
        + "</li>"
        for person, words in found.notes[-MOST_NOTES:]
    )
    return f'<ul class="room-notes">{items}</ul>'


def own_words(place: Place, block: DiscussionBlock) -> str:
    """The own note, "" without one."""
    return str(given(place, step=block.id) or "")


def _send(room: str, step: str, name: str, tried: tuple[str, str]) -> None:
    doing.answer(room, step, THE_ITEM, str(st.session_state.get(name) or ""), tried)
