"""Certificates: earned, printed, checked, withdrawn; the name stays with the learner."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jiejian.content.printed.certificate import unprintable
from jiejian.errors import InvalidInput, NotFound
from jiejian.services.actor import Actor
from jiejian.services.built import Services, build
from jiejian.services.certificates import ALPHABET, MOST_FOR_A_TRACK
from jiejian.settings import Settings
from tests.right_answers import right

FULL = Path(__file__).resolve().parents[2] / "content/full"
WHO, OTHER = Actor("e" * 32), Actor("f" * 32)
ADDRESS = "https://example.org/certificate?code=X"


class Moving:
    """A clock set by hand."""

    day = 24

    def now(self) -> datetime:
        return datetime(2026, 11, self.day, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def services(tmp_path: Path, clock: Moving) -> Services:
    return build(Settings(data_dir=tmp_path), clock, FULL)


def answer_all(services: Services, who: Actor = WHO) -> None:
    quizzing = services.quizzing
    for number in range(100):
        question = quizzing.at_hand(who, "every-part")[1]
        if question is None:
            return
        quizzing.answer(who, question, right(question.posed), "sure", f"answer-{number:04}")
    raise AssertionError("the quiz does not end")


def complete(services: Services, who: Actor = WHO) -> None:
    services.learning.finish_lesson(who, "every-part")
    answer_all(services, who)


def issue(services: Services, name: str = "王小明", key: str = "certificate-1", who: Actor = WHO):
    return services.certificates.issue(who, "before", name, key)


def test_it_is_earned_by_reading_and_by_answering(services):
    assert not services.certificates.completion(WHO, "before").complete
    with pytest.raises(InvalidInput, match="incomplete"):
        issue(services)
    services.learning.finish_lesson(WHO, "every-part")
    half = services.certificates.completion(WHO, "before")
    assert (len(half.unread), len(half.unanswered)) == (0, 1)
    with pytest.raises(InvalidInput, match="incomplete"):
        issue(services)
    answer_all(services)
    assert services.certificates.completion(WHO, "before").complete
    assert not services.certificates.completion(OTHER, "before").complete


def test_what_stands_on_it(services, clock):
    complete(services)
    clock.day = 26
    made = issue(services)
    assert made.completed == date(2026, 11, 24)
    assert made.issued == date(2026, 11, 26)
    assert made.title.zh == "借之前"
    assert [lesson.en for lesson in made.lessons] == [
        services.library.lessons["every-part"].versions["en"].title
    ]
    assert made.questions == len(services.library.quizzes["every-part"].items)
    assert len(made.code) == 19
    assert set(made.code) <= set(ALPHABET + "-")


def test_the_same_name_gets_the_same_certificate_and_another_name_another(services):
    complete(services)
    first = issue(services)
    assert issue(services, " 王小明 ", "certificate-2") == first
    second = issue(services, "Wang Xiaoming", "certificate-3")
    assert second.code != first.code
    assert issue(services, "", "certificate-4").code not in (first.code, second.code)


def test_a_double_click_issues_one(services, tmp_path):
    complete(services)
    first = issue(services, "A", "certificate-1")
    again = issue(services, "B", "certificate-1")
    assert again == first
    assert len(list(services.documents.keys("certificates"))) == 1


def test_there_is_an_end_to_names(services):
    complete(services)
    for number in range(MOST_FOR_A_TRACK):
        issue(services, f"name {number}", f"certificate-{number}")
    with pytest.raises(InvalidInput, match="too_many"):
        issue(services, "one more", "certificate-x")
    assert issue(services, "name 0", "certificate-y").code


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", " "), "　{}．".format]
)
def test_a_code_is_checked_however_it_is_typed(services, change):
    complete(services)
    made = issue(services)
    assert services.certificates.check(change(made.code), None) == (made, None)


def test_a_name_is_checked_and_not_told(services):
    complete(services)
    made = issue(services, "Zoë  Wang")
    check = services.certificates.check
    assert check(made.code, "Zoe\u0308 Wang")[1] is True  # the same letters, composed otherwise
    assert check(made.code, "Zoë Wáng")[1] is False
    assert check(made.code, " ")[1] is None


@pytest.mark.parametrize(
    "code", ["", "2345", "2345-6789-ABCD-EFGH", "../../etc/passwd", "0" * 16, "é" * 999]
)
def test_a_code_there_is_not_is_not_found(services, code):
    with pytest.raises(NotFound):
        services.certificates.check(code, None)


def test_a_code_stays_good_when_the_course_changes(services, tmp_path, clock):
    complete(services)
    made = issue(services)
    (tmp_path / "empty/lessons").mkdir(parents=True)
    (tmp_path / "empty/quizzes").mkdir()
    later = build(Settings(data_dir=tmp_path), clock, tmp_path / "empty")
    assert later.certificates.check(made.code, "王小明") == (made, True)


def test_the_name_is_nowhere_in_the_store(services, tmp_path):
    complete(services)
    issue(services, "Wang Xiaoming")
    kept = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json")]
    assert kept
    assert not any("Xiaoming" in text for text in kept)


def test_deleting_ones_progress_withdraws_them(services):
    complete(services)
    made = issue(services)
    code = json.loads(services.progress.export(WHO))["events"][-1]["data"]["code"]
    assert code == made.code
    services.progress.forget(WHO)
    with pytest.raises(NotFound):
        services.certificates.check(made.code, None)
    assert list(services.documents.keys("certificates")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["", "王小明", "W" * 60, "Zoë O'Neill-Ødegård"])
def test_the_sheet_is_a_pdf_of_one_page(services, language, name):
    complete(services)
    made = issue(services, name)
    document = services.certificates.sheet(made.code, name, language, ADDRESS)
    assert document.startswith(b"%PDF-1.")
    assert document.count(b"/Type /Page\n") == 1
    assert len(document) < 80_000
    assert document == services.certificates.sheet(made.code, name, language, ADDRESS)


def test_nobody_prints_another_name_on_a_code(services):
    complete(services)
    made = issue(services, "A")
    with pytest.raises(InvalidInput, match="not_issued_for"):
        services.certificates.sheet(made.code, "B", "en", ADDRESS)


@pytest.mark.parametrize(
    ("name", "reason"), [("x" * 61, "too_long"), ("王😀", "unprintable"), ("a\x00b", "unprintable")]
)
def test_a_name_that_cannot_be_printed_is_refused(services, name, reason):
    complete(services)
    with pytest.raises(InvalidInput, match=reason):
        issue(services, name)


def test_which_signs_cannot_be_printed():
    assert unprintable("王小明 Zoë O'Neill·Ng 1") == ""
    assert unprintable("喆喆😀") == "喆😀"
