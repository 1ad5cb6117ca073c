"""What a step came to, as the room, the projector and its educator see it; HTML, cheap to redraw."""

from __future__ import annotations

from functools import partial

import streamlit as st

from jiejian.content.library import Library
from jiejian.content.workshops.blocks import (
    Block,
    DecisionBlock,
    DiscussionBlock,
    PollBlock,
    PredictionBlock,
    QuizBlock,
    SandboxBlock,
)
from jiejian.services.rooms import tallies
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.standing import Standing
from jiejian.services.rooms.tallies import Choices, Guesses, Notes
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.rooms import tally_guesses, tally_quiz, tally_requests
from jiejian.ui.rooms.bars import Row, bars, counted
from jiejian.ui.rooms.seats import seat_title
from jiejian.ui.rooms.voice import Voice, own
from sandbox.world import SEATS

MOST_NOTES, MOST_BIG = 24, 9
"""Notes shown at once, and on a projector; what is more is told by its number."""


def show(
    look: Look,
    block: Block,
    library: Library,
    *,
    mine: Standing | None = None,
    big: bool = False,
) -> None:
    """Draw a step's results; mine marks the reader's own answers, big is for a projector."""
    found = markup(look, block, library, own(), mine=mine, big=big)
    if found:
        st.html(f'<div class="figs{" figs-big" if big else ""}">{found}</div>')


def markup(
    look: Look,
    block: Block,
    library: Library,
    voice: Voice,
    *,
    mine: Standing | None = None,
    big: bool = False,
) -> str:
    """A step's results as HTML, "" for a step that has none; big fits on one screen."""
    match block:
        case PollBlock():
            return _poll(look, block, library, voice, mine)
        case PredictionBlock():
            found = tallies.tally(look, block, library)
            return tally_guesses.markup(found, block, voice) if isinstance(found, Guesses) else ""
        case QuizBlock():
            return tally_quiz.markup(look, block, library, voice, mine, big=big)
        case SandboxBlock():
            return tally_requests.markup(look, block, library, voice)
        case DecisionBlock():
            return _decisions(look, block, library, voice, mine)
        case DiscussionBlock():
            return _notes(look, block, library, voice, MOST_BIG if big else MOST_NOTES)
        case _:
            return ""


def _own(mine: Standing | None, block: Block) -> list[str]:
    given = mine.answered(block.id) if mine else ()
    value = given[0].value if given else None
    return [str(one) for one in value] if isinstance(value, list) else []


def _poll(
    look: Look, block: PollBlock, library: Library, voice: Voice, mine: Standing | None
) -> str:
    found = tallies.tally(look, block, library)
    if not isinstance(found, Choices):
        return ""
    chosen = _own(mine, block)
    rows = [
        Row(
            voice.text(option.text),
            found.counts.get(option.id, 0),
            "mine" if option.id in chosen else "",
        )
        for option in block.options
    ]
    return bars(rows, found.people, voice) + counted(found.people, voice)


def _decisions(
    look: Look, block: DecisionBlock, library: Library, voice: Voice, mine: Standing | None
) -> str:
    found = tallies.tally(look, block, library)
    if not isinstance(found, dict):
        return ""
    chosen = _own(mine, block)
    went = {made.seat: made.way for made in look.room.decided if made.step == block.id}
    parts = []
    for seat in SEATS:
        if seat not in block.seats:
            continue
        dilemma, counts = block.seats[seat], found[seat]
        rows = [
            Row(
                voice.text(way.text),
                counts.counts.get(way.id, 0),
                "chosen" if went.get(seat) == way.id else "mine" if way.id in chosen else "",
            )
            for way in dilemma.ways
        ]
        then = "".join(
            f'<p class="fig-then">{voice.text(way.then)}</p>'
            for way in dilemma.ways
            if way.id == went.get(seat)
        )
        title = voice.say(partial(seat_title, seat))
        parts.append(
            f'<section class="fig-seat"><h3>{title}</h3>'
            f'<p class="fig-ask">{voice.text(dilemma.question)}</p>'
            f"{bars(rows, counts.people, voice)}{then}</section>"
        )
    return f'<div class="fig-seats">{"".join(parts)}</div>'


def _notes(look: Look, block: DiscussionBlock, library: Library, voice: Voice, most: int) -> str:
    """Notes without their writers: a room reads thoughts, not people."""
    found = tallies.tally(look, block, library)
    if not isinstance(found, Notes) or not found.notes:
        none = voice.say(lambda: _("No notes yet."))
        return f'<p class="fig-note">{none}</p>'
    newest = found.notes[-most:]
    items = "".join(f"<li>{voice.quote(note)}</li>" for _who, note in newest)
    older = len(found.notes) - len(newest)
    more = voice.say(
        lambda: ngettext("and {n} earlier note", "and {n} earlier notes", older).format(n=older)
    )
    rest = f'<p class="fig-note">{more}</p>' if older else ""
    return f'<ul class="fig-notes">{items}</ul>{rest}'
