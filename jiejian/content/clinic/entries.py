"""What symptoms and myth cards share: sources, telephone numbers, steps and longer advice."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from jiejian.content.frontmatter import Slug, Source
from sandbox.text import Text, Words

Family = Literal["technology", "risk_control", "compliance", "user", "scam"]
"""Where a failure comes from; scam is no failure of a lender at all."""


class Entry(BaseModel):
    """A frozen value of a data file; an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Step = Slug | Text
"""One thing to do: the name of a shared step, or words of its own."""


class Sources(Entry):
    """`sources.yaml`: every source by the name entries give it."""

    id: Literal["sources"]
    sources: dict[Slug, Source]


class Steps(Entry):
    """`steps.yaml`: steps that several symptoms name."""

    id: Literal["steps"]
    steps: dict[Slug, Text]


class Contact(Entry):
    """Somebody to turn to, and what for. number is None where everybody has another one."""

    name: Text
    number: Words | None = None
    about: Text
    sources: tuple[Slug, ...] = Field(min_length=1)


class Contacts(Entry):
    """`contacts.yaml`: every telephone number a text may name."""

    id: Literal["contacts"]
    contacts: dict[Slug, Contact]


class Advice(Entry):
    """A longer text several symptoms show: a heading, a sentence, what to do in order.

    `ask` holds words to read out or send as they stand.
    """

    id: Slug
    order: int
    title: Text
    lead: Text
    points: tuple[Text, ...] = Field(min_length=2, max_length=6)
    ask: tuple[Text, ...] = Field((), max_length=5)
    sources: tuple[Slug, ...] = Field(min_length=1)
    reviewed_on: date
