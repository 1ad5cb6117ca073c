"""A room that is over: what it came to, step by step."""

from __future__ import annotations

import html
from datetime import datetime

import streamlit as st

from jiejian.services.built import services
from jiejian.services.rooms import tallies
from jiejian.services.rooms.attendance import asks
from jiejian.services.rooms.hub import Look
from jiejian.ui import navigation
from jiejian.ui.folds import fold
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import plain_label
from jiejian.ui.rooms import cue_board, report_view, tally_quiz, tally_view
from jiejian.ui.rooms.voice import own


def summary(look: Look) -> None:
    """People, time, learning gain, then every step that was played."""
    room, library = look.room, services().library
    facts = "".join(
        f"<li><strong>{html.escape(value)}</strong> <span>{html.escape(words)}</span></li>"
        for value, words in _facts(look)
    )
    gain = tally_quiz.gain_markup(tallies.gain(look, library), own())
    st.html(f'<div class="figs"><ul class="fig-facts">{facts}</ul>{gain}</div>')
    reached = _reached(look)
    for place, step in enumerate(room.script.steps):
        if place in reached and asks(step):
            title = plain_label(f"{place + 1}. {step.title.say(language())}")
            with fold(f"sum_{step.id}", title, ":material/bar_chart:") as open_:
                if open_:
                    tally_view.show(look, step, library)
    cue_board.told_list(look)
    report_view.report(look)
    st.page_link(navigation.ROOMS, label=_("All workshops"), icon=":material/arrow_back:")


def _reached(look: Look) -> set[int]:
    return {
        int(moment.what["place"]) for moment in look.room.moments if moment.kind == "step_begun"
    }


def _facts(look: Look) -> list[tuple[str, str]]:
    room = look.room
    active = sum(
        1
        for person in room.present
        if look.standing(person.id).answers or look.standing(person.id).requests
    )
    joined = len(room.present)
    minutes = int((_ended(look) - room.opened).total_seconds() // 60)
    return [
        (str(joined), ngettext("person joined", "people joined", joined)),
        (str(active), ngettext("person took part", "people took part", active)),
        (str(minutes), ngettext("minute open", "minutes open", minutes)),
    ]


def _ended(look: Look) -> datetime:
    return look.room.closed or min(look.now, look.room.expires)
