"""The reader's codes and values in words: 0.05% a day, ¥199.00 a month, 3 / 6 / 12 payments."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from jiejian.services.built import services
from jiejian.ui.format import money, plain
from jiejian.ui.i18n import language, ngettext
from sandbox.adverts import Stated, Used
from sandbox.adverts.advertbook import MeaningsFile

_PER_MONEY = ("per_day", "per_week", "per_month", "per_instalment")
_COUNTED = ("instalments", "days", "weeks", "months")
_RATES = ("rate", "fee_rate", "upfront_fee_rate", "instalment_fee_rate", "late_rate")


def meanings() -> MeaningsFile:
    """The words of every code."""
    return services().adverts.book.meanings


def field_name(field: str) -> str:
    """What a fact is called."""
    return meanings().fields[field].say(language())


def in_currency(text: str, sign: str) -> str:
    """Amounts written with the advert's own currency sign; without one if it names none."""
    return text.replace("¥", sign)


def share(value: Decimal) -> str:
    """A fraction as a percentage with the digits it has: 0.0005 -> 0.05%."""
    return f"{format_decimal(value * 100, '#,##0.######', locale='en')}%"


def stated_value(item: Stated, sign: str) -> str:
    """What is stated, in words."""
    if item.options:
        return _value(
            item.field, " / ".join(plain(option) for option in item.options), item.unit, sign
        )
    if item.high is not None:
        ends = (_bare(item.field, end, sign) for end in (item.number, item.high))
        return _value(item.field, "–".join(ends), item.unit, sign)
    return _value(item.field, item.value, item.unit, sign)


def used_value(use: Used, sign: str) -> str:
    """A fact the figures rest on, in words."""
    if isinstance(use.value, str) or use.unit in _COUNTED or use.stated is not None:
        return _value(use.field, use.value, use.unit, sign)
    return _bare(use.field, use.value, sign)


def option_words(code: str, option: Decimal | str, sign: str) -> str:
    """A choice to be offered."""
    if isinstance(option, str):
        return meanings().values[option].say(language())
    return _bare(code, option, sign)


def _bare(field: str, value: Decimal, sign: str) -> str:
    if field in _RATES:
        return share(value)
    if field in ("periods", "term_days", "term", "longest_term", "free_periods", "free_days"):
        return plain(value)
    return in_currency(money(value, cents=False), sign)


def _value(field: str, value: Decimal | str, unit: str, sign: str) -> str:
    if unit == "code":
        return meanings().values[str(value)].say(language())
    text = value if isinstance(value, str) else _bare(field, value, sign)
    if unit in _COUNTED:
        return _count(unit, 1 if value == 1 else 2).format(n=text)
    if unit in meanings().units and (field in _RATES or unit in _PER_MONEY):
        return meanings().units[unit].say(language()).format(value=text)
    return text


def _count(unit: str, n: int) -> str:
    match unit:
        case "instalments":
            return ngettext("{n} payment", "{n} payments", n)
        case "days":
            return ngettext("{n} day", "{n} days", n)
        case "weeks":
            return ngettext("{n} week", "{n} weeks", n)
        case _:
            return ngettext("{n} month", "{n} months", n)
