"""Pieces the blocks share: the word that an answer is kept, bars, one choice of several."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from jiejian.services.rooms.taking_part import THE_ITEM, Place
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.labels import carried, chosen, plain_label
from sandbox.text import Text


@dataclass(frozen=True)
class Bar:
    """One line of a tally: what it counts, how many, and whether it is the reader's own."""

    label: str
    count: int
    mine: bool = False


def say(text: Text | None) -> str:
    """Words of a script in the reader's language, as HTML."""
    return html.escape(text.say(language())) if text else ""


def given(place: Place, item: str = THE_ITEM, step: str = "") -> object:
    """What the participant's answer stands at, None without one."""
    name = step or (place.block.id if place.block else "")
    found = place.standing.answers.get((name, item))
    return found.value if found else None


def kept(own: str = "", *, final: bool = False) -> str:
    """The word that an answer is kept, as HTML; announced when it appears."""
    head = _("Kept")
    more = "" if final else _("You can change it until the room goes on.")
    told = f" <strong>{html.escape(own)}</strong>" if own else ""
    return (
        f'<p class="kept" role="status"><span class="chip chip-passed">{html.escape(head)}</span>'
        f"{told} {html.escape(more)}</p>"
    )


def bars(rows: Sequence[Bar], people: int) -> str:
    """A tally as HTML; shares are of the people who answered. The figures stand in the text."""
    words = ngettext("{n} answer", "{n} answers", people).format(n=people)
    mine = html.escape(_("Your answer"))
    items = []
    for row in rows:
        share = round(100 * row.count / people) if people else 0
        own = f' <span class="chip">{mine}</span>' if row.mine else ""
        items.append(
            f'<li class="tally{" tally-mine" if row.mine else ""}">'
            f'<span class="tally-label">{html.escape(row.label)}{own}</span>'
            f'<span class="tally-count">{row.count} · {share}%</span>'
            f'<span class="tally-bar" aria-hidden="true"><i style="width:{share}%"></i></span></li>'
        )
    return f'<ul class="tallies">{"".join(items)}</ul><p class="muted">{html.escape(words)}</p>'


def choose(name: str, label: str, texts: Mapping[str, str], before: object) -> None:
    """One of several, as rows; before is what is chosen so far."""
    key = carried(name)
    if key not in st.session_state and isinstance(before, list) and before[:1]:
        st.session_state[key] = before[0]
    st.radio(
        plain_label(label),
        list(texts),
        index=None,
        format_func=lambda code: plain_label(texts[code]),
        key=key,
        label_visibility="collapsed",
        width="stretch",
        on_change="ignore",
    )


def tick(name: str, texts: Mapping[str, str], before: object) -> None:
    """Any of several, as rows."""
    st.caption(_("More than one answer can be right for you."))
    for code, text in texts.items():
        key = f"{name}_{code}"
        if key not in st.session_state and isinstance(before, list):
            st.session_state[key] = code in before
        st.checkbox(plain_label(text), key=key, width="stretch", on_change="ignore")


def picked(name: str, codes: Sequence[str], several: bool) -> list[str]:
    """What is chosen on the page just now."""
    if several:
        return [code for code in codes if st.session_state.get(f"{name}_{code}")]
    one = chosen(name)
    return [one] if one else []
