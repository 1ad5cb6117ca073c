"""A workshop script: its minutes, aims, steps and handouts."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from jiejian.content.frontmatter import Level, Slug
from jiejian.content.questions import Entry, require_distinct
from jiejian.content.workshops.blocks import Block, DebriefBlock, Option
from sandbox.text import Text

Seating = Literal["none", "four"]


class Script(Entry):
    """A workshop as an educator plays it, step by step.

    seats: "four" divides the room into borrowers, operators, risk officers and project CFOs.
    cues: the events on the educator's board besides those of the steps; empty: all there are.
    """

    id: Slug
    order: int = Field(1000, ge=0)
    title: Text
    about: Text
    level: Level = "beginner"
    minutes: int = Field(ge=5, le=180)
    objectives: tuple[Text, ...] = Field(min_length=1, max_length=5)
    prepare: tuple[Text, ...] = ()
    handouts: tuple[Slug, ...] = ()
    seats: Seating = "none"
    cues: tuple[Slug, ...] = ()
    steps: tuple[Block, ...] = Field(min_length=1, max_length=30)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        ids = [step.id for step in self.steps]
        require_distinct("steps", ids)
        planned = sum(step.minutes for step in self.steps)
        if planned > self.minutes:
            raise ValueError(f"minutes: the steps take {planned}, more than {self.minutes}")
        for place, step in enumerate(self.steps):
            if isinstance(step, DebriefBlock):
                for name in step.looks_at:
                    if name not in ids[:place]:
                        raise ValueError(f"steps: {step.id} looks at {name!r}, no earlier step")
        return self

    @cached_property
    def version(self) -> str:
        """A short fingerprint of everything in it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def step(self, name: str) -> Block | None:
        """The step of that id, None if there is none."""
        return next((step for step in self.steps if step.id == name), None)


__all__ = ["Block", "Option", "Script", "Seating"]
