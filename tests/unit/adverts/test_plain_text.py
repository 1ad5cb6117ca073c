"""Folding and numerals: what becomes plain, what becomes a blank, and which numbers words make."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.adverts.folding import fold
from sandbox.adverts.numerals import arabic, chinese


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１２％ＡＰＲ", "12%apr"),
        ("日息　万五", "日息 万五"),
        ("5 – 10 %", "5 - 10 %"),
        ("0.6 % / 期", "0.6 %/期"),
        ("￥８，０００", "¥8,000"),
        ("借1000，还1400", "借1000，还1400"),
        ("①0利息", " 0利息".lstrip()),
        ("利率5²%", "利率5 %"),
        ("½", ""),
        ("1\u0336", ""),
        ("A\u200bP\ufeffR", "apr"),
        ("e\u0301", "e"),
        ("萬", "万"),
        ("𝟏𝟐", "12"),
        ("٣", "3"),
        ("\ufdfa", ""),
    ],
)
def test_text_becomes_plain(text: str, plain: str) -> None:
    assert fold(text, {"萬": "万"}).text.strip() == plain


@given(st.text(max_size=200))
def test_every_plain_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text, {})
    assert len(folded.places) == len(folded.text)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)
    for start in range(len(folded.text)):
        first, last = folded.original(start, start + 1)
        assert last == first + 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", "12"), ("二十", "20"), ("一百零五", "105"), ("一百五", "150"), ("三万五", "35000"),
        ("两万", "20000"), ("一千零五十", "1050"), ("二十万", "200000"), ("一亿", "100000000"),
        ("一万二千三百四十五", "12345"), ("七点二", "7.2"), ("零点零五", "0.05"), ("半", "0.5"), ("零", "0"),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: str) -> None:
    assert chinese(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["百", "万", "三五", "一二三", "七点", "点五", "十十", "千万", "", "一" * 20, "百分"]
)
def test_what_is_no_numeral(text: str) -> None:
    assert chinese(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,000", "1000"), ("12", "12"), (".5", "0.5"), ("1,234,567.89", "1234567.89")],
)
def test_digits(text: str, value: str) -> None:
    assert arabic(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1,00", "", "1,0000", "1.2.3", "x"])
def test_what_is_no_number(text: str) -> None:
    assert arabic(text) is None
