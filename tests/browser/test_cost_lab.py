"""The cost lab on a phone: guess first, then the truth, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def fill(me: Visitor, label: str, text: str) -> Locator:
    """Type into the box of this label and leave it."""
    box = me.page.get_by_label(me.say(label), exact=True)
    box.fill(text)
    box.press("Tab")
    me.settle()
    return box


@pytest.mark.parametrize("language", ["en", "zh"])
def test_guess_first_then_the_truth(
    chromium: Browser, server: object, language: str, tmp_path: Path
) -> None:
    url = str(getattr(server, "url", ""))
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale=locale)
    me = Visitor(context, url, language)
    page = me.page

    me.goto("/lab?tool=price")
    expect(page.locator(".advert")).to_contain_text("7.92%")
    expect(page.get_by_text("14.31%")).to_have_count(0)
    me.check_page()

    fill(me, "Your guess, in percent a year", "八九不离十")
    me.press(me.say("Show me the real figure"))
    expect(page.get_by_role("alert").first).to_contain_text(me.say("Your guess"))
    fill(me, "Your guess, in percent a year", "8%")
    # A double tap is one guess: the export below would show a second.
    page.get_by_role("button", name=me.say("Show me the real figure")).dblclick()
    me.settle()
    told = page.locator(".st-key-card_lab_told")
    expect(told.locator("strong")).to_have_text(["8%", "14.31%"])
    expect(told.get_by_role("status")).to_be_visible()
    me.check_page()

    amount = fill(me, "Amount you borrow (yuan)", "a lot")
    expect(page.get_by_role("alert")).to_contain_text(me.say("Amount you borrow (yuan)"))
    expect(amount).to_have_value("a lot")
    fill(me, "Amount you borrow (yuan)", "2.4万")
    expect(page.get_by_role("alert")).to_have_count(0)
    answer = page.locator(".st-key-card_lab_answer")
    expect(answer).to_contain_text("¥1,900.80")
    expect(answer.locator("strong")).to_have_text(["7.92%", "14.31%"])

    page.get_by_text(me.say("Every honest number, and its formula")).click()
    me.settle()
    expect(page.locator(".rates li")).to_have_count(9)
    page.locator(".rates details").nth(1).locator("summary").click()
    expect(page.locator(".rates .formula").nth(1)).to_contain_text("(1 + i)^12")
    me.check_page()

    for picture in ("What you still owe", "If the fee changes", "If the length changes"):
        page.get_by_role("button", name=me.say(picture)).or_(
            page.get_by_role("radio", name=me.say(picture))
        ).first.click()
        me.settle()
        expect(page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()
    page.get_by_text(me.say("The figures as a table")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=me.say("Download CSV")).click()
    text = Path(download.value.path()).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert "14.31" in text.decode("utf-8-sig")
    with page.expect_download() as download:
        page.get_by_role("button", name=me.say("Download for Excel")).click()
    file = tmp_path / "table.xlsx"
    download.value.save_as(file)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)][:3] == [1, 3, 6]
    me.check_page()

    _switch_language(me)
    expect(page.get_by_label(me.say("Amount you borrow (yuan)"), exact=True)).to_have_value("2.4万")
    _switch_language(me)

    me.goto("/lab")
    expect(page.locator(".st-key-card_lab_guess")).to_have_count(0)
    me.goto("/progress")
    expect(page.locator(".st-key-card_guesses")).to_contain_text("14.31%")
    me.check_page()
    with page.expect_download() as download:
        me.page.get_by_role("button", name=me.say("Download all that is held about me")).click()
    held = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    made = [event["data"] for event in held["events"] if event["kind"] == "prediction_made"]
    assert made == [
        {"exercise": "flat-fee-year", "guess": "8", "truth": "14.31", "unit": "percent"}
    ]
    me.check_nothing_went_wrong()
    context.close()


def _switch_language(me: Visitor) -> None:
    me.language = {"en": "zh", "zh": "en"}[me.language]
    name = {"en": "English", "zh": "中文"}[me.language]
    me.page.locator(".st-key-langbar").get_by_text(name).click()
    me.settle()
