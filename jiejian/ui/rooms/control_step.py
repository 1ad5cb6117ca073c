"""The step at hand, for whoever leads: where the room is, on, back, pause, what to say and expect."""

from __future__ import annotations

import html
from datetime import timedelta

import streamlit as st

from jiejian.services.built import services
from jiejian.services.rooms.attendance import Attendance, asks
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.room import LOBBY
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import paragraph, part_title, plain_label
from jiejian.ui.rooms import people_view, plan_view, step_words
from jiejian.ui.rooms.deeds import deed

MORE = (2, 5)
"""Minutes the buttons add."""


def step(look: Look, found: Attendance) -> None:
    """Where the room is and the buttons that move it."""
    room = look.room
    with st.container(border=True, key="card_step_now", gap="small"):
        st.html(_where(look) + _progress(look, found))
        _buttons(look)
    if room.at is not None:
        with st.container(border=True, key="card_step_notes", gap="small"):
            part_title(_("For you"))
            st.html(plan_view.notes(room.at))
    _coming(look)


def _where(look: Look) -> str:
    room = look.room
    count = len(room.script.steps)
    if room.at is None:
        title = _("People are coming in")
        line = _("Start when most are there: whoever comes later joins where the room is.")
        return f'<h2 class="ctl-title">{html.escape(title)}</h2><p>{html.escape(line)}</p>'
    place = _("Step {n} of {count}").format(n=room.step + 1, count=count)
    facts = f"{place} · {step_words.kind(room.at)} · {time_words(look)}"
    pips = "".join(f'<i class="{"on" if n <= room.step else ""}"></i>' for n in range(count))
    return (
        f'<p class="steps-line"><span class="steps-pips" aria-hidden="true">{pips}</span>'
        f"{html.escape(facts)}</p>"
        f'<h2 class="ctl-title">{html.escape(room.at.title.say(language()))}</h2>'
    )


def time_words(look: Look) -> str:
    """What is left of the plan, as information: nothing ends when it is over."""
    if look.room.stopped:
        return _("paused")
    left = look.room.left(look.now)
    if left is None:
        return ""
    # Rounded up: a step of five minutes begins with five left.
    minutes = -((-left) // timedelta(minutes=1))
    if minutes > 0:
        return ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)
    over = -minutes
    if not over:
        return _("the planned time is used up")
    words = ngettext("{n} minute over the plan", "{n} minutes over the plan", over)
    return words.format(n=over)


def _progress(look: Look, found: Attendance) -> str:
    chips = people_view.summary(found)
    if not asks(look.room.at) or not found.people:
        return chips
    done, people = found.counts["done"], len(found.people)
    words = _("{done} of {n} are through").format(done=done, n=people)
    percent = round(100 * done / people)
    return (
        f'<p class="ctl-through">{html.escape(words)}</p><span class="fig-track ctl-track"'
        f' aria-hidden="true"><i style="width:{percent}%"></i></span>{chips}'
    )


def _buttons(look: Look) -> None:
    room = look.room
    after = room.block(room.step + 1)
    if after is not None:
        title = after.title.say(language())
        words = _("Start: {title}") if room.step == LOBBY else _("Next: {title}")
        _go(look, room.step + 1, plain_label(words.format(title=title)), "next", primary=True)
    else:
        paragraph(_("This was the last step. End the workshop under “Room” when you are done."))
    if room.step == LOBBY:
        return
    with st.container(horizontal=True, key="step_buttons"):
        back = _("Back") if room.step else _("Back to the lobby")
        _go(look, room.step - 1, back, "back")
        # Two buttons, not one that changes its meaning under the finger.
        stop = room.stopped is None
        deed(
            _("Pause") if stop else _("Go on"),
            "pause" if stop else "resume",
            lambda actor, key: services().directing.pause(actor, room.id, key, stop=stop),
            icon=":material/pause:" if stop else ":material/play_arrow:",
            guard="pause",
            width="content",
        )
        for minutes in MORE:
            deed(
                ngettext("+{n} min", "+{n} min", minutes).format(n=minutes),
                f"extend_{minutes}",
                lambda actor, key, n=minutes: services().directing.extend(  # type: ignore[misc]
                    actor, room.id, n, key
                ),
                width="content",
            )


def _go(look: Look, place: int, label: str, name: str, *, primary: bool = False) -> None:
    room = look.room
    deed(
        label,
        f"go_{name}",
        lambda actor, _key: services().directing.go(actor, room.id, place, room.turns),
        kind="primary" if primary else "secondary",
        icon=":material/arrow_forward:" if primary else ":material/arrow_back:",
        guard="go",
        width="stretch" if primary else "content",
    )


def _coming(look: Look) -> None:
    room = look.room
    after = room.block(room.step + 1)
    if after is None:
        return
    title = plain_label(_("Coming: {title}").format(title=after.title.say(language())))
    with st.expander(title, key="fold_coming", icon=":material/visibility:"):
        st.html(plan_view.notes(after))
