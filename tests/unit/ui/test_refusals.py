"""Every reason the engine can give has words in both languages, and every field a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from jiejian.errors import InvalidInput
from jiejian.ui import errors, i18n, refusals, terms
from sandbox import door_error
from sandbox.loans import Offer

SANDBOX = Path(refusals.__file__).resolve().parents[2] / "sandbox"
RAISED = {"InputError", "Conflict", "DoorError", "PydanticCustomError"}


def reasons_in_source() -> Iterator[str]:
    """The reason of every refusal written in the loan engine and its doors."""
    files = [*SANDBOX.glob("*.py"), *(SANDBOX / "loans").glob("*.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                name = node.func.id
                if name in RAISED:
                    given = node.args[0 if name == "PydanticCustomError" else 1]
                    assert isinstance(given, ast.Constant | ast.Attribute | ast.Name), file
                    if isinstance(given, ast.Constant):
                        yield str(given.value)
            elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and "cashflows" in file.name:
                texts = [str(part.value) for part in node.elts if isinstance(part, ast.Constant)]
                if len(texts) == 3:
                    yield texts[1]


REASONS = sorted({*reasons_in_source(), *door_error._REASONS.values()})


def test_the_source_was_really_read() -> None:
    assert {"never_amortises", "too_precise", "conflict", "not_json", "after_end"} <= set(REASONS)
    assert len(REASONS) > 20


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str) -> None:
    assert reason in refusals.REASONS


def _fields(schema: dict[str, Any], definition: dict[str, Any], path: str) -> Iterator[str]:
    for name, value in definition.get("properties", {}).items():
        here = f"{path}{name}"
        yield here
        for shape in (value, *value.get("anyOf", ()), *value.get("allOf", ())):
            inner, step = (shape["items"], ".0.") if "items" in shape else (shape, ".")
            if "$ref" in inner:
                found = schema["$defs"][inner["$ref"].rpartition("/")[2]]
                yield from _fields(schema, found, here + step)


def offer_fields() -> list[str]:
    schema = Offer.model_json_schema()
    return sorted(set(_fields(schema, schema, "")))


def test_every_term_of_an_offer_has_a_name() -> None:
    nameless = [field for field in offer_fields() if terms.term(field) is None]
    assert nameless == []
    assert "fees.0.amount" in offer_fields()


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(st.session_state, i18n.SESSION_KEY, request.param)
    return str(request.param)


DETAILS: list[dict[str, object]] = [
    {},
    {"low": Decimal(0), "beyond": True, "kind": None},
    {"low": Decimal(1), "high": Decimal("0.1"), "beyond": False},
]


@pytest.mark.parametrize("details", DETAILS, ids=["bare", "low", "both"])
@pytest.mark.parametrize("reason", [*REASONS, "something_new"])
def test_words_are_whole_and_in_the_readers_language(
    reason: str, details: dict[str, object], language: str
) -> None:
    for field in ("principal", "fees.0.amount", "periods", "revolving.minimum_rate", "", "odd.x"):
        said = refusals.words(field, reason, details)
        assert len(said) > 8
        assert "{" not in said
        chinese = any("\u4e00" <= letter <= "\u9fff" for letter in said)
        assert chinese == (language == "zh")


def test_a_limit_is_told_in_the_unit_that_is_typed(language: str) -> None:
    high = {"high": Decimal("36.5"), "beyond": False}
    assert "3,650%" in refusals.words("annual_rate", "too_large", high)
    assert "1,000" in refusals.words("daily_rate", "too_large", {"high": Decimal("0.1")})
    assert "¥12,000" in refusals.words("repay_total", "too_small", {"low": Decimal(12000)})
    assert "600" in refusals.words("periods", "too_large", {"high": Decimal(600)})


def test_a_fee_is_named_by_its_kind(language: str) -> None:
    by_kind = errors.words(InvalidInput("fees.3.amount", "not_a_number", kind="insurance"))
    assert terms.label("fees.0.amount", "insurance") in by_kind
    assert by_kind != errors.words(InvalidInput("fees.3.amount", "not_a_number", kind="tax"))
