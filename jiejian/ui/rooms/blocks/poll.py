"""A poll: choose, see that it is kept, see what everybody chose once it is shown."""

from __future__ import annotations

import streamlit as st

from jiejian.content.workshops.blocks import PollBlock
from jiejian.services.rooms.taking_part import THE_ITEM, Place
from jiejian.services.rooms.tallies import Choices
from jiejian.ui.i18n import _, language
from jiejian.ui.rooms import counted, doing
from jiejian.ui.rooms.pieces import Bar, bars, choose, given, kept, picked, say, tick


def poll(place: Place, block: PollBlock) -> None:
    """The question; the result once it is shown, else the options."""
    own = given(place)
    name = doing.attempt_name(place)
    st.html(f'<p class="stem">{say(block.question)}</p>')
    if place.revealed:
        st.html(results(place, block))
    if place.closed or (place.revealed and own is not None):
        return
    texts = {option.id: option.text.say(language()) for option in block.options}
    with st.container(key="answer_poll", gap="small"):
        if block.several:
            tick(name, texts, own)
        else:
            choose(name, block.question.say(language()), texts, own)
    st.button(
        _("Send my answer") if own is None else _("Change my answer"),
        key=f"{name}_send",
        type="primary" if own is None else "secondary",
        width="stretch",
        on_click=_send,
        args=(place.room.id, block, name, doing.attempt(place)),
    )
    if own is not None:
        st.html(kept(_named(block, own)))


def results(place: Place, block: PollBlock) -> str:
    """What everybody chose, as HTML."""
    found = counted.tally(place.look, block)
    own = given(place, step=block.id)
    mine = own if isinstance(own, list) else []
    if not isinstance(found, Choices):
        return ""
    rows = [
        Bar(option.text.say(language()), found.counts.get(option.id, 0), option.id in mine)
        for option in block.options
    ]
    return bars(rows, found.people)


def own_words(place: Place, block: PollBlock) -> str:
    """The own answer in words, "" without one."""
    return _named(block, given(place, step=block.id))


def _named(block: PollBlock, own: object) -> str:
    mine = own if isinstance(own, list) else []
    texts = [option.text.say(language()) for option in block.options if option.id in mine]
    return ("、" if language() == "zh" else ", ").join(texts)


def _send(room: str, block: PollBlock, name: str, tried: tuple[str, str]) -> None:
    raw = picked(name, [option.id for option in block.options], block.several)
    doing.answer(room, block.id, THE_ITEM, raw, tried)
