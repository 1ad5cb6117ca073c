"""Joining: a code, a name, one button; and what the educator will see, said before it is pressed."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.errors import InvalidInput, JiejianError
from jiejian.services.built import services
from jiejian.services.rooms.joining import Door
from jiejian.services.rooms.naming import LONGEST
from jiejian.services.rooms.room import Room
from jiejian.ui import frame, navigation, state
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import carried, chosen, paragraph, take_focus
from jiejian.ui.rooms import doing
from jiejian.ui.rooms.words import seat_about, seat_name
from sandbox.world import SEATS

CODE, NAME, SEAT, GUEST, OFFERED = (
    f"live_join_{part}" for part in ("code", "name", "seat", "guest", "offered")
)
LEFT = "live_left"
OTHER_SUGGESTIONS = 5


def find(code: str) -> None:
    """Go to the room of a code; a wrong one is said on the page and stays in the field."""
    doing.forget()
    address = st.context.ip_address or ""
    try:
        room_id = services().joining.find(state.actor(), code, address)
    except JiejianError as error:
        state.show(doing.ERROR, error)
        st.session_state[CODE] = code[:16]
        return
    state.clear(LEFT)
    st.query_params["room"] = room_id


def code() -> None:
    """Type the code; or go back to a room one is in."""
    frame.head(
        _("Workshop"),
        _("Join a workshop"),
        _("Type the code on the screen. No account, no download, no real money."),
    )
    _gone()
    doing.problem()
    with st.container(border=True, key="card_join", gap="small"), st.form("join", border=False):
        st.text_input(
            _("Code (six letters and figures)"),
            key=CODE,
            max_chars=16,
            autocomplete="off",
            placeholder="K7P4QX",
        )
        st.form_submit_button(_("Go to the room"), type="primary", width="stretch", on_click=_typed)
    rooms = [room for room in services().own_part.attended(state.actor()) if not room.closed]
    if rooms:
        st.header(_("Rooms you are in"), anchor=False)
        for room in rooms:
            title = room.title.say(language())
            st.page_link(
                navigation.LIVE,
                label=_("Back to “{title}” as {name}").format(title=title, name=room.name),
                icon=":material/arrow_forward:",
                query_params={"room": room.room},
            )


def door(room_id: str) -> None:
    """The name, a seat where one chooses, what is seen of it, and the button."""
    found = services().joining.door(state.actor(), room_id, language())
    room = found.room
    frame.head(_("Workshop"), room.script.title.say(language()), room.script.about.say(language()))
    _gone()
    doing.problem()
    if not state.remembered():
        st.warning(
            _(
                "This browser keeps no cookies: if you close or reload the page, you come back as"
                " somebody new. Allow cookies for this site, or keep the page open."
            ),
            icon=":material/cookie_off:",
        )
    with st.container(border=True, key="card_join", gap="small"), st.form("join", border=False):
        _name(found)
        if room.seats == "choice":
            _seats()
        st.html(_consent(room))
        st.form_submit_button(
            _("Join the room"),
            type="primary",
            width="stretch",
            icon=":material/login:",
            on_click=_join,
            args=(room_id, bool(room.guests), room.seats == "choice"),
        )


def _name(found: Door) -> None:
    room = found.room
    if room.guests:
        st.selectbox(
            _("Your name on the guest list"),
            found.free_guests,
            index=None,
            placeholder=_("Choose your name"),
            key=GUEST,
        )
    elif room.names == "nickname":
        offered = st.session_state.setdefault(OFFERED, found.suggestion)
        st.session_state.setdefault(NAME, offered)
        st.text_input(
            _("Your name here: keep this animal or type another"),
            key=NAME,
            max_chars=LONGEST,
            autocomplete="off",
        )
    elif room.names == "animal":
        paragraph(_("You get the name of an animal, so that nobody needs to know who you are."))
    else:
        paragraph(_("There are no names in this room: you get a number."))


def _seats() -> None:
    texts = {seat: f"{seat_name(seat)}: {seat_about(seat)}" for seat in SEATS}
    with st.container(key="answer_seat"):
        st.radio(
            _("Which seat do you take?"),
            SEATS,
            index=None,
            format_func=lambda seat: texts[seat],
            key=carried(SEAT),
            width="stretch",
        )


def _consent(room: Room) -> str:
    """What joining means, right above its button."""
    who = _("under this name") if room.names == "nickname" or room.guests else _("under that name")
    if room.names == "none" and not room.guests:
        who = _("under your number")
    points = [
        _("Whoever leads the room sees your answers and requests {who}, and nothing else.").format(
            who=who
        ),
        _("What you have done on this site on your own stays yours alone."),
        _("A teaching room: no real money, no real lender."),
        _("You can leave and delete your answers at any time."),
    ]
    if room.guests:
        points.insert(2, _("The guest list was written by whoever leads the room."))
    else:
        points.insert(2, _("Please do not use your real name."))
    items = "".join(f"<li>{html.escape(point)}</li>" for point in points)
    title = html.escape(_("By joining you agree to this:"))
    return f'<div class="consent"><p>{title}</p><ul>{items}</ul></div>'


def _gone() -> None:
    if state.shown(LEFT):
        words = _("You have left the room, and what you did in it is deleted.")
        paragraph(words, "room-shows", status=True, focus="left_room")
        take_focus("left_room")


def _typed() -> None:
    find(str(st.session_state.get(CODE) or ""))


def _join(room_id: str, listed: bool, choice: bool) -> None:
    name = str(st.session_state.get(GUEST if listed else NAME) or "")
    seat = chosen(SEAT) if choice else None
    doing.forget()
    try:
        _come_in(room_id, name, seat)
    except JiejianError as error:
        state.show(doing.ERROR, error)
    else:
        state.clear(LEFT)
        for key in (NAME, OFFERED, GUEST):
            st.session_state.pop(key, None)


def _come_in(room_id: str, name: str, seat: str | None) -> None:
    """Join; should the suggested name have been taken meanwhile, with the next one suggested."""
    joining = services().joining
    for _turn in range(OTHER_SUGGESTIONS):
        try:
            joining.join(state.actor(), room_id, name, seat)
            return
        except InvalidInput as error:
            suggested = name == st.session_state.get(OFFERED)
            if (error.field, error.reason) != ("name", "taken") or not suggested:
                raise
            name = joining.door(state.actor(), room_id, language()).suggestion
            st.session_state[OFFERED] = name
    joining.join(state.actor(), room_id, name, seat)
