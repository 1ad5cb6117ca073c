"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.services.typed_numbers import LARGEST, numeral, parse_number

SAMPLES = {
    "1200": "1200",
    "1,200.50": "1200.50",
    "1 200": "1200",
    "１，２００．５": "1200.5",
    "¥1,200": "1200",
    "￥ 1200元": "1200",
    "1200 块": "1200",
    "RMB 300": "300",
    "12%": "12",
    "１２％": "12",
    "12 percent": "12",
    "百分之十二": "12",
    "百分之十二点五": "12.5",
    "万分之五": "0.05",
    "千分之三": "0.3",
    "5‰": "0.5",
    "1.2万": "12000",
    "1.2 万元": "12000",
    "1.2w": "12000",
    "1.2K": "1200",
    "3千": "3000",
    "五百": "500",
    "两百": "200",
    "一百五": "150",
    "一百零五": "105",
    "三千五": "3500",
    "一万二": "12000",
    "一万二千": "12000",
    "一万零二": "10002",
    "两万五千三": "25300",
    "一点二万": "12000",
    "1万2": "12000",
    "1万2千": "12000",
    "1万2000": "12000",
    "1万200": "10200",
    "12万5千元": "125000",
    "3千5": "3500",
    "二十四": "24",
    "〇": "0",
    "零点五": "0.5",
    ".5": "0.5",
    "-3": "-3",
    "负三": "-3",
    "24小时": "24",
    "45 分钟": "45",
    "3 times": "3",
    "12期": "12",
    "1200。": "1200",
}
NONSENSE = [
    "", " ", "abc", "1,20", "1,2", "1.2.3", "12,34,567", "--3", "-¥-3", "一二三", "十百", "五百千",
    "1万2万", "1万20000", "3千1000", "一百分之五", "百分之5%", "nan", "inf", "1e5", "9" * 13, "5²", "½",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), SAMPLES.items())
def test_what_people_type(typed: str, meant: str) -> None:
    assert parse_number(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", NONSENSE)
def test_what_is_no_number_or_could_be_two(typed: str) -> None:
    assert parse_number(typed) is None


@given(st.integers(0, 10**12))
def test_every_whole_number_in_full(number: int) -> None:
    assert parse_number(numeral(number)) == number
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"¥{number:,}元") == number
    assert parse_number(str(number).translate(FULL_WIDTH)) == number


FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


@given(st.decimals(0, 10**8, places=2))
def test_amounts_with_cents(amount: Decimal) -> None:
    for typed in (f"{amount:,}", f"¥ {amount}", f"{amount}%", f"  {amount} 元 "):
        assert parse_number(typed) == amount
    assert parse_number(f"-{amount}") == -amount


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(["百", "千", "万", "亿"]))
def test_a_digit_behind_a_power_counts_its_tenths(head: int, tail: int, power: str) -> None:
    size = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[power]
    spoken = f"{numeral(head)}{power}{numeral(tail)}"
    assert parse_number(spoken) == head * size + tail * size // 10
    assert parse_number(f"{head}{power}{tail}") == head * size + tail * size // 10


@given(st.text(max_size=80))
def test_nothing_breaks_it(text: str) -> None:
    value = parse_number(text)
    assert value is None or (value.is_finite() and abs(value) <= LARGEST)
