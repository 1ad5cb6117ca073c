"""The advert reader's page: samples, own text, answers, the result, in both languages."""

from __future__ import annotations

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.services import built
from jiejian.ui.lab import advert_view
from sandbox.adverts import shipped_advertbook
from tests.screens.app import WHO, opened

LAB = "screens/lab.py"
SAMPLES = shipped_advertbook().samples
ANSWER = "lab_advert_answer_"


@pytest.fixture(autouse=True)
def _no_fault(caplog: pytest.LogCaptureFixture) -> object:
    """An error inside a fragment is only logged: let it fail the test."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def reader(language: str = "en") -> AppTest:
    return opened(LAB, language, tool="advert")


def page_text(app: AppTest) -> str:
    """Everything written on the page as HTML, tags removed."""
    bodies = (str(part.proto.body) for part in app.get("html"))
    return re.sub(r"<[^>]+>", " ", " ".join(body for body in bodies if "<style" not in body))


def pick(app: AppTest, sample: str, language: str = "en") -> AppTest:
    return app.selectbox(key=f"{advert_view.SAMPLE}_{language}").set_value(sample).run()


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key=advert_view.TEXT).set_value(text).run()
    return app.button(key="lab_advert_go").click().run()


def answer(app: AppTest, code: str, value: str, language: str = "en") -> AppTest:
    """Fill in a box, or choose from one."""
    boxes = [box for box in app.text_input if box.key == ANSWER + code]
    if boxes:
        return boxes[0].set_value(value).run()
    return app.selectbox(key=f"{ANSWER}{code}_{language}").set_value(value).run()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_each_sample_can_be_read_answered_and_costed(sample: str, language: str) -> None:
    app = pick(reader(language), sample, language)
    expect = SAMPLES[sample].expect
    assert app.text_area(key=advert_view.TEXT).value == SAMPLES[sample].advert.say(language)  # type: ignore[arg-type]
    given = expect.answers.model_dump(mode="json", exclude_none=True)
    for code, value in given.items():
        answer(app, code, str(value), language)
    assert not app.error
    assert not app.exception
    if expect.yearly_percent is not None:
        assert f"{expect.yearly_percent}%" in page_text(app)


def test_the_first_sample_is_there_at_once_with_its_assumptions() -> None:
    app = reader()
    assert "18.17%" in page_text(app)
    assert app.text_input(key=f"{ANSWER}amount").placeholder == "Assumed: 10,000"
    answer(app, "amount", "5000")
    assert "5,000.00" in page_text(app)
    answer(app, "amount", "")
    assert "10,000.00" in page_text(app)


def test_a_choice_is_counted_at_once_and_can_be_taken_back() -> None:
    app = reader()
    before = page_text(app)
    answer(app, "method", "interest_first")
    assert "11,825.00" in page_text(app)
    answer(app, "method", "")
    assert page_text(app) == before


def test_another_advert_begins_without_the_old_answers() -> None:
    app = reader()
    answer(app, "amount", "777")
    pick(app, "free-with-fee")
    pick(app, "daily-five")
    assert app.text_input(key=f"{ANSWER}amount").value == ""
    assert "777" not in page_text(app)


def test_own_text_takes_the_place_of_the_sample() -> None:
    app = paste(reader(), "borrow 1000 repay 1400 in 30 days")
    assert "486.67%" in page_text(app)
    # The choice stays where it is: moved from here, a tap right after typing undid the text.
    assert app.selectbox(key=f"{advert_view.SAMPLE}_en").value == next(iter(SAMPLES))
    app.session_state["lang"] = "zh"
    app.run()
    assert app.text_area(key=advert_view.TEXT).value == "borrow 1000 repay 1400 in 30 days"
    assert "486.67%" in page_text(app)


def test_my_own_text_is_kept_when_i_say_that_it_is_mine() -> None:
    app = pick(paste(reader(), "borrow 1000 repay 1400 in 30 days"), advert_view.OWN)
    assert app.text_area(key=advert_view.TEXT).value == "borrow 1000 repay 1400 in 30 days"
    pick(app, "daily-five")
    assert app.text_area(key=advert_view.TEXT).value == SAMPLES["daily-five"].advert.en


def test_changing_the_language_brings_the_sample_and_keeps_the_answers() -> None:
    app = pick(reader(), "instalment-only")
    answer(app, "amount", "5000")
    app.session_state["lang"] = "zh"
    app.run()
    assert app.text_area(key=advert_view.TEXT).value == SAMPLES["instalment-only"].advert.zh
    assert app.text_input(key=f"{ANSWER}amount").value == "5000"
    assert "25.08%" in page_text(app)


def test_my_own_text_starts_empty_and_says_what_to_do() -> None:
    app = pick(reader(), advert_view.OWN)
    assert app.text_area(key=advert_view.TEXT).value == ""
    assert "Paste an advert" in " ".join(caption.value for caption in app.caption)
    assert not app.error


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "text",
    [
        "   \n ",
        "x" * 10_000,
        "借1元，" * 2_500,
        "<script>alert(1)</script><img src=x onerror=alert(2)> 日息万五",
        "**$1$** [a](javascript:1) :material/home: `日息万五`",
        "\u202eهذا إعلان قرض %5 \u2066سنويا\u2069 קרדיט 12%",
        "日\u200b息\u200c万\u2060五\ufeff",
        "🎉💰0️⃣利息‼️ 12期 🏦👨‍👩‍👧",
        "日息万五\x00\x07\x1b[31m",
        "利率" + "9" * 400 + "%",
    ],
)
def test_any_text_is_answered_without_a_fault(text: str, language: str) -> None:
    app = paste(reader(language), text)
    assert not app.error
    assert not app.exception
    for part in app.get("html"):
        body = str(part.proto.body)
        assert "<script>" not in body  # the app's own one names a file
        assert "<img" not in body


@pytest.mark.parametrize(("language", "words"), [("en", "10,000 characters"), ("zh", "10,000 字")])
def test_a_text_too_long_is_explained_and_kept(language: str, words: str) -> None:
    app = paste(reader(language), "借" * 10_001)
    (error,) = app.error
    assert words in error.value
    assert len(str(app.text_area(key=advert_view.TEXT).value)) == 10_001


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("amount", "lots"),
        ("amount", "-1"),
        ("amount", "1e30"),
        ("amount", "$1"),
        ("other_fees", "=1+1"),
    ],
)
def test_nonsense_in_a_box_gets_one_message_there(code: str, text: str) -> None:
    app = answer(reader(), code, text)
    if (code, text) == ("amount", "$1"):
        assert not app.error
        return
    (error,) = app.error
    assert error.value.startswith("Enter ")
    assert "{" not in error.value
    assert "18.17%" in page_text(app)
    answer(app, code, "")
    assert not app.error


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_figure_has_its_formula_behind_a_fold(language: str) -> None:
    app = pick(reader(language), "free-with-fee", language)
    assert "i × 12" not in page_text(app)
    app.session_state["fold_lab_advert_formulas"] = True
    app.run()
    text = page_text(app)
    assert "0.6% × 12 = 7.20%" in text
    assert "i × 12 = " in text
    assert not app.error


def test_a_cost_beyond_imagining_is_said_so() -> None:
    app = paste(reader(), "borrow 1000 repay 90000 in 1 day")
    assert "1,000,000%" in page_text(app)
    assert "beyond imagining" in page_text(app)


def test_figures_that_contradict_each_other_give_no_figure() -> None:
    app = paste(reader("zh"), "借10000，12期，每期还500")
    text = page_text(app)
    assert "还的比借的还少" in text
    assert "%" not in text


def test_unrelated_text_is_not_read_into() -> None:
    app = pick(reader(), "no-loan")
    (info,) = app.info
    assert "found no price" in info.value
    assert "really costs" not in " ".join(head.value for head in app.header)


@pytest.mark.parametrize(
    ("text", "sign"), [("borrow $1,000, 12 payments of $100", "$1,200.00"), ("借￥1000，12期，每期还100", "¥1,200.00"),
                       ("借1000，12期，每期还100", " 1,200.00")]
)  # fmt: skip
def test_money_is_shown_in_the_currency_of_the_advert(text: str, sign: str) -> None:
    assert sign in page_text(paste(reader(), text))


def test_the_loan_is_opened_in_the_lab() -> None:
    app = pick(reader(), "kept-back")
    (link,) = [link for link in app.get("page_link") if "lab" in link.proto.label]
    query = link.proto.query_string
    assert "tool=price" in query
    preset = dict(part.split("=") for part in query.split("&"))
    lab = opened(LAB, "en", **preset)
    assert "43.89%" in page_text(lab)


def test_nothing_pasted_is_stored() -> None:
    paste(reader(), "借1000，30天还1400")
    assert list(built.services().store.streams("learner")) == []
    assert built.services().costing.predictions(WHO) == ()
