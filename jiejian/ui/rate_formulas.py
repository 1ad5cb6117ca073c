"""The formula behind each honest figure of a loan, with this loan's numbers put in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from jiejian.ui.format import percent
from jiejian.ui.i18n import _
from jiejian.ui.loan_view import cost_line
from sandbox.aprc import natural_interval, years_between
from sandbox.loans import Quote
from sandbox.loans.figures import shown
from sandbox.loans.timetable import Timetable, annual_rate, periods_per_year
from sandbox.money import EXACT
from sandbox.unit_periods import anchor_day, clock

LONGEST = 3
"""Payments up to which a formula names each; of more, the first two and the last."""
_SHOWN_PLACES = 4


def formula(quote: Quote, name: str) -> str:
    """How the figure of this name (see `sandbox.loans.figures.rate_figures`) comes about."""
    figure = quote.rates.get(name)
    match name:
        case "nominal_annual":
            return _nominal(quote)
        case "cost":
            return cost_line(quote)
        case "cost_per_1000":
            words = _("{cost} ÷ {received} × 1,000 = {share}")
            return words.format(
                cost=_amount(quote.totals.cost),
                received=_amount(quote.received),
                share=_amount(quote.cost_per_1000),
            )
    if figure is None or figure.value is None:
        return ""
    value = figure.value
    match name:
        case "irr_simple" | "china_simple":
            return _simple(quote, value)
        case "irr_compound" | "china_compound":
            n = scale(quote)
            i = EXACT.divide(quote.rates["irr_simple"].value or value, n)
            words = _("(1 + {i})^{n} − 1 = {rate}, with the i of IRR × {n}.")
            return words.format(i=percent(i, 4), n=number(n), rate=percent(value))
        case "xirr":
            begins = quote.flows[0][0]
            told = _("so x = {rate}.").format(rate=percent(value))
            return _equation(quote, "x", lambda day: f"({(day - begins).days}/365)", told)
        case "us_apr":
            return _us(quote, value)
        case "eu_aprc":
            return _eu(quote, value)
    return ""


def _amount(value: Decimal) -> str:
    return f"{value:,.2f}"


def number(value: Decimal) -> str:
    """Up to four decimals, none where there are none."""
    return format_decimal(value, "0.####", locale="en")


def _nominal(quote: Quote) -> str:
    """The stated rate brought to a year by multiplication."""
    offer = quote.offer
    year = percent(annual_rate(offer))
    if offer.daily_rate is not None:
        days = 360 if offer.counting == "actual/360" else 365
        words = _("{part} a day × {n} = {year}")
        return words.format(part=percent(offer.daily_rate, 4), n=days, year=year)
    if offer.period_rate is not None:
        words = _("{part} for each instalment × {n} in a year = {year}")
        n = periods_per_year(offer) or 1
        return words.format(part=percent(offer.period_rate, 4), n=n, year=year)
    return _("{year}, as the contract says.").format(year=year)


def scale(quote: Quote) -> Decimal:
    """Periods of i in a year: a single payment's period is its whole time."""
    offer = quote.offer
    per_year = Decimal(periods_per_year(offer) or 12)
    if offer.method == "bullet" and len(quote.flows) == 2:
        days = (quote.flows[-1][0] - quote.flows[0][0]).days
        if offer.term_days or offer.first_due or offer.prepayments or offer.late_payments:
            return EXACT.divide(Decimal(365), Decimal(days))
        return EXACT.divide(per_year, Decimal(offer.count))
    return per_year


def _simple(quote: Quote, value: Decimal) -> str:
    n = scale(quote)
    i = percent(EXACT.divide(value, n), 4)
    words = _("so i = {i}, and i × {n} = {rate} a year.")
    return _equation(
        quote, "i", _periods(quote), words.format(i=i, n=number(n), rate=percent(value))
    )


def _periods(quote: Quote) -> Callable[[date], str]:
    """The time of a payment in instalment periods."""
    offer = quote.offer
    if offer.method == "bullet" and len(quote.flows) == 2:
        return lambda _day: "1"
    timetable = Timetable(offer)
    reach = 1 if offer.method == "bullet" else max(len(quote.rows), offer.count)
    at, times = Decimal(0), dict[date, Decimal]()
    for place in range(1, reach + 1):
        at += timetable.length(place)
        times[timetable.due(place)] = at
    return lambda day: number(times[day] if day in times else timetable.time(day, reach))


def _us(quote: Quote, value: Decimal) -> str:
    """Unit periods of Regulation Z; a fraction of one counts without compounding."""
    days = [day for day, _paid in quote.flows]
    counter = clock(days[:1], days[1:])
    n = EXACT.divide(Decimal(counter.per_year.numerator), counter.per_year.denominator)

    def factor(day: date) -> str:
        whole, part = counter.position(day)
        return f"(1 + i)^{whole}" + (f" × (1 + {part} × i)" if part else "")

    words = _("so i = {i}, and i × {n} = {rate} a year.")
    told = words.format(i=percent(EXACT.divide(value, n), 4), n=number(n), rate=percent(value))
    return _sum(quote, factor, told)


def _eu(quote: Quote, value: Decimal) -> str:
    begins, *days = (day for day, _paid in quote.flows)
    weekly = quote.offer.period in ("week", "fortnight", "four_weeks")
    interval = "week" if weekly else natural_interval(begins, days)
    anchor = anchor_day(begins, days) if interval == "month" else None

    def power(day: date) -> str:
        return _years(years_between(begins, day, interval, anchor))

    published = shown(quote.rates["eu_aprc"], 1)
    words = _("so x = {rate}, published with one decimal: {published}%.")
    return _equation(quote, "x", power, words.format(rate=percent(value), published=published))


def _years(years: Fraction) -> str:
    """Years as twelfths or fifty-seconds where they are such, else as a decimal."""
    for parts in (12, 52):
        if (years * parts).denominator == 1:
            whole = years * parts
            return f"({whole}/{parts})" if whole != parts else "1"
    return f"{float(years):.{_SHOWN_PLACES}f}"


def _equation(quote: Quote, unknown: str, power: Callable[[date], str], told: str) -> str:
    return _sum(quote, lambda day: f"(1 + {unknown})^{power(day)}", told)


def _sum(quote: Quote, factor: Callable[[date], str], told: str) -> str:
    """Money received = the payments discounted, the middle ones left out, and what follows."""
    (_start, received), *paid = quote.flows
    left_out = len(paid) > LONGEST
    terms = [
        f"{_amount(-amount)} ÷ {_bracketed(factor(day))}"
        for day, amount in ([*paid[:2], paid[-1]] if left_out else paid)
    ]
    if left_out:
        terms.insert(2, "…")
    equation = f"{_amount(received)} = {' + '.join(terms)}"
    return _("{equation}, {told}").format(equation=equation, told=told)


def _bracketed(factor: str) -> str:
    return f"[{factor}]" if "×" in factor else factor
