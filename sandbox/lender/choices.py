"""Words of every category that facts, rules and traces use."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from sandbox.lender import case as facts
from sandbox.lender.facts.fact import Yuan
from sandbox.lender.rules import Family, Stage
from sandbox.text import Text


class Choice(BaseModel):
    """A category's label and, where it needs one, a sentence about it.

    contest says how to object to a datum of this source.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Text
    about: Text | None = None
    contest: Text | None = None


class Choices(BaseModel):
    """Words of every category; keys are codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Literal["choices"]
    purpose: dict[str, Choice]
    method: dict[str, Choice]
    incident: dict[str, Choice]
    occupation: dict[str, Choice]
    industry: dict[str, Choice]
    region: dict[str, Choice]
    profile_field: dict[str, Choice]
    permission: dict[str, Choice]
    evidence: dict[str, Choice]
    source: dict[str, Choice]
    stage: dict[str, Choice]
    family: dict[str, Choice]
    adverse_action: dict[str, Choice]


class ActionWords(BaseModel):
    """How an action is called, what it takes in simulated minutes and in yuan.

    The label may hold {amount}, {count}, {days} or {evidence}, where the action has one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Text
    about: Text | None = None
    minutes: int = Field(0, ge=0, le=365 * 24 * 60)
    fee: Yuan = Field(Decimal(0), ge=0)


class Actions(BaseModel):
    """Words and costs of everything a borrower can do in a life."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Literal["actions"]
    actions: dict[str, ActionWords]


CATEGORIES: dict[str, Any] = {
    "purpose": facts.Purpose,
    "method": facts.Method,
    "incident": facts.Incident,
    "occupation": facts.Occupation,
    "industry": facts.Industry,
    "region": facts.Region,
    "profile_field": facts.ProfileField,
    "permission": facts.Permission,
    "evidence": facts.Evidence,
    "source": facts.Source,
    "stage": Stage,
    "family": Family,
}


def wordless(choices: Choices) -> Iterator[tuple[str, str]]:
    """Group and code of every category without words."""
    for group, kind in CATEGORIES.items():
        for name in get_args(kind):
            if name not in getattr(choices, group):
                yield group, name
