"""Every honest figure of a loan: its value, who quotes it, why it differs, how it comes about."""

from __future__ import annotations

import html
from dataclasses import dataclass
from decimal import Decimal

from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _
from jiejian.ui.rate_formulas import formula, number, scale
from sandbox.loans import Quote, RateFigure

NAMES = (
    "nominal_annual",
    "irr_simple",
    "irr_compound",
    "xirr",
    "us_apr",
    "eu_aprc",
    "china_simple",
    "cost",
    "cost_per_1000",
)

ABSURD = Decimal(10_000)
"""A yearly rate of a million percent."""


@dataclass(frozen=True)
class Shown:
    """A figure ready to read: name, value, who quotes it and why it differs, formula ("": none)."""

    name: str
    value: str
    about: str
    formula: str


def figures(quote: Quote, *, rate_stated: bool = True) -> list[Shown]:
    """All of them in order. rate_stated: False where the offer names no rate at all."""
    names = NAMES if rate_stated else NAMES[1:]
    return [
        Shown(_name(quote, name), _value(quote, name), _about(quote, name), _formula(quote, name))
        for name in names
    ]


def figures_html(shown: list[Shown]) -> str:
    """A list; each formula folded under its figure."""
    how = html.escape(_("How it is worked out"))
    items = []
    for figure in shown:
        folded = ""
        if figure.formula:
            folded = (
                f"<details><summary>{how}</summary>"
                f'<p class="formula">{html.escape(figure.formula)}</p></details>'
            )
        items.append(
            f'<li><p class="rate-head"><span>{html.escape(figure.name)}</span> '
            f"<strong>{html.escape(figure.value)}</strong></p>"
            f"<p>{html.escape(figure.about)}</p>{folded}</li>"
        )
    return f'<ul class="rates">{"".join(items)}</ul>'


def absurd(figure: RateFigure) -> bool:
    """Whether the rate is beyond what anybody could picture."""
    return figure.value is not None and figure.value > ABSURD


def rate_words(figure: RateFigure) -> str:
    """The rate as a percentage, or a word that there is none, or none to picture."""
    if absurd(figure):
        return _("over {limit}").format(limit=percent(ABSURD, 0))
    return percent(figure.value) if figure.value is not None else _("no single rate")


def problem_words(figure: RateFigure) -> str:
    """Why there is no single rate, or none to picture; "" where there is one."""
    match "out_of_range" if absurd(figure) else figure.problem:
        case None:
            return ""
        case "not_unique" if figure.roots:
            found = ", ".join(percent(root) for root in figure.roots)
            words = _(
                "Several rates fit these payments equally well ({found}), because money goes back"
                " and forth. Picking one would be a lie; look at the cost in money instead."
            )
            return words.format(found=found)
        case "not_unique":
            return _(
                "Money goes back and forth so often that many rates could fit. No single one is"
                " true; look at the cost in money instead."
            )
        case "no_root":
            return _(
                "No rate at all fits these payments, because money goes back and forth. Look at"
                " the cost in money instead."
            )
        case "no_sign_change":
            return _(
                "A yearly rate compares money received with money paid back, and here one of the"
                " two is missing."
            )
        case "out_of_range":
            return _(
                "So little reaches your hand for what you pay back that a yearly rate is beyond"
                " imagining. Look at the cost in money instead."
            )
        case _:
            return _("The rule behind this figure does not cover payments like these.")


def _name(quote: Quote, name: str) -> str:
    return {
        "nominal_annual": _("The advertised rate"),
        "irr_simple": _("IRR × {n} (simple)").format(n=number(scale(quote))),
        "irr_compound": _("Effective yearly rate (compound)"),
        "xirr": _("XIRR, by actual days"),
        "us_apr": _("US APR"),
        "eu_aprc": _("EU APRC"),
        "china_simple": _("China: annualised overall cost"),
        "cost": _("All-in cost in money"),
        "cost_per_1000": _("Cost for each ¥1,000 in your hand"),
    }[name]


def _formula(quote: Quote, name: str) -> str:
    figure = quote.rates.get(name)
    return "" if figure is not None and absurd(figure) else formula(quote, name)


def _value(quote: Quote, name: str) -> str:
    rates = quote.rates
    match name:
        case "cost":
            return money(quote.totals.cost)
        case "cost_per_1000":
            return money(quote.cost_per_1000)
        case "eu_aprc":
            published = rates[name].published
            if published is None or absurd(rates[name]):
                return rate_words(rates[name])
            return percent(published / 100, 1)
        case "china_simple":
            if rates[name].value is None or rates["china_compound"].value is None:
                return rate_words(rates[name])
            words = _("{simple} simple, {compound} compound")
            return words.format(
                simple=rate_words(rates[name]), compound=rate_words(rates["china_compound"])
            )
        case _:
            return rate_words(rates[name])


def _about(quote: Quote, name: str) -> str:
    figure = quote.rates.get(name)
    if figure is not None and (told := problem_words(figure)):
        return told
    flat = quote.offer.method == "flat_fee"
    match name:
        case "nominal_annual" if flat:
            return _(
                "Adverts quote it: the fee of one instalment times those of a year. It acts as if"
                " you owed the whole amount until the last day, though you pay it back bit by bit."
            )
        case "nominal_annual":
            return _(
                "Adverts and contracts quote it: the rate of one period times the periods of a"
                " year. Fees are not in it."
            )
        case "irr_simple":
            return _(
                "The rate i at which your payments are worth exactly what you received, times the"
                " periods of a year. It counts every fee you cannot refuse, and only what you"
                " still owe."
            )
        case "irr_compound":
            return _(
                "The same i with interest on interest over the year, so it is a little higher."
                " Good for comparing loans whose instalments fall due at different intervals."
            )
        case "xirr":
            return _(
                "What the function XIRR of a spreadsheet gives. It counts real days, and months"
                " have 28 to 31, so it differs a little from the figure above."
            )
        case "us_apr":
            return _(
                "Lenders in the United States must state it (Regulation Z, 12 CFR 1026, Appendix"
                " J). It is not compounded; fees count; odd days count as parts of a period."
            )
        case "eu_aprc":
            return _(
                "Lenders in the European Union must state it (Directive 2008/48/EC, replaced by"
                " (EU) 2023/2225 from 20 November 2026). It is compounded and shown with one"
                " decimal."
            )
        case "china_simple":
            return _(
                "Lenders in China must show a yearly figure with interest and directly related"
                " fees over the principal still owed (People's Bank of China, announcement 2021"
                " no. 3, 31 March 2021). It may be simple or compound, so ask which."
            )
        case "cost":
            return _("What you pay beyond what you receive. The plainest figure of all.")
        case _:
            return _("The same, made comparable between a small loan and a large one.")
