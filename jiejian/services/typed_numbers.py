"""Numbers as learners type them, in Chinese or English: 1,200.50元, １２％, 1.2万, 二十四."""

from __future__ import annotations

import re
from decimal import Decimal

LARGEST = Decimal(10) ** 12
_LONGEST_TEXT = 64

# Full-width forms by their place in Unicode; NFKC would also turn 5² into 52.
_PLAIN: dict[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t\r\n"), " "),
    0xFFE5: "¥",
    0xFFE1: "£",
    0x2212: "-",
    0x3007: "零",
}

_CURRENCY = r"(?:[¥$€£]|rmb|cny|usd|人民币)"
_UNIT = (
    r"(?:%|元|圆|块钱|块|人民币|yuan|rmb|cny|分钟|minutes?|mins?|天|日|days?"
    r"|个月|个|次|笔|期|months?|times?)"
)
_NUMBER = re.compile(
    r"(?P<digits>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)?"
    r"(?P<fraction>\.[0-9]+)?"
)
_FRAME = re.compile(
    rf"(?P<sign>[-+负]?) ?{_CURRENCY}? ?(?P<inner_sign>[-+]?)(?P<percent>百分之)?"
    rf"(?P<number>.+?) ?(?P<power>[百千万亿]?) ?(?P<unit>{_UNIT}?)",
    re.IGNORECASE,
)
_POWERS = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_DIGITS = "零一二三四五六七八九"
_SIZES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_PLACES = {"十": 10, "百": 100, "千": 1000}


def parse_number(text: str) -> Decimal | None:
    """The number a learner typed, None if it is none or could mean two.

    Takes full-width characters, thousands separated by commas or blanks, a currency sign before,
    a unit or percent sign after (5% is 5), 百 千 万 亿 after digits, and Chinese numerals. Refuses
    what is beyond a million million (10 ** 12) either way.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    plain = text.translate(_PLAIN).strip()
    framed = _FRAME.fullmatch(plain)
    if framed is None or (framed["sign"] and framed["inner_sign"]):
        return None
    if framed["percent"] and framed["unit"]:
        return None
    value = _arabic(framed["number"], framed["power"])
    if value is None:
        value = _chinese(framed["number"] + framed["power"])
    if value is None or value > LARGEST:
        return None
    negative = (framed["sign"] or framed["inner_sign"]) in ("-", "负")
    return -value if negative and value else value


def numeral(number: int) -> str:
    """A whole number from 0 to 10 ** 12 in Chinese, as it is written out in full: 一百零五."""
    if number < 10:
        return _DIGITS[number]
    size, name = next((size, name) for size, name in _SIZES if number >= size)
    count, rest = divmod(number, size)
    head = name if 10 <= number < 20 else numeral(count) + name
    if not rest:
        return head
    return head + ("零" if rest < size // 10 else "") + _inner(rest)


def _inner(rest: int) -> str:
    """A number behind a larger one, where ten is 一十."""
    return ("一" if 10 <= rest < 20 else "") + numeral(rest)


def _arabic(text: str, power: str) -> Decimal | None:
    matched = _NUMBER.fullmatch(text)
    if not matched or not (matched["digits"] or matched["fraction"]):
        return None
    digits = re.sub("[, ]", "", matched["digits"] or "0")
    return Decimal(digits + (matched["fraction"] or "")) * _POWERS[power]


def _chinese(text: str) -> Decimal | None:
    """A Chinese numeral; 点 begins its decimals. Only full forms: 一百五 could be 105 or 150."""
    whole, point, decimals = text.replace("两", "二").partition("点")
    value = _whole(whole)
    if value is None or (point and not decimals):
        return None
    if any(character not in _DIGITS for character in decimals):
        return None
    fraction = "".join(str(_DIGITS.index(character)) for character in decimals)
    return Decimal(f"{value}.{fraction or 0}") if point else Decimal(value)


def _whole(text: str) -> int | None:
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in _PLACES:
            section += (digit or 1) * _PLACES[character]
            digit = 0
        elif character == "万":
            total += (section + digit) * 10**4
            section = digit = 0
        elif character == "亿":
            total = (total + section + digit) * 10**8
            section = digit = 0
        else:
            return None
    value = total + section + digit
    # Read loosely, then held against the one way of writing it.
    full = text and value <= LARGEST and text in (numeral(value), _inner(value))
    return value if full else None
