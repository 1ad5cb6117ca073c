"""The whole way in a real browser: read, borrow, fail, understand, be quizzed, be remembered."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from jiejian.content.library import load_library
from jiejian.services.built import ROOT
from sandbox.answers import ANSWERS
from tests.browser.answering import Answering
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_way(
    chromium: Browser, server: object, language: str, width: int, tmp_path: Path
) -> None:
    url = str(getattr(server, "url", ""))
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    context = chromium.new_context(viewport={"width": width, "height": 844}, locale=locale)
    me = Visitor(context, url, language)

    me.goto("/")
    expect(me.page.locator("h1")).to_have_text(
        me.say("See why a loan fails, before it is your loan")
    )
    assert (
        me.page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-CN"}[language]
    )
    me.check_page()

    me.press(me.say("Start the first lesson"))
    expect(me.page).to_have_url(f"{url}/lesson?id=why-requests-fail")
    _walk_the_lesson(me)
    me.check_page()
    me.press(me.say("I have read it: to the quiz"))
    expect(me.page).to_have_url(f"{url}/quiz?id=why-requests-fail")
    _answer_all(me)
    me.check_page()

    me.goto("/borrow")
    # A double click is one request: the counts below would show a second.
    me.page.get_by_role("button", name=me.say("Send the request")).dblclick()
    me.settle()
    expect(me.page.get_by_text(me.say("The offer"), exact=True)).to_be_visible()
    expect(me.page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first).to_be_visible()
    me.check_page()
    for _ in range(2):
        me.page.wait_for_timeout(1100)
        me.press(me.say("Send the request"))
    expect(me.page.locator(".reason .code", has_text="R01")).to_be_visible()
    expect(me.page.locator(".stage-tripped")).to_have_count(1)
    expect(me.page.locator(".countdown-cool")).to_be_visible()
    me.check_page()
    me.page.wait_for_timeout(1100)
    me.press(me.say("Send the request"))
    expect(me.page.locator(".countdown-frozen")).to_be_visible()

    me.goto("/progress")
    requests = me.page.locator(".st-key-past_requests a")
    expect(requests).to_have_count(4)
    me.check_page()
    _replay(me)
    _export(me, tmp_path)
    code = _recovery_code(me)
    me.check_nothing_went_wrong()

    # A page left open would rightly complain that its server is gone.
    me.page.close()
    server.stop(signal.SIGKILL)  # type: ignore[attr-defined]
    server.start()  # type: ignore[attr-defined]
    back = Visitor(context, url, language)
    back.goto("/progress")
    expect(back.page.locator(".st-key-past_requests a")).to_have_count(4)

    elsewhere = chromium.new_context(viewport={"width": width, "height": 844}, locale=locale)
    other = Visitor(elsewhere, url, language)
    other.goto("/progress")
    expect(other.page.locator(".st-key-past_requests a")).to_have_count(0)
    other.page.goto(f"{url}/recover")
    other.page.fill("#code", code)
    other.page.locator("button[type=submit]").click()
    other.settle()
    expect(other.page.locator(".st-key-past_requests a")).to_have_count(4)
    other.press(me.say("Delete everything"))
    other.press(me.say("Yes, delete it all"))
    expect(other.page.locator(".st-key-past_requests a")).to_have_count(0)
    for person in (back, other):
        person.check_nothing_went_wrong()
    elsewhere.close()
    context.close()


def _walk_the_lesson(me: Visitor) -> None:
    """Turn every step, play the sorting game's first card where it stands."""
    forward = me.page.locator(".st-key-step_next button")
    while forward.count():
        forward.click()
        me.settle()
        game = me.page.locator('[class*="st-key-card_widget"]:has(.card-count)')
        if game.count():
            game.locator(".stButton button").first.click()
            me.settle()
            expect(game.locator(".verdict")).to_be_visible()
            me.check_page()


def _answer_all(me: Visitor) -> None:
    """Answer every item rightly, but the first one wrongly, and meet that one again."""
    library = load_library(ROOT, compute=ANSWERS)
    quiz = library.quizzes["why-requests-fail"]
    answering = Answering(me.page, "zh" if me.language == "zh" else "en")
    for place, item in enumerate([*quiz.items, quiz.items[0]]):
        for _step in answering.fill_in(item, library.compute, right=place > 0):
            me.press(me.say("Check my answer"))
            me.press(me.say("Next"))
    expect(me.page.get_by_text(me.say("All answered"))).to_be_visible()


def _replay(me: Visitor) -> None:
    """Open the last request again, and decide its case file at the headless door."""
    me.page.locator(".st-key-past_requests a").first.click()
    me.settle()
    expect(me.page.locator(".outcome-frozen")).to_be_visible()
    with me.page.expect_download() as download:
        me.page.get_by_role("button", name=me.say("Download this case as a file")).click()
    case = Path(download.value.path()).read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "request"],
        input=case,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert json.loads(done.stdout)["outcome"] == "frozen"
    me.goto("/progress")


def _export(me: Visitor, folder: Path) -> None:
    with me.page.expect_download() as download:
        me.page.get_by_role("button", name=me.say("Download all that is held about me")).click()
    held = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    kinds = [event["kind"] for event in held["events"]]
    assert kinds.count("request_sent") == 4
    assert kinds.count("answer_given") == 13
    assert "lesson_finished" in kinds


def _recovery_code(me: Visitor) -> str:
    me.press(me.say("Make a recovery code"))
    return me.page.locator(".recovery").inner_text()
