"""What both readers need: words out of HTML, numbers, tags, and what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser

from jiejian.services.typed_numbers import parse_number

_BLOCKS = ("p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4")
_TOPIC = re.compile(r"T[0-9]{2}")
_TAG = re.compile(r"(objective|difficulty|unit|kind)\s*:\s*(\S+)")


@dataclass(frozen=True)
class LeftOut:
    """A question that was not taken over; place counts from 1."""

    place: int
    name: str
    reason: str


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")


def plain_text(text: str, *, lines: bool = False) -> str:
    """The words of HTML (or of plain text) as one line, or a line for each paragraph."""
    reader = _Words()
    reader.feed(text)
    reader.close()
    joined = "".join(reader.parts)
    found = [" ".join(line.split()) for line in joined.split("\n")]
    return ("\n" if lines else " ").join(line for line in found if line)


def as_number(text: str) -> Decimal:
    """A number as teachers write it. Raises ValueError."""
    number = parse_number(text)
    if number is None:
        raise ValueError(f"{text!r} is no number")
    return number


def topics_and_tags(said: list[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Topics, and what our own export wrote into tags."""
    topics = tuple(tag for tag in said if _TOPIC.fullmatch(tag))
    matched = (_TAG.fullmatch(tag) for tag in said)
    return topics, {found[1]: found[2] for found in matched if found}
