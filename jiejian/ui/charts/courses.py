"""Amounts month by month, one line for each course, told apart by colour and dashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Literal

import altair as alt

from jiejian.ui.charts.base import DATA, HEIGHT, Drawing, Spec, bare
from sandbox.text import Language

DASHES = ([1, 0], [7, 4], [2, 3], [8, 3, 2, 3])
Shape = Literal["linear", "step-after"]


@cache
def _spec(
    language: Language,
    step: str,
    amount: str,
    courses: tuple[str, ...],
    shape: Shape,
    marked: bool,
    level: bool,
) -> Spec:
    """Lines over numbered steps; marked, level: with an upright rule, a level one.

    language keys the cache.
    """
    x = alt.X(
        "number:Q",
        title=step,
        axis=alt.Axis(tickMinStep=1, format="d", grid=False, labelOverlap=True),
        scale=alt.Scale(nice=False, zero=False),
    )
    y = alt.Y(
        "amount:Q",
        title=amount,
        axis=alt.Axis(format=",.0f", tickCount=5),
        scale=alt.Scale(zero=not level),
    )
    legend = (
        alt.Legend(
            orient="top", direction="vertical", symbolType="stroke", symbolSize=400, labelLimit=290
        )
        if len(courses) > 1
        else None
    )
    lines = (
        alt.Chart(DATA)
        .transform_filter("isValid(datum.amount)")
        .mark_line(interpolate=shape, strokeWidth=2.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "part:N",
                title=None,
                sort=list(courses),
                scale=alt.Scale(domain=list(courses)),
                legend=legend,
            ),
            strokeDash=alt.StrokeDash(
                "part:N",
                title=None,
                sort=list(courses),
                scale=alt.Scale(domain=list(courses), range=list(DASHES[: len(courses)])),
                legend=legend,
            ),
            tooltip=[
                alt.Tooltip("part:N", title=" "),
                alt.Tooltip("number:Q", title=step),
                alt.Tooltip("amount:Q", title=amount, format=",.2f"),
            ],
        )
    )
    # Rules say nothing to a screen reader that the sentence beside the chart does not say.
    layers = []
    if level:
        ruled = alt.Chart(DATA).transform_filter("isValid(datum.level)")
        layers.append(
            ruled.mark_rule(color="#A82A2F", strokeWidth=1.5, aria=False).encode(y="level:Q")
        )
    if marked:
        ruled = alt.Chart(DATA).transform_filter("isValid(datum.marked)")
        layers.append(
            ruled.mark_rule(color="#8C8471", strokeDash=[4, 3], strokeWidth=1.5, aria=False).encode(
                x="marked:Q"
            )
        )
    return bare(alt.layer(*layers, lines), HEIGHT + 20 * len(courses))


def courses(
    language: Language,
    step: str,
    amount: str,
    named: Mapping[str, Sequence[Decimal]],
    *,
    first: int = 1,
    shape: Shape = "linear",
    marked: int | None = None,
    level: Decimal | None = None,
) -> Drawing:
    """One line for each name. first: number of each course's first value.

    marked: a step with an upright rule; level: an amount with a level one (red).
    """
    values: list[dict[str, object]] = [
        {"number": number, "amount": float(value), "part": name}
        for name, course in named.items()
        for number, value in enumerate(course, start=first)
    ]
    if marked is not None:
        values.append({"marked": marked})
    if level is not None:
        values.append({"level": float(level)})
    rules = (marked is not None, level is not None)
    return _spec(language, step, amount, tuple(named), shape, *rules), values
