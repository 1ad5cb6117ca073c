"""Plain text as a row of tokens: words of the lexicon, quantities, and breaks between statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sandbox.adverts import numerals
from sandbox.adverts.joining import joined
from sandbox.adverts.masks import OTHER_BEGINS, mask_at
from sandbox.adverts.quantities import Quantity, Units, quantity_at

MOST_TOKENS = 600
MOST_QUANTITIES = 60
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SINGLE = {"week": 1, "month": 1, "year": 12, "instalment": 1}
_STOPS = frozenset("。；!?;|")
_COMMAS = frozenset("，,、")
# A word of no meaning here, or a number that is none: passed over as a whole.
_UNREAD = re.compile(
    rf"[a-z][a-z0-9_']{{0,60}}|[0-9][0-9,.]{{0,60}}|[{numerals.CHINESE}]{{1,60}}|\.{{1,60}}",
    re.ASCII,
)
_NUMBER_BEGINS = frozenset("0123456789.¥$€£零一二两三四五六七八九十百千万半")


@dataclass(frozen=True)
class Word:
    """A word of the lexicon; classes: what it can mean."""

    classes: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Break:
    """Punctuation between two statements."""

    start: int
    end: int


Token = Word | Quantity | Break


class Lexicon:
    """The words of the data file, found by their first character, the longest first."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._meanings = _meanings(classes)
        by_first: dict[str, list[str]] = {}
        for word in sorted(self._meanings, key=len, reverse=True):
            closed = re.escape(word) + ("(?![a-z])" if _letter(word[-1]) else "")
            by_first.setdefault(word[0], []).append(closed)
        self._words = {first: re.compile("|".join(words)) for first, words in by_first.items()}
        firsts = {*by_first, *_NUMBER_BEGINS, *OTHER_BEGINS, *_STOPS, *_COMMAS, "\n"}
        inside = "".join(re.escape(character) for character in sorted(firsts - set(_LETTERS)))
        self._interesting = re.compile(f"[a-z{inside}]")

    def next(self, text: str, place: int) -> re.Match[str] | None:
        """The next character that can begin a token."""
        return self._interesting.search(text, place)

    def at(self, text: str, place: int) -> Word | None:
        """The longest word that begins here; a Latin one must not continue in letters."""
        words = self._words.get(text[place])
        found = words.match(text, place) if words else None
        return Word(self._meanings[found[0]], place, found.end()) if found else None


def _meanings(classes: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """word -> its classes."""
    meanings: dict[str, set[str]] = {}
    for name, words in classes.items():
        for word in words:
            meanings.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in meanings.items()}


def tokenise(text: str, lexicon: Lexicon, units: Units) -> tuple[list[Token], bool]:
    """The tokens of a plain text, and whether it holds too many of them; the rest is left unread."""
    tokens: list[Token] = []
    found = 0
    for token in _tokens(text, lexicon, units):
        found += isinstance(token, Quantity)
        if len(tokens) == MOST_TOKENS or found > MOST_QUANTITIES:
            return _merged(text, tokens), True
        tokens.append(token)
    return _merged(text, tokens), False


def _merged(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with ranges and lists of numbers made one."""
    quantities = [token for token in tokens if isinstance(token, Quantity)]
    whole = {quantity.start: quantity for quantity in joined(text, quantities)}
    result: list[Token] = []
    ends = 0
    for token in tokens:
        if token.start >= ends:
            chosen = whole[token.start] if isinstance(token, Quantity) else token
            if isinstance(chosen, Quantity) and result and _for_each(result[-1], chosen):
                each = frozenset({f"per_{chosen.unit}", "postfix"})
                chosen = Word(each, chosen.start, chosen.end)
            result.append(chosen)
            ends = chosen.end
    return result


def _for_each(before: Token, one: Quantity) -> bool:
    """Whether one month, year ... stands right behind a price: 2%一个月, 99元一年."""
    priced = isinstance(before, Quantity) and before.kind in ("rate", "folk", "money")
    single = one.unit in _SINGLE and one.value == _SINGLE[one.unit] and one.high is None
    return priced and single and before.end == one.start


def _tokens(text: str, lexicon: Lexicon, units: Units) -> Iterator[Token]:
    place = 0
    while at := lexicon.next(text, place):
        place = at.start()
        if end := mask_at(text, place):
            place = end
            continue
        token = _token(text, place, lexicon, units)
        if token:
            yield token
            place = token.end
        else:
            unread = _UNREAD.match(text, place)
            place = unread.end() if unread else place + 1


def _token(text: str, place: int, lexicon: Lexicon, units: Units) -> Token | None:
    character = text[place]
    if character in _STOPS or character in _COMMAS or character == "\n":
        return Break(place, place + 1)
    if character == "." and text[place + 1 : place + 2] in ("", " ", "\n"):
        return Break(place, place + 1)
    if word := lexicon.at(text, place):
        return word
    if character in _NUMBER_BEGINS or _letter(character):
        return quantity_at(text, place, units)
    return None


def _letter(character: str) -> bool:
    return "a" <= character <= "z"
