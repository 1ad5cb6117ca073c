"""Answering a question in the browser, with the mouse."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from jiejian.content.calls import Compute
from jiejian.content.items import (
    CaseItem,
    Item,
    MatchingItem,
    OrderingItem,
    TrapItem,
    TrippedItem,
)
from jiejian.content.posing import Posed, lender_book, pose
from jiejian.content.questions import Choosing, Single
from jiejian.content.scenes import Step
from sandbox.text import Language, Text


class Answering:
    """Somebody who knows the items of a quiz and reads the page in one language."""

    def __init__(self, page: Page, language: Language) -> None:
        self.page = page
        self.card = page.locator(".st-key-card_quiz")
        self.language = language

    def fill_in(self, item: Item, compute: Compute, *, right: bool) -> Iterator[str]:
        """Fill the item in, or step by step a mini-case; after each it is ready to be checked.

        What is right must not depend on what is drawn.
        """
        posed = pose(item, 0, compute)
        if not isinstance(item, CaseItem):
            self._fill(item, posed, right)
            yield item.id
            return
        step: Step | None = item.steps[0]
        while step is not None:
            self._fill(step, posed.steps[step.id], right)
            yield step.id
            chosen = next(iter(posed.steps[step.id].right), None)
            step = item.step(item.after(step, chosen) or "")

    def _fill(self, item: Item | Step, posed: Posed, right: bool) -> None:
        if "{" not in item.stem.en:
            expect(self.card.locator("p.stem", has_text=self._say(item.stem))).to_be_visible()
        if posed.answer is not None:
            box = self.card.locator("input").first
            box.fill(str(posed.answer if right else posed.answer + 1000))
            box.press("Tab")
        elif isinstance(item, OrderingItem):
            for stage in item.sequence if right else reversed(item.sequence):
                self.card.get_by_role("button", name=self._say(stage.text)).click()
                self.page.wait_for_timeout(400)
        elif isinstance(item, MatchingItem):
            self._match(item)
        else:
            self._tick(item, posed, right)

    def _match(self, item: MatchingItem) -> None:
        targets = {target.id: self._say(target.text) for target in item.targets}
        for place, pair in enumerate(item.pairs):
            self.card.locator('[data-testid="stSelectbox"] input').nth(place).click()
            self.page.get_by_role("option", name=targets[pair.target], exact=True).click()

    def _tick(self, item: Item | Step, posed: Posed, right: bool) -> None:
        for name, text in self._options(item).items():
            if (name in posed.right) == right:
                self.card.locator("label").filter(has_text=text).first.click()
                if isinstance(item, Single | TrippedItem):
                    return

    def _options(self, item: Item | Step) -> dict[str, str]:
        if isinstance(item, Choosing):
            return {choice.id: self._say(choice.text) for choice in item.choices}
        if isinstance(item, TrapItem):
            return {phrase.id: self._say(phrase.text) for phrase in item.phrases}
        if isinstance(item, TrippedItem):
            rules = {rule.id: rule.title for rule in lender_book().rules}
            return {c.control: self._say(c.text or rules[c.control]) for c in item.choices}
        raise TypeError(f"{item.kind} has no options")

    def _say(self, text: Text) -> str:
        return text.say(self.language)
