"""Quiz items: what each kind is made of. See docs/authoring-quizzes.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from jiejian.content.calls import PLACEHOLDER, Call
from jiejian.content.frontmatter import Slug, Source, Topic
from jiejian.content.parameters import RESERVED, Name, Parameter, ShownUnit
from jiejian.content.questions import Entry, Multiple, Numeric, Single, require_distinct
from jiejian.content.scenes import Control, Message, Phrase, Steps
from sandbox.text import LANGUAGES, Text

Path = tuple[str | int, ...]
PHRASE = r"\[\[([^\[\]]*)\]\]"


class Figure(Call):
    """A computed number the words of an item may show as {name}."""

    unit: ShownUnit = "count"


class Asked(Entry):
    """What every item has. objective counts the lesson's objectives from 0.

    source is the number of one of the lesson's sources, counted from 1, or a source of its own.
    Words may hold {name} of a parameter or a figure.
    """

    id: Slug
    objective: int = Field(ge=0)
    difficulty: int = Field(ge=1, le=3)
    stem: Text
    topics: tuple[Topic, ...] = ()
    source: Annotated[int, Field(ge=1)] | Source | None = None
    parameters: dict[Name, Parameter] = Field(default_factory=dict)
    figures: dict[Name, Figure] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _free_names(self) -> Self:
        for name in (*self.parameters, *self.figures):
            if name in RESERVED or (name in self.parameters and name in self.figures):
                raise ValueError(f"figures: the name {name!r} is taken")
        return self

    @cached_property
    def version(self) -> str:
        """A short fingerprint of the item as it is written."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class SingleItem(Asked, Single):
    """One choice is correct."""


class MultipleItem(Asked, Multiple):
    """Any number of choices is correct, but not all and not none."""


class NumericItem(Asked, Numeric):
    """A number to work out."""


class Stage(Entry):
    """One thing to put in its place; because says why it belongs there."""

    id: Slug
    text: Text
    because: Text


class OrderingItem(Asked):
    """Things to bring into order; they are written in the right one."""

    kind: Literal["ordering"]
    sequence: tuple[Stage, ...] = Field(min_length=3, max_length=7)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("sequence", [stage.id for stage in self.sequence])
        return self


class Target(Entry):
    """What something can be matched with."""

    id: Slug
    text: Text


class Pair(Entry):
    """Something to match, the target it belongs to, and why."""

    id: Slug
    text: Text
    target: Slug
    because: Text


class MatchingItem(Asked):
    """Each of the pairs belongs to one target; a target may be used often or never."""

    kind: Literal["matching"]
    targets: tuple[Target, ...] = Field(min_length=2, max_length=6)
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _known_targets(self) -> Self:
        require_distinct("targets", [target.id for target in self.targets])
        require_distinct("pairs", [pair.id for pair in self.pairs])
        known = {target.id for target in self.targets}
        if lost := [pair.target for pair in self.pairs if pair.target not in known]:
            raise ValueError(f"pairs: there is no target {lost[0]!r}")
        if len({pair.target for pair in self.pairs}) < 2:
            raise ValueError("pairs: all belong to the same target")
        return self


class TrippedItem(Asked):
    """Which control tripped, on the trace the glass-box lender makes of `case`.

    case is written as for `python -m sandbox request` and may hold "{name}" of a parameter.
    """

    kind: Literal["tripped"]
    case: dict[str, object]
    choices: tuple[Control, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("choices", [choice.control for choice in self.choices])
        return self


class TrapItem(Asked):
    """Which phrases of a message are traps; at least one is, at least one is not."""

    kind: Literal["trap"]
    message: Message
    phrases: tuple[Phrase, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _both_sorts(self) -> Self:
        require_distinct("phrases", [phrase.id for phrase in self.phrases])
        if not 0 < sum(phrase.trap for phrase in self.phrases) < len(self.phrases):
            raise ValueError("phrases: at least one must be a trap and at least one harmless")
        return self


class CaseItem(Asked, Steps):
    """A mini-case of linked steps, each graded; stem sets the scene."""

    kind: Literal["case"]


Item = (
    SingleItem
    | MultipleItem
    | NumericItem
    | OrderingItem
    | MatchingItem
    | TrippedItem
    | TrapItem
    | CaseItem
)
AnyItem = Annotated[Item, Field(discriminator="kind")]


def texts(model: BaseModel, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Every text of a model with the path it is written under."""
    for name, field in type(model).model_fields.items():
        yield from _texts_of(getattr(model, name), (*path, field.alias or name))


def _texts_of(value: object, path: Path) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        yield from texts(value, path)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts_of(inner, (*path, index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts_of(inner, (*path, key))


def placeholders(text: Text) -> dict[str, list[str]]:
    """Names in braces, by language."""
    return {language: PLACEHOLDER.findall(text.say(language)) for language in LANGUAGES}
