"""What happened in the shared world, as told to the reader's seat, and words from the educator."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import streamlit as st

from jiejian.content.workshops.blocks import CueBlock, DecisionBlock
from jiejian.services.built import services
from jiejian.services.rooms.taking_part import Place
from jiejian.ui.i18n import _, language
from jiejian.ui.rooms.blocks.decision import outcome

MOST_OPEN = 3
"""So many stand open; older ones are folded away, so that the task is never far down."""


@dataclass(frozen=True)
class _Item:
    at: datetime
    text: str
    kind: Literal["message", "cue", "decided"]


def news(place: Place) -> None:
    """Always in the same place on the page, so that what stands below keeps its state."""
    paused = ""
    if place.room.stopped and not place.closed:
        words = _("Paused. Nothing is lost, and there is no hurry.")
        paused = f'<p class="paused">{html.escape(words)}</p>'
    found = sorted(
        (*_messages(place), *_cues(place), *_decided(place)), key=lambda item: item.at, reverse=True
    )
    fresh = _fresh(place, found)
    earlier = [item for item in found if item not in fresh]
    text = "".join(item.text for item in fresh)
    st.html(f'<div class="live-news" role="status">{paused}{text}</div>{_folded(earlier)}')


def _fresh(place: Place, found: list[_Item]) -> list[_Item]:
    """What came since the step began, and the newest event: the world is still as it left it."""
    if place.closed:
        return []
    began = place.room.began or place.room.opened
    lasting = () if isinstance(place.block, CueBlock) else found
    newest = next((item for item in lasting if item.kind == "cue"), None)
    return [item for item in found if item.at >= began or item is newest][:MOST_OPEN]


def _folded(items: list[_Item]) -> str:
    if not items:
        return ""
    words = _("Earlier news ({n})").format(n=len(items))
    texts = "".join(item.text for item in items)
    return f'<details class="fold"><summary>{html.escape(words)}</summary>{texts}</details>'


def _messages(place: Place) -> Iterator[_Item]:
    for message in place.messages:
        head = _("A message for you") if message.to else _("A message to everybody")
        text = (
            f'<div class="message"><p class="news-title">{html.escape(head)}</p>'
            f"<p>{html.escape(message.text)}</p></div>"
        )
        yield _Item(message.at, text, "message")


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
                "cue",
            )


def _decided(place: Place) -> Iterator[_Item]:
    """What seats decided in steps that have ended."""
    for made in place.room.decided:
        block = place.room.script.step(made.step)
        if isinstance(block, DecisionBlock) and block is not place.block:
            yield _Item(made.at, f'<div class="news">{outcome(made, block)}</div>', "decided")
