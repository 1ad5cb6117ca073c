"""Text made plain for reading, each plain character remembering where it stood.

Full-width forms become ordinary ones, letters small, dashes one dash, blanks one blank. What only
looks like a digit (a circled list number, a footnote mark, a struck-out price) becomes a blank: it
is no figure of the offer. Invisible characters go.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

# The ways Unicode writes the same character in another shape; other ways mean something else.
_SAME = ("<wide>", "<narrow>", "<font>", "<noBreak>", "<small>", "<vertical>")
_LONGEST_EXPANSION = 4
_KEYCAP = "\u20e3"
_STRUCK = frozenset("\u0335\u0336\u0337\u0338")
_WIDE_COMMA = "\uff0c"
_WIDE_DIGITS = re.compile("[\uff10-\uff19]\uff0c[\uff10-\uff19]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ALIKE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u301c\u223c\u02dc", "~"),
    **dict.fromkeys("\u2018\u2019\u02bc", "'"),
    **dict.fromkeys("\t\u00a0\u3000\u2028", " "),
    **dict.fromkeys("\r\x0b\x0c\x85\u2029", "\n"),
    "\u3007": "零",
    "\uff0c": "\uff0c",  # between statements; the small comma stands inside numbers
    "\u2044": "/",
}


@dataclass(frozen=True)
class Folded:
    """The plain text. places: for each of its characters the place in the original text."""

    text: str
    places: tuple[int, ...]
    turned: bool

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that text[start:end] came from."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str, variants: Mapping[str, str]) -> Folded:
    """The plain form of a text; variants maps single characters (萬) to the usual ones (万).

    turned: the text holds characters that change its direction, so that what is seen may differ
    from what is written.
    """
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character == _KEYCAP or character in _STRUCK:
            if kept:
                kept[-1] = " "
            continue
        if character == _WIDE_COMMA and _WIDE_DIGITS.fullmatch(text, place - 1, place + 2):
            character = ","
        for plain in _plain(variants.get(character, character)):
            last = kept[-1] if kept else " "
            if plain == " " and last in " /\n":
                continue
            if plain in "/\n" and last == " " and kept:
                kept.pop()
                places.pop()
            kept.append(plain)
            places.append(place)
    return Folded("".join(kept), tuple(places), bool(_TURNING.search(text)))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What stands for one character, "" if it is invisible."""
    if character in _ALIKE:
        return _ALIKE[character]
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me", "Cc") and character != "\n":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    decomposition = unicodedata.decomposition(character)
    folded = character
    if decomposition.startswith("<"):
        folded = unicodedata.normalize("NFKC", character)
        alike = decomposition.startswith(_SAME)
        if len(folded) > _LONGEST_EXPANSION or (not alike and any(c.isdigit() for c in folded)):
            return " "
    folded = unicodedata.normalize("NFKC", folded.lower())
    return "".join(_ALIKE.get(c, c) for c in folded if unicodedata.category(c)[0] != "M")
