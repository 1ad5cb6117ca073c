"""The reader's book: lexicon, forms, the words of every code, and the sample adverts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from sandbox.adverts.answers import Answers
from sandbox.adverts.folding import fold
from sandbox.adverts.forms import DROPPED, PSEUDO, Form
from sandbox.adverts.quantities import UNIT_CODES, Kind, Units
from sandbox.adverts.tokens import Lexicon
from sandbox.datafiles import DataFileError, Mistake, read_model, read_models
from sandbox.text import Text

DATA = Path(__file__).resolve().parent.parent / "data" / "adverts"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Statement(_Data):
    """What a word of this class says without a number."""

    word: str
    field: str
    value: str
    unit: str = "code"


class WordsFile(_Data):
    """words.yaml: the lexicon."""

    id: Literal["words"]
    variants: dict[str, str]
    units: dict[str, tuple[str, ...]]
    classes: dict[str, tuple[str, ...]]
    about_loans: tuple[str, ...]
    statements: tuple[Statement, ...]
    traps: dict[str, str]
    said_by: dict[str, tuple[str, ...]]


class FormsFile(_Data):
    """forms.yaml: what a number means by the words around it."""

    id: Literal["forms"]
    forms: tuple[Form, ...] = Field(min_length=1)


class Explained(_Data):
    """A code's name and a sentence that teaches."""

    title: Text
    about: Text


class Asked(_Data):
    """A question to the learner: its label, why it matters, the words of its choices."""

    label: Text
    why: Text
    choices: dict[str, Text] = {}


class MeaningsFile(_Data):
    """meanings.yaml: the words of every code."""

    id: Literal["meanings"]
    fields: dict[str, Text]
    units: dict[str, Text]
    hedges: dict[str, Text]
    values: dict[str, Text]
    traps: dict[str, Explained]
    unsaid: dict[str, Explained]
    doubts: dict[str, Explained]
    questions: dict[str, Asked]


class Expected(_Data):
    """What the reader must find in a sample: every field and value, and codes.

    must_ask: questions without an assumption. With `answers` the loan repays total_repaid and costs
    yearly_percent a year (simple, two decimals); left out where that cannot be told.
    """

    stated: dict[str, Decimal | str | tuple[Decimal | str, ...]] = {}
    must_ask: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    refused: str = ""
    answers: Answers = Answers()
    total_repaid: Decimal | None = None
    yearly_percent: Decimal | None = None


class Sample(_Data):
    """An invented advert with the same statement in both languages, and its expected reading."""

    id: str
    order: int
    title: Text
    advert: Text
    expect: Expected


@dataclass(frozen=True)
class AdvertBook:
    """Everything the reader reads by."""

    variants: Mapping[str, str]
    units: Units
    lexicon: Lexicon
    forms: Mapping[Kind, tuple[Form, ...]]
    about_loans: frozenset[str]
    statements: tuple[Statement, ...]
    word_traps: Mapping[str, str]
    said_by: Mapping[str, tuple[str, ...]]
    meanings: MeaningsFile
    samples: Mapping[str, Sample]
    mistakes: tuple[Mistake, ...] = ()


@cache
def shipped_advertbook() -> AdvertBook:
    """The book that comes with the program, read once a process. Raises DataFileError."""
    return load_advertbook()


def load_advertbook(root: Path = DATA) -> AdvertBook:
    """Read and cross-check the reader's data files.

    A broken sample is left out and named in `mistakes`. Raises DataFileError if the lexicon, the
    forms or the words of the codes cannot be used.
    """
    words = read_model(root / "words.yaml", WordsFile, base=root)
    forms = read_model(root / "forms.yaml", FormsFile, base=root)
    meanings = read_model(root / "meanings.yaml", MeaningsFile, base=root)
    samples, mistakes = read_models(root / "samples", Sample)
    broken = (*_odd_words(words), *_odd_classes(words, forms))
    if broken:
        raise DataFileError(broken)
    listed = sorted(samples.values(), key=lambda sample: (sample.order, sample.id))
    return AdvertBook(
        variants=words.variants,
        units=Units(words.units),
        lexicon=Lexicon(words.classes),
        forms={kind: tuple(f for f in forms.forms if kind in f.of) for kind in get_args(Kind)},
        about_loans=frozenset(words.about_loans),
        statements=words.statements,
        word_traps=words.traps,
        said_by=words.said_by,
        meanings=meanings,
        samples={sample.id: sample for sample in listed},
        mistakes=(*mistakes, *_wordless(words, forms, meanings)),
    )


def _odd_words(words: WordsFile) -> list[Mistake]:
    """Words that could never be found, because plain text does not look like that."""
    mistakes = []
    for group, listed in (("classes", words.classes), ("units", words.units)):
        for name, texts in listed.items():
            for text in texts:
                if fold(text, words.variants).text != text:
                    message = f"{text!r} is not in plain form: {fold(text, words.variants).text!r}"
                    mistakes.append(Mistake("words.yaml", None, f"{group}.{name}", message))
            for twice in {text for text in texts if texts.count(text) > 1}:
                mistakes.append(
                    Mistake("words.yaml", None, f"{group}.{name}", f"{twice!r} stands twice")
                )
    for code in words.units.keys() ^ UNIT_CODES:
        mistakes.append(
            Mistake("words.yaml", None, "units", f"{code!r} has no spelling or no meaning")
        )
    return mistakes


def _odd_classes(words: WordsFile, forms: FormsFile) -> list[Mistake]:
    """Classes that are used but hold no word."""
    used: dict[str, str] = {}
    for form in forms.forms:
        for way in form.ways:
            for name in (way.left | way.right | way.never) - PSEUDO:
                used.setdefault(name, f"forms.yaml {form.field}")
    for name in (*words.about_loans, *words.traps, *(s.word for s in words.statements)):
        used.setdefault(name, "words.yaml")
    for names in words.said_by.values():
        used.update(dict.fromkeys(names, "words.yaml said_by"))
    return [
        Mistake("words.yaml", None, "classes", f"there is no class {name!r}, used in {where}")
        for name, where in used.items()
        if name not in words.classes
    ]


def _wordless(words: WordsFile, forms: FormsFile, meanings: MeaningsFile) -> list[Mistake]:
    """Codes a learner would meet without words."""
    fields = {form.field for form in forms.forms} - {DROPPED}
    fields |= {statement.field for statement in words.statements} | set(Answers.model_fields)
    wanted: tuple[tuple[str, set[str], Mapping[str, object]], ...] = (
        ("fields", fields, meanings.fields),
        ("traps", set(words.traps.values()), meanings.traps),
        ("unsaid", set(words.said_by), meanings.unsaid),
        ("questions", set(Answers.model_fields), meanings.questions),
    )
    return [
        Mistake("meanings.yaml", None, group, f"no words for {code!r}")
        for group, codes, given in wanted
        for code in sorted(codes - given.keys())
    ]
