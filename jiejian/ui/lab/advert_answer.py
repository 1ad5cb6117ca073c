"""The honest figures of an advert beside the one it puts forward, and what they rest on."""

from __future__ import annotations

import html
from decimal import Decimal

import streamlit as st

from jiejian.services.adverts import Told
from jiejian.ui import navigation, refusals
from jiejian.ui.folds import fold
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import advert_link, advert_words
from jiejian.ui.lab.advert_marks import quoted
from jiejian.ui.lab.pair import figures_pair
from jiejian.ui.rates_view import NAMES, figures, figures_html, problem_words, rate_words
from sandbox.adverts import Truth, Used
from sandbox.loans import Quote

FORMULAS = ("irr_simple", "irr_compound", "cost", "cost_per_1000")
_SOURCES = ("stated", "answer", "assumed")


def show(told: Told, sign: str) -> None:
    """The answer, or why there is none yet."""
    truth = told.truth
    with st.container(border=True, key="card_lab_advert_answer", gap="small"):
        st.header(_("What it really costs"), anchor=False)
        if truth.quote is None:
            st.html(f'<p role="status">{html.escape(_without(truth))}</p>')
            return
        st.html(f'<div role="status">{_figures(truth, truth.quote, sign)}</div>')
        rests, how = (
            _("Said, answered, assumed: what this rests on"),
            _("How these figures are worked out"),
        )
        with st.expander(rests, icon=":material/checklist:"):
            st.html(_rests_on(truth.workings.used, sign))
        with fold("lab_advert_formulas", how, ":material/calculate:") as opened:
            if opened:
                st.html(_formulas(truth, truth.quote, sign))
        _link(truth)


def _without(truth: Truth) -> str:
    work = truth.workings
    if work.refused:
        words = advert_words.meanings().doubts[work.refused]
        return (
            words.title.say(language())
            + ("。" if language() == "zh" else ". ")
            + words.about.say(language())
        )
    if truth.problem is not None:
        return refusals.words(truth.problem.field, truth.problem.reason, {})
    if work.open:
        return _("The figures appear here as soon as what is missing is filled in.")
    return _("This text names no loan, so there is nothing to work out.")


def _figures(truth: Truth, quote: Quote, sign: str) -> str:
    looks = percent(truth.advertised.yearly) if truth.advertised else _("no yearly rate")
    real = rate_words(quote.rates["irr_simple"])
    said = _("The advert says")
    if truth.advertised is not None and truth.advertised.times != 1:
        said = _("Its own figure, for a year")
    note = _("a year, without interest on interest")
    if truth.compound is not None:
        more = _("a year, without interest on interest; compounded: {rate}")
        note = more.format(rate=rate_words(quote.rates["irr_compound"]))
    facts = (
        (_("You receive"), money(quote.received)),
        (_("You pay back"), money(quote.totals.payment)),
        (_("That is more by"), money(quote.totals.cost)),
        (_("For each 1,000 in your hand"), money(quote.cost_per_1000)),
    )
    listed = "".join(
        f"<div><dt>{html.escape(name)}</dt>"
        f"<dd>{html.escape(advert_words.in_currency(value, sign))}</dd></div>"
        for name, value in facts
    )
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in _lines(truth, quote))
    return (
        figures_pair(said, looks, real)
        + f'<p class="pair-note">{html.escape(note)}</p><dl class="reason-facts">{listed}</dl>{lines}'
    )


def _lines(truth: Truth, quote: Quote) -> list[str]:
    """What must be said beside the figures."""
    lines = []
    work, looks, real = truth.workings, truth.advertised, truth.simple
    if told := problem_words(quote.rates["irr_simple"]):
        lines.append(told)
    if looks is not None and real is not None:
        if looks.yearly and real >= looks.yearly * Decimal("1.05"):
            words = _("The true cost is {times} times the figure it puts forward.")
            lines.append(words.format(times=f"{real / looks.yearly:.1f}"))
        elif abs(real - looks.yearly) < Decimal("0.002"):
            lines.append(_("Here the advert's figure is the true one."))
    if work.best_case:
        lines.append(_("This is the best case: the lowest figure of the advert was used."))
    if work.at_least:
        lines.append(_("Fees without a price are not in it, so it costs at least this much."))
    if any(use.source == "assumed" for use in work.used):
        lines.append(_("Part of it rests on assumptions; each is named and yours to change."))
    return lines


def _rests_on(used: tuple[Used, ...], sign: str) -> str:
    names = {
        "stated": _("The advert says"),
        "answer": _("You said"),
        "assumed": _("Assumed"),
    }
    rows = []
    for source in _SOURCES:
        for use in used:
            if use.source == source:
                value = html.escape(advert_words.used_value(use, sign))
                words = quoted(use.stated.span) if use.stated else ""
                rows.append(
                    f'<li class="rests-{source}"><span class="chip">{html.escape(names[source])}</span> '
                    f"{html.escape(advert_words.field_name(use.field))}: <strong>{value}</strong> {words}</li>"
                )
    return f'<ul class="rests">{"".join(rows)}</ul>'


def _formulas(truth: Truth, quote: Quote, sign: str) -> str:
    shown = zip(NAMES[1:], figures(quote, rate_stated=False), strict=True)
    listed = figures_html([figure for name, figure in shown if name in FORMULAS])
    looks = ""
    if truth.advertised is not None and truth.advertised.times != 1:
        words = _("The advert's figure brought to a year: {part} × {times} = {year}")
        part = truth.advertised.yearly / truth.advertised.times
        line = words.format(
            part=advert_words.share(part),
            times=truth.advertised.times,
            year=percent(truth.advertised.yearly),
        )
        looks = f"<p>{html.escape(line)} {quoted(truth.advertised.stated.span)}</p>"
    return looks + advert_words.in_currency(listed, sign)


def _link(truth: Truth) -> None:
    given = advert_link.presets(truth)
    if given is None:
        st.caption(
            _("The cost lab has no boxes for a loan of this shape, so it cannot be opened there.")
        )
        return
    st.page_link(
        navigation.LAB,
        label=_("Open this loan in the lab"),
        icon=":material/open_in_new:",
        query_params={"tool": "price", **given},
    )
