"""The search over the whole course: lessons, glossary, clinic and quiz questions."""

from __future__ import annotations

from bench.report import Line, repeated, spread
from jiejian.services.built import SHIPPED, read_content
from jiejian.services.searching import Searching

ASKED = (
    "额度",
    "为什么频繁点击会被冻结",
    "minimum payment",
    "velocity",
    "the",
    "提前还款有违约金吗",
)


def measure() -> list[Line]:
    """Each text, and making the index itself."""
    content = read_content(SHIPPED)
    made = repeated(lambda: Searching(content.library, content.symptoms), 10)
    lines = [Line(asked, spread(_searched(asked, content.searching)), "100 ms") for asked in ASKED]
    return [*lines, Line("making the index, once a process", spread(made))]


def _searched(asked: str, searching: Searching) -> list[float]:
    return repeated(lambda: searching.search(asked, "zh"), 50)
