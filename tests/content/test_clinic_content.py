"""The clinic's own files have no mistake and cover what they must."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import get_args

import pytest

from jiejian.content.check import ROOT, check_clinic
from jiejian.content.clinic.clinicbook import ClinicBook
from jiejian.content.clinic.entries import Family
from jiejian.content.clinic.myths import Verdict
from jiejian.content.clinic.symptoms import Group, Symptom
from jiejian.content.library import load_library
from sandbox.answers import ANSWERS
from sandbox.lender.lenderbook import load_lenderbook
from sandbox.text import LANGUAGES

# What the founding article's reader meets; each must be a wording of some symptom.
MET = (
    *("综合评估未通过", "系统繁忙", "暂不符合条件", "额度为0", "您的账户存在风险"),
    *("request timed out", "money not arrived but debt shown"),
)


@pytest.fixture(scope="module")
def book() -> ClinicBook:
    lessons = load_library(ROOT, compute=ANSWERS).lessons
    found, mistakes = check_clinic(ROOT, lessons, load_lenderbook(), datetime.now(UTC).date())
    assert [str(mistake) for mistake in mistakes] == []
    return found


def test_there_is_enough_of_everything(book: ClinicBook) -> None:
    assert len(book.symptoms) >= 40
    assert len(book.myths) >= 16
    for group in get_args(Group):
        assert sum(s.group == group for s in book.symptoms.values()) >= 6, group
    assert {myth.verdict for myth in book.myths.values()} == set(get_args(Verdict))
    families = {family for s in book.symptoms.values() for family in s.families}
    assert families == set(get_args(Family))
    assert sum(s.scam for s in book.symptoms.values()) >= 8


@pytest.mark.parametrize("said", MET)
def test_what_the_reader_meets_is_a_wording(book: ClinicBook, said: str) -> None:
    assert any(
        said in symptom.wordings.of(language)
        for symptom in book.symptoms.values()
        for language in LANGUAGES
    )


def ways(symptom: Symptom) -> list[list[int]]:
    """Every way through a symptom's tree to its end."""
    found, waiting = [], [[]] if symptom.questions else []  # type: list[list[int]], list[list[int]]
    while waiting:
        path = waiting.pop()
        place = symptom.walk(path)
        if isinstance(place, str):
            found.append(path)
        else:
            waiting.extend([*path, index] for index in range(len(place.answers)))
    return found


def test_every_tree_ends_within_three_taps(book: ClinicBook) -> None:
    for symptom in book.symptoms.values():
        paths = ways(symptom)
        assert max(map(len, paths)) <= 3, symptom.id
        assert {symptom.walk(path) for path in paths} == set(symptom.conclusions), symptom.id


def test_each_language_is_written_in_itself(book: ClinicBook) -> None:
    """Chinese words hold Chinese; English ones hold none."""
    han = re.compile("[\u4e00-\u9fff]")
    for symptom in book.symptoms.values():
        for words in (symptom.says, symptom.meaning, symptom.first):
            assert han.search(words.zh), symptom.id
            assert not han.search(words.en), symptom.id
        assert not any(han.search(words) for words in symptom.wordings.en), symptom.id


def test_a_scam_is_met_with_an_alarm_and_the_police(book: ClinicBook) -> None:
    for symptom in book.symptoms.values():
        if symptom.scam:
            assert symptom.group == "scam"
            assert symptom.alarm
            assert {"110", "96110"} & set(symptom.contacts), symptom.id
            assert "scam-emergency" in symptom.advice or "complain" in symptom.advice, symptom.id
