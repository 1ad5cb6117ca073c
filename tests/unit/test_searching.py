"""The search over the course: what it finds, in what order, and what it must not give away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.services.built import SHIPPED, read_content
from jiejian.services.course_index import CourseIndex, Page, terms
from jiejian.services.searching import LONGEST, MOST, Searching, excerpt
from sandbox.text import Language

COURSE = read_content(SHIPPED)
SEARCH = COURSE.searching

WANTED: list[tuple[str, Language, str]] = [
    ("砍头息", "zh", "upfront-deduction"),
    ("砍頭息", "zh", "upfront-deduction"),
    ("最低还款", "zh", "minimum-payment"),
    ("提前还款", "zh", "prepayment"),
    ("额度", "zh", "credit-limit"),
    ("額度", "zh", "credit-limit"),
    ("解冻费", "zh", "unfreezing-fee"),
    ("以贷养贷", "zh", "borrowing-to-repay"),
    ("minimum payment", "en", "minimum-payment"),
    ("minimum payments", "en", "minimum-payment"),
    ("early repayment", "en", "prepayment"),
    ("APR", "en", "true-yearly-cost"),
    ("velocity check", "en", "velocity-check"),
    ("unfreezing fee", "en", "unfreezing-fee"),
    # In one language, read in the other.
    ("velocity check", "zh", "velocity-check"),
    ("最低还款", "en", "minimum-payment"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), WANTED)
def test_the_first_three_places_hold_what_was_meant(
    text: str, language: Language, wanted: str
) -> None:
    found = SEARCH.search(text, language).found
    assert wanted in [place.id for place in found[:3]]


def test_every_lesson_term_symptom_and_quiz_is_found_by_its_own_name() -> None:
    for lesson in COURSE.library.in_order:
        for language, version in lesson.versions.items():
            found = SEARCH.search(version.title, language).found
            assert lesson.id in [place.id for place in found], version.title
    for name, term in COURSE.library.glossary.terms.items():
        for language in ("zh", "en"):
            found = SEARCH.search(term.term.say(language), language).found
            assert name in [place.id for place in found if place.kind == "term"], term.term


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_place_is_told_in_the_readers_language(language: Language) -> None:
    for place in SEARCH.search("最低还款", language).found:
        chinese = any("\u3400" <= sign <= "\u9fff" for sign in place.title)
        assert chinese == (language == "zh")


def test_places_lead_to_something_there_is() -> None:
    for text in ("还款", "借", "limit", "repay"):
        for place in SEARCH.search(text, "en").found:
            if place.kind == "lesson":
                version = COURSE.library.lessons[place.id].versions["en"]
                assert place.at in ("", *version.anchors)
            elif place.kind == "question":
                quiz = COURSE.library.quizzes[place.id]
                assert place.at in [item.id for item in quiz.items]
            elif place.kind == "term":
                assert place.id in COURSE.library.glossary.terms
            else:
                assert place.id in COURSE.symptoms.symptoms


def test_explanations_of_answers_are_not_searched() -> None:
    answers = {
        choice.because.zh
        for quiz in COURSE.library.quizzes.values()
        for item in quiz.items
        if item.kind in ("single", "multiple")
        for choice in item.choices
    }
    assert answers
    told = "".join(
        "".join(piece.text for piece in place.excerpt)
        for text in ("对", "错", "不")
        for place in SEARCH.search(text, "zh").found
        if place.kind == "question"
    )
    assert not any(answer in told for answer in answers)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_answered(text: str) -> None:
    answer = SEARCH.search(text, "zh")
    assert len(answer.found) <= MOST
    assert answer.asked or not answer.found


@pytest.mark.parametrize("text", ['" OR "', "title:a", "NEAR(a b)", "a*", "^a", "{a b}", "'; --"])
def test_the_language_of_the_index_cannot_be_spoken(text: str) -> None:
    SEARCH.search(text, "en")


def test_nothing_asked_and_too_much_asked() -> None:
    assert not SEARCH.search(" ？！ ", "zh").asked
    long = SEARCH.search("额度" * LONGEST, "zh")
    assert long.cut
    assert long.found


def test_terms_are_pairs_and_words_without_the_little_ones() -> None:
    assert terms("额度变0了吗") == ["额度", "度变", "0", "了吗"]
    assert terms("the limit of my card") == ["limit", "card"]
    assert terms("the") == ["the"]
    assert terms("债") == ["债"]


def test_all_words_before_any_and_a_word_before_its_longer_forms() -> None:
    words = ["april rain", "apr", "april showers", "rain"]
    pages = [Page({"zh": "", "en": ""}, {"zh": "", "en": text}) for text in words]
    index = CourseIndex((page, 1.0) for page in pages)
    assert index.find("apr", 5) == [1]
    assert index.find("apri", 5) in ([0, 2], [2, 0])
    assert index.find("april rain", 5) == [0]
    assert set(index.find("rain snow", 5)) == {0, 3}


def test_an_excerpt_shows_the_words_around() -> None:
    text = "前面" * 40 + "这里说的是最低还款的事。" + "后面" * 80
    pieces = excerpt(text, terms("最低还款"))
    assert [piece.text for piece in pieces if piece.hit] == ["最低还款"]
    assert pieces[0].text.startswith("…")
    assert pieces[-1].text.endswith("…")
    assert excerpt("", ["a"]) == ()


def test_a_course_with_nothing_in_it_finds_nothing(tmp_path: Path) -> None:
    for folder in ("lessons", "quizzes"):
        (tmp_path / folder).mkdir()
    empty = read_content(tmp_path)
    assert Searching(empty.library, empty.symptoms).search("额度", "zh").found == ()
