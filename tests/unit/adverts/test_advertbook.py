"""The reader's data files: every code has words, and a mistake is named with its file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from sandbox.adverts import AdvertBook, Answers, load_advertbook, read, true_cost
from sandbox.adverts.advertbook import DATA
from sandbox.adverts.reading import Hedge
from sandbox.datafiles import DataFileError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data to spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "adverts"))


def spoil(folder: Path, file: str, old: str, new: str) -> str:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_advertbook(folder)
    return str(caught.value)


def test_a_word_that_can_never_be_found_is_named(folder: Path) -> None:
    said = spoil(folder, "words.yaml", "up_to: [最高,", "up_to: [最高, Maximal,")
    assert "words.yaml" in said
    assert "'Maximal' is not in plain form: 'maximal'" in said


def test_a_word_given_twice_is_named(folder: Path) -> None:
    assert "'最高' stands twice" in spoil(
        folder, "words.yaml", "up_to: [最高,", "up_to: [最高, 最高,"
    )


def test_a_class_without_words_is_named(folder: Path) -> None:
    said = spoil(folder, "forms.yaml", "when: [late _,", "when: [tardy _, late _,")
    assert "there is no class 'tardy', used in forms.yaml late_rate" in said


def test_a_form_without_a_place_for_the_number_is_named(folder: Path) -> None:
    said = spoil(folder, "forms.yaml", "when: [late _,", "when: [late,")
    assert "forms.yaml:" in said
    assert "'late' must hold one _ for the number" in said


def test_a_unit_of_no_meaning_is_named(folder: Path) -> None:
    said = spoil(folder, "words.yaml", "permille: ['‰']", "permille: ['‰']\n  furlong: [furlongs]")
    assert "'furlong' has no spelling or no meaning" in said


def test_a_broken_sample_is_left_out_and_named(folder: Path) -> None:
    (folder / "samples/in-hand.yaml").write_text("id: in-hand\n", encoding="utf-8")
    book = load_advertbook(folder)
    assert "in-hand" not in book.samples
    assert len(book.samples) > 10
    assert {mistake.file for mistake in book.mistakes} == {"samples/in-hand.yaml"}


def test_a_field_without_words_is_named(folder: Path) -> None:
    path = folder / "meanings.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  limit: {zh: 最高额度, en: Highest limit}\n", ""), encoding="utf-8"
    )
    assert [m.message for m in load_advertbook(folder).mistakes] == ["no words for 'limit'"]


def test_every_code_a_learner_can_meet_has_words(book: AdvertBook) -> None:
    """Whatever the samples and the known doubts bring up; the lists in code are checked in full."""
    words = book.meanings
    assert set(Answers.model_fields) <= set(words.questions)
    assert set(get_args(Hedge)) - {""} <= set(words.hedges)
    for sample in book.samples.values():
        for text in (sample.advert.zh, sample.advert.en):
            reading = read(text, book)
            assert {item.field for item in reading.stated} <= set(words.fields)
            assert {trap.code for trap in reading.traps} <= set(words.traps)
            assert set(reading.unsaid) <= set(words.unsaid)
            assert {doubt.code for doubt in reading.ambiguities} <= set(words.doubts)
            work = true_cost(reading, sample.expect.answers).workings
            for question in work.questions:
                assert question.code in words.questions
                codes = {option for option in question.options if isinstance(option, str)}
                assert codes <= set(words.values)


def test_no_sample_names_a_real_brand(book: AdvertBook) -> None:
    """They are invented; the best known names must not creep in."""
    said = " ".join(f"{s.advert.zh} {s.advert.en} {s.title.zh}" for s in book.samples.values())
    for brand in (
        "借呗",
        "花呗",
        "微粒贷",
        "白条",
        "信用飞",
        "Klarna",
        "Afterpay",
        "Wonga",
        "PayPal",
    ):
        assert brand not in said
