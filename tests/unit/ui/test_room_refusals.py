"""Every refusal of the rooms has words of its own, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from jiejian.errors import InvalidInput, NotAllowed, NotFound
from jiejian.services import rooms
from jiejian.ui import errors, i18n

FOLDER = Path(rooms.__file__).parent
DETAILS: dict[str, Any] = {
    "low": Decimal(1),
    "high": Decimal(2000),
    "most": 20,
    "longest": 280,
    "line": 3,
}
# Never from a page: an idempotency key, and the wishes for which a page has fixed choices.
INNER = {("key", "malformed"), ("language", "unknown_choice"), ("names", "unknown_choice")}


def refusals() -> Iterator[tuple[str, str]]:
    """Field and reason of every refusal written in the services of rooms."""
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "InvalidInput"
            ):
                named = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if len(named) == 2:
                    yield str(named[0]), str(named[1])


FOUND = sorted(
    {*refusals()} - INNER | {("name", "empty"), ("name", "invisible"), ("guests", "markup")}
)


def test_the_source_was_really_read() -> None:
    assert {("code", "unknown_code"), ("room", "locked"), ("answer", "not_your_seat")} <= set(FOUND)
    assert len(FOUND) > 25


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_says_something_of_its_own(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(st.session_state, i18n.SESSION_KEY, language)
    unknown = errors.words(InvalidInput("room_thing", "odd"))
    said = {pair: errors.words(InvalidInput(*pair, **DETAILS)) for pair in FOUND}
    for pair, words in said.items():
        assert words != unknown, pair
        assert "{" not in words, pair
        assert any("\u4e00" <= sign <= "\u9fff" for sign in words) == (language == "zh"), pair
    assert "2,000" in said["answer", "out_of_range"]
    assert "280" in said["answer", "too_long"]
    refused = [NotAllowed("room.join"), NotFound("room", "x"), NotFound("person", "x")]
    assert len({errors.words(error) for error in refused}) == 3
