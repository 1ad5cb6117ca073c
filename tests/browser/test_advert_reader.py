"""The advert reader on a phone: paste, read, answer, and open the loan in the lab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

HOSTILE = "<b onclick=alert(1)>0利息</b>，月供仅199元 \u202e%2.7\u202c 😀 月供仅199元，36期"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_paste_read_answer_and_open_in_the_lab(
    chromium: Browser, server: object, language: str
) -> None:
    url = str(getattr(server, "url", ""))
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale=locale)
    me = Visitor(context, url, language)
    page = me.page
    page.on("dialog", lambda dialog: me.problems.append(f"dialog: {dialog.message}"))

    me.goto("/lab?tool=advert")
    answer = page.locator(".st-key-card_lab_advert_answer")
    expect(answer.locator("strong").nth(1)).to_have_text("18.17%")
    me.check_page()

    box = page.get_by_label(me.say("Or paste the words of an advert here"), exact=True)
    box.fill(HOSTILE)
    me.press(me.say("Read it"))
    read = page.locator(".advert-read")
    expect(read).to_contain_text("<b onclick=alert(1)>")
    expect(read.locator("mark").first).to_have_text("0利息")
    expect(page.locator(".st-key-card_lab_advert_must")).to_be_visible()
    expect(answer.locator("strong")).to_have_count(0)
    me.check_page()

    amount = page.locator(".st-key-lab_advert_answer_amount input")
    amount.fill("a lot")
    amount.press("Tab")
    me.settle()
    expect(page.get_by_role("alert")).to_have_count(1)
    amount.fill("5千")
    amount.press("Tab")
    me.settle()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(answer.locator(".real")).to_have_text("25.08%")
    answer.get_by_text(me.say("How these figures are worked out")).click()
    me.settle()
    expect(answer.locator(".rates li")).to_have_count(4)
    me.check_page()

    me.language = {"en": "zh", "zh": "en"}[me.language]
    page.locator(".st-key-langbar").get_by_text(
        {"en": "English", "zh": "中文"}[me.language]
    ).click()
    me.settle()
    expect(box.or_(page.locator(".st-key-lab_advert_text textarea"))).to_have_value(HOSTILE)
    expect(answer.locator(".real")).to_have_text("25.08%")

    page.get_by_text(me.say("Open this loan in the lab")).click()
    expect(page.locator(".st-key-card_lab_answer .real")).to_have_text("25.08%")
    me.settle()
    me.check_page()
    me.check_nothing_went_wrong()
    context.close()
