"""Each kind of mistake in an item or a test, and the line that tells the author of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from jiejian.content.check import check, remarks
from sandbox.answers import ANSWERS

KINDS = Path(__file__).resolve().parents[1] / "kinds"
TODAY = date(2026, 12, 1)
QUIZ = "quizzes/every-kind.yaml"
TEST = "quizzes/tests/borrower.yaml"


class Shelf:
    """A copy of tests/kinds with one thing changed."""

    def __init__(self, root: Path) -> None:
        self.root = root / "kinds"
        shutil.copytree(KINDS, self.root)

    def change(self, name: str, old: str, new: str) -> int:
        """Replace the first place; the line it is on."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        (self.root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def lines(self) -> list[str]:
        """Every mistake."""
        return [str(mistake) for mistake in check(self.root, ANSWERS, TODAY)[1]]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_the_untouched_files_have_no_mistake(shelf: Shelf) -> None:
    assert shelf.lines() == []


# What is there, what is put instead, how many lines below it is told (None: anywhere in the file),
# the words; None where it is no mistake.
WORDS = [
    ("en: \"Send again at once\"}, because: {zh: \"可能背上两笔债。\", en: \"You could owe twice.\"}",
     "en: \"Send again at once\"}", 0, "choices[1].because: is missing"),
    ("text: {zh: \"等一天再说\", en: \"Wait a day\"}", "text: {zh: \"等一天再说\"}", 0,
     "choices[2].text.en: is missing"),
    ("because: {zh: \"可能背上两笔债。\", en: \"You could owe twice.\"}",
     "because: {zh: \"可能背上两笔债。\", en: \"You could owe twice.\"}, correct: true", None,
     "items[0].choices: exactly one must be correct, 2 are"),
    ("en: \"Wait a day\"", "en: \"Check the loan list\"", 0,
     "text.en: reads 'Check the loan list' like 'look': two answers would be one"),
    ("id: several", "id: one", None, "items: id 'one' is used twice"),
    ("objective: 1", "objective: 2", 0, "items[2].objective: the lesson has objectives 0 to 1"),
    ("    objective: 1\n", "    objective: 1\n    source: 2\n", 1,
     "items[2].source: the lesson has sources 1 to 1"),
    ("    objective: 1\n", "    objective: 1\n    topics: [X1]\n", 1, "items[2].topics[0]: string"),
]  # fmt: skip

DRAWS = [
    ("step: 1000", "step: 7000", 0, "parameters.principal.step: does not lead from"),
    ("from: 2000", "from: 20000", 0, "parameters.principal.to: must be above from"),
    ("step: 1000, unit: yuan", "step: 1000, unit: euro", 0, "principal.unit: input should be"),
    ("{values: [0.12, 0.18, 0.24], unit", "{values: [0.12], unit", 0, "one value is no draw"),
    ("{values: [0.12, 0.18, 0.24], unit", "{values: [0.12, 0.12], unit", 0, "listed twice"),
    ("values: [0.12, 0.18, 0.24]", "values: [0.12, 0.18, 40]", None,
     "cannot be computed: 1 validation error"),
    ("      rate: {values", "      answer: {values", None, "the name 'answer' is taken"),
    ("      rate: {values", "      idle: {values: [1, 2]}\n      rate: {values", 0,
     "parameters.idle: is drawn and used nowhere"),
    ("{name}借了", "小林借了", None, "items[2].stem: {name} stands in one language only"),
    ("{name} borrows", "{nam} borrows", 0, "stem.en: unknown placeholder {nam}; known are: "),
    ("repaid in 12 equal instalments of {monthly}", "repaid in 12", None,
     "{monthly} stands in one language only"),
    ("en: \"{monthly} times 12, less", "en: \"{value} times 12, less", 0,
     "because.en: unknown placeholder {value}"),
    ("call: loan_figure", "call: loan_figur", None, "there is no call 'loan_figur'"),
    ("of: [\"{principal}\", \"{rate}\"]", "of: [\"{principal}\", \"{rates}\"]", None,
     "{rates} is no parameter that holds a number (drawn: principal 2000"),
    ("of: [\"{principal}\", \"{rate}\"]", "of: [\"{principal}\", 0.06619]", None,
     "near_misses[0].call: counts as correct: it is"),
    ("    tolerance: 1\n", "    tolerance: 0.001\n", None, None),
    ("figure: interest", "figure: luck", None, "loan_figure cannot be computed"),
]  # fmt: skip

KIND_BY_KIND = [
    ("- {id: bank,", "- {id: list,", None, "items[3].sequence: id 'list' is used twice"),
    ("because: {zh: \"查清了才决定。\", en: \"Decide once you know.\"}", "", 0,
     "items[3].sequence[3].because: is missing"),
    ("target: technology", "target: weather", None, "pairs: there is no target 'weather'"),
    ("{id: often,", "{id: busy,", None, "items[4].pairs: id 'busy' is used twice"),
    ("control: debt-burden", "control: debt", 0,
     "items[5].choices[1].control: there is no control 'debt'; known are: "),
    ("{control: none, text: {zh: \"都没有\", en: \"None of them\"}", "{control: none", 0,
     "choices[3].text: is missing: 'none' has no rule's title"),
    ("{control: velocity-1h, because", "{control: lender-count, because", None,
     "items[5].choices: what trips is velocity-1h, which is not among them (drawn: first 30)"),
    ("first: {from: 30, to: 50", "first: {from: 30, to: 70", None, None),
    ("case: {history: {requests_minutes_ago", "case: {applicant: {age: x}, history: {requests_minutes_ago",
     0, "items[5].case: case: applicant.age: Input should be a valid integer"),
    ("case: {history", "case: {applicant: {days_past_due: 9}, history", None,
     "several controls trip, so there is no one answer: overdue-now, velocity-1h"),
    ("[[day]]。", "[[days]]。", 0, "items[6].message.text.zh: there is no phrase [[days]]"),
    ("[[day]]。", "。", None, "[[day]] stands 0 times in the message (zh), must be once"),
    ("form: advertisement", "form: poster", 0, "items[6].message.form: input should be"),
    ("because: {zh: \"没有谁能保证通过。\", en: \"Nobody can guarantee approval.\"}, trap: true}",
     "because: {zh: \"没有谁能保证通过。\", en: \"Nobody can guarantee approval.\"}}", None, None),
    ("correct: true, next: cost}", "correct: true, next: costs}", None,
     "items[7].steps: 'answer' leads to 'costs', which is no step"),
    ("next: harm}", "next: answer}", None, "items[7].steps: 'answer' leads back up to 'answer'"),
    ("next: harm}", "next: cost}", None, "items[7].steps: no way leads to 'harm'"),
    ("args: {principal: 10000, annual_rate: 0.12, periods: 12}}", "args: {principal: 0}}", None,
     "total_interest cannot be computed"),
    ("because: {zh: \"一共 {answer}。\", en: \"{answer} in all.\"}",
     "because: {zh: \"一共 {answer}。\", en: \"In all.\"}", None,
     "steps[2].because: {answer} stands in one language only"),
    ("kind: ordering", "kind: essay", None, "items[3]: input tag 'essay'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "below", "said"), [*WORDS, *DRAWS, *KIND_BY_KIND])
def test_a_mistake_is_named_with_its_line(
    shelf: Shelf, old: str, new: str, below: int | None, said: str | None
) -> None:
    line = shelf.change(QUIZ, old, new)
    found = shelf.lines()
    if said is None:
        assert found == []
        return
    matching = [entry for entry in found if said in entry]
    assert matching, found
    assert all(entry.startswith(f"{QUIZ}:") for entry in matching)
    if below is not None:
        assert any(entry.startswith(f"{QUIZ}:{line + below}:") for entry in matching), matching


def test_without_the_choice_none_a_draw_that_trips_nothing_is_named(shelf: Shelf) -> None:
    shelf.change(QUIZ, "first: {from: 30, to: 50", "first: {from: 30, to: 70")
    shelf.change(QUIZ, "control: none, text", "control: lender-count, text")
    (line,) = shelf.lines()
    assert "items[5].choices: what trips is nothing ('none'), which is not among them" in line
    assert line.endswith("(drawn: first 60)")


TESTS = [
    ("id: borrower", "id: borrowers", "id: 'borrowers' must equal the file's name"),
    ("item: one}", "item: two}", ":8: pairs[0].a: 'every-kind' has no item 'two'"),
    ("quiz: every-kind, item: one", "quiz: other, item: one", "there is no usable quiz 'other'"),
    ("lesson: every-kind", "lesson: other", ":7: pairs[0].lesson: there is no lesson 'other'"),
    ("difficulty: 1", "difficulty: 2", "pairs[0].b: difficulty is 2, in form a it is 1"),
    ("kind: numeric", "kind: number", "pairs[1].a: input tag 'number'"),
    ("item: several}", "item: one}", "pairs: form a asks 'one' twice"),
    ("item: one}", "item: mini}", "pairs[0].a: a mini-case is too long for a test"),
    ('en: "Pay again"', "en: ''", "pairs[0].b.choices[1].text.en: string should have at least"),
    ("periods: 12}}", "periods: 0}}", "pairs[1].a.answer: total_interest cannot be computed"),
    ("objective: 1", "objective: 7", "pairs[1].a.objective: the lesson has objectives 0 to 1"),
]


@pytest.mark.parametrize(("old", "new", "said"), TESTS)
def test_a_mistake_in_a_test_is_named(shelf: Shelf, old: str, new: str, said: str) -> None:
    shelf.change(TEST, old, new)
    found = shelf.lines()
    assert any(said in line and line.startswith(f"{TEST}:") for line in found), found


def test_a_thin_objective_is_a_remark_until_the_course_is_complete(shelf: Shelf) -> None:
    shelf.change(QUIZ, "    objective: 1\n", "    objective: 0\n")
    (remark,) = remarks(shelf.root, ANSWERS)
    assert str(remark).startswith(f"{QUIZ}:5: items: objective 1 (Work out what a loan costs")
    assert shelf.lines() == []
    topics = "complete: true\ntopics:\n  - {id: T02, title: {zh: 频次, en: Velocity}}\n"
    (shelf.root / "lessons/topics.yaml").write_text(topics, encoding="utf-8")
    assert remarks(shelf.root, ANSWERS) == []
    assert any("objective 1" in line for line in shelf.lines())
