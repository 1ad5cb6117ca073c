"""Numbers as learners type them, in Chinese or English: 1,200.50元, １２％, 1.2万, 一万二, 1.2k."""

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
    r"(?:%|‰|per ?cent|元|圆|块钱|块|人民币|yuan|rmb|cny|分钟|minutes?|mins?|个小时|小时|hours?|hrs?"
    r"|天|日|days?|个月|月|months?|年|years?|个|次|笔|期|times?)"
)
_NUMBER = re.compile(
    r"(?P<digits>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)?"
    r"(?P<fraction>\.[0-9]+)?"
)
_FRAME = re.compile(
    rf"(?P<sign>[-+负]?) ?{_CURRENCY}? ?(?P<inner_sign>[-+]?)(?P<share>[百千万]分之)?"
    rf"(?P<number>.+?) ?(?P<power>[百千万亿kw]?) ?(?P<unit>{_UNIT}?)",
    re.IGNORECASE,
)
_POWERS = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "k": 10**3,
    "万": 10**4,
    "w": 10**4,
    "亿": 10**8,
}
# Shares are given in percent: 万分之五 is 0.05 %, 5‰ is 0.5 %.
_SHARES = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}
_MIXED = re.compile(
    r"(?:(?P<u>[0-9]+)亿)?(?:(?P<v>[0-9]{1,4})万)?(?:(?P<x>[0-9])千)?(?:(?P<y>[0-9])百)?(?P<z>[0-9]{0,4})"
)
_MIXED_SIZES = (10**8, 10**4, 1000, 100)
_DIGITS = "零一二三四五六七八九"
_SIZES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_PLACES = {"十": 10, "百": 100, "千": 1000}


def parse_number(text: str) -> Decimal | None:
    """The number a learner typed, None if it is none or could mean two.

    Takes full-width characters, thousands separated by commas or blanks, a currency sign before,
    a unit or percent sign after (5% is 5), 百 千 万 亿 k w after digits, Chinese numerals in full
    (一万二千) and as spoken (一万二, 三千五), digits mixed with them (1万2千), and shares (万分之五
    is 0.05 in percent). Refuses what is beyond a million million (10 ** 12) either way.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    plain = text.translate(_PLAIN).strip().rstrip("。.") if text else ""
    framed = _FRAME.fullmatch(plain)
    if framed is None or (framed["sign"] and framed["inner_sign"]):
        return None
    if framed["share"] and framed["unit"]:
        return None
    value = _value(framed["number"], framed["power"].lower())
    if value is None or value > LARGEST:
        return None
    if framed["share"]:
        value *= _SHARES[framed["share"]]
    elif framed["unit"] == "‰":
        value *= _SHARES["千分之"]
    negative = (framed["sign"] or framed["inner_sign"]) in ("-", "负")
    return -value if negative and value else value


def _value(number: str, power: str) -> Decimal | None:
    for read in (_arabic, _mixed, _chinese, _chinese_times):
        value = read(number, power)
        if value is not None:
            return value
    return None


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


def _mixed(text: str, power: str) -> Decimal | None:
    """Digits with 亿 万 千 百 between them: 1万2千, 3千5 (3,500 as spoken), 12万5000."""
    matched = _MIXED.fullmatch(text + power)
    if not matched or not any(matched[name] for name in "uvxy"):
        return None
    parts = [int(matched[name] or 0) for name in "uvxy"]
    total = sum(part * size for part, size in zip(parts, _MIXED_SIZES, strict=True))
    rest = matched["z"]
    least = min(size for part, size in zip(matched.groups(), _MIXED_SIZES, strict=False) if part)
    spoken = len(rest) == 1 and rest != "0"
    tail = int(rest or 0) * (least // 10 if spoken else 1)
    return Decimal(total + tail) if tail < least else None


def _chinese_times(text: str, power: str) -> Decimal | None:
    """A Chinese decimal before a power: 一点二万."""
    if "点" not in text or power not in _POWERS or power in ("", "k", "w"):
        return None
    value = _chinese(text, "")
    return None if value is None else value * _POWERS[power]


def _chinese(text: str, power: str) -> Decimal | None:
    """A Chinese numeral; 点 begins its decimals."""
    whole, point, decimals = (text + power).replace("两", "二").partition("点")
    value = _whole(whole)
    if value is None or (point and not decimals):
        return None
    if any(character not in _DIGITS for character in decimals):
        return None
    fraction = "".join(str(_DIGITS.index(character)) for character in decimals)
    return Decimal(f"{value}.{fraction or 0}") if point else Decimal(value)


def _whole(text: str) -> int | None:
    """A whole number, in full or as spoken: a last digit right behind 百 千 万 亿 counts tenths of
    them, so 一百五 is 150 (105 is 一百零五).
    """
    if text and text[-1] in _DIGITS[1:] and text[-2:-1] in ("百", "千", "万", "亿"):
        size = _POWERS[text[-2]]
        head, tail = _full(text[:-1]), _DIGITS.index(text[-1]) * size // 10
        return None if head is None else head + tail
    return _full(text)


def _full(text: str) -> int | None:
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
