"""Answering a question in the browser, with the mouse."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from jiejian.content.calls import Compute
from jiejian.content.items import Item, TrapItem, TrippedItem
from jiejian.content.posing import lender_book, pose
from jiejian.content.questions import Choosing
from sandbox.text import Language


class Answering:
    """Somebody who knows the items of a quiz and reads the page in one language."""

    def __init__(self, page: Page, language: Language) -> None:
        self.card = page.locator(".st-key-card_quiz")
        self.language = language

    def answer(self, item: Item, compute: Compute, *, right: bool) -> None:
        """Fill the item in; what is right must not depend on what is drawn."""
        posed = pose(item, 0, compute)
        if "{" not in item.stem.en:
            stem = item.stem.say(self.language)
            expect(self.card.locator("p.stem", has_text=stem)).to_be_visible()
        if posed.answer is not None:
            box = self.card.locator("input").first
            box.fill(str(posed.answer if right else posed.answer + 1000))
            box.press("Tab")
            return
        for name, text in self._options(item).items():
            if (name in posed.right) == right:
                self.card.locator("label").filter(has_text=text).first.click()
                if isinstance(item, TrippedItem) or item.kind == "single":
                    return

    def _options(self, item: Item) -> dict[str, str]:
        if isinstance(item, Choosing):
            return {choice.id: choice.text.say(self.language) for choice in item.choices}
        if isinstance(item, TrapItem):
            return {phrase.id: phrase.text.say(self.language) for phrase in item.phrases}
        if isinstance(item, TrippedItem):
            rules = {rule.id: rule.title for rule in lender_book().rules}
            texts = {c.control: c.text or rules[c.control] for c in item.choices}
            return {name: text.say(self.language) for name, text in texts.items()}
        raise TypeError(f"{item.kind} is not answered with the mouse here")
