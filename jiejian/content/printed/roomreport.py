"""A room's report on sheets of A4, as PDF, with the font inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fpdf import FPDF

from jiejian.content.printed.certificate import BRAND, FONT, INK, MUTED, SAND, unprintable
from jiejian.content.printed.words import phrases
from sandbox.text import Language

MARGIN, WIDTH = 18, 210
BAR_LEFT, BAR_WIDTH, BAR_HEIGHT = 112, 66, 4.2
LABEL = BAR_LEFT - MARGIN - 4


@dataclass(frozen=True)
class Bar:
    """A label and how many."""

    label: str
    count: int


@dataclass(frozen=True)
class Chapter:
    """What one step came to; `of` is what a full bar stands for."""

    title: str
    note: str
    bars: tuple[Bar, ...]
    of: int


@dataclass(frozen=True)
class RoomSheet:
    """What stands in a report: no person, only counts."""

    language: Language
    title: str
    day: date
    lines: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def room_pdf(sheet: RoomSheet) -> bytes:
    """The document."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.add_font("sc", fname=FONT)
    pdf.set_lang({"zh": "zh-CN", "en": "en"}[sheet.language])
    pdf.set_title(printable(sheet.title))
    pdf.set_creator("Jiejian 借鉴")
    pdf.add_page()
    _text(pdf, "借鉴 Jiejian", 11, BRAND)
    _text(pdf, sheet.title, 24, INK)
    _text(pdf, sheet.day.isoformat(), 11, MUTED)
    pdf.ln(3)
    for line in sheet.lines:
        _text(pdf, line, 12, INK)
    for chapter in sheet.chapters:
        _chapter(pdf, chapter)
    pdf.ln(6)
    _text(pdf, phrases()["notice"].say(sheet.language), 8, MUTED)
    return bytes(pdf.output())


def printable(text: str) -> str:
    """The text without the signs the font lacks (an emoji in a script of one's own)."""
    gone = unprintable(text)
    return "".join("·" if sign in gone else sign for sign in text)


def _chapter(pdf: FPDF, chapter: Chapter) -> None:
    needed = 16 + 7 * min(len(chapter.bars), 3)
    if pdf.will_page_break(needed):
        pdf.add_page()
    pdf.ln(5)
    _text(pdf, chapter.title, 14, BRAND)
    _text(pdf, chapter.note, 9, MUTED)
    pdf.ln(1)
    for bar in chapter.bars:
        _bar(pdf, bar, chapter.of)


def _bar(pdf: FPDF, bar: Bar, of: int) -> None:
    pdf.set_font("sc", size=10)
    pdf.set_text_color(*INK)
    label = printable(bar.label)
    lines = pdf.multi_cell(LABEL, 5, label, dry_run=True, output="LINES")
    height = 5 * max(1, len(lines) if isinstance(lines, list) else 1) + 1
    if pdf.will_page_break(height):
        pdf.add_page()
    top = pdf.get_y()
    pdf.multi_cell(LABEL, 5, label, align="L")
    pdf.set_fill_color(*SAND)
    pdf.rect(BAR_LEFT, top, BAR_WIDTH, BAR_HEIGHT, style="F")
    pdf.set_fill_color(*BRAND)
    pdf.rect(BAR_LEFT, top, BAR_WIDTH * min(bar.count / of, 1), BAR_HEIGHT, style="F")
    pdf.set_xy(BAR_LEFT + BAR_WIDTH + 3, top - 0.4)
    pdf.cell(12, 5, str(bar.count))
    pdf.set_xy(MARGIN, top + height)


def _text(pdf: FPDF, text: str, size: float, colour: tuple[int, int, int]) -> None:
    pdf.set_font("sc", size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(
        WIDTH - 2 * MARGIN, size * 0.5, printable(text), align="L", new_x="LMARGIN", new_y="NEXT"
    )
