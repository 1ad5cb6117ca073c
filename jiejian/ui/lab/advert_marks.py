"""The advert shown again, what was found in it marked and numbered. Nothing of it is ever markup."""

from __future__ import annotations

import html
import unicodedata
from itertools import pairwise

from jiejian.ui.i18n import _
from sandbox.adverts import Reading, Span

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(text: str) -> str:
    """The reader's own words as HTML text: escaped, without characters that turn or hide others."""
    kept = (c for c in text if c == "\n" or (c not in _TURNING and unicodedata.category(c) != "Cc"))
    return html.escape("".join(kept))


def quoted(span: Span) -> str:
    """A few words of the advert, in the direction they are written in."""
    return f"<q><bdi>{safe(span.text)}</bdi></q>"


def marked(reading: Reading) -> str:
    """The whole advert; statements are numbered in the order of `Reading.stated`, traps have a “!”."""
    numbered = list(enumerate(reading.stated, 1))
    cuts = {0, len(reading.text)}
    for span in (*(item.span for item in reading.stated), *(trap.span for trap in reading.traps)):
        cuts |= {span.start, span.end}
    places = sorted(cuts)
    parts = []
    for start, end in pairwise(places):
        here = [n for n, item in numbered if item.span.start <= start and end <= item.span.end]
        traps = [t for t in reading.traps if t.span.start <= start and end <= t.span.end]
        text = safe(reading.text[start:end])
        if here or traps:
            names = " ".join(["found"] * bool(here) + ["caught"] * bool(traps))
            text = f'<mark class="{names}">{text}</mark>'
        ends = [str(n) for n, item in numbered if item.span.end == end]
        ends += ["!"] * any(trap.span.end == end and not here for trap in traps)
        parts.append(text + "".join(f"<sup>{sign}</sup>" for sign in ends))
    label = html.escape(_("The advert, with what was found in it"))
    return (
        f'<div class="advert-read" role="region" tabindex="0" aria-label="{label}"><bdi>'
        + "".join(parts)
        + "</bdi></div>"
    )
