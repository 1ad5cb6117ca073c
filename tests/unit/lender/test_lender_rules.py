"""Every rule of the book: it reads cleanly, it can trip and not, and its limits lie where it says."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from sandbox.lender import load_lenderbook
from sandbox.lender.bands import Band
from sandbox.lender.limits import passing_limit
from sandbox.lender.measures import MEASURES
from sandbox.lender.rules import Rule

BOOK = load_lenderbook()
BANDED = [rule for rule in BOOK.rules if rule.bands]
LISTED = [rule for rule in BOOK.rules if rule.cases]
# A rule whose every band passes only sets the price.
PRICING = [rule for rule in BANDED if all(band.outcome == "pass" for band in rule.bands)]
JUDGING = [rule for rule in BOOK.rules if rule not in PRICING]
STEP = Decimal("0.01")


def _id(rule: Rule) -> str:
    return rule.id


def _given(rule: Rule, given: Decimal | str | None) -> Decimal | str | None:
    return Decimal(given) if rule.bands and given is not None else given


def _meetings(rule: Rule) -> list[tuple[Band, Band, Decimal]]:
    found = []
    for lower, upper in pairwise(rule.bands):
        assert lower.high is not None
        found.append((lower, upper, lower.high))
    return found


def test_the_book_has_no_mistakes() -> None:
    assert BOOK.mistakes == ()
    assert len(BOOK.rules) >= 20
    assert len(BOOK.personas) >= 1


def test_every_choice_measure_lists_the_books_choices() -> None:
    assert {rule.measure for rule in LISTED} == {"purpose", "region"}
    for rule in LISTED:
        assert rule.cases.keys() == getattr(BOOK.choices, rule.measure).keys()


@pytest.mark.parametrize("rule", BOOK.rules, ids=_id)
def test_examples_have_the_outcome_they_expect(rule: Rule) -> None:
    for example in rule.examples:
        verdict = rule.verdict(_given(rule, example.given))
        assert verdict.outcome == example.expect, example


@pytest.mark.parametrize("rule", JUDGING, ids=_id)
def test_rule_can_trip_and_can_pass(rule: Rule) -> None:
    outcomes = {rule.verdict(_given(rule, example.given)).outcome for example in rule.examples}
    assert "pass" in outcomes
    assert outcomes - {"pass"}


def test_only_the_price_list_never_trips_and_it_prices_every_value() -> None:
    assert [rule.id for rule in PRICING] == ["price-by-burden"]
    for rule in PRICING:
        assert all(verdict.annual_rate for verdict in (*rule.bands, rule.missing))


@pytest.mark.parametrize("rule", JUDGING, ids=_id)
def test_every_reason_has_words_and_a_unit(rule: Rule) -> None:
    assert rule.measure in MEASURES
    assert rule.reasons
    for code in rule.reasons:
        words = BOOK.words(code)
        assert words is not None
        for text in (words.title, words.explain, words.do, words.avoid, words.retry.say):
            assert text.zh.strip()
            assert text.en.strip()


@pytest.mark.parametrize("rule", BANDED, ids=_id)
def test_a_boundary_belongs_to_one_side_only(rule: Rule) -> None:
    assert _meetings(rule)
    for lower, upper, edge in _meetings(rule):
        assert rule.verdict(edge - STEP) is lower
        assert rule.verdict(edge + STEP) is upper
        assert rule.verdict(edge) is (upper if upper.from_ is not None else lower)
        assert sum(band.holds(edge) for band in rule.bands) == 1


@pytest.mark.parametrize("rule", BANDED, ids=_id)
def test_the_passing_limit_tells_which_side_of_a_boundary_passes(rule: Rule) -> None:
    for lower, upper, edge in _meetings(rule):
        if (lower.outcome == "pass") == (upper.outcome == "pass"):
            continue
        limit = passing_limit(rule.bands, edge)
        assert limit is not None
        passes = rule.verdict(edge).outcome == "pass"
        if lower.outcome == "pass":
            assert (limit.high, limit.high_included) == (edge, passes)
        else:
            assert (limit.low, limit.low_included) == (edge, passes)
        assert limit.distance(edge) == 0
        outside = edge + STEP if lower.outcome == "pass" else edge - STEP
        assert limit.distance(outside) == STEP


@pytest.mark.parametrize("rule", LISTED, ids=_id)
def test_an_unlisted_category_is_refused(rule: Rule) -> None:
    with pytest.raises(KeyError):
        rule.verdict("no-such-category")


@pytest.mark.parametrize("rule", BOOK.rules, ids=_id)
def test_a_missing_value_has_a_verdict(rule: Rule) -> None:
    assert rule.verdict(None) is rule.missing


def test_reason_codes_are_never_shared() -> None:
    codes = [code for rule in BOOK.rules for code in rule.reasons]
    assert len(codes) == len(set(codes))
