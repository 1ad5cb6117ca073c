"""The participant's page: which room, at its door or inside."""

from __future__ import annotations

import re

import streamlit as st

from jiejian.errors import JiejianError, NotAllowed, NotFound
from jiejian.services.built import services
from jiejian.ui import errors, frame, state
from jiejian.ui.i18n import _
from jiejian.ui.rooms import doing, join_view, pulse, room_view
from jiejian.ui.rooms.about_view import about

ROOM = re.compile(r"[0-9a-f]{16}")


def live() -> None:
    """The room of the address, or the way to one."""
    room_id = _room()
    if not room_id:
        join_view.code()
        return
    if not ROOM.fullmatch(room_id):
        _nowhere(NotFound("room", room_id))
        return
    try:
        services().joining.person(state.actor(), room_id)
    except NotFound as error:
        if error.kind == "person":
            join_view.door(room_id)
        else:
            _nowhere(error)
        return
    except NotAllowed as error:
        _shown_the_door(room_id, error)
    else:
        _inside(room_id)
        _about(room_id)
    pulse.pulse(room_id, lambda: services().taking_part.mark(state.actor(), room_id))


def _room() -> str:
    """The room's id from the address; a code in it is tried once and gives way to the id."""
    code = str(st.query_params.get("join", ""))
    if code:
        del st.query_params["join"]
        join_view.find(code)
    return str(st.query_params.get("room", ""))


@st.fragment
def _inside(room_id: str) -> None:
    """Everything of the room, so that a press redraws this and nothing else."""
    with errors.explained():
        try:
            place = services().taking_part.place(state.actor(), room_id)
        except (NotFound, NotAllowed):
            # Gone from the room meanwhile: the page says why.
            st.rerun()
        pulse.drawn(room_id, place.look.mark)
        room_view.room(place)
        pulse.finished()


@st.fragment
def _about(room_id: str) -> None:
    """What is seen of one, and the way out: no press in the room changes it."""
    with errors.explained():
        try:
            about(services().taking_part.place(state.actor(), room_id))
        except (NotFound, NotAllowed):
            st.rerun()


def _nowhere(error: JiejianError) -> None:
    del st.query_params["room"]
    state.show(doing.ERROR, error)
    join_view.code()


def _shown_the_door(room_id: str, error: JiejianError) -> None:
    """They may be let in again, and are then back by themselves."""
    pulse.drawn(room_id, services().taking_part.mark(state.actor(), room_id))
    frame.head(
        _("Workshop"),
        _("You are out of this room"),
        _("What you did is kept, and counts nowhere while you are out."),
    )
    errors.show(error)
