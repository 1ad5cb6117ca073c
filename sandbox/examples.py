"""Ready examples of the cost lab, read from data files: offers to compare, debts to roll over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.datafiles import Mistake, read_models
from sandbox.input_error import InputError
from sandbox.loans.comparing import FEWEST, MOST, compare
from sandbox.loans.offer import Offer
from sandbox.loans.plans import Candidate, Leaving, Plan
from sandbox.rolling import simulate
from sandbox.rolling_terms import Rolling
from sandbox.text import Text

DATA = Path(__file__).resolve().parent / "data"


class _Example(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    order: int
    title: Text


E = TypeVar("E", bound=_Example)


class ExampleOffer(BaseModel):
    """An invented offer: what its advert says (about), its terms, and those of leaving it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    about: Text
    offer: Offer
    leaving: Leaving = Leaving()


class ComparisonExample(_Example):
    """Offers and a plan under which comparing them teaches something."""

    plan: Plan
    offers: tuple[ExampleOffer, ...] = Field(min_length=FEWEST, max_length=MOST)

    @model_validator(mode="after")
    def _computes(self) -> Self:
        candidates = [
            Candidate(name=str(place), offer=one.offer, leaving=one.leaving)
            for place, one in enumerate(self.offers, start=1)
        ]
        try:
            compare(candidates, self.plan)
        except InputError as error:
            raise ValueError(str(error)) from None
        return self


class RollingExample(_Example):
    """A household that borrows anew to repay the old. lenders: what each lender is called."""

    about: Text
    terms: Rolling
    lenders: dict[str, Text]

    @model_validator(mode="after")
    def _named_and_computes(self) -> Self:
        if set(self.lenders) != {lender.name for lender in self.terms.lenders}:
            raise ValueError("lenders: name exactly the lenders of the terms")
        try:
            simulate(self.terms)
        except InputError as error:
            raise ValueError(str(error)) from None
        return self


@dataclass(frozen=True)
class Examples:
    """Every example by id, in the order to show them; mistakes name the files left out."""

    comparisons: Mapping[str, ComparisonExample]
    rolling: Mapping[str, RollingExample]
    mistakes: tuple[Mistake, ...] = ()


def load_examples(root: Path = DATA) -> Examples:
    """Read the examples; each is carried out once, so that a broken one is named and left out."""
    comparisons, first = read_models(root / "comparisons", ComparisonExample)
    rolling, second = read_models(root / "rolling", RollingExample)
    return Examples(_ordered(comparisons), _ordered(rolling), (*first, *second))


def _ordered(found: Mapping[str, E]) -> dict[str, E]:
    return {one.id: one for one in sorted(found.values(), key=lambda one: (one.order, one.id))}
