"""Right and wrong answers to any question, as a page would hand them over."""

from __future__ import annotations

from jiejian.content.items import MatchingItem, OrderingItem
from jiejian.content.posing import Posed
from jiejian.services.given import Raw


def right(posed: Posed) -> Raw:
    """The right answer; for a mini-case ask for each step."""
    item = posed.item
    if posed.answer is not None:
        return f"{posed.answer:.2f}"
    if isinstance(item, OrderingItem):
        return [stage.id for stage in item.sequence]
    if isinstance(item, MatchingItem):
        return {pair.id: pair.target for pair in item.pairs}
    return [name for name in posed.order if name in posed.right]


def wrong(posed: Posed) -> Raw:
    """A wrong answer that is complete."""
    item = posed.item
    if posed.answer is not None:
        return f"{posed.answer + 1000:.2f}"
    if isinstance(item, OrderingItem):
        return [stage.id for stage in reversed(item.sequence)]
    if isinstance(item, MatchingItem):
        targets = [target.id for target in item.targets]
        return {
            pair.id: next(name for name in targets if name != pair.target) for pair in item.pairs
        }
    return [next(name for name in posed.order if name not in posed.right)]
