"""The boxes of the what-if tool: a loan, and the step taken with it."""

from __future__ import annotations

import streamlit as st

from jiejian.services import typed_terms
from jiejian.ui import choices
from jiejian.ui.i18n import _
from jiejian.ui.lab import offer_form
from jiejian.ui.lab.boxes import box
from jiejian.ui.lab.leaving_form import leaving_fields
from jiejian.ui.terms import label

KEY = "lab_whatif"
Given = dict[str, object]


def early_fields() -> tuple[Given, Given, Given]:
    """Repaying ahead: the step, the terms of leaving, the loan."""
    step: Given = {"after_months": box(f"{KEY}_after", "step.after_months", "4", typed_terms.whole)}
    amount = choices.choose(
        f"{KEY}_amount_kind",
        _("How much do you repay ahead?"),
        {"all": _("Everything"), "part": _("A part")},
    )
    if amount == "part":
        step["amount"] = box(f"{KEY}_amount", "prepayments.0.amount", "3000")
        step["effect"] = choices.choose(
            f"{KEY}_effect",
            label("prepayments.0.effect"),
            {
                "shorter_term": _("The loan ends sooner"),
                "lower_instalment": _("Instalments get smaller"),
            },
            shape="select",
        )
    given = _loan()
    return step, leaving_fields(KEY, given), given


def late_fields() -> tuple[Given, Given]:
    """One late payment: the step, the loan; what lateness costs by the contract stands above."""
    names = (("instalment", "2"), ("days", "10"))
    step: Given = {
        name: box(f"{KEY}_late_{name}", f"late_payments.0.{name}", first, typed_terms.whole)
        for name, first in names
    }
    return step, _loan()


def card_fields() -> tuple[Given, object]:
    """A revolving balance, and what is paid each time instead of the minimum."""
    given: Given = {
        "method": "revolving",
        "principal": box(f"{KEY}_card_principal", "principal", "10000"),
        "annual_rate": box(f"{KEY}_card_rate", "annual_rate", "18", typed_terms.percent),
    }
    rate = box(f"{KEY}_card_minimum", "revolving.minimum_rate", "10", typed_terms.percent)
    payment = box(f"{KEY}_payment", "revolving.payment", "1000")
    return {**given, "revolving": {"minimum_rate": rate}}, payment


def deferral_fields() -> tuple[Given, Given]:
    """Instalments skipped by agreement: the step, the loan."""
    names = (("from_instalment", "4"), ("instalments", "2"))
    step: Given = {
        name: box(f"{KEY}_defer_{name}", f"deferrals.0.{name}", first, typed_terms.whole)
        for name, first in names
    }
    step["interest"] = choices.choose(
        f"{KEY}_defer_interest",
        label("deferrals.0.interest"),
        {
            "capitalised": _("is added to the debt"),
            "collected": _("is still paid each time"),
            "postponed": _("is paid afterwards, without interest on it"),
            "waived": _("is let off"),
        },
        shape="select",
    )
    ends = choices.choose(
        f"{KEY}_defer_extend",
        _("The loan then"),
        {"later": _("ends later"), "same": _("ends as agreed, with larger instalments")},
        shape="select",
    )
    step["extend"] = ends == "later"
    return step, _loan()


def _loan() -> Given:
    """The loan's boxes, folded away: what changes is the step."""
    with st.expander(_("The loan: change its terms"), icon=":material/edit:"):
        return offer_form.offer_fields(KEY)
