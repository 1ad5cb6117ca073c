"""The advert shown again: everything escaped, every found word marked and numbered."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from jiejian.ui.lab.advert_marks import marked, safe
from sandbox.adverts import read, shipped_advertbook

BOOK = shipped_advertbook()


def shown_text(text: str) -> str:
    """What a browser would show of the marked advert."""
    inner = marked(read(text, BOOK)).split("<bdi>", 1)[1].rsplit("</bdi>", 1)[0]
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup>[^<]*</sup>", "", inner)))


def test_found_words_are_marked_and_numbered() -> None:
    shown = marked(read("日息万五，12期", BOOK))
    assert '<mark class="found caught">日息万五</mark><sup>1</sup>' in shown
    assert '<mark class="found">12期</mark><sup>2</sup>' in shown


def test_a_trap_beside_a_statement_has_its_own_sign() -> None:
    assert '<mark class="caught">黑户可贷</mark><sup>!</sup>' in marked(read("黑户可贷", BOOK))


def test_markup_of_the_reader_is_shown_as_text() -> None:
    text = '<img src=x onerror=alert(1)> 日息<b>万五</b> "q" & $1$ **x** [a](http://b)'
    shown = marked(read(text, BOOK))
    assert "<img" not in shown
    assert "<b>" not in shown
    assert shown_text(text) == text


def test_characters_that_turn_the_text_are_not_passed_on() -> None:
    assert safe("7\u202e2\u2066\x00\x07\n3") == "72\n3"


@given(
    st.text(
        alphabet=st.characters(
            exclude_categories=["Cs", "Cc"],
            exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        ),
        max_size=120,
    )
)
def test_nothing_of_the_text_is_lost_or_becomes_markup(text: str) -> None:
    assert shown_text(text) == text
    tags = set(re.findall(r"</?([a-z]+)", marked(read(text, BOOK))))
    assert tags <= {"div", "bdi", "mark", "sup"}
