"""The honest figures in words: the formula shown is true, and a missing rate is explained."""

from __future__ import annotations

import ast
import operator
import re
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st

from jiejian.ui import i18n
from jiejian.ui.loan_view import average_owed, method_lines, owed_sentence, summary
from jiejian.ui.rate_formulas import formula
from jiejian.ui.rates_view import NAMES, figures, figures_html, problem_words, rate_words
from sandbox.loans import Offer, Quote, RateFigure, quote
from sandbox.loans.offer_fields import Method

OFFERS: list[dict[str, Any]] = [
    {"method": "flat_fee", "period_rate": "0.0066", "periods": 3, "principal": 12000},
    {"periods": 2, "upfront_fee": 100},
    {"periods": 1, "method": "bullet", "daily_rate": "0.0005"},
    {"periods": 3, "method": "bullet", "annual_rate": "0.2", "upfront_fee": 9},
    {"periods": 3, "period": "week", "annual_rate": "3"},
    {"periods": 3, "period": "quarter", "method": "equal_principal"},
    {"periods": 3, "first_due": "2026-03-01"},
    {"periods": 3, "first_due": "2026-02-01", "instalment_fee": 20},
    {"periods": 2, "period": "year", "method": "interest_first"},
    {"periods": 3, "start": "2026-01-31", "method": "balloon", "balloon": 5000},
    {"periods": 3, "annual_rate": "0"},
    {"principal": 1000, "daily_rate": "0.0005", "method": "bullet", "term_days": 7},
]
METHODS: tuple[Method, ...] = (
    "equal_instalment",
    "equal_principal",
    "interest_first",
    "flat_fee",
    "bullet",
    "balloon",
    "revolving",
)
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def priced(terms: dict[str, Any]) -> Quote:
    return quote(Offer.model_validate(terms))


def worth(text: str, unknown: str, value: float) -> float:
    """The value of a formula as it is printed: 1,079.20 ÷ (1 + i)^2."""
    for shown, written in ((",", ""), ("÷", "/"), ("×", "*"), ("^", "**"), ("[", "("), ("]", ")")):
        text = text.replace(shown, written)
    text = re.sub(rf"\b{unknown}\b", repr(value), text)

    def reckon(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return float(OPERATIONS[type(node.op)](reckon(node.left), reckon(node.right)))
        assert isinstance(node, ast.Constant)
        return float(str(node.value))

    return reckon(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize("terms", OFFERS, ids=str)
@pytest.mark.parametrize(
    ("name", "unknown"), [("irr_simple", "i"), ("xirr", "x"), ("us_apr", "i"), ("eu_aprc", "x")]
)
def test_the_equation_shown_holds_at_the_rate_shown(
    terms: dict[str, Any], name: str, unknown: str
) -> None:
    loan = priced(terms)
    said = formula(loan, name)
    solved = re.search(rf"so {unknown} = (-?[0-9.,]+)%", said)
    assert solved, said
    received, discounted = said.partition(", so")[0].split(" = ")
    left = worth(received, unknown, 0)
    right = worth(discounted, unknown, float(solved[1].replace(",", "")) / 100)
    assert left == pytest.approx(float(loan.received))
    # The rate is printed to 0.0001 or 0.01 %, the longest exponent is six.
    assert right == pytest.approx(left, rel=7e-4 if unknown == "x" else 7e-6)


@pytest.mark.parametrize("terms", OFFERS, ids=str)
def test_the_scale_shown_leads_to_the_figure(terms: dict[str, Any]) -> None:
    loan = priced(terms)
    for name in ("irr_simple", "us_apr"):
        told = re.search(
            r"so i = ([0-9.,]+)%, and i × ([0-9.]+) = ([0-9.,]+)% a year", formula(loan, name)
        )
        assert told
        i, times, year = (float(part.replace(",", "")) for part in told.groups())
        assert i * times == pytest.approx(year, abs=0.01 + 0.0001 * times)


def test_a_free_loan_costs_nothing_and_not_less() -> None:
    free = priced({"periods": 3, "annual_rate": "0"})
    assert figures(free)[1].value == "0.00%"
    assert "-0" not in figures(free)[1].formula


def test_a_long_loan_names_its_first_and_last_payment_only() -> None:
    said = formula(priced({"periods": 360}), "irr_simple")
    assert said.count("÷") == 3
    assert "…" in said
    assert "^360" in said


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("method", METHODS)
def test_every_figure_of_every_method_is_told(
    method: Method, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(st.session_state, i18n.SESSION_KEY, language)
    terms: dict[str, Any] = {"method": method}
    if method == "balloon":
        terms["balloon"] = 5000
    loan = priced(terms)
    told = figures(loan)
    assert len(told) == len(NAMES)
    for figure in told:
        assert figure.name
        assert re.search(r"[0-9]", figure.value)
        assert figure.formula
        assert "{" not in figure.name + figure.value + figure.about + figure.formula
    assert len(figures(loan, rate_stated=False)) == len(NAMES) - 1
    assert figures_html(told).count("<details>") == len(NAMES)
    assert len(method_lines(loan.offer)) == 3
    assert "{" not in summary(loan) + owed_sentence(loan)


PROBLEMS = [
    RateFigure(None, "c", "s", problem="not_unique", roots=(Decimal("0.1"), Decimal("0.2"))),
    RateFigure(None, "c", "s", problem="not_unique"),
    RateFigure(None, "c", "s", problem="no_root"),
    RateFigure(None, "c", "s", problem="no_sign_change"),
    RateFigure(None, "c", "s", problem="out_of_range"),
    RateFigure(None, "c", "s", problem="not_applicable"),
]


def test_each_missing_rate_is_explained_in_its_own_words() -> None:
    said = [problem_words(figure) for figure in PROBLEMS]
    assert len(set(said)) == len(PROBLEMS)
    assert "10.00%, 20.00%" in said[0]
    assert {rate_words(figure) for figure in PROBLEMS} == {"no single rate"}
    assert problem_words(RateFigure(Decimal("0.1"), "c", "s")) == ""


def test_a_rate_beyond_imagining_is_not_printed() -> None:
    loan = priced({"periods": 1, "principal": 20000, "annual_rate": "0", "upfront_fee": "19999.99"})
    for figure in figures(loan)[1:6]:
        assert figure.value in ("over 1,000,000%", "no single rate")
        assert "beyond imagining" in figure.about
        assert figure.formula == ""


def test_what_is_owed_on_average() -> None:
    flat = priced({"method": "flat_fee", "period_rate": "0.0066", "principal": 12000})
    assert average_owed(flat) == Decimal("6500.00")
    assert average_owed(priced({"periods": 1})) == Decimal("10000.00")
    assert "¥12,000.00" in owed_sentence(flat)
    assert "¥6,000.00" in owed_sentence(flat)
