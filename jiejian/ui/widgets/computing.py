"""Sliders on a real calculation, and two offers under one plan."""

from __future__ import annotations

import html
from decimal import Decimal

import streamlit as st

from jiejian.content import units
from jiejian.content.directives import CompareOffers, Slider
from jiejian.content.directives.worked import Handle, changes_for
from jiejian.content.marked import marked
from jiejian.content.workings import replaced
from jiejian.ui import state
from jiejian.ui.charts.base import rows
from jiejian.ui.charts.instalments import instalments
from jiejian.ui.curve_chart import curves
from jiejian.ui.format import money
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.widgets.common import Place, again, heading, said, verdict
from sandbox.answers import Unit
from sandbox.answers.loans import quoted
from sandbox.loans import Offer, Quote


@st.fragment
def slider(body: Slider, place: Place) -> None:
    """Move a value and see what it does; every stop of a slider can be computed."""
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        st.html(heading(body.title, body.prompt, _("Try the numbers")))
        at = {
            handle.arg: _moved(handle, f"{place.key}_{number}")
            for number, handle in enumerate(body.sliders)
        }
        values = body.values(place.workings, at)
        cells = ""
        for result, value in zip(body.results, values, strict=True):
            figure = place.workings.figures[result.figure]
            shown = units.say(value, figure.unit, language(), figure.places)
            cells += f"<div><dt>{html.escape(result.label)}</dt><dd>{html.escape(shown)}</dd></div>"
        end = marked(body.explanation).html if body.explanation else ""
        if body.chart:
            st.html(f'<div role="status"><dl class="readout">{cells}</dl></div>')
            _chart(body, place, at)
            if end:
                st.html(end)
        else:
            st.html(f'<div role="status"><dl class="readout">{cells}</dl></div>{end}')


def _moved(handle: Handle, key: str) -> Decimal:
    """The slider's value. Its stops are shown as words, so its key tells the language."""
    kept = state.shown(key)
    stops = handle.stops
    words = {_stop(handle, stop): stop for stop in stops}
    start = _stop(handle, kept if kept in stops else handle.start)
    spoken = f"{key}_{language()}"
    chosen = st.select_slider(handle.label, list(words), value=start, key=spoken)
    value = words[str(chosen)]
    if value != kept:
        state.show(key, value)
    return value


def _stop(handle: Handle, stop: Decimal) -> str:
    value = stop * 100 if handle.unit == "percent" else stop
    return units.say(value, handle.unit, language())


def _chart(body: Slider, place: Place, at: dict[str, Decimal]) -> None:
    if body.chart == "schedule":
        figure = place.workings.figures[body.results[0].figure]
        args = dict(figure.args)
        for arg, value in changes_for(figure.call.name, at).items():
            args = replaced(figure.call, args, arg, value)
        found = quoted(Offer.model_validate(args["loan"]))
        spec, data = instalments(language(), found.rows, _("Month"), _("Interest"))
        st.vega_lite_chart(rows(data), spec, alt=_told(found))
        return
    curve = place.workings.curves[str(body.chart)]
    changes = {
        arg: value
        for arg, value in changes_for(curve.figure.call.name, at).items()
        if arg != curve.over
    }
    points = curve.changed(changes) if changes else curve.points
    label = str(body.y_label)
    here = at.get(curve.over)
    data = [{"x": float(x), "y": float(y), "line": label, "here": x == here} for x, y in points]
    spec = curves(language(), str(body.x_label), label, (label,), marked=here is not None)
    (first, start), (last, end) = points[0], points[-1]
    told = _("{line}: from {start} at {first} to {end} at {last}.").format(
        line=label,
        start=units.say(start, curve.figure.unit, language()),
        first=f"{first:f}",
        end=units.say(end, curve.figure.unit, language()),
        last=f"{last:f}",
    )
    st.vega_lite_chart(rows(data), spec, alt=told)


def _told(found: Quote) -> str:
    words = ngettext(
        "{n} payment of {first}; {cost} of what is paid is interest and fees.",
        "{n} payments, the first {first}, the last {last}; {cost} of what is paid is interest and"
        " fees.",
        len(found.rows),
    )
    return words.format(
        n=len(found.rows),
        first=money(found.rows[0].payment),
        last=money(found.rows[-1].payment),
        cost=money(found.totals.cost),
    )


@st.fragment
def compare_offers(body: CompareOffers, place: Place) -> None:
    """Two advertisements; the reader picks the cheaper one, then both are worked out."""
    chosen: int | None = state.shown(place.key)
    top = heading(body.title, body.prompt, _("Which is cheaper?"))
    if body.settle_after:
        plan = place.paper.say("settled_after", n=body.settle_after)
        top += f"<p><strong>{plan}</strong></p>"
    top += '<div class="offers">'
    for number, offer in enumerate(body.offers):
        facts = _worked_out(body, place, number) if chosen is not None else ""
        best = chosen is not None and number == body.cheaper(place.workings)
        top += (
            f'<section class="offer{" offer-best" if best else ""}">'
            f"<h4>{html.escape(offer.label)}</h4>{marked(offer.says).html}{facts}</section>"
        )
    top += "</div>"
    with st.container(border=True, key=f"card_{place.key}", gap="small"):
        if chosen is None:
            st.html(top)
            with st.grid(columns=2, min_column_width=140, gap="small"):
                for number, offer in enumerate(body.offers):
                    st.button(
                        offer.label,
                        key=f"{place.key}_{number}",
                        width="stretch",
                        on_click=state.show,
                        args=(place.key, number),
                    )
            return
        best_place = body.cheaper(place.workings)
        words = _("The cheaper one is {name}").format(name=body.offers[best_place].label)
        because = f"<p>{said(body.because)}</p>"
        st.html(top + verdict(chosen == best_place, words, because))
        st.button(again(), key=f"{place.key}_again", on_click=state.clear, args=(place.key,))


def _worked_out(body: CompareOffers, place: Place, number: int) -> str:
    facts = ""
    for measure in dict.fromkeys((body.by, "total_cost", "irr_simple", "largest_payment")):
        try:
            value = body.measured(place.workings, number, measure)
        except ValueError:
            continue
        unit: Unit = "percent" if measure.startswith("irr") else "yuan"
        text = html.escape(units.say(value, unit, language(), 2))
        facts += f"<div><dt>{place.paper.say(measure)}</dt><dd>{text}</dd></div>"
    return f'<dl class="readout">{facts}</dl>'
