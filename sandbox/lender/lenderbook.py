"""Reading the lender's book from its data files, each mistake named by file, line and field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sandbox.datafiles import (
    DataFileError,
    Mistake,
    line_of,
    parse_yaml,
    read_model,
    read_models,
    read_text,
    shown_path,
)
from sandbox.lender.book import LenderBook, Persona
from sandbox.lender.choices import Actions, Choice, Choices, wordless
from sandbox.lender.life.actions import KINDS
from sandbox.lender.product import Product
from sandbox.lender.reasons import ReasonWords
from sandbox.lender.regimes import BASELINE, Regime, RegimeError, changed
from sandbox.lender.rules import STAGES, Rule
from sandbox.lender.scorecard import Scorecard

__all__ = ["DATA", "Choice", "Choices", "LenderBook", "Persona", "load_lenderbook"]

DATA = Path(__file__).resolve().parent.parent / "data"
PRODUCT = "glass-box-cash"
SCORECARD = "teaching"

Path_ = tuple[str | int, ...]


def load_lenderbook(root: Path = DATA) -> LenderBook:
    """Read and cross-check the lender's data files.

    A broken rule, persona or regime is left out and named in `mistakes`, so one slip does not
    close the lender. Raises DataFileError if the product, the scorecard, the choices, the
    actions, the baseline or every persona cannot be read, since nothing can be decided then.
    """
    product = read_model(root / "products" / f"{PRODUCT}.yaml", Product, base=root)
    choices = read_model(root / "choices.yaml", Choices, base=root)
    scorecard = read_model(root / "scorecards" / f"{SCORECARD}.yaml", Scorecard, base=root)
    actions = read_model(root / "actions.yaml", Actions, base=root)
    found, rule_mistakes = read_models(root / "rules", Rule)
    personas, persona_mistakes = read_models(root / "personas", Persona)
    regimes, regime_mistakes = read_models(root / "regimes", Regime)
    rules = tuple(sorted(found.values(), key=lambda r: (STAGES.index(r.stage), r.order, r.id)))
    fitting, unfit = _fitting(root, rules, regimes)
    mistakes = (
        *rule_mistakes,
        *persona_mistakes,
        *regime_mistakes,
        *unfit,
        *_shared_codes(root, rules, scorecard),
        *_unlisted_choices(root, rules, choices),
        *_unknown_reg_b(root, rules, scorecard, choices),
        *(_at(root, "choices.yaml", (g,), f"no words for {n!r}") for g, n in wordless(choices)),
        *_actions(root, actions),
    )
    if not personas or BASELINE not in fitting:
        raise DataFileError(mistakes)
    return LenderBook(
        product=product,
        scorecard=scorecard,
        rules=rules,
        base=rules,
        personas={p.id: p for p in sorted(personas.values(), key=lambda p: (p.order, p.id))},
        regimes={r.id: r for r in sorted(fitting.values(), key=lambda r: (r.order, r.id))},
        choices=choices,
        actions=actions.actions,
        mistakes=mistakes,
    )


def _at(root: Path, file: str, path: Path_, message: str) -> Mistake:
    """A mistake found only when files are held against each other, with its line."""
    data = parse_yaml(read_text(root / file), file=file)
    return Mistake(file, line_of(data, path), shown_path(path), message)


def _fitting(
    root: Path, rules: tuple[Rule, ...], regimes: dict[str, Regime]
) -> tuple[dict[str, Regime], list[Mistake]]:
    """The regimes whose changes fit the rules, and what is wrong with the others."""
    fitting: dict[str, Regime] = {}
    mistakes = []
    for regime in regimes.values():
        try:
            changed(rules, regime)
        except RegimeError as error:
            file = f"regimes/{regime.id}.yaml"
            mistakes.append(_at(root, file, error.path, error.message))
        else:
            fitting[regime.id] = regime
    return fitting, mistakes


def _reason_words(
    rules: tuple[Rule, ...], scorecard: Scorecard
) -> Iterator[tuple[str, Path_, str, ReasonWords]]:
    """Every reason: its file, its place there, its code and its words."""
    for rule in rules:
        for code, words in rule.reasons.items():
            yield f"rules/{rule.id}.yaml", ("reasons", code), code, words
    for number, characteristic in enumerate(scorecard.characteristics):
        place = ("characteristics", number, "code")
        file = f"scorecards/{scorecard.id}.yaml"
        yield file, place, characteristic.code, characteristic.words


def _shared_codes(root: Path, rules: tuple[Rule, ...], scorecard: Scorecard) -> list[Mistake]:
    owners: dict[str, str] = {}
    mistakes = []
    for file, place, code, _ in _reason_words(rules, scorecard):
        if code in owners:
            message = f"{code} is already used in {owners[code]}; a code is never reused"
            mistakes.append(_at(root, file, place, message))
        owners.setdefault(code, file)
    return mistakes


def _unlisted_choices(root: Path, rules: tuple[Rule, ...], choices: Choices) -> list[Mistake]:
    """Every category must have a verdict in a rule that measures it, and no other may."""
    mistakes = []
    for rule in rules:
        if not rule.cases:
            continue
        file, known = f"rules/{rule.id}.yaml", set(getattr(choices, rule.measure))
        for name in sorted(known - rule.cases.keys()):
            mistakes.append(_at(root, file, ("cases",), f"choice {name!r} has no case"))
        for name in sorted(rule.cases.keys() - known):
            mistakes.append(_at(root, file, ("cases", name), f"choice {name!r} is unknown"))
    return mistakes


def _actions(root: Path, actions: Actions) -> list[Mistake]:
    """Every action must have words, and no other may."""
    found, known, file = actions.actions, set(KINDS), "actions.yaml"
    missing = [f"no words for {name!r}" for name in sorted(known - found.keys())]
    odd = sorted(found.keys() - known)
    return [
        *(_at(root, file, ("actions",), said) for said in missing),
        *(_at(root, file, ("actions", name), f"there is no action {name!r}") for name in odd),
    ]


def _unknown_reg_b(
    root: Path, rules: tuple[Rule, ...], scorecard: Scorecard, choices: Choices
) -> list[Mistake]:
    return [
        _at(
            root,
            file,
            (*place, "adverse_action"),
            f"{words.adverse_action!r} is no key of choices.adverse_action",
        )
        for file, place, _, words in _reason_words(rules, scorecard)
        if words.adverse_action is not None and words.adverse_action not in choices.adverse_action
    ]
