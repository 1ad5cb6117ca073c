"""Which rate an advert means, for what time, and how long it does not run."""

from __future__ import annotations

from decimal import Decimal

from sandbox.adverts.desk import Desk
from sandbox.adverts.offers import nominal_of_compound
from sandbox.adverts.reading import Stated
from sandbox.adverts.terms import Term

_FINEST = (
    "per_day", "per_week", "per_instalment", "per_month", "per_year", "per_year_simple",
    "per_year_compound", "unclear",
)  # fmt: skip
PERS = ("day", "week", "month", "year", "instalment")
_FOLK_YEAR = Decimal("1.2")


def rate_of(desk: Desk) -> tuple[Decimal | None, str | None]:
    """The rate to count with, a fraction, and its time; of several that agree, the finest."""
    found = sorted(desk.reading.all("rate"), key=lambda item: _FINEST.index(item.unit))
    if desk.given("rate") or not found:
        values = tuple(item.number for item in found)
        rate = desk.number("rate", "", None, values)
        units = {_per(item.unit) for item in found}
        if len(units) == 1 and units != {None} and not desk.given("rate_per"):
            return rate, units.pop()
        return rate, desk.choice("rate_per", PERS)
    if desk.reading.one("rate") is None:
        return _chosen(desk, found)
    return _one(desk, found[0])


def _chosen(desk: Desk, found: list[Stated]) -> tuple[Decimal | None, str | None]:
    """Of rates that disagree, the one the learner chooses."""
    by_unit = {_per(item.unit): item for item in found}
    if len(by_unit) < len(found):
        rate = desk.number("rate", "", None, tuple(item.number for item in found))
        return rate, None
    per = desk.choice("rate_per", tuple(unit for unit in by_unit if unit))
    if per is None:
        return None, None
    if per not in by_unit:
        return desk.number("rate", "", None, tuple(item.number for item in found)), per
    return _one(desk, by_unit[per])


def _one(desk: Desk, item: Stated) -> tuple[Decimal | None, str | None]:
    doubts = {doubt.code for doubt in desk.reading.ambiguities}
    rate: Decimal | None
    if "folk_year" in doubts:
        rate = desk.number("rate", item.unit, None, (item.number, item.number * _FOLK_YEAR))
    elif item.high is not None:
        rate = desk.number("rate", item.unit, item.number, (item.number, item.high))
    else:
        rate = desk.note(item)
    per = _per(item.unit)
    if per is None or desk.given("rate_per"):
        per = desk.choice("rate_per", PERS, "month" if "folk_unclear" in doubts else None)
    if rate is not None and item.unit == "per_year_compound" and per == "year":
        rate = nominal_of_compound(rate)
    return rate, per


def _per(unit: str) -> str | None:
    if unit == "unclear":
        return None
    return unit.removeprefix("per_").removesuffix("_simple").removesuffix("_compound")


def free_of(desk: Desk, term: Term) -> tuple[int, Decimal]:
    """Instalments without interest at the start, and the share of the time that interest runs.

    Of a single payment the free time is taken off the whole; of instalments, free days are
    counted as whole instalments.
    """
    periods, days = desk.reading.one("free_periods"), desk.reading.one("free_days")
    if periods is None and days is None:
        return 0, Decimal(1)
    if days is not None:
        length = desk.note(days)
    else:
        assert periods is not None  # noqa: S101
        length = desk.note(periods) * term.days_each
    if term.single:
        return 0, max(Decimal(0), 1 - length / term.all_days)
    count = min(int((length / term.days_each).to_integral_value()), term.count)
    if days is not None:
        desk.assume("free_periods", Decimal(count), "instalments")
    return count, Decimal(1)
