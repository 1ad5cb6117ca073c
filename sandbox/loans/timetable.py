"""Due dates of an offer and the interest factor of any stretch of time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sandbox.aprc import Interval, years_between
from sandbox.dates import DayCount, month_series, year_ratio
from sandbox.input_error import InputError
from sandbox.loans.offer import Offer
from sandbox.money import EXACT
from sandbox.periods import STEPS
from sandbox.unit_periods import anchor_day, months_away, months_back


class Ratio(NamedTuple):
    """An exact quotient: kept apart so that a product is divided, and rounded, only once."""

    numerator: Decimal
    denominator: Decimal

    @property
    def value(self) -> Decimal:
        """The quotient to 50 digits."""
        return EXACT.divide(self.numerator, self.denominator)

    def of(self, amount: Decimal) -> Decimal:
        """amount * numerator / denominator, divided once (50 digits)."""
        return EXACT.divide(EXACT.multiply(amount, self.numerator), self.denominator)


ONE = Ratio(Decimal(1), Decimal(1))


def periods_per_year(offer: Offer) -> int | None:
    """52, 26, 13, 12, 6, 4, 2 or 1; None when the due dates have no regular period."""
    return None if offer.period == "dates" else STEPS[offer.period].per_year


def days_per_year(offer: Offer) -> int:
    """Days a daily rate is multiplied by: 360 where the day count has years of 360 days."""
    return 360 if "360" in offer.counting else 365


def annual_rate(offer: Offer) -> Decimal:
    """Nominal annual rate: period rate times periods of a year, daily rate times 365 (or 360)."""
    if offer.daily_rate is not None:
        return offer.daily_rate * days_per_year(offer)
    if offer.period_rate is not None:
        return offer.period_rate * (periods_per_year(offer) or 1)
    return offer.annual_rate


def annex_interval(offer: Offer) -> Interval:
    """The interval of the EU annex that the due dates step by."""
    if offer.period == "dates" or offer.term_days is not None:
        return "auto"
    if offer.period == "year":
        return "year"
    return "week" if STEPS[offer.period].days else "month"


class Timetable:
    """Due dates by number (0 is the start) and exact interest factors between dates."""

    def __init__(self, offer: Offer) -> None:
        self.start = offer.start
        self._offer = offer
        counting = offer.counting
        self._periodic = counting == "periodic"
        self._day_count: DayCount = "actual/365" if counting == "periodic" else counting
        self._per_year = Decimal(periods_per_year(offer) or 1)
        self._dates: list[date] = [offer.start]
        self._first = _first_stretch(offer)
        self._usual: tuple[Decimal | None, Ratio] = (None, ONE)

    def due(self, number: int) -> date:
        """The date of due date `number`; agreed dates go on at the same interval."""
        if number >= len(self._dates):
            self._dates += self._further(len(self._dates), number)
        return self._dates[number]

    def dues(self, first: int, end: int) -> list[date]:
        """The due dates from number `first` to the one before number `end`."""
        if end > first:
            self.due(end - 1)
        return self._dates[first:end]

    def _further(self, first: int, last: int) -> list[date]:
        """Due dates from number `first` to at least number `last`."""
        offer = self._offer
        if offer.method == "bullet":
            if offer.term_days is not None:
                return [offer.start + timedelta(offer.term_days)]
            first = last = offer.count
        if offer.due_dates is not None:
            if last > len(offer.due_dates):
                raise InputError("due_dates", "too_short", "the loan needs more due dates")
            return list(offer.due_dates[first - 1 :])
        anchor, numbers = offer.start, range(first, max(last, offer.count) + 1)
        if offer.first_due is not None:
            anchor, numbers = offer.first_due, range(numbers.start - 1, numbers.stop - 1)
        step = STEPS[offer.period]
        if step.days:
            return [anchor + timedelta(step.days * number) for number in numbers]
        return month_series(anchor, step.months, numbers, end_of_month=offer.end_of_month)

    def length(self, number: int) -> Decimal:
        """Regular periods in the stretch that ends on due date `number`."""
        return self._first.value if number == 1 else Decimal(1)

    def factor(
        self, rate: Decimal, number: int, begins: date | None = None, ends: date | None = None
    ) -> Ratio:
        """Interest on 1 between two days of the stretch before due date `number`.

        rate: nominal annual. Without days: the whole stretch.
        """
        if self._periodic:
            whole = self._whole(rate, number)
            if begins is None and ends is None:
                return whole
            first, last = self.due(number - 1), self.due(number)
            days = ((ends or last) - (begins or first)).days
            return Ratio(whole.numerator * days, whole.denominator * (last - first).days)
        first, last = begins or self.due(number - 1), ends or self.due(number)
        numerator, denominator = year_ratio(first, last, self._day_count)
        return Ratio(rate * numerator, Decimal(denominator))

    def _whole(self, rate: Decimal, number: int) -> Ratio:
        """The factor of a whole stretch when every regular period is the same part of a year."""
        if number == 1:
            first = self._first
            return Ratio(rate * first.numerator, first.denominator * self._per_year)
        known, usual = self._usual
        if known is not rate:
            usual = Ratio(rate, self._per_year)
            self._usual = rate, usual
        return usual

    def time(self, day: date, numbers: int) -> Decimal:
        """Regular periods from the start to a day, days within a period in proportion."""
        at = Decimal(0)
        for number in range(1, numbers + 1):
            first, last = self.due(number - 1), self.due(number)
            if day < last:
                part = Decimal((day - first).days) / Decimal((last - first).days)
                return at + self.length(number) * part
            at += self.length(number)
        beyond = Decimal((day - self.due(numbers)).days)
        return at + beyond / (self.due(numbers) - self.due(numbers - 1)).days


def _first_stretch(offer: Offer) -> Ratio:
    """Regular periods from the start to the first due date (of a bullet: to the end)."""
    first = ONE if offer.first_due is None else _odd_first(offer, offer.first_due)
    if offer.method == "bullet":
        whole = first.denominator * (offer.count - 1)
        return Ratio(first.numerator + whole, first.denominator)
    return first


def _odd_first(offer: Offer, due: date) -> Ratio:
    """Regular periods to a first due date that is stated: whole ones counted back from it, and
    the odd days before them by the offer's convention.
    """
    start, step = offer.start, STEPS[offer.period]
    if offer.odd_days == "calendar_year":
        years = years_between(start, due, annex_interval(offer))
        return Ratio(Decimal(years.numerator * step.per_year), Decimal(years.denominator))
    if step.days:
        return Ratio(Decimal((due - start).days), Decimal(step.days))
    anchor = anchor_day(start, [due])
    months, days = months_back(start, due, anchor)
    if offer.odd_days == "thirtieths":
        return Ratio(Decimal(30 * months + days), Decimal(30 * step.months))
    whole = months // step.months
    ends = months_away(due, -whole * step.months, anchor)
    length = (ends - months_away(due, -(whole + 1) * step.months, anchor)).days
    return Ratio(Decimal(whole * length + (ends - start).days), Decimal(length))
