"""The control view: the step at hand on the left, everything else one tap away on the right."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.errors import NotFound
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.services.rooms.attendance import Attendance, attendance
from jiejian.services.rooms.hub import Look
from jiejian.ui import navigation, state
from jiejian.ui.i18n import _, language, pgettext
from jiejian.ui.labels import carried, chosen
from jiejian.ui.rooms import (
    control_plan,
    control_results,
    control_room,
    control_step,
    cue_board,
    deeds,
    door_view,
    people_view,
    pulse,
    summary_view,
)

PART = "control_part"


def control(actor: Actor, room_id: str) -> None:
    """The whole page of a room one leads; draws itself anew when something happened."""
    try:
        look = services().directing.look(actor, room_id)
    except NotFound:
        st.title(_("There is no such room"), anchor=False)
        st.error(_("It may have been deleted. Your rooms are on the page “Workshops”."))
        st.page_link(navigation.ROOMS, label=_("Workshops"), icon=":material/arrow_back:")
        return
    st.title(look.room.script.title.say(language()), anchor=False)
    if look.room.is_closed(look.now):
        pulse.drawn(room_id, None)
        summary_view.summary(look)
        return
    _body(room_id)
    pulse.pulse(room_id, lambda: _mark(services().directing.look(state.actor(), room_id)))


def _mark(look: Look, found: Attendance | None = None) -> object:
    """Changes with anything the page shows: also when a phone falls silent or a minute passes."""
    there = found or attendance(look, services().library)
    return look.mark, look.work, there.sign, int(look.now.timestamp() // 60)


@st.fragment
def _body(room_id: str) -> None:
    """Everything that can be pressed lives in this one fragment."""
    look = services().directing.look(state.actor(), room_id)
    if look.room.is_closed(look.now):
        st.rerun(scope="app")
    found = attendance(look, services().library)
    pulse.drawn(room_id, _mark(look, found))
    deeds.problem()
    left, right = st.columns([3, 2], gap="large")
    with left:
        control_step.step(look, found)
        control_results.results(look)
    with right, st.container(border=True, key="card_control_side", gap="small"):
        _side(look, found)


def _side(look: Look, found: Attendance) -> None:
    words = {
        "join": pgettext("part of the control page", "Join"),
        "people": pgettext("part of the control page", "People"),
        "events": pgettext("part of the control page", "Events"),
        "plan": pgettext("part of the control page", "Plan"),
        "room": pgettext("part of the control page", "Room"),
    }
    key = carried(PART)
    st.session_state.setdefault(key, "join")
    st.segmented_control(
        _("What to see here"),
        list(words),
        format_func=words.__getitem__,
        key=key,
        required=True,
        label_visibility="collapsed",
        width="stretch",
    )
    if chosen(PART) != "join":
        code = html.escape(look.room.code)
        label = html.escape(_("Code to join"))
        st.html(f'<p class="codelabel">{label} <b class="ctl-code">{code}</b></p>')
    match chosen(PART):
        case "people":
            people_view.people(look, found)
        case "events":
            cue_board.board(look)
        case "plan":
            control_plan.steps(look)
        case "room":
            control_room.room(look)
        case _:
            door_view.door(look)
