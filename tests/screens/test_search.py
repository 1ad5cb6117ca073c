"""The search page, and the box on the map that leads to it."""

from __future__ import annotations

import pytest

from jiejian.ui import navigation
from tests.screens.app import opened


def words(app: object) -> str:
    return " ".join(str(part.proto.body) for part in app.get("html"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "asked", "title"),
    [
        ("zh", "砍头息", "砍头息"),
        ("en", "minimum payment", "minimum payment"),
        ("en", "砍头息", "upfront deduction"),
    ],
)
def test_places_are_shown_with_where_they_are(language: str, asked: str, title: str) -> None:
    app = opened(navigation.SEARCH, language, q=asked)
    assert app.text_input[0].value == asked
    labels = [str(link.proto.label) for link in app.get("page_link")]
    assert title in labels[:3]
    assert ("Glossary" if language == "en" else "词汇") in words(app)
    assert not app.error


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_typed_and_nothing_found_say_what_to_do(language: str) -> None:
    empty = opened(navigation.SEARCH, language)
    assert not empty.get("page_link")
    none = opened(navigation.SEARCH, language, q="qqqzzzxxx")
    assert len(none.get("page_link")) == 2


def test_hostile_words_are_shown_as_words() -> None:
    app = opened(navigation.SEARCH, "en", q="<script>alert(1)</script> **limit** $x$")
    assert "<script>alert" not in words(app).replace("&lt;", "")
    assert not app.exception


def test_the_map_has_the_box_and_leads_to_what_was_asked() -> None:
    app = opened(navigation.LEARN, "en")
    app.text_input[0].set_value("early repayment")
    next(button for button in app.button if button.label == "Search").click().run()
    assert not app.exception
    assert app.title[0].value == "Search"
    assert app.text_input[0].value == "early repayment"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_term_found_stands_on_top_of_the_glossary(language: str) -> None:
    app = opened(navigation.GLOSSARY, language, id="upfront-deduction")
    first = next(body for body in words(app).split('<dl class="glossary">')[1:])
    assert ("砍头息" if language == "zh" else "upfront deduction") in first.split("</dt>")[0]
