"""Scenes of quiz items: a lender's trace to read, a message to look through, a mini-case."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jiejian.content.frontmatter import Slug
from jiejian.content.questions import Choice, Entry, Multiple, Numeric, Single, require_distinct
from sandbox.text import Text

END = "end"
NOTHING = "none"


class Control(Entry):
    """A control of the lender that may have tripped: the id of its rule, or `none`.

    Without `text` it is called by the rule's title. Which one tripped is computed.
    """

    control: Slug
    text: Text | None = None
    because: Text


class Phrase(Entry):
    """A phrase of the message to choose, and why it is a trap or harmless."""

    id: Slug
    text: Text
    because: Text
    trap: bool = False


class Message(Entry):
    """What is shown. `text` holds [[id]] where a phrase stands, once in each language."""

    form: Literal["advertisement", "message", "call", "notice", "contract"]
    sender: Text | None = None
    text: Text


class _Step(Entry):
    """A step of a mini-case. `say` tells what happened before; `next` is the step that follows,
    `end` for none; without it the one below.
    """

    id: Slug
    say: Text | None = None
    next: Slug | None = None


class StepChoice(Choice):
    """A choice that may lead to a step of its own."""

    next: Slug | None = None


class SingleStep(_Step, Single):
    """One choice is correct; a choice may branch."""

    choices: tuple[StepChoice, ...] = Field(min_length=2)


class MultipleStep(_Step, Multiple):
    """Several choices may be correct."""


class NumericStep(_Step, Numeric):
    """A number to work out."""


Step = SingleStep | MultipleStep | NumericStep


class Steps(Entry):
    """The steps of a mini-case, in the order of the file; every way leads down to an end."""

    steps: tuple[Annotated[Step, Field(discriminator="kind")], ...] = Field(
        min_length=2, max_length=8
    )

    def step(self, step_id: str) -> Step | None:
        """The step with this id, None if there is none."""
        return next((step for step in self.steps if step.id == step_id), None)

    def after(self, step: Step, chosen: str | None = None) -> str | None:
        """Id of the step that follows a choice (or any other answer), None at the end."""
        choices = step.choices if isinstance(step, SingleStep) else ()
        branch = next((choice.next for choice in choices if choice.id == chosen), None)
        place = self.steps.index(step) + 1
        below = self.steps[place].id if place < len(self.steps) else END
        target = branch or step.next or below
        return None if target == END else target

    @model_validator(mode="after")
    def _downwards(self) -> Self:
        ids = [step.id for step in self.steps]
        require_distinct("steps", ids)
        if END in ids:
            raise ValueError(f"steps: {END!r} is no name for a step")
        reached = {ids[0]}
        for place, step in enumerate(self.steps):
            if step.id not in reached:
                raise ValueError(f"steps: no way leads to {step.id!r}")
            for target in self._ways(step):
                if target not in ids:
                    raise ValueError(f"steps: {step.id!r} leads to {target!r}, which is no step")
                if ids.index(target) <= place:
                    raise ValueError(f"steps: {step.id!r} leads back up to {target!r}")
                reached.add(target)
        return self

    def _ways(self, step: Step) -> set[str]:
        choices = step.choices if isinstance(step, SingleStep) else ()
        ways = {self.after(step, choice.id) for choice in choices} or {self.after(step)}
        return {way for way in ways if way is not None}
