"""Compare, what-if and affordability through Streamlit's test client, in both languages."""

from __future__ import annotations

import logging
from decimal import Decimal as D

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.services import built
from sandbox.text import Language
from tests.screens import app as lab
from tests.screens.app import WHO

LAB = "screens/lab.py"
BOTH = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.fixture(autouse=True)
def _no_fault(caplog: pytest.LogCaptureFixture) -> object:
    """An error inside a fragment is only logged: let it fail the test."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def opened(tool: str, language: str, **presets: str) -> AppTest:
    """The lab with this tool open."""
    return lab.opened(LAB, language, tool=tool, **presets)


def written(app: AppTest) -> str:
    """Every piece of HTML on the page."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def pick(app: AppTest, key: str, language: str, code: str) -> AppTest:
    """Choose among pills."""
    app.pills(key=f"{key}_{language}").set_value(code).run()
    assert not app.exception
    return app


def fill(app: AppTest, key: str, text: str | None) -> AppTest:
    """Type into a box."""
    app.text_input(key=key).set_value(text or "").run()
    assert not app.exception
    return app


CHEAPER = {"en": "B is cheaper by ¥211.96", "zh": "B 便宜 ¥211.96"}


@BOTH
def test_after_a_guess_the_comparison_answers_in_one_sentence(language: str) -> None:
    app = opened("compare", language)
    assert CHEAPER[language] not in written(app)
    app.button(key="guess_four-month-choice_1").click().run()
    assert not app.exception
    assert written(app).count(CHEAPER[language]) == 2
    (made,) = built.services().costing.predictions(WHO)
    assert (made.exercise, made.guess, made.truth) == ("four-month-choice", D(1), D(2))


def test_the_guess_is_asked_once_and_can_be_passed_over() -> None:
    app = opened("compare", "en")
    app.button(key="guess_four-month-choice_skip").click().run()
    assert CHEAPER["en"] in written(app)
    assert built.services().costing.predictions(WHO) == ()
    app = opened("compare", "en")
    app.button(key="guess_four-month-choice_2").click().run()
    again = opened("compare", "en")
    assert CHEAPER["en"] in written(again)


@BOTH
def test_another_plan_turns_the_answer_round(language: str) -> None:
    app = pick(opened("compare", language), "lab_compare_plan", language, "keep")
    assert {"en": "A is cheaper by ¥245.94", "zh": "A 便宜 ¥245.94"}[language] in written(app)
    pick(app, "lab_compare_plan", language, "repay")
    fill(app, "lab_compare_after_months", "7")
    assert {"en": "A is cheaper by ¥53.08", "zh": "A 便宜 ¥53.08"}[language] in written(app)
    pick(app, "lab_compare_plan", language, "late")
    assert {"en": "10 days late", "zh": "晚还 10 天"}[language] in written(app)


@BOTH
@pytest.mark.parametrize("chart", ["curve", "cost", "burden"])
def test_each_chart_is_drawn(language: str, chart: str) -> None:
    app = pick(opened("compare", language), "lab_compare_plan", language, "keep")
    pick(app, "lab_compare_chart", language, chart)
    assert len(app.get("vega_lite_chart")) == 1


def test_an_offer_that_names_only_a_total_is_compared_with_a_note() -> None:
    app = opened("compare", "en", price="total", rate="12720", principal="12000")
    assert not app.error
    assert "A names only a total." in written(app)


def test_offers_can_be_added_taken_away_and_begun_anew() -> None:
    app = opened("compare", "en")
    app.button(key="lab_compare_add").click().run()
    app.button(key="lab_compare_add").click().run()
    assert not app.exception
    assert [button for button in app.button if button.key == "lab_compare_add"] == []
    # C and D both start at 12 % a year, no charge for leaving: they tie for the first place
    assert "C and D cost the same" in written(app)
    fill(app, "lab_compare_d_name", "my <b>bank</b>")
    assert "my &lt;b&gt;bank&lt;/b&gt;" in written(app)
    fill(app, "lab_compare_d_principal", "24000")
    assert "for each ¥1,000 received" in written(app)
    app.button(key="lab_compare_less").click().run()
    app.button(key="lab_compare_anew").click().run()
    assert not app.exception
    assert [button.key for button in app.button if "guess" in str(button.key)]


@BOTH
def test_what_is_typed_outlives_a_change_of_language(language: str) -> None:
    other = {"en": "zh", "zh": "en"}[language]
    app = fill(opened("compare", language), "lab_compare_principal", "8000")
    fill(app, "lab_compare_b_principal", "8000")
    pick(app, "lab_compare_plan", language, "keep")
    app.session_state["lang"] = other
    app.run()
    assert not app.exception
    assert app.text_input(key="lab_compare_principal").value == "8000"
    assert app.pills(key=f"lab_compare_plan_{other}").value == "keep"
    assert "¥8,000" in written(app)


@BOTH
def test_odd_months_are_refused_in_words_or_understood(language: str) -> None:
    app = opened("compare", language)
    label = {"en": "I repay everything after (months)", "zh": "我打算几个月后全部还清"}[language]
    for text in ("", "x", "0", "-3", "4.5", "1e9", "９９９９", "<script>"):
        fill(app, "lab_compare_after_months", text)
        assert [label in error.value for error in app.error] == [True], text
    for text in ("四", "4个月", "１２"):
        fill(app, "lab_compare_after_months", text)
        assert not app.error, text


BOXES = {
    "compare": [
        "lab_compare_principal",
        "lab_compare_rate_flat",
        "lab_compare_periods",
        "lab_compare_leaving_rate",
        "lab_compare_b_rate_daily",
        "lab_compare_b_upfront_fee",
        "lab_compare_b_grace_days",
        "lab_compare_b_first_due",
    ],
    "whatif": [
        "lab_whatif_after",
        "lab_whatif_principal",
        "lab_whatif_rate_annual",
        "lab_whatif_leaving_rate",
    ],
    "afford": [
        "lab_afford_income",
        "lab_afford_spending",
        "lab_afford_debts",
        "lab_afford_buffer",
        "lab_afford_savings",
        "lab_afford_periods",
        "lab_afford_rate",
        "lab_afford_share",
        "lab_afford_fall",
        "lab_afford_gap",
    ],
}


@BOTH
@pytest.mark.parametrize("tool", BOXES)
def test_nonsense_in_any_box_is_told_and_nothing_is_lost(tool: str, language: str) -> None:
    app = opened(tool, language)
    for key in BOXES[tool]:
        before = str(app.text_input(key=key).value)
        fill(app, key, "$1 abc")
        assert len(app.error) == 1, key
        assert "“" in app.error[0].value
        assert app.text_input(key=key).value == "$1 abc"
        fill(app, key, before)
        assert not app.error, key


@BOTH
@pytest.mark.parametrize(
    ("step", "keys"),
    [
        ("late", ["late_instalment", "late_days"]),
        ("minimum", ["card_principal", "card_rate", "card_minimum", "payment"]),
        ("defer", ["defer_from_instalment", "defer_instalments"]),
    ],
)
def test_each_step_answers_and_refuses(language: str, step: str, keys: list[str]) -> None:
    app = pick(opened("whatif", language), "lab_whatif_step", language, step)
    assert not app.error
    assert len(app.get("vega_lite_chart")) == 1
    for key in keys:
        box = f"lab_whatif_{key}"
        before = str(app.text_input(key=box).value)
        fill(app, box, "abc")
        assert len(app.error) == 1
        fill(app, box, before)
        assert not app.error


@BOTH
def test_a_part_ahead_and_a_loan_without_such_a_step(language: str) -> None:
    app = pick(opened("whatif", language), "lab_whatif_amount_kind", language, "part")
    assert {"en": "Repaying early saves ¥", "zh": "提前还能省 ¥"}[language] in written(app)
    fill(app, "lab_whatif_amount", "99999")
    assert len(app.error) == 1
    app.selectbox(key=f"lab_whatif_method_{language}").set_value("revolving").run()
    assert not app.exception
    assert {"en": "That step does not exist", "zh": "没有这一步"}[language] in app.error[0].value


@BOTH
def test_a_budget_answers_with_formula_and_shocks(language: str) -> None:
    app = opened("afford", language)
    text = written(app)
    assert "¥2,400.00" in text
    assert "¥49,496" in text
    assert "40% × ¥8,000.00 − ¥600.00 = ¥2,600.00" in text
    fill(app, "lab_afford_spending", "9000")
    assert not app.error
    none = {"en": "no room for another instalment", "zh": "没有再多一笔月供的余地"}
    assert none[language] in written(app)


@BOTH
def test_borrowing_to_repay_is_guessed_told_and_answered_kindly(language: str) -> None:
    app = pick(opened("afford", language), "lab_afford_part", language, "rolling")
    told = {"en": "In month 8 it cannot go on", "zh": "到第 8 个月就撑不下去了"}[language]
    instead = {"en": "Talk to the lender before the due date", "zh": "在还款日之前"}[language]
    assert told not in written(app)
    guess = next(b for b in app.button if "rolling-collapse" in str(b.form_id))
    app.text_input(key="guess_rolling-collapse_box").set_value("soon")
    guess.click().run()
    assert len(app.error) == 1
    app.text_input(key="guess_rolling-collapse_box").set_value("12")
    next(b for b in app.button if "rolling-collapse" in str(b.form_id)).click().run()
    assert not app.exception
    assert told in written(app)
    assert instead in written(app)
    assert len(app.get("vega_lite_chart")) == 2
    (made,) = built.services().costing.predictions(WHO)
    assert (made.guess, made.truth) == (D(12), D(8))
    fill(app, "lab_rolling_spending", "3000")
    assert {"en": "No new loan is needed", "zh": "不需要再借"}[language] in written(app)
    for key in ("income", "spending", "cash", "debt", "rate", "debt_periods", "refusals_allowed"):
        before = str(app.text_input(key=f"lab_rolling_{key}").value)
        fill(app, f"lab_rolling_{key}", "abc")
        assert len(app.error) == 1
        fill(app, f"lab_rolling_{key}", before)


def test_a_link_fills_the_first_offer_and_asks_for_no_guess() -> None:
    app = opened("compare", "en", price="flat", rate="0.66", principal="9000")
    assert "A · Your offer" in written(app)
    assert "Monthly-fee plan" not in written(app)
    assert "B · Daily-interest loan" in written(app)
    assert app.text_input(key="lab_compare_principal").value == "9000"
    assert "different amounts" in written(app)
    assert not [button for button in app.button if "guess" in str(button.key)]


@BOTH
def test_progress_names_the_offers_that_were_guessed_between(language: Language) -> None:
    app = opened("compare", language)
    app.button(key="guess_four-month-choice_1").click().run()
    first, second = next(iter(built.services().comparing.examples.values())).offers
    kept = written(lab.opened("screens/progress.py", language))
    for letter, one in (("A", first), ("B", second)):
        assert f"{letter} · {one.name.say(language)}" in kept


@BOTH
def test_a_single_payment_after_days_can_be_priced(language: str) -> None:
    app = opened(
        "price", language, principal="1000", price="daily", rate="5", method="days", term_days="7"
    )
    assert not app.exception
    assert "1,003.50" in written(app)
    assert "3.50" in written(app)
    fill(app, "lab_price_term_days", "0")
    assert app.error


@BOTH
def test_what_helps_against_rolling_leads_on(language: str) -> None:
    app = pick(opened("afford", language), "lab_afford_part", language, "rolling")
    app.button(key="guess_rolling-collapse_skip").click().run()
    links = " ".join(str(link.proto) for link in app.get("page_link"))
    assert "cannot-pay" in links
    assert "borrowing-to-repay" in links


@BOTH
def test_the_first_page_leads_straight_to_comparing(language: str) -> None:
    app = lab.opened("screens/home.py", language)
    app.button(key="start_compare").click().run()
    assert not app.exception
    assert {"en": "Which offer is cheaper", "zh": "哪一笔更便宜"}[language] in app.header[0].value
