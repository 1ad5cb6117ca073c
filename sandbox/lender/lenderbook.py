"""The lender's book: product, rules, personas and the words of its choices, read from data files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from sandbox.datafiles import DataFileError, Mistake, read_model, read_models
from sandbox.lender import case as facts
from sandbox.lender.case import Applicant, LoanRequest
from sandbox.lender.product import Product
from sandbox.lender.rules import STAGES, ReasonWords, Rule
from sandbox.text import Text

DATA = Path(__file__).resolve().parent.parent / "data"
PRODUCT = "glass-box-cash"


class Persona(BaseModel):
    """A ready applicant: what the lender would know, in a life a learner can step into."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    order: int
    title: Text
    about: Text
    applicant: Applicant
    request: LoanRequest = LoanRequest()


class Choice(BaseModel):
    """A category's label and, where it needs one, a sentence about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Text
    about: Text | None = None


class Choices(BaseModel):
    """Words of every category that facts and traces use."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Literal["choices"]
    purpose: dict[str, Choice]
    method: dict[str, Choice]
    incident: dict[str, Choice]
    profile_field: dict[str, Choice]
    stage: dict[str, Choice]
    family: dict[str, Choice]


@dataclass(frozen=True)
class LenderBook:
    """Everything the lender decides by. rules are in the order they run."""

    product: Product
    rules: tuple[Rule, ...]
    personas: Mapping[str, Persona]
    choices: Choices
    version: str
    mistakes: tuple[Mistake, ...] = ()

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, None if the book no longer has it."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def words(self, code: str) -> ReasonWords | None:
        """The words of a reason code, None if the book no longer has it."""
        return next((rule.reasons[code] for rule in self.rules if code in rule.reasons), None)


def load_lenderbook(root: Path = DATA) -> LenderBook:
    """Read and cross-check the lender's data files.

    A broken rule or persona is left out and named in `mistakes`, so one slip does not close the
    lender. Raises DataFileError if the product, the choices or every persona cannot be read,
    since nothing can be decided then.
    """
    product = read_model(root / "products" / f"{PRODUCT}.yaml", Product, base=root)
    choices = read_model(root / "choices.yaml", Choices, base=root)
    rules, mistakes = read_models(root / "rules", Rule)
    personas, persona_mistakes = read_models(root / "personas", Persona)
    ordered = sorted(rules.values(), key=lambda r: (STAGES.index(r.stage), r.order, r.id))
    mistakes = (
        *mistakes,
        *persona_mistakes,
        *_shared_codes(ordered),
        *_unlisted_choices(ordered, choices),
        *_wordless_choices(choices),
    )
    if not personas:
        raise DataFileError(mistakes)
    listed = sorted(personas.values(), key=lambda p: (p.order, p.id))
    return LenderBook(
        product=product,
        rules=tuple(ordered),
        personas={persona.id: persona for persona in listed},
        choices=choices,
        version=_version(product, ordered),
        mistakes=mistakes,
    )


def _version(product: Product, rules: list[Rule]) -> str:
    """A short fingerprint of all that can change a decision."""
    content = [product.model_dump(mode="json"), *(rule.model_dump(mode="json") for rule in rules)]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _shared_codes(rules: list[Rule]) -> list[Mistake]:
    owners: dict[str, str] = {}
    mistakes = []
    for rule in rules:
        for code in rule.reasons:
            if code in owners:
                message = f"{code} is already used by rule {owners[code]}; a code is never reused"
                mistakes.append(Mistake(f"rules/{rule.id}.yaml", None, f"reasons.{code}", message))
            owners.setdefault(code, rule.id)
    return mistakes


def _unlisted_choices(rules: list[Rule], choices: Choices) -> list[Mistake]:
    """Every category must have a verdict in a rule that measures it, and no other may."""
    mistakes = []
    for rule in rules:
        if not rule.cases:
            continue
        known = set(getattr(choices, rule.measure))
        for kind, odd in (
            ("has no case", known - rule.cases.keys()),
            ("is unknown", rule.cases.keys() - known),
        ):
            for name in sorted(odd):
                file = f"rules/{rule.id}.yaml"
                mistakes.append(Mistake(file, None, "cases", f"choice {name!r} {kind}"))
    return mistakes


def _wordless_choices(choices: Choices) -> list[Mistake]:
    types = {
        "purpose": facts.Purpose,
        "method": facts.Method,
        "incident": facts.Incident,
        "profile_field": facts.ProfileField,
    }
    return [
        Mistake("choices.yaml", None, group, f"no words for {name!r}")
        for group, kind in types.items()
        for name in get_args(kind)
        if name not in getattr(choices, group)
    ]
