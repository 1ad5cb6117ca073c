"""A lesson in a real browser: terms by touch and by keyboard, steps, sliders, guesses, the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ebooklib import epub
from playwright.sync_api import Browser, Locator, expect

from tests.browser.visitor import Visitor
from tests.served import Server

pytestmark = pytest.mark.browser

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
KEY = ".st-key-card_widget_every-part"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with the sample course, which has one of every part."""
    served = Server(tmp_path_factory.mktemp("sample") / "data", "tests.browser.sample_course")
    served.start()
    yield served
    served.stop()


def visitor(chromium: Browser, server: Server, language: str, *, phone: bool) -> Visitor:
    width = 390 if phone else 1280
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        locale=LOCALES[language],
        has_touch=phone,
        is_mobile=phone,
    )
    return Visitor(context, server.url, language)


def opened(card: Locator) -> bool:
    """Whether a term's card is open, or shown below its word."""
    return bool(card.evaluate("card => getComputedStyle(card).display !== 'none'"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_term_on_a_phone_opens_by_tap_and_closes_by_tap(
    chromium: Browser, sample: Server, language: str
) -> None:
    me = visitor(chromium, sample, language, phone=True)
    me.goto("/lesson?id=every-part")
    card = me.page.locator(".term-card").first
    assert not opened(card)
    me.page.locator(".term > button").first.tap()
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844
    me.check_page()
    me.page.touchscreen.tap(200, 90)
    expect(card).to_be_hidden()
    me.check_nothing_went_wrong()


def test_a_term_is_reached_read_and_closed_by_keyboard(chromium: Browser, sample: Server) -> None:
    me = visitor(chromium, sample, "en", phone=False)
    me.goto("/lesson?id=every-part")
    button, card = me.page.locator(".term > button").first, me.page.locator(".term-card").first
    me.page.locator(".lesson-head h1").focus()
    for _ in range(20):
        me.page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    assert opened(card)
    described = str(button.get_attribute("aria-describedby"))
    assert described == card.get_attribute("id")
    me.page.keyboard.press("Enter")
    assert card.evaluate("card => card.matches(':popover-open')")
    me.page.keyboard.press("Escape")
    assert not card.evaluate("card => card.matches(':popover-open')")
    expect(button).to_be_focused()
    me.page.keyboard.press("Tab")
    expect(card).to_be_hidden()


def test_a_term_is_explained_under_the_mouse(chromium: Browser, sample: Server) -> None:
    me = visitor(chromium, sample, "en", phone=False)
    me.goto("/lesson?id=every-part")
    card = me.page.locator(".term-card").first
    me.page.locator(".term > button").first.hover()
    expect(card).to_be_visible()
    me.page.mouse.move(5, 5)
    expect(card).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_step_is_turned_kept_and_gone_back_to(
    chromium: Browser, sample: Server, language: str
) -> None:
    me = visitor(chromium, sample, language, phone=True)
    me.goto("/lesson?id=every-part")
    me.page.locator(".st-key-step_next button").tap()
    me.settle()
    expect(me.page).to_have_url(f"{me.url}/lesson?id=every-part&at=widgets")
    # The new step is read from its top, and the focus is there.
    expect(me.page.locator(".lesson-head h1")).to_be_focused()
    top = me.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop")
    assert top < 100
    me.check_page()
    me.goto("/learn")
    me.page.locator(".st-key-go_on button").tap()
    me.settle()
    expect(me.page).to_have_url(f"{me.url}/lesson?id=every-part&at=widgets")
    me.check_nothing_went_wrong()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_slider_by_keyboard_moves_what_is_computed(
    chromium: Browser, sample: Server, language: str
) -> None:
    me = visitor(chromium, sample, language, phone=False)
    me.goto("/lesson?id=every-part&at=widgets")
    card = me.page.locator(f"{KEY}_0")
    readout = card.locator(".readout dd").first
    expect(readout).to_have_text("¥1,066.19")
    handle = card.get_by_role("slider").first
    handle.focus()
    for _ in range(4):
        handle.press("ArrowRight")
    me.settle()
    expect(readout).to_have_text("¥564.88")
    expect(card.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()
    # There is nothing beyond the last stop.
    handle.press("ArrowRight")
    me.settle()
    expect(readout).to_have_text("¥564.88")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_guess_is_revealed_and_remembered(
    chromium: Browser, sample: Server, language: str
) -> None:
    me = visitor(chromium, sample, language, phone=True)
    me.goto("/lesson?id=every-part&at=widgets")
    card = me.page.locator(f"{KEY}_1")
    card.locator(".stButton button").first.tap()
    me.settle()
    expect(card.locator(".verdict-wrong")).to_contain_text("13.03%")
    me.page.reload()
    me.settle()
    expect(me.page.locator(f"{KEY}_1 .verdict-wrong")).to_contain_text("13.03%")
    me.check_page()
    me.check_nothing_went_wrong()


def test_the_printed_lesson_and_the_book(chromium: Browser, sample: Server, tmp_path: Path) -> None:
    me = visitor(chromium, sample, "en", phone=True)
    me.page.goto(f"{me.url}/print?id=every-part&lang=en&teach=1")
    expect(me.page.locator("h1")).to_have_text("Every part")
    expect(me.page.locator(".teacher")).to_contain_text("Let everyone guess first.")
    expect(me.page.locator(".answer").first).to_contain_text("More than 12%")
    expect(me.page.locator("#print")).to_be_visible()
    wide = me.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    me.page.emulate_media(media="print")
    expect(me.page.locator("nav")).to_be_hidden()
    me.page.emulate_media(media="screen")
    me.goto("/learn")
    with me.page.expect_download() as download:
        me.page.locator(".book a").first.click()
    path = tmp_path / "book.epub"
    download.value.save_as(path)
    assert epub.read_epub(path).get_metadata("DC", "title")[0][0] == "Jiejian: Before"
    me.check_nothing_went_wrong()
