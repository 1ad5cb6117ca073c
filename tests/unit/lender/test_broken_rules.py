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
    assert mistake.line == _line(root / mistake.file, "  R02:")
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


# Held against each other ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "key", "said"),
    [
        (
            "regimes/fewer-lenders.yaml",
            "  hard-enquiries:",
            "  hard-inquiries:",
            "  hard-inquiries:",
            "changes.hard-inquiries",
            "there is no rule 'hard-inquiries'",
        ),
        (
            "regimes/fewer-lenders.yaml",
            '      - {to: "3", outcome: pass}',
            '      - {to: "2", outcome: pass}',
            "    bands:",
            "changes.lender-count.bands",
            "gap between 2 and 3",
        ),
        (
            "regimes/fewer-lenders.yaml",
            '      - {given: "3", expect: decline}',
            '      - {given: "3", expect: pass}',
            "    examples:",
            "changes.lender-count.examples",
            "number 2 gives decline, expected pass",
        ),
        (
            "regimes/limits-cut.yaml",
            "gig_worker: 5000",
            "gig_wroker: 5000",
            "    params:",
            "changes.occupation-cap.params",
            "occupation_cap_left takes",
        ),
        (
            "actions.yaml",
            "  look_up: {",
            "  look_around: {",
            "  look_around:",
            "actions.look_around",
            "there is no action 'look_around'",
        ),
        (
            "choices.yaml",
            "  camera: {",
            "  lens: {",
            "permission:",
            "permission",
            "no words for 'camera'",
        ),
        (
            "rules/overdue-now.yaml",
            "adverse_action: delinquent_obligations",
            "adverse_action: delinquent",
            "    adverse_action:",
            "reasons.R04.adverse_action",
            "is no key of choices.adverse_action",
        ),
        (
            "rules/region.yaml",
            "  abroad: {outcome: decline",
            "  moon: {outcome: decline",
            "  moon:",
            "cases.moon",
            "choice 'moon' is unknown",
        ),
    ],
)
def test_files_that_do_not_fit_each_other_are_named_by_line(
    root: Path, edit: Edit, file: str, old: str, new: str, line: str, key: str, said: str
) -> None:
    path = edit(file, old, new)
    if file == "rules/region.yaml":
        edit(file, "given: abroad", "given: moon")
    found = [m for m in load_lenderbook(root).mistakes if m.field == key]
    assert len(found) == 1, load_lenderbook(root).mistakes
    assert found[0].file == file
    assert said in found[0].message
    assert found[0].line is not None
    text = path.read_text(encoding="utf-8").splitlines()[found[0].line - 1]
    assert text.startswith(line) or text.strip().startswith("-")


def test_a_regime_that_does_not_fit_is_left_out_and_the_others_stay(root: Path, edit: Edit) -> None:
    edit("regimes/fewer-lenders.yaml", "  lender-count:", "  lenders-count:")
    book = load_lenderbook(root)
    assert "fewer-lenders" not in book.regimes
    assert {"baseline", "limits-cut", "cost-cap"} <= book.regimes.keys()


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("hours_again: [48, 96]", "hours_again: [48, 24]", "bands", "must rise"),
        ("hours_again: [48, 96]", "hours_again: [12]", "bands", "must not be shorter"),
        ("outcome: pass}", "outcome: pass, cut_limit_percent: 5}", "bands", "go together"),
        ("outcome: cool_down,", "outcome: reduce,", "bands", "hours goes with"),
    ],
)
def test_a_verdict_that_makes_no_sense_is_named(
    root: Path, edit: Edit, old: str, new: str, key: str, said: str
) -> None:
    edit(VELOCITY, old, new)
    mistake = _only(load_lenderbook(root))
    assert mistake.file == VELOCITY
    assert mistake.line is not None
    assert mistake.field.startswith(key)
    assert said in mistake.message


def test_a_band_that_is_harder_on_a_better_value_is_named(root: Path, edit: Edit) -> None:
    edit("rules/adult.yaml", 'to: "18", outcome: decline, reason: C01', 'to: "18", outcome: pass')
    edit(
        "rules/adult.yaml", 'from: "18", outcome: pass', 'from: "18", outcome: decline, reason: C01'
    )
    mistake = _only(load_lenderbook(root))
    assert (mistake.file, mistake.field) == ("rules/adult.yaml", "bands")
    assert "is better for the borrower, but is judged harder" in mistake.message


def test_only_the_affordability_stage_may_reduce(root: Path, edit: Edit) -> None:
    edit("rules/debt-burden.yaml", "stage: affordability", "stage: risk")
    mistake = _only(load_lenderbook(root))
    assert (mistake.file, mistake.field) == ("rules/debt-burden.yaml", "stage")
    assert mistake.line == 2


SCORES = "scorecards/teaching.yaml"


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("measure: utilisation", "measure: utilization", "measure", "unknown measure"),
        ('{to: "1", points: 80}', '{to: "2", points: 80}', "attributes", "overlap between 2 and 1"),
        ('{to: "1", points: 80}', '{to: "1", points: 8}', "attributes", "must not bring fewer"),
        ("code: K01", "code: late", "code", "pattern"),
        ("base: 300", "base: many", "base", "integer"),
    ],
)
def test_a_broken_scorecard_is_named(
    root: Path, edit: Edit, old: str, new: str, key: str, said: str
) -> None:
    edit(SCORES, old, new)
    with pytest.raises(DataFileError) as caught:
        load_lenderbook(root)
    mistake = caught.value.mistakes[0]
    assert mistake.file == SCORES
    assert mistake.line is not None
    assert mistake.field.endswith(key)
    assert said in mistake.message


def test_a_scorecard_that_takes_a_rules_code_is_named_with_its_line(root: Path, edit: Edit) -> None:
    path = edit(SCORES, "code: K01", "code: R04")
    mistake = _only(load_lenderbook(root))
    assert (mistake.file, mistake.field) == (SCORES, "characteristics[0].code")
    assert mistake.line == _line(path, "    code: R04")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("months_in_job: 14", "months_in_job: -14", "applicant.months_in_job"),
        ("occupation: gig_worker", "occupation: astronaut", "applicant.occupation"),
        ('own_limit: "20000"', 'own_limit: "a lot"', "account.own_limit"),
        ("term_months: 12", "term_months: 99", "request.term_months"),
        ("  lenders: 2", "  lendres: 2", "applicant.lendres"),
    ],
)
def test_a_persona_outside_its_ranges_is_named(
    root: Path, edit: Edit, old: str, new: str, key: str
) -> None:
    path = edit("personas/gig-worker.yaml", old, new)
    mistake = _only(load_lenderbook(root))
    assert (mistake.file, mistake.field) == ("personas/gig-worker.yaml", key)
    assert mistake.line is not None
    assert (
        new.strip().split(":")[0] in path.read_text(encoding="utf-8").splitlines()[mistake.line - 1]
    )


@pytest.mark.parametrize("name", ["actions.yaml", SCORES, "regimes/baseline.yaml"])
def test_without_actions_scorecard_or_baseline_nothing_can_be_decided(
    root: Path, name: str
) -> None:
    (root / name).unlink()
    with pytest.raises(DataFileError):
        load_lenderbook(root)
