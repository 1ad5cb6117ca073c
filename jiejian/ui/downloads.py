"""A table to take along, as CSV and as an Excel workbook, built when the button is pressed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

import streamlit as st
import xlsxwriter

from jiejian.ui.i18n import _
from jiejian.ui.tables import Cell, Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Spreadsheets take text that begins so for a formula, and would run it.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 40


def table_downloads(key: str, name: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Two buttons. name: of the files, in lower-case ASCII, without an ending."""
    offers = (
        ("csv", _("Download CSV"), csv_bytes, "text/csv"),
        ("xlsx", _("Download for Excel"), xlsx_bytes, XLSX),
    )
    with st.container(horizontal=True, gap="small", key=f"downloads_{key}"):
        for ending, label, build, mime in offers:
            st.download_button(
                label,
                data=partial(build, tuple(columns), tuple(rows)),
                file_name=f"jiejian-{name}.{ending}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"download_{key}_{ending}",
            )


def csv_bytes(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """UTF-8 with the mark that makes Excel read Chinese; numbers plain, dates ISO 8601."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([[_csv_cell(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Text no spreadsheet takes for a formula: an apostrophe goes before a dangerous beginning."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return harmless(cell) if isinstance(cell, str) else str(cell)


def xlsx_bytes(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """One sheet: numbers as numbers, dates as dates, text never as a formula or a link."""
    return workbook((("", columns, rows),))


def workbook(sheets: Iterable[tuple[str, Sequence[str], Sequence[Row]]]) -> bytes:
    """Sheets with their names ("" for the program's own), columns and rows, as `xlsx_bytes`."""
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        for name, columns, rows in sheets:
            _sheet(book, name, columns, rows)
    return held.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    sheet = book.add_worksheet(name or None)
    bold = book.add_format({"bold": True})
    formats = {
        Decimal: book.add_format({"num_format": "#,##0.00##########"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
        longest = max((len(str(row[place])) for row in rows), default=0)
        # A Chinese character is about as wide as two digits.
        sheet.set_column(place, place, min(_WIDEST, max(2 * len(column), longest) + 2))
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            elif isinstance(cell, Decimal):
                sheet.write_number(number, place, float(cell), formats[Decimal])
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, cell, formats[date])
            elif cell is not None:
                sheet.write_number(number, place, cell)
    sheet.freeze_panes(1, 1)
