"""Pictures of one loan: what is paid, what is owed, and what would change its cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from jiejian.services.built import services
from jiejian.services.costing import Point
from jiejian.ui import choices
from jiejian.ui.charts.balance import balance
from jiejian.ui.charts.card import chart_card
from jiejian.ui.charts.instalments import instalments
from jiejian.ui.charts.sensitivity import sensitivity
from jiejian.ui.format import money, percent
from jiejian.ui.i18n import _, language, ngettext
from jiejian.ui.loan_view import (
    charge_name,
    owed_sentence,
    schedule_columns,
    schedule_rows,
    step_name,
    summary,
)
from jiejian.ui.tables import Row
from jiejian.ui.terms import label
from sandbox.loans import Quote


def show(given: dict[str, object], quote: Quote) -> None:
    """One picture at a time: only what is looked at is worked out and sent."""
    pictures = {"payments": _("What you pay"), "balance": _("What you still owe")}
    pictures["fee"] = _("If the fee changes")
    if "periods" in given:
        pictures["length"] = _("If the length changes")
    match choices.choose("lab_price_picture", _("Show as a picture"), pictures):
        case "payments":
            _payments(quote)
        case "balance":
            _balance(quote)
        case "fee":
            _sensitivity("fee", services().costing.fee_points(given), label("upfront_fee"))
        case _:
            _sensitivity("length", services().costing.length_points(given), label("periods"))


def _payments(quote: Quote) -> None:
    chart_card(
        "lab_payments",
        _("What you pay back each time"),
        instalments(language(), quote.rows, step_name(quote.offer), charge_name(quote.offer)),
        summary(quote),
        schedule_columns(quote),
        schedule_rows(quote),
        name="schedule",
    )


def _balance(quote: Quote) -> None:
    start = quote.offer.principal + quote.upfront.financed
    rows: list[Row] = [(0, start), *((row.number, row.balance) for row in quote.rows)]
    chart_card(
        "lab_balance",
        _("What you still owe"),
        balance(language(), quote, step_name(quote.offer)),
        owed_sentence(quote),
        (step_name(quote.offer), _("Still owed")),
        rows,
        name="balance",
    )


def _sensitivity(kind: str, points: Sequence[Point], across: str) -> None:
    solved = [point for point in points if point.rate is not None]
    if len(solved) < 2:
        st.info(_("There is nothing to compare here: only one such offer can be carried out."))
        return
    title = _("The yearly cost, if only this changed")
    columns = (across, _("Cost a year, simple (%)"), _("All-in cost in money"))
    rows: list[Row] = [
        (
            int(point.at) if kind == "length" else point.at,
            None if point.rate is None else (point.rate * 100).quantize(Decimal("0.01")),
            point.cost,
        )
        for point in points
    ]
    chart_card(
        f"lab_{kind}",
        title,
        sensitivity(language(), points, across),
        _says(kind, solved[0], solved[-1]),
        columns,
        rows,
        name=f"cost-by-{kind}",
    )


def _says(kind: str, first: Point, last: Point) -> str:
    """Both ends of the line in a sentence."""
    words = _(
        "{first_at}: {first} a year and {first_cost} in all. {last_at}: {last} a year and {last_cost} in all."
    )
    return words.format(
        first_at=_at(kind, first.at),
        first=percent(first.rate or Decimal(0)),
        first_cost=money(first.cost),
        last_at=_at(kind, last.at),
        last=percent(last.rate or Decimal(0)),
        last_cost=money(last.cost),
    )


def _at(kind: str, value: Decimal) -> str:
    if kind == "length":
        count = int(value)
        return ngettext("{n} instalment", "{n} instalments", count).format(n=count)
    if not value:
        return _("Without a fee at the start")
    return _("With {fee} at the start").format(fee=money(value, cents=False))
