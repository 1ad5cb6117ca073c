"""At the foot of a room: what the educator sees, and the way out with one's answers."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.rooms.taking_part import Place
from jiejian.ui import state
from jiejian.ui.i18n import _
from jiejian.ui.rooms import doing
from jiejian.ui.rooms.join_view import LEFT

SURE = "live_leave_sure"


def about(place: Place) -> None:
    """Folded away, and always there."""
    title = _("What is seen of you here, and how to leave")
    with st.expander(title, key="fold_about_room", icon=":material/visibility:"):
        name = place.person.name
        points = (
            _(
                "Whoever leads the room sees as “{name}”: your answers, your requests, your notes."
            ).format(name=name),
            _("On the screen stand the room's figures. Notes are shown without names here."),
            _("What you have done on this site on your own is not seen."),
            _("It is kept until the room is deleted, or until you delete your part."),
        )
        items = "".join(f"<li>{html.escape(point)}</li>" for point in points)
        st.html(f"<ul>{items}</ul>")
        leave_buttons(place)


def leave_buttons(place: Place) -> None:
    """Leaving asks once more."""
    room = place.room.id
    if st.session_state.get(SURE) != room:
        st.button(
            _("Leave and delete my answers"),
            key="live_leave",
            icon=":material/delete:",
            on_click=_ask,
            args=(room,),
        )
        return
    words = _(
        "Your answers, notes and requests in this room are deleted for good. Only your number"
        " stays. The name you took is shown nowhere any more; the room's log loses it when the"
        " room is deleted."
    )
    st.html(f'<p role="status">{html.escape(words)}</p>')
    name = f"live_leave_{room}"
    with st.container(horizontal=True, gap="small", key="leave_buttons"):
        st.button(_("No, stay"), key="live_leave_no", on_click=_ask, args=("",))
        st.button(
            _("Yes, delete and leave"),
            key="live_leave_yes",
            type="primary",
            on_click=_leave,
            args=(room, name, state.attempt(name)),
        )


def _ask(room: str) -> None:
    st.session_state[SURE] = room


def _leave(room: str, name: str, key: str) -> None:
    part = services().own_part
    if doing.write(name, lambda k: part.leave(state.actor(), room, k), key):
        st.session_state.pop(SURE, None)
        state.show(LEFT, True)
