"""Computed numbers in words of one language: ¥1,072, 13.03%, 12 个月, 12 months."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sandbox.answers import Unit
from sandbox.text import Language

PLACES: dict[Unit, int] = {"yuan": 2, "percent": 2, "points": 2, "times": 1}
"""Decimals shown unless a figure says otherwise; other units have none."""

# Chinese, English for one, English for several.
_WORDS: dict[Unit, tuple[str, str, str]] = {
    "points": ("个百分点", "percentage point", "percentage points"),
    "years": ("年", "year", "years"),
    "months": ("个月", "month", "months"),
    "days": ("天", "day", "days"),
    "hours": ("小时", "hour", "hours"),
    "minutes": ("分钟", "minute", "minutes"),
    "seconds": ("秒", "second", "seconds"),
    "times": ("倍", "times", "times"),
}


def number(value: Decimal, places: int, *, keep: bool = False) -> str:
    """With thousands separators, rounded half up; trailing zeros are dropped unless kept."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    if "." in text and not keep:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def say(value: Decimal, unit: Unit, language: Language, places: int | None = None) -> str:
    """The number with its unit, as prose of this language writes it."""
    shown = PLACES.get(unit, 0) if places is None else places
    if unit == "yuan":
        whole = value == value.to_integral_value()
        text = number(abs(value), 0 if whole and places is None else shown, keep=True)
        return f"{'-' if value < 0 else ''}¥{text}"
    text = number(value, shown)
    if unit == "percent":
        return f"{text}%"
    if unit == "count":
        return text
    chinese, one, several = _WORDS[unit]
    if language == "zh":
        return f"{text} {chinese}"
    return f"{text} {one if text == '1' else several}"


def plain(value: Decimal, unit: Unit, places: int | None = None) -> str:
    """The number alone."""
    text = say(value, unit, "en", places)
    return text.replace("¥", "").removesuffix("%").split(" ")[0]
