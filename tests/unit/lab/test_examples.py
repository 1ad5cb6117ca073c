"""The ready examples: what each is there to show, and that a broken one is named."""

from __future__ import annotations

import shutil
from decimal import Decimal as D
from pathlib import Path

import pytest

from sandbox.examples import DATA, load_examples
from sandbox.loans.comparing import compare
from sandbox.loans.plans import Candidate, Plan
from sandbox.rolling import easing, simulate


def test_every_example_is_sound() -> None:
    examples = load_examples()
    assert examples.mistakes == ()
    assert list(examples.comparisons) == ["four-months"]
    assert list(examples.rolling) == ["one-after-another"]


def test_after_four_months_the_dearer_looking_loan_is_cheaper() -> None:
    example = load_examples().comparisons["four-months"]
    offers = [Candidate(name=o.name.en, offer=o.offer, leaving=o.leaving) for o in example.offers]
    early, kept = compare(offers, example.plan), compare(offers, Plan())
    assert early.ranking is not None
    assert kept.ranking is not None
    assert (early.ranking.best, early.ranking.margin) == ((1,), D("211.96"))
    assert kept.ranking.best == (0,)


def test_borrowing_to_repay_collapses_and_owes_almost_as_much_as_before() -> None:
    example = load_examples().rolling["one-after-another"]
    story = simulate(example.terms)
    assert story.collapse is not None
    assert story.collapse.number == 8
    assert story.collapse.lenders == 4
    paid = sum((month.paid for month in story.months), D(0))
    assert paid > D(24000)
    assert story.collapse.owed > D("0.9") * example.terms.debt
    assert story.collapse.due > D("1.7") * story.months[0].due
    eased = easing(example.terms)
    assert eased is not None
    assert eased.quote.rows[0].payment <= example.terms.income - example.terms.spending


@pytest.mark.parametrize(
    ("folder", "old", "new", "said"),
    [
        ("comparisons", 'periods: 12}\n    leaving: {refund', 'periods: 0}\n    leaving: {refund', "offers[0].offer.periods"),
        ("comparisons", "zh: '手续费分期', ", "", "offers[0].name.zh"),
        ("comparisons", "principal: 12000, method", "principal: 0.01, method", "offers.0.principal"),
        ("rolling", "  card: {zh", "  cart: {zh", "lenders"),
        ("rolling", "income: 6000", "income: 0", "terms.income"),
    ],
)  # fmt: skip
def test_a_broken_example_is_named_and_left_out(
    tmp_path: Path, folder: str, old: str, new: str, said: str
) -> None:
    for name in ("comparisons", "rolling"):
        shutil.copytree(DATA / name, tmp_path / name)
    (file,) = (tmp_path / folder).glob("*.yaml")
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    examples = load_examples(tmp_path)
    assert not getattr(examples, folder)
    assert any(said in str(mistake) for mistake in examples.mistakes)
    assert all(mistake.file == f"{folder}/{file.name}" for mistake in examples.mistakes)
