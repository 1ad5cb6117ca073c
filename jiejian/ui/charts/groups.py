"""Amounts month by month, bars side by side, one for each of a few names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

import altair as alt

from jiejian.ui.charts.base import (
    DATA,
    HEIGHT,
    Drawing,
    Spec,
    bare,
    money_axis,
    parts_colour,
    steps_axis,
)
from sandbox.text import Language


@cache
def _spec(language: Language, step: str, amount: str, names: tuple[str, ...]) -> Spec:
    """Grouped bars; the labels under them count the steps. language keys the cache."""
    colour = parts_colour(names).legend(
        orient="top", direction="vertical", symbolType="square", labelLimit=290
    )
    return bare(
        alt.Chart(DATA)
        .mark_bar(cornerRadius=1)
        .encode(
            x=steps_axis(step),
            xOffset=alt.XOffset("part:N", sort=list(names), scale=alt.Scale(domain=list(names))),
            y=money_axis(amount),
            color=colour if len(names) > 1 else alt.value("#0E5E5A"),
            tooltip=[
                alt.Tooltip("number:O", title=step),
                alt.Tooltip("part:N", title=" "),
                alt.Tooltip("amount:Q", title=amount, format=",.2f"),
            ],
        ),
        HEIGHT + 20 * len(names),
    )


def groups(
    language: Language, step: str, amount: str, named: Mapping[str, Sequence[Decimal]]
) -> Drawing:
    """Bars of each name at steps 1, 2 ..."""
    values = [
        {"number": number, "amount": float(value), "part": name}
        for name, course in named.items()
        for number, value in enumerate(course, start=1)
    ]
    return _spec(language, step, amount, tuple(named)), values
