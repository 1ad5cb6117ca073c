"""A certificate on one sheet of A4, as PDF, with the font inside: it prints alike everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import segno
from fontTools.ttLib import TTFont
from fpdf import FPDF

from jiejian.content.printed.words import phrases
from sandbox.text import Language, Text

ASSETS = Path(__file__).resolve().parents[3] / "assets"
FONT = ASSETS / "fonts" / "NotoSansSC-Regular-GB2312.ttf"
WIDTH, HEIGHT, MARGIN = 297, 210, 22
INK, MUTED, BRAND, SAND = (30, 42, 46), (88, 102, 106), (14, 94, 90), (243, 237, 226)
QR_SIDE = 27


@dataclass(frozen=True)
class Sheet:
    """What stands on a certificate. name may be empty: then there is a line to write on.

    lessons: titles of the lessons read. code and address are what the reader checks it by.
    """

    language: Language
    name: str
    track: Text
    lessons: Sequence[str]
    questions: int
    completed: date
    code: str
    address: str


@cache
def _signs() -> frozenset[int]:
    """Code points the font can print."""
    with TTFont(FONT, lazy=True) as font:
        return frozenset(font.getBestCmap())


def unprintable(text: str) -> str:
    """The characters of a text that the font does not have, each once."""
    return "".join(dict.fromkeys(sign for sign in text if ord(sign) not in _signs()))


def certificate_pdf(sheet: Sheet) -> bytes:
    """The document. The name must hold nothing `unprintable` names."""
    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("sc", fname=FONT)
    pdf.set_lang({"zh": "zh-CN", "en": "en"}[sheet.language])
    title = _said("certificate", sheet)
    pdf.set_title(f"{title}: {sheet.track.say(sheet.language)}")
    pdf.set_creator("Jiejian 借鉴")
    # The day it is about, not the second it was printed: the same certificate is the same file.
    pdf.set_creation_date(_noon(sheet.completed))
    pdf.add_page()
    _frame(pdf)
    _words(pdf, sheet, title)
    _check(pdf, sheet)
    return bytes(pdf.output())


def _frame(pdf: FPDF) -> None:
    pdf.set_fill_color(*SAND)
    pdf.rect(0, 0, WIDTH, HEIGHT, style="F")
    pdf.set_fill_color(255, 255, 255)
    pdf.rect(10, 10, WIDTH - 20, HEIGHT - 20, style="F", round_corners=True, corner_radius=4)
    pdf.set_draw_color(*BRAND)
    pdf.set_line_width(0.6)
    pdf.rect(14, 14, WIDTH - 28, HEIGHT - 28, round_corners=True, corner_radius=3)
    pdf.image(ASSETS / "mark.svg", x=WIDTH - MARGIN - QR_SIDE, y=24, w=QR_SIDE)


def _words(pdf: FPDF, sheet: Sheet, title: str) -> None:
    pdf.set_xy(MARGIN, 24)
    _line(pdf, "借鉴 Jiejian", 13, BRAND, 8)
    _line(pdf, title, 34, INK, 20)
    pdf.ln(4)
    _line(pdf, _said("certificate_for", sheet), 11, MUTED, 7)
    if sheet.name:
        # A long name gets smaller rather than out of the sheet.
        pdf.set_font("sc", size=30)
        size = min(30.0, 30 * (WIDTH - 2 * MARGIN) / max(1.0, pdf.get_string_width(sheet.name)))
        _line(pdf, sheet.name, size, INK, 18)
    else:
        pdf.ln(12)
        pdf.set_draw_color(*MUTED)
        pdf.set_line_width(0.3)
        pdf.line(MARGIN + 1, pdf.get_y(), MARGIN + 110, pdf.get_y())
        pdf.ln(3)
    _line(pdf, _said("certificate_did", sheet, day=sheet.completed.isoformat()), 11, MUTED, 8)
    _line(pdf, sheet.track.say(sheet.language), 20, BRAND, 12)
    counted = _said("certificate_counted", sheet, lessons=len(sheet.lessons), n=sheet.questions)
    _line(pdf, counted, 11, INK, 7)
    pdf.set_x(MARGIN)
    pdf.set_font("sc", size=9)
    pdf.set_text_color(*MUTED)
    pdf.multi_cell(WIDTH - 2 * MARGIN - QR_SIDE - 10, 5, " · ".join(sheet.lessons), align="L")


def _check(pdf: FPDF, sheet: Sheet) -> None:
    """How to check it, and what it is not."""
    top = HEIGHT - 24 - QR_SIDE
    pdf.set_xy(MARGIN, top + 2)
    _line(pdf, f"{_said('certificate_code', sheet)}  {sheet.code}", 12, INK, 7)
    _line(pdf, f"{_said('certificate_check', sheet)}  {sheet.address}", 9, MUTED, 6)
    pdf.set_x(MARGIN)
    pdf.set_font("sc", size=8)
    pdf.set_text_color(*MUTED)
    notice = f"{_said('certificate_notice', sheet)} {_said('notice', sheet)}"
    pdf.multi_cell(WIDTH - 2 * MARGIN - QR_SIDE - 10, 4, notice, align="L")
    _qr(pdf, sheet.address, WIDTH - MARGIN - QR_SIDE, top)


def _qr(pdf: FPDF, address: str, left: float, top: float) -> None:
    """The address as squares, drawn, so that it stays sharp at any size."""
    rows = tuple(segno.make_qr(address, error="m").matrix)
    side = QR_SIDE / len(rows)
    pdf.set_fill_color(*INK)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                # A hair wider than its place, or thin white lines show between squares.
                pdf.rect(left + x * side, top + y * side, side + 0.02, side + 0.02, style="F")


def _line(pdf: FPDF, text: str, size: float, colour: tuple[int, int, int], height: float) -> None:
    pdf.set_x(MARGIN)
    pdf.set_font("sc", size=size)
    pdf.set_text_color(*colour)
    pdf.cell(WIDTH - 2 * MARGIN, height, text, new_x="LMARGIN", new_y="NEXT")


def _said(key: str, sheet: Sheet, **values: object) -> str:
    return phrases()[key].say(sheet.language).format(**values)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
