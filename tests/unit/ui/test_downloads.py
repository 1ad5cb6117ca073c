"""Tables to take along: exact, readable by a spreadsheet, and harmless in one."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.ui.downloads import csv_bytes, harmless, xlsx_bytes
from jiejian.ui.tables import Row, figures_table

COLUMNS = ("期", "金额（元）", "日期", "说明")
ROWS: list[Row] = [
    (1, Decimal("1079.20"), date(2026, 2, 15), "第一期"),
    (2, Decimal("-0.05"), None, "=HYPERLINK(0)"),
]


def read_csv(held: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(held.decode("utf-8-sig"), newline="")))


def test_csv_is_exact_and_opens_in_chinese() -> None:
    held = csv_bytes(COLUMNS, ROWS)
    assert held.startswith(b"\xef\xbb\xbf")
    assert read_csv(held) == [
        list(COLUMNS),
        ["1", "1079.20", "2026-02-15", "第一期"],
        ["2", "-0.05", "", "'=HYPERLINK(0)"],
    ]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_looks_like_a_formula_is_made_harmless(beginning: str) -> None:
    assert harmless(f"{beginning}cmd") == f"'{beginning}cmd"
    assert harmless(f"a{beginning}cmd") == f"a{beginning}cmd"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_any_text_comes_back_and_starts_no_formula(text: str) -> None:
    (_head, (cell,)) = read_csv(csv_bytes(("x",), [(text,)])) if text else (None, ("",))
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert not cell.startswith(("=", "+", "-", "@"))


def test_the_workbook_holds_numbers_dates_and_text_as_what_they_are() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(COLUMNS, ROWS))).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found == [
        list(COLUMNS),
        [1, 1079.2, datetime(2026, 2, 15), "第一期"],  # noqa: DTZ001 - a cell has no zone
        [2, -0.05, None, "=HYPERLINK(0)"],
    ]
    assert [cell.data_type for cell in sheet[3]] == ["n", "n", "n", "s"]


def test_the_table_escapes_its_text_and_groups_its_figures() -> None:
    table = figures_table("<x>", ("<a>",), [("<b>",), (Decimal("1234567.80"),), (None,)])
    assert "<b>" not in table
    assert "1,234,567.80" in table
    assert "–" in table
