"""A quiz step: how many were right, which options were taken, what was learned since before."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from jiejian.content.library import Library
from jiejian.content.posing import Posed, PoseError
from jiejian.content.questions import Choosing
from jiejian.content.workshops.blocks import QuizBlock
from jiejian.content.workshops.scriptbook import items_of
from jiejian.services.question import posed_for
from jiejian.services.rooms import tallies
from jiejian.services.rooms.hub import Look
from jiejian.services.rooms.standing import Standing
from jiejian.services.rooms.tallies import Gain, ItemTally
from jiejian.ui.i18n import _, ngettext
from jiejian.ui.rooms.bars import Row, bars, share
from jiejian.ui.rooms.voice import Voice
from sandbox.text import Text

MOST_BIG = 3
"""Questions whose options fit beside each other on a projector."""


def markup(
    look: Look,
    block: QuizBlock,
    library: Library,
    voice: Voice,
    mine: Standing | None = None,
    *,
    big: bool = False,
) -> str:
    """Item by item as HTML; of a test that keeps its answers only how many gave them.

    big leaves the options out where they would not fit on one screen.
    """
    found = tallies.tally(look, block, library)
    counted = found if isinstance(found, tuple) else ()
    learned = gain_markup(tallies.gain(look, library), voice) if block.moment == "after" else ""
    if block.reveal == "never":
        most = max((item.answered for item in counted), default=0)
        words = voice.say(
            lambda: _("Answers of a test stay with each person: it is taken again later.")
        )
        answered = voice.say(lambda: ngettext("{n} person", "{n} people", most).format(n=most))
        return f'<p class="fig-note">{answered}</p><p class="fig-note">{words}</p>{learned}'
    items = {item.id: item for item in items_of(block, library)}
    brief = big and (len(items) > MOST_BIG or bool(learned))
    parts = [
        _item(number, tally, items[tally.item], block, library, voice, mine, brief)
        for number, tally in enumerate(counted, 1)
        if tally.item in items
    ]
    return f'{learned}<div class="fig-items">{"".join(parts)}</div>'


def gain_markup(gain: Gain | None, voice: Voice) -> str:
    """Before against after, of those who did both; "" without them."""
    if gain is None or gain.before is None or gain.after is None:
        return ""
    before, after, people = _percent(gain.before), _percent(gain.after), len(gain.pairs)
    head = voice.say(lambda: _("Right before and after"))
    both = voice.say(
        lambda: ngettext("{n} person did both", "{n} people did both", people).format(n=people)
    )
    rows = [
        (voice.say(lambda: _("Before")), before),
        (voice.say(lambda: _("After")), after),
    ]
    drawn = "".join(
        f'<li class="fig-bar"><span class="fig-label">{label}</span>'
        f'<span class="fig-num">{value}%</span>'
        f'<span class="fig-track" aria-hidden="true"><i style="width:{value}%"></i></span></li>'
        for label, value in rows
    )
    return (
        f'<section class="fig-gain"><h3>{head}</h3><ul class="fig-bars">{drawn}</ul>'
        f'<p class="fig-note">{both}</p></section>'
    )


def _percent(part: Fraction) -> int:
    return round(part * 100)


def _item(
    number: int,
    tally: ItemTally,
    item: Any,
    block: QuizBlock,
    library: Library,
    voice: Voice,
    mine: Standing | None,
    brief: bool,
) -> str:
    posed = _posed(item, block, library)
    stem = voice.text(_said(posed, item.stem)) if posed else ""
    name = voice.say(lambda: _("Question {n}").format(n=number))
    right = voice.say(
        lambda: _("{right} of {n} people right").format(right=tally.correct, n=tally.answered)
    )
    percent = share(tally.correct, tally.answered)
    head = (
        f'<h3>{name}</h3><p class="fig-ask">{stem}</p>'
        f'<p class="fig-right"><strong>{right}</strong> · {percent}%</p>'
    )
    if brief or posed is None or not isinstance(item, Choosing):
        return f"<section>{head}</section>"
    own = mine.answers.get((block.id, tally.item)) if mine else None
    taken = own.value if own and isinstance(own.value, list) else [own.value] if own else []
    rows = [
        Row(
            voice.text(_said(posed, choice.text)),
            tally.picks.get(choice.id, 0),
            "right" if choice.correct else "mine" if choice.id in taken else "",
        )
        for choice in item.choices
    ]
    return f"<section>{head}{bars(rows, tally.answered, voice)}</section>"


def _posed(item: Any, block: QuizBlock, library: Library) -> Posed | None:
    """The item as everybody met it; None where each person met other numbers."""
    if item.parameters:
        return None
    try:
        return posed_for("", block.id, item, 0, library.compute)
    except PoseError:
        return None


def _said(posed: Posed, text: Text) -> Text:
    return posed.say(text)
