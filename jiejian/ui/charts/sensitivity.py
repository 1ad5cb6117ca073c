"""How the yearly cost moves when one term changes and the others stay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import altair as alt

from jiejian.services.costing import Point
from jiejian.ui.charts.base import DATA, Drawing, Spec, bare, percent_axis
from jiejian.ui.i18n import _
from sandbox.text import Language


@cache
def _spec(language: Language, across: str, up: str, here: str) -> Spec:
    """A line with a point for each value, the present one large; language keys the cache."""
    across_axis = alt.X("at:Q", title=across, axis=alt.Axis(format=",.0f", tickMinStep=1))
    chart = alt.Chart(DATA).encode(x=across_axis, y=percent_axis(up))
    tooltip = [
        alt.Tooltip("at:Q", title=across, format=",.0f"),
        alt.Tooltip("rate:Q", title=up, format=".2%"),
    ]
    present = alt.condition("datum.here", alt.value(220), alt.value(40))
    # Below the line, which rises or runs level, and on the side where there is room.
    early = chart.transform_filter("datum.here && !datum.late")
    late = chart.transform_filter("datum.here && datum.late")
    named = alt.value(here)
    return bare(
        alt.layer(
            chart.mark_line(),
            chart.mark_point(filled=True, opacity=1).encode(size=present, tooltip=tooltip),
            early.mark_text(align="left", dx=6, dy=18, fontWeight=600).encode(text=named),
            late.mark_text(align="right", dx=-6, dy=18, fontWeight=600).encode(text=named),
        )
    )


def sensitivity(language: Language, points: Sequence[Point], across: str) -> Drawing:
    """across: the name of what changes, with its unit."""
    middle = (points[0].at + points[-1].at) / 2
    values = [
        {
            "at": float(point.at),
            "rate": float(point.rate),
            "here": point.here,
            "late": point.at > middle,
        }
        for point in points
        if point.rate is not None
    ]
    return _spec(language, across, _("Cost a year"), _("this loan")), values
