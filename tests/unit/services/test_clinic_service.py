"""The clinic's use cases over the real content."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiejian.content.check import ROOT
from jiejian.content.clinic.clinicbook import ClinicBook, load_clinic
from jiejian.content.clinic.symptoms import Conclusion, Question
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.clinic import GROUPS, Clinic
from jiejian.services.symptom_search import LONGEST

BOOK = load_clinic(ROOT)
CLINIC = Clinic(BOOK)


def test_a_search_says_whether_anything_was_asked_and_whether_it_was_cut() -> None:
    assert not CLINIC.search(" \n").asked
    short, long = CLINIC.search("系统繁忙"), CLINIC.search("系统繁忙" + "。" * LONGEST)
    assert (short.asked, short.cut) == (True, False)
    assert (long.asked, long.cut) == (True, True)
    assert short.matches[0].symptom.id == long.matches[0].symptom.id == "system-busy"


def test_every_symptom_stands_on_one_shelf_the_common_ones_first() -> None:
    shelves = [CLINIC.shelf(group) for group in GROUPS]
    assert sorted(s.id for shelf in shelves for s in shelf) == sorted(BOOK.symptoms)
    for shelf in shelves:
        common = [symptom.common for symptom in shelf]
        assert common == sorted(common, reverse=True)
    assert {s.id for s in CLINIC.common()} == {s.id for s in BOOK.symptoms.values() if s.common}
    assert 8 <= len(CLINIC.common()) <= 14


def test_a_walk_ends_in_a_conclusion() -> None:
    first = CLINIC.walk("system-busy", [])
    assert isinstance(first, Question)
    end = CLINIC.walk("system-busy", [1, 1])
    assert isinstance(end, Conclusion)
    assert end.family == "risk_control"
    assert CLINIC.likeliest("system-busy").family == "technology"


@pytest.mark.parametrize("answers", [[9], [-1], [0, 0], [1, 1, 0]])
def test_an_answer_that_does_not_exist_is_refused(answers: list[int]) -> None:
    with pytest.raises(InvalidInput):
        CLINIC.walk("system-busy", answers)


@pytest.mark.parametrize("symptom", BOOK.symptoms)
def test_every_plan_follows_its_names_to_words(symptom: str) -> None:
    plan = CLINIC.plan(symptom)
    told = BOOK.symptoms[symptom]
    for name in ("today", "week", "months", "never"):
        assert len(getattr(plan, name)) == len(getattr(told, name)), name
    assert len(plan.advice) == len(told.advice)
    assert len(plan.contacts) == len(told.contacts)
    assert set(plan.printed) <= set(plan.sources)
    assert len(set(plan.sources)) == len(plan.sources)


@pytest.mark.parametrize("symptom", BOOK.symptoms)
def test_neighbours_are_others(symptom: str) -> None:
    near = [other.id for other in CLINIC.neighbours(symptom)]
    assert symptom not in near
    assert len(near) <= 3


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "x" * 10_000, "系统繁忙"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    for ask in (CLINIC.symptom, CLINIC.plan, CLINIC.myth, CLINIC.neighbours):
        with pytest.raises(NotFound):
            ask(name)


def test_every_myth_has_its_sources() -> None:
    for myth in CLINIC.myths():
        assert CLINIC.sources(myth.sources)
        assert CLINIC.myth(myth.id) is myth


def test_an_empty_book_is_an_empty_clinic() -> None:
    empty = Clinic(ClinicBook())
    assert empty.search("系统繁忙").matches == ()
    assert empty.common() == ()
    assert empty.emergency() is None


def test_one_symptom_alone_can_be_searched() -> None:
    one = {"system-busy": BOOK.symptoms["system-busy"]}
    clinic = Clinic(replace(BOOK, symptoms=one))
    assert [m.symptom.id for m in clinic.search("系统繁忙").matches] == ["system-busy"]
    assert clinic.neighbours("system-busy") == ()
