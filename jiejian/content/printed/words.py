"""The fixed words of printed lessons, and what each call and argument is called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from sandbox.answers import Unit
from sandbox.datafiles import read_model
from sandbox.text import Language, Text

HERE = Path(__file__).parent


class _Phrases(RootModel[dict[str, Text]]):
    pass


class CallWords(BaseModel):
    """What a call gives, and how it is worked out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    formula: Text


class TermWords(BaseModel):
    """What an argument is called, and its unit (percent: the argument is a fraction).

    Without a unit it is named and its value is not told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Unit | None = None
    title: Text


class _Calls(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: dict[str, CallWords]
    terms: dict[str, TermWords]


@cache
def phrases() -> Mapping[str, Text]:
    """The fixed words by key."""
    return read_model(HERE / "phrases.yaml", _Phrases).root


@cache
def _calls() -> _Calls:
    return read_model(HERE / "calls.yaml", _Calls)


def call_words() -> Mapping[str, CallWords]:
    """Words of every call."""
    return _calls().calls


def term_words() -> Mapping[str, TermWords]:
    """Words of arguments and loan terms; those without are not told."""
    return _calls().terms


def say(key: str, language: Language, **values: object) -> str:
    """A fixed phrase, its blanks filled, safe in HTML."""
    return escape(phrases()[key].say(language).format(**values))
