"""A slip in one data file is named with its file and line; everything else still loads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.datafiles import DataFileError, Mistake
from sandbox.lender import Case, LenderBook, decide, load_lenderbook
from sandbox.lender.lenderbook import DATA

RULES = len(load_lenderbook().rules)
Edit = Callable[[str, str, str], Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.fixture
def edit(root: Path) -> Edit:
    def replace(name: str, old: str, new: str) -> Path:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return replace


def _line(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(n for n, text in enumerate(lines, start=1) if text.startswith(start))


def _only(book: LenderBook) -> Mistake:
    assert len(book.mistakes) == 1, book.mistakes
    return book.mistakes[0]


VELOCITY = "rules/velocity-1h.yaml"


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('{to: "3", outcome: pass}', '{to: "2", outcome: pass}', "bands:", "gap between 2 and 3"),
        (
            '{to: "3", outcome: pass}',
            '{to: "4", outcome: pass}',
            "bands:",
            "overlap between 4 and 3",
        ),
        ('{to: "3",', '{through: "3",', "bands:", "overlap at exactly 3"),
        ('{from: "3",', '{above: "3",', "bands:", "gap at exactly 3"),
        ("requests_in_window", "requests_in_widow", "measure:", "unknown measure"),
        ("{window_minutes: 60}", "{}", "params:", "takes ['window_minutes']"),
        (
            '{given: "2", expect: pass}',
            '{given: "2", expect: decline}',
            "examples:",
            "number 2 gives pass, expected decline",
        ),
        ('  - {given: "3", expect: cool_down}\n', "", "examples:", "never tried"),
    ],
)
def test_a_rule_that_contradicts_itself_is_left_out_and_named(
    root: Path, edit: Edit, old: str, new: str, key: str, said: str
) -> None:
    path = edit(VELOCITY, old, new)
    book = load_lenderbook(root)
    mistake = _only(book)
    assert mistake.file == VELOCITY
    assert mistake.line in {_line(path, key), _line(path, key) + 1}
    assert mistake.field == key.rstrip(":")
    assert said in mistake.message
    assert book.rule("velocity-1h") is None
    assert len(book.rules) == RULES - 1
    assert decide(Case(), book).outcome == "approved"


def test_a_missing_language_is_named_by_its_line(root: Path, edit: Edit) -> None:
    path = edit(VELOCITY, ", en: 'Velocity check (one hour)'", "")
    book = load_lenderbook(root)
    mistake = _only(book)
    assert (mistake.file, mistake.line) == (VELOCITY, _line(path, "title:"))
    assert (mistake.field, mistake.message) == ("title.en", "is missing")
    assert len(book.rules) == RULES - 1


def test_a_misspelt_key_is_named_by_its_line(root: Path, edit: Edit) -> None:
    path = edit(VELOCITY, "family: risk_control", "family: risk_control\nfamly: user")
    book = load_lenderbook(root)
    mistake = _only(book)
    assert (mistake.file, mistake.line) == (VELOCITY, _line(path, "famly"))
    assert mistake.field == "famly"


def test_yaml_that_cannot_be_parsed_is_named_by_its_line(root: Path, edit: Edit) -> None:
    edit(VELOCITY, "stage: risk", "stage: [risk")
    book = load_lenderbook(root)
    mistake = _only(book)
    assert mistake.file == VELOCITY
    assert mistake.line is not None
    assert len(book.rules) == RULES - 1


def test_a_reason_code_used_twice_is_named(root: Path) -> None:
    path = root / VELOCITY
    text = path.read_text(encoding="utf-8").replace("R01", "R02")
    path.write_text(text, encoding="utf-8")
    book = load_lenderbook(root)
    mistake = _only(book)
    assert mistake.file in {VELOCITY, "rules/cool-down.yaml"}
    assert mistake.field == "reasons.R02"
    assert "already used" in mistake.message
    assert len(book.rules) == RULES


def test_a_category_without_a_verdict_is_named(root: Path) -> None:
    path = root / "rules/purpose-permitted.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "wedding" not in line]
    assert len(kept) == len(lines) - 2
    path.write_text("".join(kept), encoding="utf-8")
    mistake = _only(load_lenderbook(root))
    assert mistake.file == "rules/purpose-permitted.yaml"
    assert "wedding" in mistake.message


def test_several_broken_files_are_all_named(root: Path, edit: Edit) -> None:
    edit(VELOCITY, "requests_in_window", "nothing")
    edit("rules/adult.yaml", "measure: age", "measure: aeg")
    edit("personas/new-clerk.yaml", "lenders: 1", "lenders: -1")
    book = load_lenderbook(root)
    assert {mistake.file for mistake in book.mistakes} == {
        VELOCITY,
        "rules/adult.yaml",
        "personas/new-clerk.yaml",
    }
    assert all(mistake.line is not None for mistake in book.mistakes)
    assert len(book.rules) == RULES - 2
    assert "new-clerk" not in book.personas
    assert book.personas


def test_another_book_has_another_version(root: Path, edit: Edit) -> None:
    before = load_lenderbook(root).version
    edit(VELOCITY, "order: 30", "order: 31")
    assert load_lenderbook(root).version != before


@pytest.mark.parametrize("name", ["products/glass-box-cash.yaml", "choices.yaml"])
def test_without_product_or_choices_nothing_can_be_decided(root: Path, name: str) -> None:
    (root / name).unlink()
    with pytest.raises(DataFileError) as caught:
        load_lenderbook(root)
    assert caught.value.mistakes[0].file == name


def test_without_any_persona_nothing_can_be_decided(root: Path) -> None:
    for path in (root / "personas").glob("*.yaml"):
        path.write_text("id: [", encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_lenderbook(root)
    assert all(mistake.file.startswith("personas/") for mistake in caught.value.mistakes)
