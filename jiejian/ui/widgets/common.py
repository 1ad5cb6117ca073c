"""What the widgets share: where they stand, their heading, their verdict."""

from __future__ import annotations

import html
from dataclasses import dataclass

from jiejian.content.lessons import Lesson
from jiejian.content.marked import marked
from jiejian.content.printed.pieces import Paper, inline
from jiejian.content.workings import Workings
from jiejian.ui.i18n import _, language


@dataclass(frozen=True)
class Place:
    """Where a widget stands: its lesson, and a key no other widget of the course has."""

    lesson: Lesson
    index: int

    @property
    def key(self) -> str:
        """Prefix of its session and widget keys."""
        return f"widget_{self.lesson.id}_{self.index}"

    @property
    def workings(self) -> Workings:
        """What its lesson computes."""
        return self.lesson.workings

    @property
    def paper(self) -> Paper:
        """How its parts are written on the page."""
        return Paper(self.lesson, language())


def heading(title: str, prompt: str, label: str) -> str:
    """A widget's kind, title and prompt as HTML."""
    return (
        f'<p class="eyebrow">{html.escape(label)}</p><h3>{html.escape(title)}</h3>'
        f"{marked(prompt).html}"
    )


def verdict(right: bool, words: str, because: str) -> str:
    """What came of an answer, announced to screen readers; because is HTML."""
    kind, sign = ("right", "✓") if right else ("wrong", "→")
    return (
        f'<div class="verdict verdict-{kind}" role="status"><p><span aria-hidden="true">{sign}'
        f"</span> <strong>{html.escape(words)}</strong></p>{because}</div>"
    )


def said(text: str) -> str:
    """A Markdown text of one paragraph as inline HTML."""
    return inline(marked(text).html)


def again() -> str:
    """The label of the button that starts a widget over."""
    return _("Start again")
