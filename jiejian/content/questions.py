"""What is asked and what counts as right: the kinds that also serve as steps of a mini-case."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jiejian.content.calls import Call
from jiejian.content.frontmatter import Slug
from jiejian.content.parameters import Amount, Unit
from sandbox.text import Text


class Entry(BaseModel):
    """Base of everything written in a quiz file: frozen, and a misspelt key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(Entry):
    """A choice and why it is right or wrong, shown after the answer."""

    id: Slug
    text: Text
    because: Text
    correct: bool = False


class Choosing(Entry):
    """Choices, in another order for each attempt unless shuffle is false."""

    stem: Text
    choices: tuple[Choice, ...] = Field(min_length=3)
    shuffle: bool = True

    @property
    def correct(self) -> frozenset[str]:
        """Ids of the correct choices."""
        return frozenset(choice.id for choice in self.choices if choice.correct)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        require_distinct("choices", [choice.id for choice in self.choices])
        return self


class Single(Choosing):
    """One choice is correct."""

    kind: Literal["single"]

    @model_validator(mode="after")
    def _one_correct(self) -> Self:
        if len(self.correct) != 1:
            raise ValueError(f"choices: exactly one must be correct, {len(self.correct)} are")
        return self


class Multiple(Choosing):
    """Any number of choices is correct, but not all and not none."""

    kind: Literal["multiple"]

    @model_validator(mode="after")
    def _some_correct(self) -> Self:
        if not 0 < len(self.correct) < len(self.choices):
            raise ValueError("choices: at least one must be correct and at least one wrong")
        return self


class NearMiss(Entry):
    """A wrong number, typed or called, that tells which slip led to it.

    Its words may hold {value}.
    """

    value: Amount | None = None
    call: str | None = None
    args: dict[str, object] = Field(default_factory=dict)
    because: Text

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.value is None) == (self.call is None):
            raise ValueError("needs either a value or a call")
        return self

    @property
    def asked(self) -> Call | None:
        """The call, None if the value is typed."""
        return Call(call=self.call, args=self.args) if self.call else None


class Numeric(Entry):
    """A number to work out, right within `tolerance`; both are in `unit` (percent: 5 is 5 %).

    The answer is computed, never typed, so it cannot fall behind the model. The words of
    `because` may hold {answer}.
    """

    kind: Literal["numeric"]
    stem: Text
    answer: Call
    unit: Unit
    tolerance: Amount = Field(ge=0)
    because: Text
    near_misses: tuple[NearMiss, ...] = ()


def require_distinct(field: str, ids: list[str]) -> None:
    """Raise ValueError if an id is used twice."""
    for index, item_id in enumerate(ids):
        if item_id in ids[:index]:
            raise ValueError(f"{field}: id {item_id!r} is used twice")
