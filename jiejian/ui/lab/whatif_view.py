"""One loan, one step: what early repayment, lateness, minimum payments or a pause change."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.services.built import services
from jiejian.ui import choices, errors
from jiejian.ui.i18n import _
from jiejian.ui.lab import whatif_charts as charts
from jiejian.ui.lab import whatif_form as form
from jiejian.ui.lab import whatif_words as words
from jiejian.ui.lab.whatif_form import KEY
from jiejian.ui.loan_view import summary
from jiejian.ui.tables import figures_table
from sandbox.loans.whatif import Change

Tell = Callable[[], None]


def show() -> None:
    """The step, the loan, then what changes."""
    st.header(_("What happens if …"), anchor=False)
    step = choices.choose(
        f"{KEY}_step",
        _("Choose a step"),
        {
            "early": _("I repay early"),
            "late": _("I pay late"),
            "minimum": _("I pay only the minimum"),
            "defer": _("I pause for a while"),
        },
    )
    ask = {"early": _early, "late": _late, "minimum": _minimum, "defer": _defer}[step]
    boxes, answer = st.columns([5, 7], gap="medium")
    with boxes, st.container(border=True, key="card_lab_whatif", gap="small"):
        tell = ask()
        told = st.container()
    with answer:
        try:
            tell()
        except InvalidInput as refused:
            with told:
                errors.show(refused)
            st.caption(_("The figures appear here as soon as the loan can be worked out."))


def _early() -> Tell:
    step, leaving, given = form.early_fields()

    def tell() -> None:
        found = services().comparing.repay_early(given, leaving, step)
        whole = "amount" not in step
        _answer(words.early(found, whole=whole), found.change)
        if whole:
            charts.savings(found, int(str(step["after_months"])))
        else:
            charts.owed(found.change)
        _formulas(words.early_formulas(found))

    return tell


def _late() -> Tell:
    step, given = form.late_fields()

    def tell() -> None:
        found = services().comparing.pay_late(given, step)
        _answer(words.late(found), found.change)
        charts.lateness(found)
        _formulas(words.late_formulas(found))

    return tell


def _minimum() -> Tell:
    given, payment = form.card_fields()

    def tell() -> None:
        change = services().comparing.only_minimum(given, payment)
        names = (_("Fixed sum"), _("Minimum payment"))
        _answer(words.minimum(change), change, names)
        charts.owed(change, names)
        _formulas(words.minimum_formulas(change))

    return tell


def _defer() -> Tell:
    step, given = form.deferral_fields()

    def tell() -> None:
        change = services().comparing.defer(given, step)
        _answer(words.deferral(change), change)
        charts.owed(change)
        _formulas(words.deferral_formulas(change))

    return tell


def _answer(lines: Sequence[str], change: Change, names: tuple[str, str] | None = None) -> None:
    """The answer in a sentence, what goes with it, and before, after, difference."""
    first, *rest = lines
    columns, rows = words.table(change, names or (_("As agreed"), _("With this step")))
    with st.container(border=True, key="card_lab_whatif_answer", gap="small"):
        st.html(
            f'<p class="app-says" role="status">{html.escape(first)}</p>'
            + "".join(f"<p>{html.escape(line)}</p>" for line in rest)
            + figures_table(_("Before and after"), columns, rows)
        )
        st.caption(summary(change.before).replace("$", "\\$"))


def _formulas(lines: Sequence[str]) -> None:
    with st.expander(_("How these figures are worked out"), icon=":material/calculate:"):
        st.html("".join(f"<p>{html.escape(line)}</p>" for line in lines))
