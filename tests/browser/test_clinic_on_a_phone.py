"""A frightened newcomer with a phone: types what the app said, and the next step is on screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from jiejian.content.clinic.clinicbook import load_clinic
from jiejian.services.built import ROOT
from sandbox.text import LANGUAGES
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

SYMPTOMS = load_clinic(ROOT).symptoms
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
PHONE: ViewportSize = {"width": 390, "height": 844}
# As people type them, slips and all.
TYPED = {
    "zh": {
        "综和评分不足怎么办": "assessment-failed",
        "一直系统烦忙": "system-busy",
        "钱没到账但是有账单": "debt-but-no-money",
        "客服让我先交解冻费": "unfreezing-fee",
        "额度突然变成0了": "limit-zero",
    },
    "en": {
        "score to low": "assessment-failed",
        "sistem busy": "system-busy",
        "i owe money but it never arrived": "debt-but-no-money",
        "they want a fee to unfreeze it": "unfreezing-fee",
        "my limit is 0": "limit-zero",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_failures_as_people_type_them(
    chromium: Browser, server: object, language: str
) -> None:
    url = str(getattr(server, "url", ""))
    context = chromium.new_context(viewport=PHONE, locale=LOCALES[language])
    me = Visitor(context, url, language)
    me.goto("/clinic")
    me.check_page()
    for typed, meant in TYPED[language].items():
        symptom = SYMPTOMS[meant]
        me.goto("/clinic")
        box = me.page.get_by_label(me.say("What did it say? Type it as you saw it"))
        box.fill(typed)
        box.press("Enter")
        me.settle()
        first = me.page.locator(".st-key-rows_found button").first
        expect(first).to_have_text(re.compile(re.escape(getattr(symptom.says, language))))
        first.click()
        me.settle()
        expect(me.page).to_have_url(f"{url}/clinic?id={meant}")
        if symptom.scam:
            _alarm(me, meant)
        # The right next step can be read without scrolling, and the page begins at its top.
        step = me.page.get_by_text(getattr(symptom.first, language), exact=True)
        expect(step).to_be_in_viewport()
        me.check_page()
    _taps_are_wide_enough(me)
    me.check_nothing_went_wrong()
    context.close()


def _alarm(me: Visitor, meant: str) -> None:
    alarm = SYMPTOMS[meant].alarm
    assert alarm is not None
    expect(me.page.get_by_text(getattr(alarm, me.language), exact=True)).to_be_in_viewport()
    expect(me.page.locator(".plan")).to_have_count(0)
    me.check_page()
    me.press(me.say("No, and I will not"))
    expect(me.page.locator(".plan")).to_have_count(1)


def _taps_are_wide_enough(me: Visitor) -> None:
    """Everything to tap is at least 44 px high, save the links in the text of the sources."""
    low = me.page.evaluate(
        """[...document.querySelectorAll('[data-testid=stMain] button, [data-testid=stMain] a')]
        .filter(e => e.innerText && !e.closest('.sources'))
        .map(e => [e.innerText, e.getBoundingClientRect().height])
        .filter(([text, height]) => height > 0 && height < 44)"""
    )
    assert low == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_leads_back_and_the_tree_to_its_end(
    chromium: Browser, server: object, language: str
) -> None:
    url = str(getattr(server, "url", ""))
    context = chromium.new_context(viewport=PHONE, locale=LOCALES[language])
    me = Visitor(context, url, language)
    symptom = SYMPTOMS["limit-zero"]
    me.goto("/clinic")
    me.press(getattr(symptom.says, language))
    for question in symptom.questions:
        me.press(getattr(question.answers[0].say, language))
    expect(me.page.locator(".cause")).to_have_text(
        getattr(symptom.conclusions["market"].cause, language)
    )
    # A tap keeps the address, so a reload and the way back both work.
    expect(me.page).to_have_url(f"{url}/clinic?id=limit-zero")
    me.page.reload()
    me.settle()
    expect(me.page.locator("h1")).to_have_text(getattr(symptom.says, language))
    me.page.go_back()
    me.settle()
    expect(me.page.locator("h1")).to_have_text(me.say("Why was I refused?"))
    me.check_nothing_went_wrong()
    context.close()


def test_every_plan_prints_on_one_sheet(chromium: Browser, server: object) -> None:
    url = str(getattr(server, "url", ""))
    page = chromium.new_page(viewport=PHONE)
    for language in LANGUAGES:
        for name in SYMPTOMS:
            page.goto(f"{url}/plan/{name}?lang={language}")
            sheet = page.pdf(prefer_css_page_size=True, print_background=True)
            assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1, (name, language)
    button = page.locator("#print")
    expect(button).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.evaluate("window.print = () => { window.printed = true }")
    button.click()
    assert page.evaluate("window.printed") is True
    page.close()
