"""Figures as a reader sees them: money, percentages, spans of time, the simulated clock."""

from __future__ import annotations

from datetime import date as calendar_date
from datetime import datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from jiejian.ui.i18n import _, language, ngettext
from sandbox.lender.lenderbook import Choices
from sandbox.lender.limits import Limit
from sandbox.lender.measures import Unit

DAY = 24 * 60
FIRST_HOUR = 9


def money(amount: Decimal, cents: bool = True) -> str:
    """Yuan with thousands separators: ¥10,000.00, or ¥10,000 without cents if there are none.

    A minus stays on the line of its figure: a word joiner follows it.
    """
    whole = amount == amount.to_integral_value()
    places = 0 if not cents and whole else 2
    sign = "-\u2060" if amount < 0 else ""
    return f"{sign}¥{abs(amount):,.{places}f}"


def percent(fraction: Decimal, places: int = 2) -> str:
    """A fraction as a percentage: 0.144 -> 14.40%; nothing is 0.00%, never -0.00%."""
    return f"{fraction * 100:z,.{places}f}%"


def plain(value: Decimal) -> str:
    """A number without trailing zeros: 24.00 -> 24, 24.50 -> 24.5."""
    return format_decimal(value, "#,##0.##", locale="en")


def span(minutes: int) -> str:
    """A span of simulated time in its two largest units: 1 day 2 hours, 45 minutes."""
    days, rest = divmod(minutes, DAY)
    hours, left = divmod(rest, 60)
    parts = []
    if days:
        parts.append(ngettext("{n} day", "{n} days", days).format(n=days))
    if hours:
        parts.append(ngettext("{n} hour", "{n} hours", hours).format(n=hours))
    if left or not parts:
        parts.append(ngettext("{n} minute", "{n} minutes", left).format(n=left))
    joint = " " if language() == "en" else ""
    return joint.join(parts[:2])


def clock(minute: int) -> str:
    """A simulated moment: Day 1, 09:00 is minute 0."""
    days, rest = divmod(minute + FIRST_HOUR * 60, DAY)
    return _("Day {day}, {time}").format(day=days + 1, time=f"{rest // 60:02d}:{rest % 60:02d}")


def date(moment: datetime) -> str:
    """A real date in the reader's style."""
    return format_date(moment, "medium", locale="zh_Hans_CN" if language() == "zh" else "en_GB")


def moment(when: datetime) -> str:
    """A real moment in the reader's style, in UTC: the server does not know the reader's clock."""
    return f"{date(when)} {when:%H:%M} UTC"


def day(when: calendar_date) -> str:
    """A calendar day in the reader's style."""
    return format_date(when, "medium", locale="zh_Hans_CN" if language() == "zh" else "en_GB")


def measured(value: Decimal | str | None, unit: Unit, choices: Choices, field: str = "") -> str:
    """A measured value in words: 3, 54.2%, ¥12,000, Yes, or a category's label."""
    if value is None:
        return _("not stated")
    if isinstance(value, str):
        return _label(value, choices, field)
    if unit == "yes_no":
        return _("Yes") if value else _("No")
    return _quantity(value, unit)


def allowed(limit: Limit | None, unit: Unit) -> str:
    """A passing range in words: fewer than 3, at least 18, up to 24%."""
    if limit is None:
        return ""
    if unit == "yes_no":
        return _("must be Yes")
    if limit.low is not None and limit.high is not None:
        low, high = _quantity(limit.low, unit), _quantity(limit.high, unit)
        return _("{low} to {high}").format(low=low, high=high)
    if limit.high is not None:
        if unit == "minutes" and limit.high <= 1:
            return _("none left")
        if unit == "count" and limit.high == 1 and not limit.high_included:
            return _("none")
        words = _("up to {n}") if limit.high_included else _("below {n}")
        return words.format(n=_quantity(limit.high, unit))
    if limit.low is not None:
        words = _("at least {n}") if limit.low_included else _("more than {n}")
        return words.format(n=_quantity(limit.low, unit))
    return _("any value")


def _quantity(value: Decimal, unit: Unit) -> str:
    number = int(value)
    match unit:
        case "yuan":
            return money(value, cents=False)
        case "percent":
            return f"{plain(value)}%"
        case "days":
            return ngettext("{n} day", "{n} days", number).format(n=number)
        case "hours" if number >= 72:  # nobody reads 4,001 hours
            return span(number * 60)
        case "hours":
            return ngettext("{n} hour", "{n} hours", number).format(n=number)
        case "minutes":
            return span(number)
        case "months":
            return ngettext("{n} month", "{n} months", number).format(n=number)
        case "years":
            return ngettext("{n} year", "{n} years", number).format(n=number)
        case "seconds":
            return ngettext("{n} second", "{n} seconds", number).format(n=number)
        case _:
            return plain(value)


def _label(name: str, choices: Choices, field: str) -> str:
    group = getattr(choices, field, {})
    return group[name].label.say(language()) if name in group else name
