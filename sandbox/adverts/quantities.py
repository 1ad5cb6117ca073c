"""One number with its unit, where it begins: 1.2万元, 万分之五, 1分5, 12期, 一年半, $3, 5k."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sandbox.adverts import numerals

Kind = Literal[
    "rate", "folk", "money", "number", "base", "instalments", "days", "weeks", "months", "other"
]  # fmt: skip
"""folk: 分 and 厘, a rate that only its period makes certain, counted in 分; base: 万元 alone, the
amount a price is named for; other: of no concern."""

# From here on, a number without unit, currency or 万 is no amount but some account number.
LARGEST_PLAIN = 10**8
SMALLEST_PLAIN = 10
LONGEST_COUNT = 600
_CN = numerals.CHINESE
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,13})(?:\.[0-9]{1,8})?|\.[0-9]{1,8}"
_SIGN = re.compile(r"(hk\$|us\$|s\$|a\$|[¥$€£]|rmb|cny|usd|eur|gbp|hkd|sgd|人民币) ?", re.ASCII)
_DIGITS = re.compile(rf"({_NUMBER})(?![0-9]|\.[0-9])", re.ASCII)
_POWER = re.compile(r" ?(百|千|万|亿|[kw](?![a-z0-9])|thousand|million|hundred)", re.ASCII)
# 2万5 and 2万5千: the digit behind counts in the next smaller place.
_TAIL = re.compile(rf"([1-9])(?:千|(?=[元块])|(?![0-9.,%‰期个天日年月周分厘{_CN}]))", re.ASCII)
_SPOKEN = re.compile(rf"[{_CN}]{{1,16}}")
_WORD = re.compile(rf"({'|'.join(sorted(numerals.WORDS, key=len, reverse=True))})(?![a-z])")
_PARTS = re.compile(rf"(百分之|千分之|万分之) ?({_NUMBER}|[{_CN}]{{1,12}})", re.ASCII)
# 万五, 千6: a rate, unless it is the end of a number or the beginning of 万元, 千万.
_SHORT_PARTS = re.compile(
    r"([万千])([0-9]{1,2}(?:\.[0-9]{1,4})?|[一二三四五六七八九](?:点[一二三四五六七八九]{1,3})?)"
    rf"(?![0-9.{_CN}元块期个天年月人名位家笔次])",
    re.ASCII,
)
_BASE = re.compile(r"([万千百])(?:元|块)")
# 12 x $90
_TIMES = re.compile(r" ?[x×*] ?(?=[¥$€£]?[0-9])", re.ASCII)
_FOLK = re.compile(
    r" ?(?:分(?!钱)(?:([1-9一二三四五六七八九])厘?)?|(厘))(?![钟期之享店行级类秒别批手摊析数])"
)
_PLACES = {"百分之": 2, "千分之": 3, "万分之": 4, "千": 3, "万": 4}
_POWERS = {
    **numerals.POWERS, "k": 1000, "w": 10**4, "thousand": 1000, "million": 10**6, "hundred": 100,
}  # fmt: skip
_CURRENCIES = {
    "¥": "¥", "rmb": "¥", "cny": "¥", "人民币": "¥", "yuan": "¥", "$": "$", "us$": "$", "usd": "$",
    "€": "€", "eur": "€", "£": "£", "gbp": "£", "hk$": "HK$", "hkd": "HK$", "s$": "S$",
    "sgd": "S$", "a$": "A$",
}  # fmt: skip
# What a unit makes of the number before it: the kind, and the factor.
_UNITS: Mapping[str, tuple[Kind, Decimal]] = {
    "percent": ("rate", Decimal("0.01")),
    "permille": ("rate", Decimal("0.001")),
    "jiao": ("money", Decimal("0.1")),
    "cent": ("money", Decimal("0.01")),
    "instalment": ("instalments", Decimal(1)),
    "day": ("days", Decimal(1)),
    "week": ("weeks", Decimal(1)),
    "fortnight": ("weeks", Decimal(2)),
    "month": ("months", Decimal(1)),
    "quarter": ("months", Decimal(3)),
    "year": ("months", Decimal(12)),
    "other": ("other", Decimal(1)),
}
UNIT_CODES = frozenset({*_UNITS, "yuan", "usd", "eur", "gbp", "hkd", "sgd"})


@dataclass(frozen=True)
class Quantity:
    """One number of the text. value: a fraction for rates, money units for money, else a count.

    scale: what the bare figure was multiplied by (万, %). high: the upper end of a range;
    options: every value of a list (3/6/12期). currency: its sign, "" if none is written.
    """

    kind: Kind
    value: Decimal
    start: int
    end: int
    scale: Decimal = Decimal(1)
    currency: str = ""
    unit: str = ""
    high: Decimal | None = None
    options: tuple[Decimal, ...] = ()

    @property
    def tells_nothing(self) -> bool:
        """Whether it is no figure of an offer: some other unit, or a small bare number (pay in 4)."""
        bare = self.kind == "number" and self.scale == 1 and self.high is None
        return self.kind == "other" or (bare and self.value < SMALLEST_PLAIN)


class Units:
    """The spellings of units: code -> spellings, in plain text."""

    def __init__(self, spellings: Mapping[str, tuple[str, ...]]) -> None:
        self._codes = {text: code for code, texts in spellings.items() for text in texts}
        words = sorted(self._codes, key=len, reverse=True)
        closed = (re.escape(w) + ("(?![a-z])" if w[-1] in _LETTERS else "") for w in words)
        self._unit = re.compile(rf"[ -]?({'|'.join(closed)})", re.ASCII)

    def at(self, text: str, place: int) -> tuple[str, int]:
        """The code of the unit that begins here and its end; ("", place) if there is none."""
        found = self._unit.match(text, place)
        return (self._codes[found[1]], found.end()) if found else ("", place)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def quantity_at(text: str, place: int, units: Units) -> Quantity | None:
    """The quantity that begins here, None if there is none.

    A number without meaning for an offer (24小时, 18岁, iphone 15 pro) is of kind "other".
    """
    if parts := _parts(text, place) or _base(text, place):
        return parts
    sign = _SIGN.match(text, place)
    number = _number(text, sign.end() if sign else place)
    if number is None:
        return None
    value, scale, end = number
    currency = _CURRENCIES[sign[1]] if sign else ""
    return _with_unit(text, units, Quantity("number", value, place, end, scale, currency))


def _parts(text: str, place: int) -> Quantity | None:
    found = _PARTS.match(text, place)
    if not found and (place == 0 or text[place - 1] not in f"{_CN}0123456789."):
        found = _SHORT_PARTS.match(text, place)
    if not found:
        return None
    value = _read(found[2])
    if value is None or value > 100:
        return None
    places = _PLACES[found[1]]
    return Quantity("rate", value.scaleb(-places), place, found.end(), Decimal(1).scaleb(-places))


def _base(text: str, place: int) -> Quantity | None:
    found = _BASE.match(text, place)
    if not found or (place and text[place - 1] in f"{_CN}0123456789. "):
        return None
    value = Decimal(_POWERS[found[1]])
    return Quantity("base", value, place, found.end(), currency="¥", unit="yuan")


def _number(text: str, place: int) -> tuple[Decimal, Decimal, int] | None:
    """A number, what its figure was multiplied by, and where it ends."""
    if digits := _DIGITS.match(text, place):
        value, end = numerals.arabic(digits[1]), digits.end()
        if value is not None and (power := _POWER.match(text, end)):
            scale, end = Decimal(_POWERS[power[1]]), power.end()
            value *= scale
            if power[1] in numerals.POWERS and (tail := _TAIL.match(text, end)):
                value, end = value + int(tail[1]) * scale / 10, tail.end()
            return value, scale, end
        return None if value is None else (value, Decimal(1), end)
    if spoken := _SPOKEN.match(text, place):
        value = numerals.chinese(spoken[0])
        return None if value is None else (value, Decimal(1), spoken.end())
    if word := _WORD.match(text, place):
        return numerals.WORDS[word[1]], Decimal(1), word.end()
    return None


def _read(text: str) -> Decimal | None:
    return numerals.arabic(text) if text[0] in "0123456789." else numerals.chinese(text)


def _with_unit(text: str, units: Units, bare: Quantity) -> Quantity:
    """The number with the unit behind it; a run of letters that is no unit makes it "other"."""
    if not bare.currency and (folk := _FOLK.match(text, bare.end)):
        value = bare.value * (Decimal("0.1") if folk[2] else 1)
        value += (_read(folk[1]) or 0) / Decimal(10) if folk[1] else 0
        return _made("folk", value, bare, folk.end(), "")
    if not bare.currency and (times := _TIMES.match(text, bare.end)):
        return _made("instalments", bare.value, bare, times.end(), "instalment")
    code, end = units.at(text, bare.end)
    if not code:
        joined = text[bare.end : bare.end + 1]
        worded = text[bare.start] not in "0123456789." and not bare.currency and bare.scale == 1
        if bare.value <= 0 or (joined and joined in _LETTERS):
            return _made("other", bare.value, bare, bare.end, "")
        if worded and text[bare.start : bare.end].isascii():
            return _made("other", bare.value, bare, bare.end, "")
        if not bare.currency and bare.scale == 1 and bare.value >= LARGEST_PLAIN:
            return _made("other", bare.value, bare, bare.end, "")
        return (
            _made("money", bare.value, bare, bare.end, "", bare.currency) if bare.currency else bare
        )
    if code not in _UNITS:
        currency = bare.currency or _CURRENCIES[code]
        return _made("money", bare.value, bare, end, code, currency)
    kind, factor = _UNITS[code]
    value = bare.value * factor
    if code == "year" and text[end : end + 1] == "半":
        value, end = value + 6, end + 1
    return _made(kind, value, bare, end, code, bare.currency, factor)


def _made(
    kind: Kind,
    value: Decimal,
    bare: Quantity,
    end: int,
    unit: str,
    currency: str = "",
    factor: Decimal = Decimal(1),
) -> Quantity:
    counted = kind in ("instalments", "days", "weeks", "months")
    if counted and (value != value.to_integral_value() or not 1 <= value <= LONGEST_COUNT * 12):
        kind = "other"
    if counted:
        value = value.to_integral_value()
    if kind == "money" and (value <= 0 or value > numerals.LARGEST):
        kind = "other"
    return Quantity(kind, value, bare.start, end, bare.scale * factor, currency, unit)
