"""Directives that are read: a note, what to remember, a picture, a teacher's note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from jiejian.content.directives.body import Body, Surroundings, Wrong
from jiejian.content.drawings import drawing_problem
from jiejian.content.marked import MarkedWords, marked
from sandbox.text import Words

FileName = Annotated[
    str, StringConstraints(pattern=r"^(shared/)?[a-z0-9][a-z0-9-]*(-\{lang\})?\.svg$")
]


class KeyPoints(Body):
    """What to remember."""

    title: Words
    points: tuple[MarkedWords, ...] = Field(min_length=1)

    def facts(self) -> object:
        """How many points there are."""
        return len(self.points)


class Note(Body):
    """A remark set apart; `text` is Markdown."""

    tone: Literal["info", "caution"]
    text: MarkedWords

    def facts(self) -> object:
        """The tone."""
        return self.tone

    @property
    def html(self) -> str:
        """The text as safe HTML."""
        return marked(self.text).html


class Picture(Body):
    """Our own SVG drawing, beside the lesson or, as shared/name.svg, in assets/figures.

    `{lang}` in the name stands for zh or en where a drawing holds words.
    """

    file: FileName
    title: Words
    alt: Words
    caption: MarkedWords | None = None

    def facts(self) -> object:
        """The file."""
        return self.file

    def name(self, language: str) -> str:
        """The file's name in this language."""
        return self.file.replace("{lang}", language)

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """The file must be there and be a safe drawing."""
        name = self.name(around.language)
        shared = name.startswith("shared/")
        place = around.shared / name.removeprefix("shared/") if shared else around.folder / name
        if problem := drawing_problem(place):
            yield ("file",), f"{name}: {problem}"


class Misconception(Body):
    """What learners often believe, and what is so."""

    belief: MarkedWords
    truth: MarkedWords


class TeacherNote(Body):
    """For whoever teaches: time, questions to ask, what learners get wrong.

    Shown when "I teach" is switched on, and printed in handouts for teachers.
    """

    for_teachers: ClassVar[bool] = True

    duration: int = Field(ge=1, le=90, description="Minutes in class.")
    text: MarkedWords | None = None
    ask: tuple[MarkedWords, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()

    def facts(self) -> object:
        """Minutes and how much there is of each."""
        return self.duration, len(self.ask), len(self.misconceptions)
