"""A lesson cut into steps: what is read before one goes on.

A step is one section or a few short ones; it ends with what there is to play, so that a phone
shows a screenful or two and a return finds the place. Both languages are cut alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiejian.content.directives import Body, KeyPoints, Note, Picture, TeacherNote, TryIt
from jiejian.content.directives.worked import WorkedExample
from jiejian.content.marked import Marked, texts

LONGEST = 650
"""Chinese characters after which a step takes no further section."""

START = "start"
_TAG = re.compile(r"<[^>]+>")
_H2 = re.compile(r"(?=<h2\b)")
_HERE = re.compile(r'href="#([^"]*)"')
_ANCHOR = re.compile(r'<h[23] id="([^"]+)"')
READ_ONLY = (KeyPoints, Note, Picture, TeacherNote, TryIt, WorkedExample)


@dataclass(frozen=True)
class ProsePart:
    """Running text as safe HTML; plain_html is the same without anything to press."""

    html: str
    plain_html: str

    @property
    def anchors(self) -> list[str]:
        """The anchors of its headings."""
        return _ANCHOR.findall(self.html)


@dataclass(frozen=True)
class WidgetPart:
    """A directive; index counts the widgets of the lesson from 0, alike in both languages."""

    name: str
    body: Body
    index: int

    @property
    def is_played(self) -> bool:
        """Whether there is something to do, not only to read."""
        return not isinstance(self.body, READ_ONLY)


Part = ProsePart | WidgetPart


@dataclass(frozen=True)
class Step:
    """A step: the anchor it is known by and its parts."""

    anchor: str
    parts: tuple[Part, ...]

    @property
    def anchors(self) -> tuple[str, ...]:
        """Every anchor inside it."""
        return tuple(
            anchor for part in self.parts if isinstance(part, ProsePart) for anchor in part.anchors
        )


def sections(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts by section: each begins with a heading of level 2, the first may not."""
    found: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, WidgetPart):
            found[-1].append(part)
            continue
        plain = _H2.split(part.plain_html)
        for place, html in enumerate(_H2.split(part.html)):
            if not html.strip():
                continue
            if html.startswith("<h2"):
                found.append([])
            found[-1].append(ProsePart(html, plain[place]))
    return [section for section in found if section]


def boundaries(parts: Sequence[Part]) -> tuple[int, ...]:
    """Places of the sections that begin a step, decided once, by the Chinese text."""
    starts: list[int] = []
    size, played = 0, True
    for place, section in enumerate(sections(parts)):
        own = sum(len(_TAG.sub("", p.html)) for p in section if isinstance(p, ProsePart))
        own += sum(len(str(p.body)) // 2 for p in section if isinstance(p, WidgetPart))
        if played or size + own > LONGEST:
            starts.append(place)
            size, played = 0, False
        size += own
        played = any(isinstance(part, WidgetPart) and part.is_played for part in section)
    return tuple(starts)


def cut(parts: Sequence[Part], starts: Sequence[int], lesson: str) -> tuple[Step, ...]:
    """The steps that begin at these sections; a link from one to another leads there."""
    found = sections(parts)
    steps = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(found)
        inside = tuple(part for section in found[start:end] for part in section)
        anchors = Step("", inside).anchors
        here = tuple(_pointed(part, anchors, lesson) for part in inside)
        steps.append(Step(START if number == 0 else anchors[0], here))
    return tuple(steps)


def _pointed(part: Part, anchors: Sequence[str], lesson: str) -> Part:
    """A link to a section that lies in another step becomes the address of that step."""

    def point(found: re.Match[str]) -> str:
        return found[0] if found[1] in anchors else f'href="/lesson?id={lesson}&amp;at={found[1]}"'

    if isinstance(part, ProsePart):
        return ProsePart(_HERE.sub(point, part.html), part.plain_html)
    for _, text in texts(part.body):
        if isinstance(text, Marked):
            text.html = _HERE.sub(point, text.html)
    return part
