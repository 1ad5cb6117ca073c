"""Numbers as adverts write them: 12,000  1.2  三万五  十二点五  one. Digits and words to Decimal."""

from __future__ import annotations

import re
from decimal import Decimal

LARGEST = Decimal(10) ** 12
CHINESE = "零一二两三四五六七八九十百千万亿点半"
POWERS = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = {character: place for place, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,13})?(?:\.[0-9]{1,8})?")


def arabic(text: str) -> Decimal | None:
    """The value of digits with thousands separators and decimals, None for anything else."""
    if not text or not _ARABIC.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral, None if it is none.

    Reads the spoken short form too, where the last digit counts in the next smaller place: 三万五
    is 35,000, 一百五 is 150 (105 is 一百零五). 半 alone is a half.
    """
    if text == "半":
        return Decimal("0.5")
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or value > LARGEST:
        return None
    if not point:
        return Decimal(value)
    if not decimals or any(c not in _DIGITS for c in decimals):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[c]) for c in decimals))


def _whole(text: str) -> int | None:
    if len(text) > 16 or (len(text) > 1 and all(c in _DIGITS for c in text)):
        return None  # 三五 is a few, 一二三 a count: no one number
    total = section = 0
    digit: int | None = None
    place = 1  # what a last digit counts in
    for index, character in enumerate(text):
        if character == "零":
            place = 1
        elif character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
        elif character in _SMALL:
            size = _SMALL[character]
            if digit is None and (size != 10 or (index and text[index - 1] not in "零千万亿百")):
                return None
            section += (1 if digit is None else digit) * size
            digit, place = None, size // 10
        elif character in ("万", "亿") and (section or digit is not None):
            section += digit or 0
            total = (
                (total + section) * POWERS[character]
                if character == "亿"
                else total + section * 10**4
            )
            section, digit, place = 0, None, POWERS[character] // 10
        else:
            return None
    return total + section + (digit or 0) * place if text else None


WORDS = {
    name: Decimal(value)
    for name, value in {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18,
        "twenty": 20, "twenty-four": 24, "thirty": 30, "thirty-six": 36, "sixty": 60,
    }.items()
}  # fmt: skip
"""English number words; they count only before a unit of time, instalments or a percent sign."""
