"""On a phone, somebody who never saw the page finds the cheaper of two offers after four months."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def press_pill(me: Visitor, words: str) -> None:
    """Press one of several choices, however the widget names their role."""
    button = me.page.get_by_role("button", name=me.say(words))
    button.or_(me.page.get_by_role("radio", name=me.say(words))).first.click()
    me.settle()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_newcomer_finds_the_cheaper_offer(
    chromium: Browser, server: object, language: str, tmp_path: Path
) -> None:
    url = str(getattr(server, "url", ""))
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale=locale)
    me = Visitor(context, url, language)
    page = me.page

    me.goto("/")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_text(me.say("What it costs", "page")).click()
    me.settle()
    press_pill(me, "Compare offers")
    expect(
        page.get_by_role("heading", name=me.say("Which offer is cheaper for you?"))
    ).to_be_visible()
    months = page.get_by_label(me.say("I repay everything after (months)"), exact=True)
    expect(months).to_have_value("4")
    answer = page.locator(".st-key-card_lab_compared")
    expect(answer).to_have_count(0)
    me.check_page()

    guess = page.locator(".st-key-card_guess_four-month-choice")
    # A double tap is one guess.
    guess.get_by_role("button", name="A ·").dblclick()
    me.settle()
    cheaper = {"en": "B is cheaper by ¥211.96", "zh": "B 便宜 ¥211.96"}[language]
    expect(answer.get_by_role("status")).to_contain_text(cheaper)
    expect(answer.locator(".costbars strong")).to_have_text(["¥720.00", "¥508.04"])
    expect(answer).to_contain_text("¥480.00")
    expect(page.locator(".st-key-card_lab_plan")).to_contain_text(cheaper)
    expect(page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()
    me.check_page()

    months.fill("a few")
    months.press("Tab")
    me.settle()
    expect(page.get_by_role("alert")).to_contain_text(me.say("I repay everything after (months)"))
    expect(months).to_have_value("a few")
    months.fill("8")
    months.press("Tab")
    me.settle()
    turned = {"en": "A is cheaper by ¥117.68", "zh": "A 便宜 ¥117.68"}[language]
    expect(answer.get_by_role("status")).to_contain_text(turned)

    page.get_by_text(me.say("Every figure side by side")).click()
    table = page.get_by_role("region", name=me.say("The offers side by side"))
    expect(table).to_contain_text("837.68")
    # A download belongs to the run that drew its button: not to one that is still drawing.
    me.settle()
    with page.expect_download() as download:
        page.locator(".st-key-download_lab_compare_table_xlsx button").click()
    file = tmp_path / "offers.xlsx"
    download.value.save_as(file)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]] == [me.say("Total cost (yuan)"), 720, 837.68]
    with page.expect_download() as download:
        page.locator(".st-key-download_lab_compare_table_csv button").click()
    assert "837.68" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    me.check_page()

    me.goto("/progress")
    expect(page.locator(".st-key-card_guesses")).to_contain_text(
        me.say("Repaid after four months: which offer costs less?")
    )
    me.check_nothing_went_wrong()
    context.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_if_and_affordability_on_a_phone(
    chromium: Browser, server: object, language: str
) -> None:
    url = str(getattr(server, "url", ""))
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale=locale)
    me = Visitor(context, url, language)
    page = me.page

    me.goto("/lab?tool=whatif")
    expect(page.locator(".st-key-card_lab_whatif_answer")).to_contain_text("¥371.38")
    for step in ("I pay late", "I pay only the minimum", "I pause for a while"):
        press_pill(me, step)
        expect(page.locator(".st-key-card_lab_whatif_answer").get_by_role("status")).to_be_visible()
        expect(page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()
    me.check_page()

    press_pill(me, "What I can carry")
    expect(page.locator(".st-key-card_lab_safe")).to_contain_text("¥2,400.00")
    me.check_page()
    press_pill(me, "Can a new loan repay the old one?")
    box = page.get_by_label(
        me.say("In which month can an instalment no longer be paid?"), exact=True
    )
    box.fill({"en": "12", "zh": "十二"}[language])
    box.press("Tab")
    me.press(me.say("Show me what happens"))
    told = {"en": "In month 8 it cannot go on", "zh": "到第 8 个月就撑不下去了"}[language]
    expect(page.locator(".st-key-card_lab_rolled").get_by_role("status")).to_contain_text(told)
    expect(page.locator(".st-key-card_lab_instead")).to_be_visible()
    me.check_page()
    me.check_nothing_went_wrong()
    context.close()
