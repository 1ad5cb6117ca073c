"""What happened in the shared world, as told to the reader's seat, and words from the educator."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from jiejian.content.workshops.blocks import CueBlock, DecisionBlock
from jiejian.services.built import services
from jiejian.services.rooms.taking_part import Place
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.rooms.blocks.decision import outcome

SHOWN = 2
"""Of news as of messages so many stand open; older ones are folded away."""


@dataclass(frozen=True)
class _Item:
    at: datetime
    text: str


def news(place: Place) -> None:
    """Always in the same place on the page, so that what stands below keeps its state."""
    paused = ""
    if place.room.stopped and not place.closed:
        words = _("Paused. Nothing is lost, and there is no hurry.")
        paused = f'<p class="paused">{html.escape(words)}</p>'
    messages = [
        f'<div class="message"><p class="news-title">{html.escape(_message_head(message.to))}</p>'
        f"<p>{html.escape(message.text)}</p></div>"
        for message in place.messages
    ]
    found = sorted((*_cues(place), *_decided(place)), key=lambda item: item.at, reverse=True)
    told = [item.text for item in found]
    st.html(f'<div class="live-news" role="status">{paused}{_some(messages)}{_some(told)}</div>')


def _message_head(to: str | None) -> str:
    return _("A message for you") if to else _("A message to everybody")


def _some(items: list[str]) -> str:
    older = items[SHOWN:]
    if not older:
        return "".join(items)
    words = ngettext("{n} earlier one", "{n} earlier ones", len(older)).format(n=len(older))
    return (
        "".join(items[:SHOWN])
        + f'<details class="fold"><summary>{html.escape(words)}</summary>{"".join(older)}</details>'
    )


def _cues(place: Place) -> Iterator[_Item]:
    """Events that reached this seat and tell it something; whoever has no seat is a borrower."""
    seat = place.person.seat or "borrower"
    at_hand = place.block.cue if isinstance(place.block, CueBlock) else ""
    book = services().directing.cues.cues
    for fired in place.room.fired(place.look.now):
        found = book.get(fired.cue)
        if found is None or fired.cue == at_hand or fired.to not in (None, place.person.seat):
            continue
        if told := found.tells.get(seat):
            title = html.escape(found.title.say(language()))
            text = html.escape(told.say(language()))
            yield _Item(
                fired.at,
                f'<div class="news news-{found.kind}"><p class="news-title">{title}</p>'
                f"<p>{text}</p></div>",
            )


def _decided(place: Place) -> Iterator[_Item]:
    """What seats decided in steps that have ended."""
    for made in place.room.decided:
        block = place.room.script.step(made.step)
        if isinstance(block, DecisionBlock) and block is not place.block:
            yield _Item(made.at, f'<div class="news">{outcome(made, block)}</div>')
