"""The cue board: shared events, fired now or later, to everybody or one seat, and taken back."""

from __future__ import annotations

import html
from datetime import timedelta

import streamlit as st

from jiejian.content.workshops.blocks import CueBlock
from jiejian.content.workshops.script import Script
from jiejian.services.built import services
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.room import FiredCue
from jiejian.ui.format import moment
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import carried, chosen, paragraph, part_title, plain_label
from jiejian.ui.rooms.deeds import deed
from jiejian.ui.rooms.effects import SIGNS, effect_words
from jiejian.ui.rooms.seats import seat_title
from sandbox.world import SEATS, Cue, Seat

WHEN, WHOM = "cue_when", "cue_whom"
MINUTES = (0, 2, 5, 10)
UNDONE = 6
"""Events of the time line that can be taken back from here, the newest ones."""
ALL = "all"


def board(look: Look) -> None:
    """When and to whom, the events, the time line."""
    later, to = _when(), _whom(look.room.script)
    cues = services().directing.cues.cues
    own = own_cues(look.room.script)
    for name in own:
        if name in cues:
            _cue(look, name, cues[name], later, to)
    others = [name for name in cues if name not in own]
    if own and others:
        with st.expander(_("All other events"), key="fold_other_cues"):
            for name in others:
                _cue(look, name, cues[name], later, to)
    else:
        for name in others:
            _cue(look, name, cues[name], later, to)
    time_line(look)


def own_cues(script: Script) -> tuple[str, ...]:
    """The script's own events: those of its board, then those of its steps."""
    steps = (step.cue for step in script.steps if isinstance(step, CueBlock))
    return tuple(dict.fromkeys((*script.cues, *steps)))


def _when() -> int:
    words = {str(n): _("Now") if not n else _("in {n} min").format(n=n) for n in MINUTES}
    key = carried(WHEN)
    st.session_state.setdefault(key, "0")
    st.segmented_control(
        _("When"), list(words), format_func=words.__getitem__, key=key, required=True
    )
    return int(chosen(WHEN) or 0)


def _whom(script: Script) -> Seat | None:
    if script.seats != "four":
        return None
    words: dict[str, str] = {ALL: seat_title(None)}
    words.update((seat, seat_title(seat)) for seat in SEATS)
    key = carried(WHOM)
    st.session_state.setdefault(key, ALL)
    st.pills(_("For whom"), list(words), format_func=words.__getitem__, key=key, required=True)
    wanted = chosen(WHOM)
    return next((seat for seat in SEATS if seat == wanted), None)


def _cue(look: Look, name: str, cue: Cue, later: int, to: Seat | None) -> None:
    with st.container(key=f"cue_{name}", gap="xxsmall"):
        title = plain_label(f"{SIGNS[cue.kind]} {cue.title.say(language())}")
        if later:
            title = _("In {n} min: {title}").format(n=later, title=title)
        deed(
            title,
            f"fire_{name}",
            lambda actor, key: services().directing.fire(
                actor, look.room.id, name, key, to=to, in_minutes=later
            ),
        )
        paragraph(effect_words(cue), "cue-does")


def time_line(look: Look) -> None:
    """What was fired, what is waiting, what was taken back; newest first."""
    part_title(_("Time line"))
    if not look.room.cues:
        paragraph(_("Nothing has been fired yet."), "plan-facts")
        return
    newest = sorted(look.room.cues, key=lambda cue: (cue.at, cue.number), reverse=True)
    for cue in [cue for cue in newest if not cue.undone][:UNDONE]:
        _fired(look, cue)
    rest = [cue for cue in newest if cue.undone]
    rest += [cue for cue in newest if not cue.undone][UNDONE:]
    if rest:
        items = "".join(f"<li>{html.escape(_told(look, cue))}</li>" for cue in rest)
        st.html(f'<ul class="cue-past">{items}</ul>')


def told_list(look: Look) -> None:
    """The time line to read, of a room that is over."""
    cues = sorted(look.room.cues, key=lambda cue: (cue.at, cue.number))
    if cues:
        told = (_said(cue, _("taken back") if cue.undone else moment(cue.at)) for cue in cues)
        items = "".join(f"<li>{html.escape(words)}</li>" for words in told)
        part_title(_("Events"))
        st.html(f'<ul class="cue-past">{items}</ul>')


def _fired(look: Look, cue: FiredCue) -> None:
    with st.container(
        key=f"fired_{cue.number}",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        paragraph(_told(look, cue), "cue-told")
        deed(
            plain_label(_("Take back")),
            f"undo_{cue.number}",
            lambda actor, key: services().directing.undo(actor, look.room.id, cue.number, key),
            width="content",
        )


def _told(look: Look, cue: FiredCue) -> str:
    return _said(cue, _moment(look, cue))


def _said(cue: FiredCue, when: str) -> str:
    known = services().directing.cues.cues.get(cue.cue)
    title = known.title.say(language()) if known else cue.cue
    return " · ".join((title, seat_title(cue.to), when))


def _moment(look: Look, cue: FiredCue) -> str:
    if cue.undone:
        return _("taken back")
    ago = look.now - cue.at
    if ago < timedelta(0):
        ahead = -(ago // timedelta(minutes=1))
        return ngettext("in {n} minute", "in {n} minutes", ahead).format(n=ahead)
    minutes = ago // timedelta(minutes=1)
    if not minutes:
        return _("just now")
    return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
