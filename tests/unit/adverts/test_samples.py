"""The ready adverts: both languages say the same, and the reader finds exactly what is expected."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sandbox.adverts import AdvertBook, Answers, Reading, read, shipped_advertbook, true_cost
from sandbox.adverts.advertbook import Expected
from sandbox.text import LANGUAGES, Language

SAMPLES = shipped_advertbook().samples


def found(reading: Reading) -> dict[str, list[Decimal | str]]:
    """Every stated field with its values, in a fixed order."""
    values: dict[str, list[Decimal | str]] = {}
    for item in reading.stated:
        values.setdefault(item.field, []).append(item.value)
    return {field: sorted(listed, key=str) for field, listed in values.items()}


def wanted(expected: Expected) -> dict[str, list[Decimal | str]]:
    """The same of what a sample expects."""
    return {
        field: sorted(value if isinstance(value, tuple) else [value], key=str)
        for field, value in expected.stated.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_read_as_expected(book: AdvertBook, name: str, language: Language) -> None:
    sample = book.samples[name]
    reading = read(sample.advert.say(language), book)
    assert found(reading) == wanted(sample.expect)
    assert {trap.code for trap in reading.traps} == set(sample.expect.traps)
    assert {doubt.code for doubt in reading.ambiguities} == set(sample.expect.doubts)
    assert set(true_cost(reading, Answers()).workings.open) == set(sample.expect.must_ask)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_costs_what_it_says(book: AdvertBook, name: str, language: Language) -> None:
    sample = book.samples[name]
    truth = true_cost(read(sample.advert.say(language), book), sample.expect.answers)
    assert truth.workings.refused == sample.expect.refused
    if sample.expect.total_repaid is None:
        assert truth.quote is None
        return
    assert truth.quote is not None
    assert truth.simple is not None
    assert truth.quote.totals.payment == sample.expect.total_repaid
    assert (truth.simple * 100).quantize(Decimal("0.01")) == sample.expect.yearly_percent


def test_there_is_an_advert_that_leaves_nothing_unsaid(book: AdvertBook) -> None:
    for language in LANGUAGES:
        assert read(book.samples["honest"].advert.say(language), book).unsaid == ()
