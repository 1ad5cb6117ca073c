"""The list of steps with where the room is, and a jump to any of them."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.services.built import services
from jiejian.services.rooms.attendance import asks
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.tallies import progress
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import carried, chosen
from jiejian.ui.rooms import plan_view, step_words
from jiejian.ui.rooms.deeds import deed

JUMP = "jump_step"


def steps(look: Look) -> None:
    """Every step: minutes, how many are through, which is at hand."""
    room = look.room
    items = "".join(_item(look, place) for place in range(len(room.script.steps)))
    st.html(f'<ol class="ctl-steps">{items}</ol>')
    words = {
        str(place): f"{place + 1}. {step.title.say(language())}"
        for place, step in enumerate(room.script.steps)
    }
    key = carried(JUMP)
    st.session_state.setdefault(key, str(max(room.step, 0)))
    st.selectbox(_("Go to any step"), list(words), format_func=words.__getitem__, key=key)
    deed(
        _("Take the room there"),
        "jump",
        lambda actor, _key: services().directing.go(
            actor, room.id, int(chosen(JUMP) or 0), room.turns
        ),
        guard="go",
    )
    st.html(plan_view.handouts(room.script))


def _item(look: Look, place: int) -> str:
    step = look.room.script.steps[place]
    minutes = ngettext("{n} minute", "{n} minutes", step.minutes).format(n=step.minutes)
    facts = [step_words.kind(step), minutes]
    if asks(step) and place <= look.room.step:
        counted = progress(look, step, services().library)
        facts.append(_("{done} of {n} are through").format(done=counted.done, n=counted.people))
    if step.id in look.room.shown:
        facts.append(_("revealed"))
    here = ' aria-current="step"' if place == look.room.step else ""
    return (
        f"<li{here}><strong>{html.escape(step.title.say(language()))}</strong>"
        f'<span class="plan-facts">{html.escape(" · ".join(facts))}</span></li>'
    )
