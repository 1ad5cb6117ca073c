"""How long an advert's loan lasts and in how many payments it is repaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sandbox.adverts.desk import Desk
from sandbox.adverts.reading import Stated

Every = Literal["week", "month", "two_months", "quarter", "half_year", "year"]
PER_YEAR: dict[Every, int] = {
    "week": 52, "month": 12, "two_months": 6, "quarter": 4, "half_year": 2, "year": 1
}  # fmt: skip
_EVERY_MONTHS: dict[int, Every] = {
    1: "month",
    2: "two_months",
    3: "quarter",
    6: "half_year",
    12: "year",
}
USUAL_PERIODS = Decimal(12)


@dataclass(frozen=True)
class Term:
    """count payments, one each `every`. A single payment at the end comes after `days` days or
    after `months` months; several payments within `days` days are spread evenly.
    """

    count: int
    every: Every = "month"
    days: int | None = None
    months: int | None = None

    @property
    def single(self) -> bool:
        """Whether everything is repaid at once at the end."""
        return self.months is not None or (self.days is not None and self.count == 1)

    @property
    def days_each(self) -> Decimal:
        """Days between two payments, on average; of a single payment, a month's."""
        if self.days is not None and not self.single:
            return Decimal(self.days) / self.count
        return Decimal(7) if self.every == "week" else Decimal(365) / PER_YEAR[self.every]

    @property
    def all_days(self) -> Decimal:
        """Days until the last payment, on average."""
        if self.days is not None:
            return Decimal(self.days)
        return (
            Decimal(365) * (self.months or 0) / 12 if self.months else self.days_each * self.count
        )

    @property
    def months_long(self) -> Decimal:
        """Months until the last payment; odd days count as a part of a month."""
        return Decimal(self.months) if self.months else self.all_days * 12 / 365

    def in_a(self, per: str) -> Decimal:
        """How many payments fall into a day, week, month, year or instalment."""
        lengths = {
            "day": Decimal(1),
            "week": Decimal(7),
            "month": Decimal(365) / 12,
            "year": Decimal(365),
        }
        if per not in lengths or per == self.every:
            return Decimal(1)
        if self.days is None and per in ("month", "year") and self.every != "week":
            return Decimal(PER_YEAR[self.every]) / (12 if per == "month" else 1)
        return lengths[per] / self.days_each

    def share_of_day(self, daily: Decimal) -> Decimal:
        """What a daily rate comes to in one payment's time."""
        return daily * self.days_each


def term_of(desk: Desk, suggested: Decimal | None, single: bool) -> Term | None:
    """The term, None while it must be asked for.

    suggested: the assumption if the advert is silent. single: the advert says that everything is
    repaid at the end.
    """
    reading, said = desk.reading, desk.reading.all("term")
    term = reading.one("term")
    in_days = bool(said) and all(item.unit == "days" for item in said)
    firm = term is not None and not term.options and term.high is None
    if desk.given("term_days") or (in_days and not firm and not desk.given("periods")):
        return _days_asked(desk, said)
    if term is None or not firm:
        count = _count(desk, suggested)
        if count is None:
            return None
        return Term(1, months=count) if single else _regular(desk, count)
    if term.unit in ("days", "weeks"):
        return _short(desk, int(desk.note(term)), term.unit)
    months = int(desk.note(term))
    if single:
        return Term(1, months=months)
    if not reading.all("periods") and not desk.given("periods"):
        return _every_month(desk, months)
    count = _count(desk, None)
    if count is None:
        return None
    every = None if months % count else _EVERY_MONTHS.get(months // count)
    return Term(count, every) if every else _regular(desk, count)


def _days_asked(desk: Desk, said: Sequence[Stated]) -> Term | None:
    """Days until everything is repaid, where the learner says or must say how many."""
    options = [end for item in said for end in (item.options or (item.number, item.high)) if end]
    low = said[0].number if len(said) == 1 and said[0].high is not None else None
    days = desk.number("term_days", "days", low, options)
    return None if days is None else Term(1, days=int(days))


def _every_month(desk: Desk, months: int) -> Term:
    """Months without a number of payments: one a month, unless something else is said."""
    every = _evident(desk) or desk.choice("pay_every", ("month", "week"), "month")
    return Term(months) if every == "month" else Term(max(1, months * 52 // 12), "week")


def _count(desk: Desk, suggested: Decimal | None) -> int | None:
    """The number of instalments; where only months are offered to choose from, one a month."""
    term = desk.reading.one("term")
    if desk.reading.all("periods") or term is None:
        count = desk.fact("periods", "instalments", suggested)
    elif term.unit == "months":
        low = None if term.options else term.number
        options = term.options or tuple(end for end in (term.number, term.high) if end)
        count = desk.number("periods", "instalments", low, options)
    else:
        count = desk.number("periods", "instalments", suggested)
    return None if count is None else int(count)


def _regular(desk: Desk, count: int) -> Term:
    every = _evident(desk)
    if every is None:
        chosen = desk.choice("pay_every", ("month", "week"), "month")
        every = "week" if chosen == "week" else "month"
    return Term(count, every)


def _short(desk: Desk, number: int, unit: str) -> Term | None:
    """Days or weeks: repaid at once, unless the advert or the learner says otherwise."""
    if unit == "weeks" and _evident(desk) == "week" and not desk.reading.all("periods"):
        return Term(number, "week")
    days = number * 7 if unit == "weeks" else number
    count = desk.fact("periods", "instalments", Decimal(1))
    if count is None:
        return None
    if unit == "weeks" and count == number and number > 1:
        return Term(number, "week")
    return Term(min(int(count), days), days=days)


def _evident(desk: Desk) -> Literal["week", "month"] | None:
    """The time between payments, if the learner or the advert says so."""
    if desk.answers.pay_every:
        desk.choice("pay_every", ("month", "week"))
        return desk.answers.pay_every
    said = {
        item.unit for item in desk.reading.stated if item.field in ("instalment", "instalment_fee", "instalment_fee_rate")
    }  # fmt: skip
    if "per_week" in said:
        return "week"
    return "month" if "per_month" in said else None
