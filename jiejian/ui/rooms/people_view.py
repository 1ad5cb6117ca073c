"""The people of a room: how it stands with each, and what can be done for one of them."""

from __future__ import annotations

import html
from functools import partial

import streamlit as st

from jiejian.services.built import services
from jiejian.services.rooms.attendance import Attendance, Attended, State
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.room import Person
from jiejian.ui.i18n import _, language, ngettext, pgettext
from jiejian.ui.labels import carried, chosen, paragraph
from jiejian.ui.rooms.deeds import deed
from jiejian.ui.rooms.seats import seat_title
from sandbox.world import SEATS

WHO, TO_ALL, TO_ONE, NAME, SEAT, STEP = (
    "person_who",
    "message_all",
    "message_one",
    "person_name",
    "person_seat",
    "person_step",
)


def state_word(state: State) -> str:
    """How it stands with somebody, in a word."""
    return {
        "stuck": pgettext("person", "stuck?"),
        "gone": pgettext("person", "gone"),
        "working": pgettext("person", "at it"),
        "waiting": pgettext("person", "here"),
        "done": pgettext("person", "done"),
    }[state]


def summary(found: Attendance) -> str:
    """How many are in each state, as HTML; states of nobody are left out."""
    joined = len(found.people)
    parts = [ngettext("{n} joined", "{n} joined", joined).format(n=joined)]
    chips = [f'<span class="chip">{html.escape(parts[0])}</span>']
    for state, count in found.counts.items():
        if count:
            words = html.escape(f"{count} {state_word(state)}")
            chips.append(f'<span class="chip person-{state}">{words}</span>')
    return f'<p class="ctl-chips">{"".join(chips)}</p>'


def people(look: Look, found: Attendance) -> None:
    """Everybody, whoever may need help first; a message to all; one person at a time."""
    room = look.room
    st.html(summary(found) + _table(found))
    apart = [one for one in found.people if one.place != room.step]
    if apart:
        words = ngettext("Bring {n} person along", "Bring {n} people along", len(apart))
        deed(
            words.format(n=len(apart)),
            "along",
            lambda actor, key: services().directing.advance_slowest(actor, room.id, key),
            icon=":material/groups:",
        )
    st.text_input(_("Message to everybody"), key=TO_ALL, max_chars=300)
    deed(
        _("Send to everybody"),
        "message_all",
        lambda actor, key: services().directing.message(
            actor, room.id, str(st.session_state.get(TO_ALL, "")), key
        ),
        icon=":material/campaign:",
        then=partial(_clear, TO_ALL),
    )
    _one(look)


def _table(found: Attendance) -> str:
    if not found.people:
        words = _("Nobody has joined yet. Show the code on the projector.")
        return f'<p class="plan-facts">{html.escape(words)}</p>'
    rows = "".join(_row(one) for one in found.by_need)
    label = html.escape(_("People in the room"))
    return (
        f'<div class="people" role="region" aria-label="{label}" tabindex="0"><ul>{rows}</ul></div>'
    )


def _row(one: Attended) -> str:
    person = one.person
    seat = f" · {seat_title(person.seat)}" if person.seat else ""
    at = _("at step {n}").format(n=one.place + 1)
    apart = f" · {at}" if person.step is not None else ""
    return (
        f'<li><span class="person-name">{html.escape(named(person) + seat + apart)}</span>'
        f'<span class="chip person-{one.state}">{html.escape(state_word(one.state))}</span></li>'
    )


def named(person: Person) -> str:
    """A person's number and name."""
    number = f"#{person.number}"
    return person.name if person.name == number else f"{number} {person.name}"


def _one(look: Look) -> None:
    room = look.room
    known = {one.id: one for one in room.people.values() if not getattr(one, "left", False)}
    if not known:
        return
    removed = _("removed")
    words = {
        who: named(one) + (f" · {removed}" if one.removed else "") for who, one in known.items()
    }
    key = carried(WHO)
    if st.session_state.get(key) not in words:
        st.session_state.pop(key, None)
    st.selectbox(
        _("Help one person"),
        list(words),
        index=None,
        format_func=lambda who: words.get(who, who),
        placeholder=_("Choose somebody"),
        key=key,
    )
    person = known.get(chosen(WHO) or "")
    if person is None:
        return
    with st.container(key="one_person", gap="small"):
        if person.removed:
            paragraph(_("Shown the door; place and answers are kept."), "plan-facts")
            deed(
                _("Let in again"),
                "readmit",
                lambda actor, key: services().directing.readmit(actor, room.id, person.id, key),
            )
            return
        _message(room.id, person)
        _step(look, person)
        _rename(room.id, person)
        if room.seats != "none":
            _seat(room.id, person)
        with st.popover(_("Show them the door"), key="pop_remove", width="stretch"):
            paragraph(_("Their answers leave every picture. You can let them in again."))
            deed(
                _("Remove from the room"),
                "remove",
                lambda actor, key: services().directing.remove(actor, room.id, person.id, key),
                kind="primary",
            )


def _message(room: str, person: Person) -> None:
    st.text_input(_("Message to this person"), key=TO_ONE, max_chars=300)
    deed(
        _("Send"),
        "message_one",
        lambda actor, key: services().directing.message(
            actor, room, str(st.session_state.get(TO_ONE, "")), key, to=person.id
        ),
        then=partial(_clear, TO_ONE),
    )


def _step(look: Look, person: Person) -> None:
    room = look.room
    words = {
        str(place): f"{place + 1}. {step.title.say(language())}"
        for place, step in enumerate(room.script.steps)
    }
    key = carried(STEP)
    st.session_state.setdefault(key, str(max(room.place_of(person), 0)))
    st.selectbox(_("Take them to a step"), list(words), format_func=words.__getitem__, key=key)
    deed(
        _("Take them there"),
        "move",
        lambda actor, tried: services().directing.move(
            actor, room.id, person.id, int(chosen(STEP) or 0), tried
        ),
    )


def _rename(room: str, person: Person) -> None:
    key = f"{NAME}_{person.id}"
    st.session_state.setdefault(key, person.name)
    st.text_input(_("Name in this room"), key=key, max_chars=40)
    deed(
        _("Rename"),
        "rename",
        lambda actor, tried: services().directing.rename(
            actor, room, person.id, str(st.session_state.get(key, "")), tried
        ),
    )


def _seat(room: str, person: Person) -> None:
    words = {seat: seat_title(seat) for seat in SEATS}
    name = f"{SEAT}_{person.id}"
    key = carried(name)
    st.session_state.setdefault(key, person.seat or SEATS[0])
    st.selectbox(_("Seat"), list(words), format_func=words.__getitem__, key=key)
    wanted = next((seat for seat in SEATS if seat == chosen(name)), SEATS[0])
    deed(
        _("Give this seat"),
        "seat",
        lambda actor, tried: services().directing.seat(actor, room, person.id, wanted, tried),
    )


def _clear(key: str) -> None:
    st.session_state[key] = ""
