"""What a number means by the words around it: forms from a data file, matched to its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.adverts.quantities import Kind, Quantity
from sandbox.adverts.tokens import Break, Token, Word

DROPPED = "-"
REACH = 24
CLOSE = 4
_SPLIT = ("分", "分期", "分成", "分作", "，分", ",分", "over", "spread over")
_EACH = ("", "of", "x", "×", "*", "at", "@", "of only", "of just")
SLOT = "_"
LATER, MANY, SHARE, BASED, SPLIT = "then", "many", "share", "based", "split"
PSEUDO = frozenset({LATER, MANY, SHARE, BASED, SPLIT})

RateUnit = Literal[
    "", "per_day", "per_week", "per_month", "per_year", "per_instalment", "days", "weeks", "months", "unclear"
]  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One wording: classes needed left and right of the number, and classes that forbid it."""

    left: frozenset[str]
    right: frozenset[str]
    never: frozenset[str]

    @classmethod
    def of(cls, wording: str) -> Way:
        """Read "fee _ per_month !interest". Raises ValueError without exactly one _."""
        parts = wording.split()
        if parts.count(SLOT) != 1:
            raise ValueError(f"{wording!r} must hold one {SLOT} for the number")
        at = parts.index(SLOT)
        return cls(
            left=frozenset(p for p in parts[:at] if not p.startswith("!")),
            right=frozenset(p for p in parts[at + 1 :] if not p.startswith("!")),
            never=frozenset(p[1:] for p in parts if p.startswith("!")),
        )


class Form(BaseModel):
    """One meaning of a number: the kinds it can be, the field it fills, the wordings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: tuple[Kind, ...] = Field(min_length=1)
    field: str
    unit: RateUnit = ""
    when: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _readable(self) -> Self:
        for wording in self.when:
            Way.of(wording)
        return self

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The wordings, ready to match."""
        return tuple(Way.of(wording) for wording in self.when)


@dataclass(frozen=True)
class Context:
    """The words around a quantity that can say what it is; nearest first on either side.

    before, behind: their classes, and what else stands there: "many" and "based" before, "then"
    (further on), "share" and "split" behind.
    """

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    before: frozenset[str]
    behind: frozenset[str]

    def used(self, way: Way) -> tuple[Word, ...] | None:
        """The words that make this wording fit, None if it does not fit."""
        if not (way.left <= self.before and way.right <= self.behind):
            return None
        if not way.never.isdisjoint(self.before) or not way.never.isdisjoint(self.behind):
            return None
        left = (_first(self.left, name) for name in way.left)
        right = (_first(self.right, name) for name in way.right)
        return tuple(word for word in (*left, *right) if word is not None)


def _first(words: Sequence[Word], name: str) -> Word | None:
    return next((word for word in words if name in word.classes), None)


def context(text: str, tokens: Sequence[Token], index: int, taken: int, last_then: int) -> Context:
    """The context of the quantity tokens[index].

    Words that begin before `taken` are spoken for; last_then: where the last "then" stands.
    """
    here = tokens[index]
    left: list[Word] = []
    extra: set[str] = set()
    for place in range(index - 1, -1, -1):
        token = tokens[place]
        if isinstance(token, Quantity):
            gap = text[token.end : here.start].strip()
            if token.kind == "instalments" and gap in _EACH:
                extra.add(MANY)
            if token.kind == "base" or _worded(tokens, place, "every"):
                extra.add(BASED)
            break
        if isinstance(token, Break):
            if text[token.start] == "\n" and place == index - 1:
                continue
            break
        if here.start - token.end > REACH or token.start < taken:
            break
        left.append(token)
    right = _right(tokens, index)
    behind = {LATER} if last_then > here.start else set()
    behind |= {SHARE} if _share(tokens, index) else set()
    behind |= {SPLIT} if _split(text, tokens, index) else set()
    return Context(
        left=tuple(left),
        right=right,
        before=_classes(left) | extra,
        behind=_classes(right) | behind,
    )


def _classes(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(name for word in words for name in word.classes)


def _worded(tokens: Sequence[Token], place: int, name: str) -> bool:
    """Whether a word of this class stands right before the quantity tokens[place]."""
    word, amount = tokens[place - 1] if place else None, tokens[place]
    return isinstance(word, Word) and name in word.classes and amount.start - word.end <= 1


def _right(tokens: Sequence[Token], index: int) -> tuple[Word, ...]:
    """The words directly behind a quantity.

    Where they lead on to the next quantity they may be its label instead; then only those count
    that always stand behind a number.
    """
    chain: list[Word] = []
    end = tokens[index].end
    needy: Quantity | None = None
    for token in tokens[index + 1 :]:
        if isinstance(token, Break) or token.start - end > CLOSE:
            break
        if isinstance(token, Quantity):
            needy = token if token.kind in ("rate", "folk", "money", "number") else None
            break
        chain.append(token)
        end = token.end
    if needy is None:
        return tuple(chain)
    own = tuple(takewhile(lambda word: "postfix" in word.classes, chain))
    if own:
        following = chain[len(own)].start if len(own) < len(chain) else needy.start
        if following - own[-1].end < own[0].start - tokens[index].end:
            return ()  # 用一天两毛: nearer to what follows
    return own


def _share(tokens: Sequence[Token], index: int) -> bool:
    """Whether "per" and an amount follow: 15 per 100, 15 interest per 100."""
    end = tokens[index].end
    per = False
    for token in tokens[index + 1 : index + 5]:
        if isinstance(token, Break) or token.start - end > CLOSE:
            return False
        if isinstance(token, Quantity):
            return per and token.kind in ("money", "number")
        per, end = "every" in token.classes, token.end
    return False


def _split(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether the amount is said to be split: 5000元分12期, 500 over 10 months."""
    later = (token for token in tokens[index + 1 : index + 4] if isinstance(token, Quantity))
    count = next(later, None)
    if count is None or count.kind not in ("instalments", "months", "weeks"):
        return False
    return text[tokens[index].end : count.start].strip() in _SPLIT
