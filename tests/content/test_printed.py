"""Lessons on paper and tracks as books: whole, in both languages, and valid."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import get_args
from xml.etree import ElementTree

import pytest
from ebooklib import ITEM_DOCUMENT, epub

from jiejian.content.library import Library, load_library
from jiejian.content.printed import epub as books
from jiejian.content.printed.handout import handout
from jiejian.content.printed.pieces import Paper
from jiejian.content.printed.words import phrases
from sandbox.answers import ANSWERS
from sandbox.lender.decision import Outcome
from sandbox.text import LANGUAGES, Language

FULL = Path(__file__).parent / "full"
ROOT = Path(__file__).resolve().parents[2]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(FULL, ANSWERS)


def page(library: Library, language: Language, *, teach: bool = False) -> str:
    paper = Paper(library.lessons["every-part"], language, plain=True)
    return handout(paper, library.glossary, teach=teach)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_handout_is_well_formed_and_has_nothing_to_press(library, language):
    text = page(library, language, teach=True)
    root = ElementTree.fromstring(f"<body>{text}</body>")
    tags = {element.tag.split("}")[-1] for element in root.iter()}
    assert not tags & {"button", "script", "input", "details"}
    for left in ("popover", "{{", "[[", ":::", "None"):
        assert left not in text
    assert all(image.get("alt") for image in root.iter("img"))


def test_every_outcome_has_its_word_on_paper():
    assert set(get_args(Outcome)) <= set(phrases())


ANSWERS_ON_PAPER = {
    "en": [
        "<strong>More than 12%</strong>",
        "<strong>¥864</strong>",
        "<strong>Declined</strong> Nobody has agreed",
        "<strong>Flat fee</strong>",
        "<strong>Month 7</strong>",
        "<strong>Not a cost</strong>: You owe it anyway",
        "Stopped at: Regulation and compliance",
        "The cheaper one is A",
        '<th scope="row">24 months</th><td>¥564.88</td><td>¥1,557.18</td>',
        "Press again → turn to 2",
    ],
    "zh": [
        "<strong>12% 以上</strong>",
        "<strong>¥864</strong>",
        "<strong>不批</strong> 还款来源没有落实",
        "<strong>手续费分期</strong>",
        "<strong>期数 7</strong>",
        "<strong>不算</strong>：本来就要还",
        "卡在：监管与合规",
        "更便宜的是 甲",
        '<th scope="row">24 个月</th><td>¥564.88</td><td>¥1,557.18</td>',
        "再点一次 → 转到 2",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_played_is_asked_and_answered_at_the_end(library, language):
    text = page(library, language)
    questions, answers = text.split('<section class="answers">')
    for said in ANSWERS_ON_PAPER[language]:
        assert said in text, said
    assert ANSWERS_ON_PAPER[language][0] not in questions
    assert answers.count("<svg") == 2
    assert phrases()["sources"].say(language) in text


def test_notes_are_for_teachers_only(library):
    assert "Let everyone guess first." not in page(library, "en")
    assert "Let everyone guess first." in page(library, "en", teach=True)


def made(library: Library, language: Language) -> bytes:
    return books.book(library, library.tracks["before"], language, FULL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_book_opens_and_names_itself(library, language, tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(made(library, language))
    book = epub.read_epub(path)
    assert book.get_metadata("DC", "language")[0][0] == {"zh": "zh-CN", "en": "en"}[language]
    assert book.get_metadata("DC", "identifier")[0][0] == f"jiejian-before-{language}"
    pages = {item.get_name() for item in book.get_items_of_type(ITEM_DOCUMENT)}
    assert pages == {"title.xhtml", "every-part.xhtml", "nav.xhtml"}
    assert [link.title for link in book.toc][1] == library.lessons["every-part"].versions[
        language
    ].title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_book_is_valid_and_every_link_leads_somewhere(library, language):
    with zipfile.ZipFile(io.BytesIO(made(library, language))) as book:
        assert book.namelist()[0] == "mimetype"
        assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert book.read("mimetype") == b"application/epub+zip"
        names = set(book.namelist())
        pages = {
            name: ElementTree.fromstring(book.read(name))
            for name in names
            if name.endswith(".xhtml")
        }
        for name in names:
            if name.endswith((".svg", ".opf", ".ncx")):
                ElementTree.fromstring(book.read(name))
    ids = {name: [e.get("id") for e in root.iter() if e.get("id")] for name, root in pages.items()}
    for name, root in pages.items():
        assert root.tag == f"{XHTML}html"
        assert root.find(f"{XHTML}head/{XHTML}title") is not None
        assert len(ids[name]) == len(set(ids[name]))
        for element in root.iter():
            tag = str(element.tag).removeprefix(XHTML)
            assert tag not in {"script", "button", "svg", "input"}
            assert not [key for key in element.attrib if key.startswith("on")]
            target = element.get("href" if tag == "a" else "src" if tag == "img" else "-")
            if target is None or target.startswith("http"):
                continue
            place, _, anchor = target.partition("#")
            whole = normpath(join(dirname(name), place)) if place else name
            assert whole in names, f"{name}: {target}"
            assert not anchor or anchor in ids[whole], f"{name}: {target}"
            if tag == "img":
                assert element.get("alt")


def test_the_real_course_makes_its_books():
    real = load_library(ROOT, ANSWERS)
    for track in real.tracks.values():
        if not real.of_track(track.id):
            continue
        for language in LANGUAGES:
            content = books.book(real, track, language, ROOT)
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                for name in book.namelist():
                    if name.endswith(".xhtml"):
                        ElementTree.fromstring(book.read(name))
