"""What every chart shares: size, axes, and a specification that waits for its data."""

from __future__ import annotations

from typing import Any

import altair as alt
import pyarrow as pa

Spec = dict[str, Any]
Values = list[dict[str, Any]]
Drawing = tuple[Spec, Values]

HEIGHT = 280
DATA = alt.NamedData("rows")


def bare(chart: Any, height: int = HEIGHT) -> Spec:
    """The chart as a specification without data, to be kept (functools.cache)."""
    spec: Spec = chart.properties(height=height).to_dict()
    del spec["data"]
    return spec


def rows(values: Values) -> pa.Table:
    """The values as Streamlit sends them; a data frame would be turned into this first."""
    return pa.Table.from_pylist(values)


def money_axis(title: str) -> alt.Y:
    """A vertical axis of amounts in the field `amount`, whole units, few ticks."""
    return alt.Y("amount:Q", title=title, axis=alt.Axis(format=",.0f", tickCount=5))


def percent_axis(title: str) -> alt.Y:
    """A vertical axis of fractions in the field `rate`, shown as percentages."""
    return alt.Y("rate:Q", title=title, axis=alt.Axis(format="%", tickCount=5))


def steps_axis(title: str, field: str = "number") -> alt.X:
    """A horizontal axis of numbered steps; labels that would touch are left out."""
    return alt.X(f"{field}:O", title=title, axis=alt.Axis(labelAngle=0, labelOverlap=True))


def parts_colour(parts: tuple[str, ...]) -> alt.Color:
    """The colour of the field `part`: the theme's colours in the order of parts, legend on top."""
    return alt.Color(
        "part:N",
        title=None,
        sort=list(parts),
        scale=alt.Scale(domain=list(parts)),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
