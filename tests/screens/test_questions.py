"""Every kind of question on its page, in both languages, through Streamlit's own test client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.clock import SetClock
from jiejian.content.items import CaseItem, Item, MatchingItem, OrderingItem
from jiejian.content.posing import Posed
from jiejian.content.questions import Single
from jiejian.services import built
from jiejian.services.actor import Actor
from jiejian.services.given import Raw
from jiejian.services.question import Question
from jiejian.settings import load_settings
from jiejian.ui import state
from tests.right_answers import right, wrong

ROOT = Path(__file__).resolve().parents[2]
KINDS = ROOT / "tests" / "kinds"
WHO = Actor("c" * 32)
CHECK = {"en": "Check my answer", "zh": "看看对不对"}
NEXT = {"en": "Next", "zh": "下一题"}


class Reader:
    """The app open at one page, and the services behind it."""

    def __init__(self, page: str, language: str, **query: str) -> None:
        self.language = language
        self.app = AppTest.from_file(str(ROOT / "jiejian" / "main.py"), default_timeout=20)
        self.app.session_state["lang"] = language
        self.app.run()
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.switch_page(page).run()
        assert not self.app.exception

    def at_hand(self) -> Question:
        """The question the page must be showing."""
        question = built.services().quizzing.at_hand(WHO, "every-kind")[1]
        assert question is not None
        return question

    def fill_in(self, question: Question, answer: Raw, certainty: str | None = None) -> None:
        """Put an answer into the page's own controls."""
        name, item = f"answer_{question.name}", question.at_hand.item
        if isinstance(answer, str):
            self.app.text_input(key=name).set_value(answer)
        elif isinstance(item, OrderingItem):
            for code in answer:
                self.app.button(key=f"{name}_{code}").click().run()
        elif isinstance(item, MatchingItem) and isinstance(answer, dict):
            for pair, target in answer.items():
                self.app.selectbox(key=f"{name}_{pair}_{self.language}").set_value(target)
        elif isinstance(item, Single) or item.kind == "tripped":
            (code,) = answer
            self.app.radio(key=f"{name}_{self.language}").set_value(code)
        else:
            for code in answer:
                self.app.checkbox(key=f"{name}_{code}").check()
        if certainty:
            self.app.pills(key=f"{name}_certainty_{self.language}").set_value(certainty)

    def press(self, label: str) -> None:
        """Press a button by its words."""
        next(button for button in self.app.button if button.label == label).click().run()
        assert not self.app.exception

    def html(self) -> str:
        """All of the page's own HTML but its style."""
        bodies = [str(part.proto.body) for part in self.app.get("html")]
        return "\n".join(body for body in bodies if "<style" not in body)


@pytest.fixture(autouse=True)
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SetClock]:
    monkeypatch.setenv("JIEJIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(state, "actor", lambda: WHO)
    moment = SetClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
    monkeypatch.setattr(built, "ROOT", KINDS)
    monkeypatch.setattr(built, "SystemClock", lambda: moment)
    built.services.cache_clear()
    assert load_settings().data_dir == tmp_path
    yield moment
    built.services.cache_clear()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("correct", [True, False])
def test_one_of_each_kind_is_asked_answered_and_explained(language: str, correct: bool) -> None:
    reader = Reader("screens/quiz.py", language, id="every-kind")
    kinds: list[str] = []
    for _ in range(10):
        question = reader.at_hand()
        if question.item.id in kinds and not isinstance(question.item, CaseItem):
            break
        kinds.append(question.item.id)
        posed = question.at_hand
        assert words(posed, language) in reader.html()
        reader.fill_in(question, right(posed) if correct else wrong(posed), "sure")
        reader.press(CHECK[language])
        tone = "result-right" if correct else "result-wrong"
        assert tone in reader.html()
        assert 'role="status"' in reader.html()
        reader.press(NEXT[language])
        if question.step == "cost":
            break
    assert set(kinds) == {item.id for item in quiz_items()}
    view = built.services().store.read(WHO.stream)
    given = [e.event.data for e in view.events if e.event.kind == "answer_given"]
    assert {data["item"] for data in given} == set(kinds)
    assert {data["certainty"] for data in given} == {"sure"}


def quiz_items() -> tuple[Item, ...]:
    return built.services().quizzing.quiz("every-kind").items


def words(posed: Posed, language: str) -> str:
    """The stem as the page writes it."""
    import html

    return html.escape(posed.say(posed.item.stem).say(language))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Choose or enter an answer first"), ("zh", "请先选一个答案")],
)
def test_an_empty_answer_is_refused_kindly_and_nothing_is_kept(language: str, said: str) -> None:
    reader = Reader("screens/quiz.py", language, id="every-kind")
    reader.press(CHECK[language])
    assert said in reader.app.error[0].value
    assert not built.services().quizzing.at_hand(WHO, "every-kind")[0].answers


def test_an_unfinished_order_and_an_unfinished_match_say_what_is_missing() -> None:
    reader = Reader("screens/quiz.py", "en", id="every-kind")
    said = {}
    for _ in range(5):
        question = reader.at_hand()
        answer = right(question.at_hand)
        if isinstance(answer, dict):
            reader.fill_in(question, dict(list(answer.items())[:1]))
        elif question.item.kind == "ordering":
            reader.fill_in(question, list(answer)[:2])
        if question.item.kind in ("matching", "ordering"):
            reader.press(CHECK["en"])
            said[question.item.kind] = reader.app.error[0].value
            rest = dict(list(answer.items())[1:]) if isinstance(answer, dict) else list(answer)[2:]
            reader.fill_in(question, rest)
        else:
            reader.fill_in(question, answer)
        reader.press(CHECK["en"])
        assert "result-right" in reader.html()
        reader.press(NEXT["en"])
    assert said == {
        "ordering": "Put every step in its place first.",
        "matching": "Choose a match for every line first.",
    }


def test_a_change_of_language_keeps_order_numbers_and_what_was_chosen() -> None:
    reader = Reader("screens/quiz.py", "en", id="every-kind")
    question = reader.at_hand()
    before = list(reader.app.radio[0].options)
    reader.fill_in(question, ["resend"], "think")
    reader.app.session_state["lang"] = "zh"
    reader.app.run()
    reader.language = "zh"
    choices = {c.text.en: c.text.zh for c in question.item.choices}  # type: ignore[union-attr]
    assert list(reader.app.radio[0].options) == [choices[text] for text in before]
    assert reader.app.radio[0].value == "resend"
    reader.press(CHECK["zh"])
    (answer,) = built.services().quizzing.at_hand(WHO, "every-kind")[0].answers["one"]
    assert (answer.answer, answer.certainty) == (["resend"], "think")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_missed_comes_back_on_the_review_page(language: str, clock: SetClock) -> None:
    reader = Reader("screens/quiz.py", language, id="every-kind")
    question = reader.at_hand()
    reader.fill_in(question, wrong(question.posed))
    reader.press(CHECK[language])
    reader = Reader("screens/review.py", language)
    assert {"en": "The next question is due in 10 minutes", "zh": "下一道题10 分钟后到期"}[
        language
    ] in reader.html()
    clock.moment += timedelta(days=1)
    reader = Reader("screens/review.py", language)
    assert words(question.posed, language) in reader.html()
    due = built.services().quizzing.due(WHO).question
    assert due is not None
    reader.fill_in(due, right(due.posed), "sure")
    reader.press(CHECK[language])
    assert "result-right" in reader.html()
    reader.press(NEXT[language])
    assert {"en": "Nothing is due just now.", "zh": "现在没有到期的题。"}[language] in reader.html()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_test_before_and_after_runs_to_its_end(language: str) -> None:
    start = {"en": ("Start", "Start the test after the lessons"), "zh": ("开始", "开始学后的测试")}
    label = {"en": "Next question", "zh": "下一题"}[language]
    reader = Reader("screens/placement.py", language, id="borrower")
    for phase, button in enumerate(start[language]):
        reader.press(button)
        for _ in range(3):
            question = built.services().tests.standing(WHO, "borrower").question
            assert question is not None
            reader.fill_in(question, right(question.posed) if phase else wrong(question.posed))
            reader.press(label)
            assert "result-" not in reader.html()
    assert {
        "en": "Before the lessons 0 of 3 right, after them 3.",
        "zh": "学之前 3 道对了 0 道，学之后对了 3 道。",
    }[language] in reader.html()
    assert len(reader.app.expander) == 3
    reader = Reader("screens/progress.py", language)
    assert {"en": "before 0, after 3 of 3", "zh": "共 3 道，学前对 0，学后对 3"}[language] in str(
        [link.proto.label for link in reader.app.get("page_link")]
    )


def test_an_unknown_test_gets_a_plain_message() -> None:
    reader = Reader("screens/placement.py", "en", id="../../etc/passwd")
    assert reader.app.title[0].value == "Test not found"
    assert len(reader.app.error) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_my_progress_shows_how_firmly_it_sits(language: str) -> None:
    reader = Reader("screens/quiz.py", language, id="every-kind")
    question = reader.at_hand()
    reader.fill_in(question, wrong(question.posed), "sure")
    reader.press(CHECK[language])
    reader = Reader("screens/progress.py", language)
    page = reader.html()
    assert {"en": "Quiz under way", "zh": "小测进行中"}[language] in page
    assert {"en": "0 of 1 right", "zh": "1 题对了 0 题"}[language] in page
