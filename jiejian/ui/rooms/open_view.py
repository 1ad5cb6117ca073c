"""Opening a room, and the rooms one has."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from jiejian.content.workshops.script import Script
from jiejian.services.actor import Actor
from jiejian.services.built import services
from jiejian.services.rooms.opening import Listed, Opened, Wishes
from jiejian.ui import navigation, state
from jiejian.ui.format import moment
from jiejian.ui.frame import NAMES
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import carried, chosen, paragraph, plain_label
from jiejian.ui.rooms import deeds
from sandbox.text import LANGUAGES, Language, Text

SCRIPT = "room_script"
PREFIX = "wish_"
_OPENED = "room_opened"


def begin(script: str) -> None:
    """Note for which script a room is to be opened."""
    state.clear(deeds.ERROR)
    state.show(SCRIPT, script)


def form(script: Script) -> None:
    """The few wishes, each with an answer that is fine for most, and the button."""
    with st.container(border=True, key="card_open_room", gap="small"):
        title = html.escape(_("Open a room: {title}").format(title=script.title.say(language())))
        st.html(f'<h2 class="plan-title">{title}</h2>')
        with st.grid(columns=3, min_column_width=220, gap="medium"):
            _choice(
                "language",
                _("Language of the room"),
                {code: NAMES[code] for code in LANGUAGES},
                language(),
            )
            _choice("names", _("What people are called"), _names(), "nickname")
            if script.seats == "four":
                _choice("seats", _("Seats"), _seats(), "chance")
        with st.expander(_("Only people on a list may come"), icon=":material/checklist:"):
            st.text_area(
                _("Names, one a line; leave empty for whoever has the code"),
                key=f"{PREFIX}guests",
                height=140,
            )
        deeds.problem()
        with st.container(horizontal=True):
            st.button(
                _("Open the room"),
                key="open_room",
                type="primary",
                icon=":material/meeting_room:",
                on_click=_open,
                args=(script, state.attempt(f"room_open_{script.id}")),
            )
            st.button(_("Cancel"), key="not_now", on_click=state.clear, args=(SCRIPT,))


def go_in() -> None:
    """Go on to the room that was just opened, if one was."""
    opened = state.shown(_OPENED)
    if opened is not None:
        state.clear(_OPENED)
        state.clear(SCRIPT)
        st.switch_page(navigation.ROOM, query_params={"room": opened.id})


def _choice(name: str, label: str, words: dict[str, str], usual: str) -> None:
    key = carried(f"{PREFIX}{name}")
    if key not in st.session_state:
        st.session_state[key] = usual
    st.radio(label, list(words), format_func=words.__getitem__, key=key)


def _names() -> dict[str, str]:
    return {
        "nickname": _("A nickname of their own"),
        "animal": _("An animal each, by itself"),
        "none": _("Numbers only"),
    }


def _seats() -> dict[str, str]:
    return {"chance": _("Dealt by chance"), "choice": _("Each chooses")}


def _open(script: Script, key: str) -> None:
    guests = str(st.session_state.get(f"{PREFIX}guests", "")).splitlines()
    spoken: Language = "en" if chosen(f"{PREFIX}language") == "en" else "zh"
    wishes = Wishes(
        language=spoken,
        names=chosen(f"{PREFIX}names") or "nickname",  # type: ignore[arg-type]
        seats=(chosen(f"{PREFIX}seats") or "chance") if script.seats == "four" else "none",  # type: ignore[arg-type]
        guests=tuple(guests),
    )

    def act(actor: Actor, tried: str) -> Opened:
        opened = services().opening.open(actor, script, wishes, key=tried)
        state.show(_OPENED, opened)
        return opened

    deeds.do(f"open_{script.id}", act, key)


def rooms(found: Sequence[Listed]) -> None:
    """Open rooms first, past ones below."""
    going = [room for room in found if not room.closed]
    past = [room for room in found if room.closed]
    if going:
        st.header(_("Rooms that are open"), anchor=False)
        for room in going:
            _room(room)
    if past:
        st.header(_("Past rooms"), anchor=False)
        for room in past:
            _room(room)


def _room(room: Listed) -> None:
    title = Text.model_validate(room.title).say(language())
    with st.container(
        border=True,
        key=f"card_room_{room.id}",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        facts = [moment(room.opened)]
        if room.rehearsal:
            facts.append(_("rehearsal"))
        if not room.closed:
            facts.append(_("code {code}").format(code=room.code))
        st.html(
            f'<h3 class="room-name">{html.escape(title)}</h3>'
            f'<p class="plan-facts">{html.escape(" · ".join(facts))}</p>'
        )
        with st.container(horizontal=True, width="content"):
            st.page_link(
                navigation.ROOM,
                label=_("Lead the room") if not room.closed else _("Summary"),
                icon=":material/arrow_forward:",
                query_params={"room": room.id},
            )
            with st.popover(
                plain_label(_("Delete")), key=f"pop_{room.id}", icon=":material/delete:"
            ):
                paragraph(
                    _(
                        "Deletes the room with everything its people did in it, for good. Nobody"
                        " can bring it back."
                    )
                )
                deeds.deed(
                    _("Delete for good"),
                    f"delete_{room.id}",
                    lambda actor, _key: services().opening.delete(actor, room.id),
                    kind="primary",
                )
