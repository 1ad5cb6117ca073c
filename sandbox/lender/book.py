"""The lender's book: everything a decision goes by, and the people who may ask."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from sandbox.datafiles import Mistake
from sandbox.lender.case import Account, Applicant, LoanRequest
from sandbox.lender.choices import ActionWords, Choices
from sandbox.lender.product import Product
from sandbox.lender.reasons import ReasonWords
from sandbox.lender.regimes import BASELINE, Regime, changed
from sandbox.lender.rules import STAGES, Rule, Stage
from sandbox.lender.scorecard import Scorecard
from sandbox.text import Text


class Persona(BaseModel):
    """A ready applicant: what the lender would know, in a life a learner can step into."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    order: int
    title: Text
    about: Text
    applicant: Applicant
    account: Account = Account()
    request: LoanRequest = LoanRequest()


@dataclass(frozen=True)
class LenderBook:
    """Everything the lender decides by. rules are in the order they run.

    base are the rules without any regime; regime names the one in force.
    """

    product: Product
    scorecard: Scorecard
    rules: tuple[Rule, ...]
    personas: Mapping[str, Persona]
    choices: Choices
    actions: Mapping[str, ActionWords]
    regimes: Mapping[str, Regime]
    base: tuple[Rule, ...]
    regime: str = BASELINE
    mistakes: tuple[Mistake, ...] = field(default=())

    @cached_property
    def version(self) -> str:
        """A short fingerprint of all that can change a decision."""
        content = [
            self.product.model_dump(mode="json"),
            self.scorecard.model_dump(mode="json"),
            *(rule.model_dump(mode="json") for rule in self.rules),
        ]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @cached_property
    def stages(self) -> Mapping[Stage, tuple[Rule, ...]]:
        """The rules of each stage, in the order they run."""
        return {stage: tuple(r for r in self.rules if r.stage == stage) for stage in STAGES}

    @cached_property
    def _words(self) -> Mapping[str, ReasonWords]:
        found = {c.code: c.words for c in self.scorecard.characteristics}
        for rule in self.rules:
            found |= rule.reasons
        return found

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, None if the book no longer has it."""
        return self._rules.get(rule_id)

    def words(self, code: str) -> ReasonWords | None:
        """The words of a reason code, None if the book no longer has it."""
        return self._words.get(code)

    def contest(self, code: str, sources: tuple[str, ...]) -> Text | None:
        """How to object to a reason: its own way, or the usual one for where the datum is from."""
        words = self.words(code)
        if words is not None and words.contest is not None:
            return words.contest
        found = (self.choices.source.get(source) for source in sources)
        return next((choice.contest for choice in found if choice and choice.contest), None)

    @cached_property
    def _variants(self) -> dict[str, LenderBook]:
        return {self.regime: self}

    def under(self, regime: str) -> LenderBook:
        """The same book under a policy regime, made once; stored decisions are not touched.

        Raises KeyError for an unknown regime.
        """
        if regime not in self._variants:
            rules = changed(self.base, self.regimes[regime])
            self._variants[regime] = replace(self, rules=rules, regime=regime)
        return self._variants[regime]
