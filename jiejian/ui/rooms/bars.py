"""Bars for live figures, as HTML: the numbers stand in the text, the bars are their picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jiejian.ui.i18n import _, ngettext
from jiejian.ui.rooms.voice import Voice

Mark = Literal["", "right", "chosen", "mine"]


@dataclass(frozen=True)
class Row:
    """One bar: its words as HTML, how many of how many, and a mark that is also said in words.

    right: the right answer; chosen: the way a seat went; mine: the reader's own.
    """

    label: str
    count: int
    mark: Mark = ""


def bars(rows: Sequence[Row], people: int, voice: Voice) -> str:
    """A list of bars. Shares are of `people`, so that bars of one question can be compared."""
    return f'<ul class="fig-bars">{"".join(_bar(row, people, voice) for row in rows)}</ul>'


def share(count: int, people: int) -> int:
    """Whole percent, nothing of nobody."""
    return round(100 * count / people) if people else 0


def counted(people: int, voice: Voice) -> str:
    """How many answered, as a line under a picture."""
    words = voice.say(lambda: ngettext("{n} answer", "{n} answers", people).format(n=people))
    return f'<p class="fig-note">{words}</p>'


def _bar(row: Row, people: int, voice: Voice) -> str:
    percent = share(row.count, people)
    css = f" fig-{row.mark}" if row.mark else ""
    sign = f' <span class="fig-sign">{_sign(row.mark, voice)}</span>' if row.mark else ""
    return (
        f'<li class="fig-bar{css}"><span class="fig-label">{row.label}{sign}</span>'
        f'<span class="fig-num">{row.count} · {percent}%</span>'
        f'<span class="fig-track" aria-hidden="true"><i style="width:{percent}%"></i></span></li>'
    )


def _sign(mark: Mark, voice: Voice) -> str:
    match mark:
        case "right":
            return "✓ " + voice.say(lambda: _("right"))
        case "chosen":
            return "→ " + voice.say(lambda: _("what happened"))
        case _:
            return voice.say(lambda: _("yours"))
