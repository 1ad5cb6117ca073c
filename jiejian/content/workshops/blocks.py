"""The blocks a workshop is made of: what the room does in one step."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jiejian.content.calls import Call
from jiejian.content.frontmatter import Slug
from jiejian.content.placement import Form
from jiejian.content.questions import Entry, require_distinct
from sandbox.lender.decision import Outcome
from sandbox.text import Text
from sandbox.world import Effect, Seat

Minutes = Annotated[int, Field(ge=1, le=90)]


class _Block(Entry):
    """What every block has.

    say: what the educator may say and watch for, never shown to the room. show: what the room
    reads above the task. expect: the answer or behaviour to expect, for the educator. serves: the
    objectives it works towards, counted from 0.
    """

    id: Slug
    minutes: Minutes
    title: Text
    say: Text
    show: Text | None = None
    expect: Text | None = None
    serves: tuple[Annotated[int, Field(ge=0, le=4)], ...] = ()


class LessonBlock(_Block):
    """The room reads a part of a lesson: the step of that number, from 0, or all of it."""

    kind: Literal["lesson"]
    lesson: Slug
    part: int | None = Field(None, ge=0)


class Option(Entry):
    """One answer of a poll."""

    id: Slug
    text: Text


class PollBlock(_Block):
    """A question without a right answer; several allows more than one."""

    kind: Literal["poll"]
    question: Text
    options: tuple[Option, ...] = Field(min_length=2, max_length=6)
    several: bool = False

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("options", [option.id for option in self.options])
        return self


class PredictionBlock(_Block):
    """A number guessed before it is shown. truth is calculated; within is what counts as close,
    in percent of it.
    """

    kind: Literal["prediction"]
    question: Text
    unit: Text
    truth: Call
    places: int = Field(2, ge=0, le=4)
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(10_000_000)
    within: int = Field(10, ge=0, le=50)
    why: Text


class QuizBlock(_Block):
    """Questions of a quiz, or a form of a track's test; moment says whether it measures before
    or after the workshop. `reveal: never` keeps answers and verdicts from the room.
    """

    kind: Literal["quiz"]
    quiz: Slug | None = None
    items: tuple[Slug, ...] = ()
    test: Slug | None = None
    form: Form | None = None
    most: int | None = Field(None, ge=1, le=20)
    moment: Literal["none", "before", "after"] = "none"
    reveal: Literal["on_show", "never"] = "on_show"

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.quiz is None) == (self.test is None):
            raise ValueError("quiz: give either a quiz with its items or a test with its form")
        if self.quiz is not None and not self.items:
            raise ValueError("items: name the questions to ask")
        if self.test is not None and self.form is None:
            raise ValueError("form: say which form of the test, a or b")
        require_distinct("items", list(self.items))
        return self


class SandboxBlock(_Block):
    """Everybody borrows in an own sandbox; the shared world weighs on each request."""

    kind: Literal["sandbox"]
    task: Text
    persona: str
    faults: tuple[str, ...] = ()
    amount: Annotated[int, Field(ge=100, le=200_000)]
    term_months: int
    purpose: str = "daily_goods"
    anew: bool = True
    """Whether a new life begins with this block; else the one before goes on."""
    outcomes: tuple[Outcome, ...] = ()
    """What the first request of the step may end with; the check plays it (played.py)."""


class CueBlock(_Block):
    """A shared event that fires as the step begins; the room reads what its seat is told."""

    kind: Literal["cue"]
    cue: Slug
    question: Text | None = None


class Way(Entry):
    """One thing a seat can decide, and what it does to the world everybody shares."""

    id: Slug
    text: Text
    effect: Effect = Effect()
    then: Text


class Dilemma(Entry):
    """What one seat has to decide."""

    question: Text
    ways: tuple[Way, ...] = Field(min_length=2, max_length=5)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("ways", [way.id for way in self.ways])
        return self


class DecisionBlock(_Block):
    """Each seat decides; what most of a seat chose happens to everybody when the step ends."""

    kind: Literal["decision"]
    seats: Mapping[Seat, Dilemma] = Field(min_length=1)


class DiscussionBlock(_Block):
    """A question to talk about; a short note from each, if they wish."""

    kind: Literal["discussion"]
    question: Text
    notes: bool = True


class DebriefBlock(_Block):
    """What happened, looked at together: the results of earlier steps, and questions."""

    kind: Literal["debrief"]
    looks_at: tuple[Slug, ...] = ()
    questions: tuple[Text, ...] = Field(min_length=1, max_length=6)
    lessons: tuple[Slug, ...] = ()


Block = Annotated[
    LessonBlock
    | PollBlock
    | PredictionBlock
    | QuizBlock
    | SandboxBlock
    | CueBlock
    | DecisionBlock
    | DiscussionBlock
    | DebriefBlock,
    Field(discriminator="kind"),
]
