"""Words of the seat: what facts are called, what can be wrong when a life begins, goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.datafiles import DataFileError, Mistake, read_model
from sandbox.lender.case import Account, Applicant
from sandbox.lender.facts.catalogue import FACTS
from sandbox.lender.goals import GOALS
from sandbox.lender.lenderbook import DATA
from sandbox.lender.measures import Unit
from sandbox.lender.rules import Family
from sandbox.text import Text


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactWords(_Words):
    """What a fact is called; unit says how its value is written."""

    label: Text
    unit: Unit


class Fault(_Words):
    """Something wrong with a person's facts: the changes, by group."""

    label: Text
    family: Family
    applicant: dict[str, Any] = Field(default_factory=dict)
    account: dict[str, Any] = Field(default_factory=dict)


class Goal(_Words):
    """Something worth having seen: its name, how to get there, what it shows."""

    title: Text
    hint: Text
    learnt: Text


class _FactsFile(_Words):
    id: Literal["facts"]
    facts: dict[str, FactWords]


class _FaultsFile(_Words):
    id: Literal["faults"]
    faults: dict[str, Fault]


class _GoalsFile(_Words):
    id: Literal["goals"]
    goals: dict[str, Goal]


@dataclass(frozen=True)
class SeatWords:
    """The three files together, and what is wrong in them."""

    facts: Mapping[str, FactWords]
    faults: Mapping[str, Fault]
    goals: Mapping[str, Goal]
    mistakes: tuple[Mistake, ...] = ()


@cache
def load_seatwords(root: Path = DATA) -> SeatWords:
    """Read the files, once a process.

    A file that cannot be read is left empty and named in `mistakes`.
    """
    mistakes: list[Mistake] = []

    def read(name: str, model: type[BaseModel]) -> Mapping[str, Any]:
        try:
            found = read_model(root / f"{name}.yaml", model, base=root)
        except DataFileError as error:
            mistakes.extend(error.mistakes)
            return {}
        entries: Mapping[str, Any] = getattr(found, name)
        return entries

    facts, faults = read("facts", _FactsFile), read("faults", _FaultsFile)
    goals = read("goals", _GoalsFile)
    for file, known, given in (("facts", FACTS, facts), ("goals", GOALS, goals)):
        if not given:
            continue
        for name in known.keys() - given.keys():
            mistakes.append(Mistake(f"{file}.yaml", None, name, "has no words"))
        for name in given.keys() - known.keys():
            mistakes.append(Mistake(f"{file}.yaml", None, name, "is not known to the lender"))
    mistakes.extend(_misfits(faults))
    usable = {name: fault for name, fault in faults.items() if not any(_misfits({name: fault}))}
    return SeatWords(facts, usable, goals, tuple(mistakes))


def _misfits(faults: Mapping[str, Fault]) -> list[Mistake]:
    """Faults whose changes are no facts of an applicant or an account."""
    found = []
    for name, fault in faults.items():
        for group, model in (("applicant", Applicant), ("account", Account)):
            try:
                model.model_validate(getattr(fault, group))
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                field = ".".join(("faults", name, group, *map(str, first["loc"])))
                found.append(Mistake("faults.yaml", None, field, first["msg"]))
    return found
