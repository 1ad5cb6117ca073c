"""A safe instalment, the largest loan it carries, and two shocks."""

from __future__ import annotations

import html

import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.services import typed_terms
from jiejian.services.affording import Carrying
from jiejian.services.built import services
from jiejian.ui import errors
from jiejian.ui.charts.card import chart_card
from jiejian.ui.charts.courses import courses
from jiejian.ui.i18n import _, language
from jiejian.ui.lab import budget_words as words
from jiejian.ui.lab.boxes import box
from sandbox.money import ZERO

KEY = "lab_afford"
BUDGET = (
    ("income", "8000"),
    ("spending", "4500"),
    ("debts", "600"),
    ("buffer", "500"),
    ("savings", "10000"),
)
Given = dict[str, object]


def show() -> None:
    """The household's month, then what it carries."""
    boxes, answer = st.columns([5, 7], gap="medium")
    with boxes, st.container(border=True, key="card_lab_budget", gap="small"):
        budget, loan, shock = _fields()
        told = st.container()
    with answer:
        try:
            found = services().affording.carry(budget, loan, shock)
        except InvalidInput as refused:
            with told:
                errors.show(refused)
            st.caption(_("The figures appear here as soon as your month can be worked out."))
        else:
            _answer(found)


def _fields() -> tuple[Given, Given, Given]:
    budget: Given = {name: box(f"{KEY}_{name}", f"budget.{name}", first) for name, first in BUDGET}
    loan: Given = {
        "periods": box(f"{KEY}_periods", "periods", "24", typed_terms.whole),
        "annual_rate": box(f"{KEY}_rate", "annual_rate", "15", typed_terms.percent),
    }
    with st.expander(_("Assumptions of the model"), icon=":material/tune:"):
        budget["share"] = box(f"{KEY}_share", "budget.share", "40", typed_terms.percent)
        shock: Given = {
            "fall": box(f"{KEY}_fall", "shock.fall", "30", typed_terms.percent),
            "gap": box(f"{KEY}_gap", "shock.gap", "3", typed_terms.whole),
        }
    return budget, loan, shock


def _answer(found: Carrying) -> None:
    with st.container(border=True, key="card_lab_safe", gap="small"):
        st.html(
            f'<p class="app-says" role="status">{html.escape(words.safe(found))}</p>'
            + "".join(f"<p>{html.escape(line)}</p>" for line in words.carried(found))
        )
    with st.container(border=True, key="card_lab_shock", gap="small"):
        st.subheader(_("And if something happens?"), anchor=False)
        lines = "".join(f"<li>{html.escape(line)}</li>" for line in words.shocks(found))
        st.html(f'<ul class="whys">{lines}</ul>')
    names = words.path_names(found)
    paths = (found.steady, found.less, found.gap)
    cash = [(path.opening, *(month.cash for month in path.months)) for path in paths]
    chart_card(
        f"{KEY}_cash",
        _("Cash at hand, month by month"),
        courses(
            language(),
            _("Month"),
            _("Cash (yuan)"),
            dict(zip(names, cash, strict=True)),
            first=0,
            level=ZERO,
        ),
        words.cash_summary(found),
        (_("Month"), *names),
        tuple((month, *column) for month, column in enumerate(zip(*cash, strict=True))),
        name="cash-path",
    )
    with st.expander(_("How these figures are worked out"), icon=":material/calculate:"):
        st.html("".join(f"<p>{html.escape(line)}</p>" for line in words.formulas(found)))
