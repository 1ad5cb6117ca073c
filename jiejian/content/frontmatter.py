"""The front matter of a lesson."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from jiejian.content.working_out import CurveSpec, FigureSpec, RequestSpec
from jiejian.content.workings import Name
from sandbox.text import Words

Level = Literal["beginner", "intermediate", "advanced"]
Audience = Literal["everyone", "borrower", "operator", "risk_officer", "cfo"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Topic = Annotated[str, StringConstraints(pattern=r"^T[0-9]{2}$")]


def _partial_date(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValueError("must be a date, a month or a year: 2024-05-31, 2024-05 or 2024")
    date.fromisoformat((text + "-01-01")[:10])
    return text


PartialDate = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
    AfterValidator(_partial_date),
]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Entry):
    """Where a lesson's facts come from; date is when that source was published or revised."""

    title: Words
    publisher: Words
    date: PartialDate
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")] | None = None
    note: Words | None = None


class FrontMatter(_Entry):
    """What each language says of the lesson. revision rises when what is taught changes."""

    title: Words
    summary: Words
    objectives: tuple[Words, ...] = Field(min_length=1)
    revision: int = Field(ge=1)


class Facts(FrontMatter):
    """The front matter of zh.md, which also holds the facts that need no translation."""

    track: Slug
    minutes: int = Field(ge=6, le=12)
    level: Level
    audience: tuple[Audience, ...] = Field(min_length=1)
    topics: tuple[Topic, ...] = Field(min_length=1)
    prerequisites: tuple[Slug, ...] = ()
    quiz: Slug
    reviewed_on: date
    sources: tuple[Source, ...] = Field(min_length=1)
    loans: dict[Name, dict[str, Any]] = Field(default_factory=dict)
    figures: dict[Name, FigureSpec] = Field(default_factory=dict)
    curves: dict[Name, CurveSpec] = Field(default_factory=dict)
    requests: dict[Name, RequestSpec] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _sources_were_out(self) -> Facts:
        for number, source in enumerate(self.sources, start=1):
            if source.date > self.reviewed_on.isoformat()[: len(source.date)]:
                raise ValueError(f"sources: number {number} is dated after reviewed_on")
        return self
