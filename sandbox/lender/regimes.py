"""Policy regimes: a named, dated change over the base rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError

from sandbox.lender.bands import Band, Verdict
from sandbox.lender.reasons import Entry, ReasonWords, Source
from sandbox.lender.rules import Example, Rule
from sandbox.text import Text

BASELINE = "baseline"


class RuleChange(Entry):
    """What a regime changes in one rule; what is left out stays as it is.

    params, cases and reasons are changed key by key, bands and examples as a whole.
    """

    params: dict[str, int] = Field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    cases: dict[str, Verdict] = Field(default_factory=dict)
    missing: Verdict | None = None
    reasons: dict[str, ReasonWords] = Field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    source: Source | None = None


class Regime(Entry):
    """A state of the rules: in_force is the day it begins; the baseline changes nothing."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    order: int = Field(ge=1, le=99)
    title: Text
    about: Text
    in_force: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    source: Source | None = None
    changes: dict[str, RuleChange] = Field(default_factory=dict)


class RegimeError(Exception):
    """A change that does not fit its rule: the path inside the regime's file, and why."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def changed(rules: tuple[Rule, ...], regime: Regime) -> tuple[Rule, ...]:
    """The rules under this regime, in the same order.

    Raises RegimeError for an unknown rule or a change that leaves it inconsistent.
    """
    known = {rule.id for rule in rules}
    for name in regime.changes:
        if name not in known:
            raise RegimeError(("changes", name), f"there is no rule {name!r}")
    return tuple(
        _changed(rule, regime.changes[rule.id], regime.source)
        if rule.id in regime.changes
        else rule
        for rule in rules
    )


def _changed(rule: Rule, change: RuleChange, source: Source | None) -> Rule:
    given: Mapping[str, Any] = {name: getattr(change, name) for name in change.model_fields_set}
    base = {name: getattr(rule, name) for name in Rule.model_fields}
    for name in ("params", "cases", "reasons"):
        if name in given:
            base[name] = {**base[name], **given[name]}
    if "reasons" in given or "bands" in given or "cases" in given:
        base["reasons"] = _used(base, given)
    for name in ("bands", "missing", "examples"):
        if name in given:
            base[name] = given[name]
    base["source"] = change.source or source or rule.source
    try:
        return Rule.model_validate(base)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        said = first["msg"].removeprefix("Value error, ")
        field, _, rest = said.partition(": ")
        if field in RuleChange.model_fields:
            raise RegimeError(("changes", rule.id, field), rest) from None
        raise RegimeError(("changes", rule.id), said) from None


def _used(base: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, ReasonWords]:
    """The reasons that the changed rule still gives; words nobody gives would be refused."""
    verdicts = [
        *given.get("bands", base["bands"]),
        *base["cases"].values(),
        given.get("missing") or base["missing"],
    ]
    used = {verdict.reason for verdict in verdicts}
    return {code: words for code, words in base["reasons"].items() if code in used}
