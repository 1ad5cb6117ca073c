"""The cost lab: the form, the guess, the answer, in both languages and with every kind of nonsense."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from decimal import Decimal

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from jiejian.content.targets import keys_of
from jiejian.services import built
from jiejian.ui.lab import offer_form
from jiejian.ui.lab.tools import TOOLS, Tool
from sandbox.loans import Offer, Quote, RateFigure, quote
from sandbox.loans.offer_fields import Method
from tests.screens.app import WHO, opened

LAB = "screens/lab.py"
METHODS = (
    "equal_instalment",
    "equal_principal",
    "interest_first",
    "bullet",
    "balloon",
    "revolving",
)


@pytest.fixture(autouse=True)
def _no_fault(caplog: pytest.LogCaptureFixture) -> object:
    """An error inside a fragment is only logged: let it fail the test."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def lab(language: str = "en", **preset: str) -> AppTest:
    """The price tool with an offer brought by a link, so that no guess is asked for."""
    return opened(LAB, language, tool="price", **({"principal": "12000"} | preset))


def typed(app: AppTest, name: str, text: str) -> AppTest:
    """Type into a box of the price tool."""
    return app.text_input(key=f"lab_price_{name}").set_value(text).run()


def page_text(app: AppTest) -> str:
    """Everything written on the page as HTML."""
    return " ".join(str(part.proto.body) for part in app.get("html"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_advert_is_shown_beside_the_real_cost(language: str) -> None:
    app = lab(language, price="flat", rate="0.66", periods="12")
    text = page_text(app)
    assert "7.92%" in text
    assert "14.31%" in text
    assert "¥950.40" in text
    assert not app.error


def test_every_honest_number_is_behind_one_fold() -> None:
    app = lab(price="flat", rate="0.66")
    assert "15.36%" not in page_text(app)
    app.session_state["fold_lab_price_figures"] = True
    app.run()
    text = page_text(app)
    for figure in ("7.92%", "14.31%", "15.29%", "15.36%", "15.3%", "¥79.20"):
        assert figure in text


def test_a_long_schedule_waits_until_it_is_opened() -> None:
    app = lab(price="annual", rate="12", periods="360")
    assert len(app.get("download_button")) == 0
    app.session_state["fold_table_lab_payments"] = True
    app.run()
    assert len(app.get("download_button")) == 2
    assert page_text(app).count('<th scope="row">') == 360


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("method", METHODS)
def test_each_method_is_priced(method: Method, language: str) -> None:
    app = lab(language, price="annual", rate="12", method=method)
    assert not app.error
    assert "%" in page_text(app)
    assert len(app.get("vega_lite_chart")) == 1


@pytest.mark.parametrize("picture", ["payments", "balance", "fee", "length"])
def test_each_picture_has_words_table_and_downloads(picture: str) -> None:
    app = lab(price="flat", rate="0.66")
    app.button_group(key="lab_price_picture_en").set_value(picture).run()
    (chart,) = app.get("vega_lite_chart")
    alt = str(chart.proto)
    assert "¥" in alt
    assert len(app.get("download_button")) == 2
    assert 'class="figures"' in page_text(app)


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("principal", "a lot"),
        ("principal", ""),
        ("principal", "0"),
        ("principal", "-5"),
        ("principal", "1e30"),
        ("principal", "1" + "0" * 30),
        ("principal", "10^30"),
        ("principal", "NaN"),
        ("rate_flat", "much"),
        ("rate_flat", "1e30"),
        ("periods", "0"),
        ("periods", "12.5"),
        ("periods", "1" + "0" * 30),
        ("periods", "601"),
        ("upfront_fee", "12000"),
        ("upfront_fee", "1e30"),
        ("instalment_fee", "-1"),
        ("upfront_fee_rate", "100"),
        ("insurance", "text"),
        ("membership", "1e30"),
        ("first_due", "soon"),
        ("first_due", "2020-01-01"),
        ("late_fee", "=1+1"),
        ("grace_days", "1.5"),
    ],
)
def test_nonsense_gets_one_message_and_nothing_is_lost(box: str, text: str) -> None:
    app = lab(price="flat", rate="0.66", periods="12")
    typed(app, box, text)
    (error,) = app.error
    assert "{" not in error.value
    assert ("“" in error.value) or len(error.value) > 20
    assert app.text_input(key=f"lab_price_{box}").value == text
    for other in {"principal": "12000", "periods": "12", "rate_flat": "0.66"}.items():
        if other[0] != box:
            assert app.text_input(key=f"lab_price_{other[0]}").value == other[1]
    typed(app, box, {"principal": "9000", "periods": "6", "rate_flat": "1"}.get(box, ""))
    assert not app.error


@pytest.mark.parametrize("periods", ["1", "360"])
@pytest.mark.parametrize("rate", ["0", "0.66"])
def test_the_edges_are_priced(periods: str, rate: str) -> None:
    app = lab(price="flat", rate=rate, periods=periods)
    assert not app.error


def test_a_loan_without_any_charge_says_so() -> None:
    app = lab(price="annual", rate="0")
    assert "Nothing is charged here" in page_text(app)


def test_a_refusal_is_told_in_chinese_under_its_box() -> None:
    app = typed(lab("zh", price="flat", rate="0.66"), "principal", "很多")
    (error,) = app.error
    assert error.value == "“借多少（元）”：请填数字，例如 12000 或 1,200.50。"


@pytest.mark.parametrize("problem", ["not_unique", "no_root", "out_of_range", "not_applicable"])
def test_no_single_rate_is_said_plainly(problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_rates(given: Mapping[str, object]) -> Quote:
        quoted = quote(Offer.model_validate(given))
        for name in ("irr_simple", "irr_compound", "xirr", "us_apr", "eu_aprc"):
            missing = RateFigure(None, name, "a test", problem=problem)
            vars(quoted)["rates"] = {**quoted.rates, name: missing}
        return quoted

    monkeypatch.setattr(built.services().costing, "quote", without_rates)
    app = lab(price="annual", rate="12", upfront_fee="100")
    app.session_state["fold_lab_price_figures"] = True
    app.run()
    text = page_text(app)
    assert "There is no single yearly rate here." in text
    assert "no single rate" in text
    assert "¥894.23" in text
    for picture in ("fee", "length"):
        app.button_group(key="lab_price_picture_en").set_value(picture).run()
        assert "nothing to compare" in app.info[0].value


def test_a_rate_beyond_imagining_points_to_the_money() -> None:
    app = lab(price="annual", rate="0", periods="1", upfront_fee="11999.99")
    text = page_text(app)
    assert "So little reaches your hand" in text
    assert "¥11,999.99" in text


def test_what_can_be_refused_stays_out_of_the_rate() -> None:
    app = lab(price="annual", rate="12", insurance="20")
    dearer = page_text(app)
    app.checkbox(key="lab_price_insurance_optional").check().run()
    assert not app.error
    assert page_text(app) != dearer
    assert "What you can refuse" in page_text(app)


def test_changing_the_language_keeps_the_offer() -> None:
    app = lab(price="annual", rate="18", method="interest_first", period="quarter")
    app.session_state["lang"] = "zh"
    app.run()
    assert app.selectbox(key="lab_price_method_zh").value == "interest_first"
    assert app.selectbox(key="lab_price_period_zh").value == "quarter"
    assert app.text_input(key="lab_price_rate_annual").value == "18"
    assert not app.error


def test_a_preset_that_makes_no_sense_is_passed_over() -> None:
    app = lab(price="free", method="theft", tool_x="1", lab_price_principal="1")
    assert app.text_input(key="lab_price_principal").value == "12000"
    assert not app.error


def test_an_unknown_tool_opens_the_first() -> None:
    app = opened(LAB, "en", tool="../../etc/passwd")
    assert app.title[0].value == "What a loan really costs"
    assert not app.error


def test_a_redrawn_page_does_not_undo_what_was_typed() -> None:
    app = lab(price="flat", rate="0.66")
    typed(app, "principal", "5000")
    app.run()
    assert app.text_input(key="lab_price_principal").value == "5000"


def test_every_preset_of_a_link_has_a_box() -> None:
    boxes = {name for name in offer_form.DEFAULTS if not name.startswith("rate_")}
    assert boxes | {"rate", "tool"} == set(keys_of("lab"))
    assert {f"rate_{price}" for price in offer_form.PRICES} <= offer_form.DEFAULTS.keys()


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_tool_opens_by_its_link(tool: str, language: str) -> None:
    app = opened(LAB, language, tool=tool)
    assert not app.error
    assert len(app.title) == 1


@pytest.fixture
def second_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool beside the first, so that there is something to choose from."""

    def show() -> None:
        key = "lab_second_principal"
        st.session_state.setdefault(key, "12000")
        st.text_input("Second", key=key)

    monkeypatch.setitem(TOOLS, "second", Tool("Second", ":material/add:", show))


@pytest.mark.usefixtures("second_tool")
def test_the_chosen_tool_is_in_the_address_and_outlives_the_language() -> None:
    app = lab(price="flat", rate="0.66")
    app.button_group(key="lab_tool_en").set_value("second").run()
    assert app.text_input(key="lab_second_principal").value == "12000"
    assert app.query_params == {"tool": "second"}
    app.session_state["lang"] = "zh"
    app.run()
    assert app.button_group(key="lab_tool_zh").value == "second"
    assert app.text_input(key="lab_second_principal").value == "12000"


@pytest.mark.usefixtures("second_tool")
def test_a_link_opens_its_tool_and_fills_its_form() -> None:
    app = opened(LAB, "zh", tool="second", principal="777")
    assert app.text_input(key="lab_second_principal").value == "777"
    app.text_input(key="lab_second_principal").set_value("5").run()
    app.run()
    assert app.text_input(key="lab_second_principal").value == "5"
    app.button_group(key="lab_tool_zh").set_value("price").run()
    assert app.query_params == {"tool": "price"}


def guess(app: AppTest, text: str) -> AppTest:
    """Type a guess and ask for the truth."""
    app.text_input(key="lab_price_guess").set_value(text)
    button = next(b for b in app.button if b.label in ("Show me the real figure", "看看真实的数字"))
    return button.click().run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_truth_is_hidden_until_a_guess_is_made(language: str) -> None:
    app = opened(LAB, language, tool="price")
    assert "14.31" not in page_text(app)
    assert len(app.text_input) == 1
    guess(app, "8")
    assert "14.31%" in page_text(app)
    (made,) = built.services().costing.predictions(WHO)
    assert (made.exercise, made.guess, made.truth) == (
        "flat-fee-year",
        Decimal(8),
        Decimal("14.31"),
    )
    progress = opened("screens/progress.py", language)
    assert "14.31%" in page_text(progress)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("14", "Very close"),
        ("15.3", "Very close"),
        ("15.9", "compounded"),
        ("7.92%", "advert's own sum"),
        ("3", "more than you thought"),
        ("40", "more wary"),
        ("百分之十四", "Very close"),
    ],
)
def test_each_guess_is_answered_kindly(text: str, said: str) -> None:
    app = guess(opened(LAB, "en", tool="price"), text)
    assert said in page_text(app).replace("&#x27;", "'")


@pytest.mark.parametrize("text", ["", "no idea", "-3", "1e30", "9" * 40])
def test_a_guess_that_is_no_number_is_asked_again(text: str) -> None:
    app = guess(opened(LAB, "en", tool="price"), text)
    assert "Your guess" in app.error[0].value
    assert app.text_input(key="lab_price_guess").value == text
    assert "14.31" not in page_text(app)
    assert built.services().costing.predictions(WHO) == ()


def test_the_guess_can_be_skipped() -> None:
    app = opened(LAB, "en", tool="price")
    app.button(key="lab_price_skip").click().run()
    assert "14.31%" in page_text(app)
    assert built.services().costing.predictions(WHO) == ()


def test_a_guess_once_made_is_not_asked_for_again() -> None:
    guess(opened(LAB, "en", tool="price"), "8")
    again = opened(LAB, "zh", tool="price")
    assert "14.31%" in page_text(again)
    assert len(built.services().costing.predictions(WHO)) == 1
