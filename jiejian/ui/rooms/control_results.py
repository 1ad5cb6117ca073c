"""Results of the step at hand and of earlier ones, and the switch that reveals them to the room."""

from __future__ import annotations

import streamlit as st

from jiejian.content.workshops.blocks import Block, DebriefBlock, DiscussionBlock
from jiejian.services.built import services
from jiejian.services.rooms.attendance import asks
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.showing import results_on_screen
from jiejian.services.rooms.tallies import Notes, tally
from jiejian.ui.i18n import _, language
from jiejian.ui.labels import carried, chosen, paragraph, part_title, plain_label
from jiejian.ui.rooms import tally_view
from jiejian.ui.rooms.deeds import deed
from jiejian.ui.rooms.people_view import named

EARLIER = "earlier_step"
MOST_NOTES = 12
"""Notes with a button of their own, the newest ones."""


def results(look: Look) -> None:
    """Live figures; the room sees them only once they are revealed."""
    at = look.room.at
    if at is not None and asks(at):
        with st.container(border=True, key="card_results", gap="small"):
            part_title(_("Live results"))
            _step(look, at)
    earlier = [step for step in look.room.script.steps[: max(look.room.step, 0)] if asks(step)]
    if earlier:
        _earlier(look, earlier)


def _earlier(look: Look, steps: list[Block]) -> None:
    words = {step.id: _titled(look, step) for step in reversed(steps)}
    looks_at = look.room.at.looks_at if isinstance(look.room.at, DebriefBlock) else ()
    with st.expander(
        _("Earlier results"), key="fold_earlier", icon=":material/history:", expanded=bool(looks_at)
    ):
        key = carried(EARLIER)
        if st.session_state.get(key) not in words:
            st.session_state.pop(key, None)
        first = next((name for name in looks_at if name in words), next(iter(words)))
        st.session_state.setdefault(key, first)
        st.selectbox(_("Step"), list(words), format_func=words.__getitem__, key=key)
        step = look.room.script.step(chosen(EARLIER) or "")
        if step is not None:
            _step(look, step)


def _titled(look: Look, step: Block) -> str:
    title = step.title.say(language())
    revealed = _("revealed")
    return f"{title} · {revealed}" if step.id in look.room.shown else title


def _step(look: Look, step: Block) -> None:
    tally_view.show(look, step, services().library)
    if isinstance(step, DiscussionBlock):
        _notes(look, step)
    _reveal(look, step)


def _reveal(look: Look, step: Block) -> None:
    room, directing = look.room, services().directing
    shown = step.id in room.shown
    words = _("The room sees this.") if shown else _("Only you see this so far.")
    paragraph(words, "plan-facts")
    with st.container(horizontal=True, key=f"reveal_{step.id}"):
        if not shown or results_on_screen(room)[:1] != (step,):
            deed(
                _("Put it on the projector again") if shown else _("Reveal to the room"),
                f"show_{step.id}",
                lambda actor, key: directing.show(actor, room.id, step.id, True, key),
                kind="secondary" if shown else "primary",
                icon=":material/visibility:",
                guard=f"reveal_{step.id}",
                width="content",
            )
        if shown:
            deed(
                _("Hide again"),
                f"hide_{step.id}",
                lambda actor, key: directing.show(actor, room.id, step.id, False, key),
                icon=":material/visibility_off:",
                guard=f"reveal_{step.id}",
                width="content",
            )


def _notes(look: Look, step: DiscussionBlock) -> None:
    """Leave a note out before, or after, the room sees them."""
    found = tally(look, step, services().library)
    if not isinstance(found, Notes) or not (found.notes or found.left_out):
        return
    room, directing = look.room, services().directing
    with st.expander(_("Who wrote what, and leaving a note out"), key=f"fold_notes_{step.id}"):
        entries = [(person, note, True) for person, note in reversed(found.notes)]
        entries += [(person, note, False) for person, note in reversed(found.left_out)]
        for person, note, shown in entries[:MOST_NOTES]:
            paragraph(f"{named(person)}: {note}", "cue-told")
            deed(
                plain_label(_("Leave it out") if shown else _("Let it in again")),
                f"note_{'out' if shown else 'in'}_{step.id}_{person.id}",
                lambda actor, key, who=person.id, show=not shown: directing.show_note(  # type: ignore[misc]
                    actor, room.id, step.id, who, show, key
                ),
                width="content",
            )
