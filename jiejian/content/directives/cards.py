"""Directives that are put in order: cards into bins, steps into their sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator

from jiejian.content.directives.body import Body, Code, Surroundings, Wrong
from jiejian.content.marked import MarkedWords
from sandbox.text import Words

Family = Literal["technology", "risk_control", "compliance", "user"]
FAMILIES: tuple[Family, ...] = get_args(Family)


class Card(Body):
    """A card to sort: why the answer is the answer is told after the learner has chosen."""

    text: Words
    answer: Code
    because: MarkedWords


class Bin(Body):
    """A place to sort cards into."""

    id: Code
    label: Words


class SortCards(Body):
    """Cards to sort into the author's bins, or, without bins, by the four families of causes."""

    minutes: ClassVar[int] = 1

    title: Words
    prompt: MarkedWords
    bins: tuple[Bin, ...] = Field((), max_length=5)
    cards: tuple[Card, ...] = Field(min_length=3, max_length=12)

    @property
    def bin_ids(self) -> tuple[str, ...]:
        """Where a card can go."""
        return tuple(bin_.id for bin_ in self.bins) or FAMILIES

    @model_validator(mode="after")
    def _sortable(self) -> Self:
        ids = self.bin_ids
        if len(self.bins) == 1 or len(set(ids)) != len(ids):
            raise ValueError("bins: there must be two or more, each with its own id")
        return self

    def problems(self, around: Surroundings) -> Iterator[Wrong]:
        """Every card must have a bin, and every bin of the author's a card."""
        for place, card in enumerate(self.cards):
            if card.answer not in self.bin_ids:
                message = f"should be one of {', '.join(self.bin_ids)}"
                yield ("cards", place, "answer"), message
        answers = {card.answer for card in self.cards}
        for place, bin_ in enumerate(self.bins):
            if bin_.id not in answers:
                yield ("bins", place, "id"), "no card belongs here"

    def facts(self) -> object:
        """The bins and the answers in order."""
        answers = [card.answer for card in self.cards]
        return {"bins": list(self.bin_ids), "answers": answers} if self.bins else answers


class Step(Body):
    """A step and why it stands where it does."""

    text: Words
    because: MarkedWords


class OrderSteps(Body):
    """Steps to put in order. They are written in the right order and shown in another."""

    minutes: ClassVar[int] = 1

    title: Words
    prompt: MarkedWords
    steps: tuple[Step, ...] = Field(min_length=3, max_length=8)
    conclusion: MarkedWords | None = None

    def facts(self) -> object:
        """How many steps there are."""
        return len(self.steps)
