"""Debt month by month: what is owed, and from how many lenders."""

from __future__ import annotations

from functools import cache

import altair as alt

from jiejian.ui.charts.base import DATA, Drawing, Spec, bare, money_axis, steps_axis
from jiejian.ui.i18n import _
from sandbox.rolling import Story
from sandbox.text import Language


@cache
def _spec(language: Language, step: str, amount: str, lenders: str) -> Spec:
    """Bars of the debt; the number on each is the lenders. language keys the cache."""
    owed = (
        alt.Chart(DATA)
        .mark_bar(cornerRadius=1, color="#D2703F")
        .encode(
            x=steps_axis(step),
            y=money_axis(amount),
            tooltip=[
                alt.Tooltip("number:O", title=step),
                alt.Tooltip("amount:Q", title=amount, format=",.2f"),
                alt.Tooltip("lenders:Q", title=lenders),
            ],
        )
    )
    count = (
        alt.Chart(DATA)
        .mark_text(dy=-9, fontSize=13, fontWeight="bold")
        .encode(x=steps_axis(step), y=alt.Y("amount:Q"), text=alt.Text("lenders:Q"))
    )
    return bare(alt.layer(owed, count))


def debt_and_lenders(language: Language, story: Story) -> Drawing:
    """Principal owed after each month, the number of lenders written over it."""
    values = [
        {"number": month.number, "amount": float(month.owed), "lenders": month.lenders}
        for month in story.months
    ]
    return _spec(language, _("Month"), _("Owed (yuan)"), _("Lenders")), values
