"""One question of each kind, answered on a phone with the keyboard alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.answers import ANSWERS
from tests.browser.visitor import PATIENCE, Visitor
from tests.served import Server

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

# The product on the content of tests/kinds.
SERVE = """
import sys
from pathlib import Path
from typing import Any
from jiejian.services import built
built.ROOT = Path("tests/kinds").resolve()
from jiejian.serve import main
sys.exit(main())
"""
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.closest('label') || at.closest('[data-testid="stSelectbox"]');
  return [at.tagName, at.type || '', at.innerText || '', label ? label.innerText : ''].join('|');
}"""


class KindsServer(Server):
    """The product serving tests/kinds."""

    def command(self) -> list[str]:
        """What is started."""
        return [sys.executable, "-c", SERVE]


@pytest.fixture
def kinds(tmp_path: Path) -> Iterator[Server]:
    served = KindsServer(tmp_path / "data")
    served.start()
    yield served
    served.stop()


class Keyboard:
    """Hands that have no mouse."""

    def __init__(self, me: Visitor) -> None:
        self.me = me
        self.page: Page = me.page

    def focused(self) -> str:
        """What has the focus: tag, type, words, words of its label."""
        return str(self.page.evaluate(FOCUSED))

    def tab_to(self, words: str, key: str = "Tab") -> None:
        """Tab on until what has the focus says these words."""
        for _ in range(120):
            self.page.keyboard.press(key)
            if words in self.focused():
                return
        raise AssertionError(f"no way by {key} to {words!r}, at {self.focused()!r}")

    def press(self, words: str) -> None:
        """Go to a button and press it."""
        self.tab_to(words)
        self.page.keyboard.press("Enter")
        self.me.settle()

    def choose_radio(self, words: str) -> None:
        """Enter a group of radio buttons and walk it with the arrows."""
        self.tab_to("INPUT|radio")
        for _ in range(8):
            if words in self.focused():
                break
            self.page.keyboard.press("ArrowDown")
        assert words in self.focused()
        self.page.keyboard.press("Space")

    def tick(self, words: str) -> None:
        """Tick a checkbox."""
        self.tab_to(words)
        self.page.keyboard.press("Space")

    def select(self, pair: str, target: str) -> None:
        """Open a list with the keyboard and take an entry."""
        self.tab_to(pair)
        self.page.keyboard.press("ArrowDown")
        options = self.page.get_by_role("option")
        expect(options.first).to_be_visible()
        names = [text.strip() for text in options.all_inner_texts()]
        for _ in range(names.index(target) + 1):
            if target in self.highlighted():
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        expect(options).to_have_count(0)

    def highlighted(self) -> str:
        """The entry of an open list that Enter would take."""
        return str(
            self.page.evaluate(
                "() => { const at = document.activeElement;"
                " const id = at.getAttribute('aria-activedescendant');"
                " const el = id ? document.getElementById(id) : null;"
                " return el ? el.innerText : ''; }"
            )
        )

    def type(self, text: str) -> None:
        """Go to the text box and type."""
        self.tab_to("INPUT|text")
        self.page.keyboard.type(text)


WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "one": "Check the loan list",
        "several": ["Your value and the limit", "When you can try again"],
        "order": [
            "Look at the loan list in the app",
            "Look at your bank account and messages",
            "Take a screenshot and ask official support",
            "Decide whether to send again",
        ],
        "match": {
            "“System busy”": "Systems and technology",
            "“Too many requests”": "Risk control",
            "“Face check not completed”": "Your own slips",
        },
        "control": "Velocity check (one hour)",
        "advert": ["approval guaranteed", "interest from just 0.05% a day"],
        "answer": "Share his screen as told",
        "harm": ["Disconnect and stop", "Call the police"],
    },
    "zh": {
        "one": "查借款记录",
        "several": ["你的数值和界线", "什么时候能再试"],
        "order": ["看应用里的借款记录", "看银行卡和短信", "截图，问官方客服", "决定要不要重发"],
        "match": {
            "“系统繁忙”": "系统与技术",
            "“申请过于频繁”": "风险控制",
            "“人脸核验未完成”": "自己的疏漏",
        },
        "control": "一小时频次",
        "advert": ["百分百下款", "日息低至万五"],
        "answer": "按对方说的共享屏幕",
        "harm": ["立刻断开，停止操作", "报警"],
    },
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_kind_by_keyboard_on_a_phone(chromium: Browser, kinds: Server, language: str) -> None:
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale=locale)
    me = Visitor(context, kinds.url, language)
    hands, words = Keyboard(me), WORDS[language]
    me.goto("/quiz?id=every-kind")
    check, following = me.say("Check my answer"), me.say("Next")

    def checked(right: bool = True) -> None:
        _large_enough(me)
        me.check_page()
        hands.press(check)
        _announced(hands, right)
        hands.press(following)
        # The question that follows is where the keyboard goes on.
        expect(me.page.locator(".st-key-card_quiz p.stem").last).to_be_focused()

    hands.choose_radio(words["one"])
    hands.tab_to(me.say("Sure"))
    me.page.keyboard.press("Enter")
    checked()
    for name in words["several"]:
        _tick_from_stem(hands, name)
    checked()
    hands.type(_interest(me.page))
    me.page.keyboard.press("Enter")
    me.settle()
    _announced(hands, True)
    hands.press(following)
    for name in words["order"]:
        _order_one(hands, name)
    checked()
    for pair, target in words["match"].items():
        hands.select(pair, target)
    checked()
    hands.choose_radio(words["control"])
    checked()
    for name in words["advert"]:
        _tick_from_stem(hands, name)
    checked()
    hands.choose_radio(words["answer"])
    checked(right=False)
    for name in words["harm"]:
        _tick_from_stem(hands, name)
    checked()
    hands.type("661.85")
    me.page.keyboard.press("Enter")
    me.settle()
    _announced(hands, True)
    hands.press(following)
    me.check_page()
    me.check_nothing_went_wrong()
    context.close()


def _announced(hands: Keyboard, right: bool) -> None:
    """The result is a status, has the focus, and stands on the screen."""
    result = hands.page.locator(".result[role=status]")
    expect(result).to_be_visible()
    expect(result).to_have_class(re.compile("result-right" if right else "result-wrong"))
    expect(result).to_be_focused()
    expect(result).to_be_in_viewport()


def _tick_from_stem(hands: Keyboard, words: str) -> None:
    """Options are shuffled: begin at the question again for each."""
    hands.page.locator(".st-key-card_quiz p.stem").first.evaluate(
        "el => { el.setAttribute('tabindex', '-1'); el.focus(); }"
    )
    hands.tick(words)


def _order_one(hands: Keyboard, words: str) -> None:
    hands.page.locator(".st-key-card_quiz p.stem").first.evaluate("el => el.focus()")
    hands.press(words)
    assert words in hands.focused(), "the button pressed keeps the focus"


def _interest(page: Page) -> str:
    """Work the drawn numbers of the stem out."""
    stem = page.locator(".st-key-card_quiz p.stem").inner_text()
    principal = Decimal(re.findall(r"¥([\d,]+)", stem)[0].replace(",", ""))
    rate = Decimal(re.findall(r"(\d+)%", stem)[0]) / 100
    answer = ANSWERS["total_interest"]({"principal": principal, "annual_rate": rate, "periods": 12})
    return f"¥{answer:,.2f}"


def _large_enough(me: Visitor) -> None:
    """Whatever answers a question is 44 px high."""
    small = me.page.evaluate(
        """() => [...document.querySelectorAll(
             '.st-key-card_quiz :is(button, [data-testid=stRadioOption], [data-testid=stCheckbox] label)')]
           .filter(el => el.getBoundingClientRect().height > 0)
           .filter(el => el.getBoundingClientRect().height < 44)
           .map(el => el.innerText + ' ' + el.getBoundingClientRect().height)"""
    )
    assert small == []
