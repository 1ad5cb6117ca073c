"""Myth check: what people say about borrowing, and what the evidence says."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from jiejian.content.clinic.entries import Entry
from jiejian.content.clinic.play import Play
from jiejian.content.frontmatter import Slug
from sandbox.text import Text

Verdict = Literal["supported", "unverified", "contradicted"]


class Myth(Entry):
    """A claim, who spreads it, the verdict with its evidence, and what to do instead."""

    id: Slug
    order: int
    claim: Text
    spread_by: Text
    verdict: Verdict
    evidence: Text
    instead: Text
    play: Play
    lesson: Slug
    sources: tuple[Slug, ...] = Field(min_length=1)
    reviewed_on: date
