"""Terms as people type them become the engine's values; nonsense goes on to be refused there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jiejian.services.typed_terms import day, number, percent, ten_thousandths, whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12000", Decimal(12000)),
        (" 12,000.50 元", Decimal("12000.50")),
        ("1.2万", Decimal(12000)),
        ("１２０００", Decimal(12000)),
        ("一万二千", Decimal(12000)),
        ("1e30", Decimal("1e30")),
        ("1" + "0" * 30, Decimal(10**30)),
        ("-5", Decimal(-5)),
        ("", ""),
        ("a lot", "a lot"),
        ("10^30", "10^30"),
        ("=1+1", "=1+1"),
        ("NaN", "NaN"),
    ],
)
def test_numbers(text: str, value: Decimal | str) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("7.2", "0.072"), ("7.2%", "0.072"), ("７.２％", "0.072"), ("百分之五", "0.05"), ("0", "0")],
)
def test_percentages_are_exact_fractions(text: str, value: str) -> None:
    assert percent(text) == Decimal(value)
    assert percent("much") == "much"


@pytest.mark.parametrize("text", ["5", "万5", "万五", "万分之五", "万分之5", "0.05%", "0.05％"])
def test_daily_rates(text: str) -> None:
    assert ten_thousandths(text) == Decimal("0.0005")


@pytest.mark.parametrize("text", ["", "万", "abc"])
def test_daily_rates_that_are_none(text: str) -> None:
    assert isinstance(ten_thousandths(text), str)


def test_counts_are_integers_where_they_are_whole() -> None:
    assert whole("12") == 12
    assert isinstance(whole("12期"), int)
    assert whole("12.5") == Decimal("12.5")
    assert whole("1" + "0" * 30) == 10**30
    assert whole("1e9999") == Decimal("1e9999")
    assert whole("twelve") == "twelve"


@pytest.mark.parametrize(
    "text", ["2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", "２０２６-０３-０５"]
)
def test_dates(text: str) -> None:
    assert day(text) == "2026-03-05"


def test_a_date_that_is_none_stays_as_it_is() -> None:
    assert day(" soon ") == "soon"
    assert day("2026-13-45") == "2026-13-45"
