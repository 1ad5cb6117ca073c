"""Terms of a loan as somebody types them, turned into the values the engine is asked with.

Nothing is refused here: text that is no number goes on as it is, so that the engine refuses it in
the same words as at the headless door.
"""

from __future__ import annotations

import re
from decimal import Decimal

from jiejian.services.typed_numbers import parse_number

Value = Decimal | int | str

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?", re.ASCII)
_TEN_THOUSANDTHS = re.compile(r"^\s*万(?:分之)?(?=.)")
_DAY = re.compile(
    r"\s*([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?\s*", re.ASCII
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
LONGEST = 80


def number(text: str) -> Value:
    """A number: 12000, 1.2万, １２,０００元; other text unchanged."""
    parsed = parse_number(text)
    if parsed is not None:
        return parsed
    stripped = text.strip()[: LONGEST + 1]
    if len(stripped) <= LONGEST and _PLAIN.fullmatch(stripped):
        return Decimal(stripped)
    return stripped


def percent(text: str) -> Value:
    """A percentage as a fraction: 7.2 and 7.2% are 0.072."""
    return _scaled(number(text), 2)


def ten_thousandths(text: str) -> Value:
    """A daily rate as a fraction: 5, 万五 and 万分之5 are 0.0005; with a percent sign a percentage."""
    if text.strip().endswith(("%", "％")):
        return percent(text)
    return _scaled(number(_TEN_THOUSANDTHS.sub("", text)), 4)


def whole(text: str) -> Value:
    """A count: an int if it is whole, so that 12.5 and text are refused as no whole number."""
    value = number(text)
    if isinstance(value, Decimal) and value.adjusted() < 400 and value == value.to_integral_value():
        return int(value)
    return value


def _scaled(value: Value, places: int) -> Value:
    return value.scaleb(-places) if isinstance(value, Decimal) else value


def day(text: str) -> str:
    """A date as YYYY-MM-DD: 2026/3/15 and 2026年3月15日 are 2026-03-15; other text unchanged."""
    found = _DAY.fullmatch(text.translate(_DIGITS))
    if found is None:
        return text.strip()
    year, month, number = found.groups()
    return f"{year}-{month:0>2}-{number:0>2}"
