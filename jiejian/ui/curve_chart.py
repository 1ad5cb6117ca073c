"""Curves over one value: written once in Altair, kept as a specification without data."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from sandbox.text import Language

HEIGHT = 260
DASHES = [[1, 0], [6, 3], [2, 3], [8, 3, 2, 3]]


@lru_cache(maxsize=256)
def curves(
    language: Language, x_label: str, y_label: str, labels: tuple[str, ...], *, marked: bool
) -> dict[str, Any]:
    """Lines told apart by colour, dash and legend; marked: with a point where `here` is true.

    Data rows have x, y and line. language keys the cache.
    """
    x = alt.X("x:Q", title=x_label, axis=alt.Axis(tickMinStep=1), scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", title=y_label, axis=alt.Axis(format=",.0f", tickCount=5))
    order = list(labels)
    legend = alt.Legend(orient="top", direction="vertical", labelLimit=280)
    shown = legend if len(labels) > 1 else None
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("line:N", title=" "),
            alt.Tooltip("x:Q", title=x_label),
            alt.Tooltip("y:Q", title=y_label, format=",.2f"),
        ],
    )
    drawn: alt.Chart | alt.LayerChart = base.mark_line(strokeWidth=2.5).encode(
        color=alt.Color(
            "line:N", scale=alt.Scale(domain=order), legend=shown, title=None, sort=order
        ),
        strokeDash=alt.StrokeDash(
            "line:N",
            scale=alt.Scale(domain=order, range=DASHES[: len(order)]),
            legend=shown,
            title=None,
            sort=order,
        ),
    )
    if marked:
        points = base.mark_point(size=110, filled=True).encode(
            color=alt.Color("line:N", scale=alt.Scale(domain=list(labels)), legend=None)
        )
        drawn = drawn + points.transform_filter("datum.here")
    spec: dict[str, Any] = drawn.properties(height=HEIGHT).to_dict()
    spec.pop("data", None)
    return spec
