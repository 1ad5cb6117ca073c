"""How two spellings of the same words are known as one.

Full and half width, capitals, traditional characters, punctuation and spacing make no difference
to somebody who reads a message off a screen.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_NOT_WORDS = re.compile(r"[\W_]+")
_HAN_GAP = re.compile("(?<=[\u3400-\u9fff]) +| +(?=[\u3400-\u9fff])")


def _words_of(file: str) -> list[str]:
    """The words of a list beside this module; a line that begins with # is a remark."""
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    return [word for line in text.splitlines() if line[:1] != "#" for word in line.split()]


_SIMPLIFIED = {ord(pair[0]): pair[1] for pair in _words_of("traditional.txt")}

LITTLE_WORDS = frozenset(_words_of("little_words.txt"))
"""Words every question is made of; they tell no message from another."""


def folded(text: str) -> str:
    """The words of a text alone: lower case, half width, simplified, single spaces.

    No space stays beside a Chinese character.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_SIMPLIFIED)
    return _HAN_GAP.sub("", _NOT_WORDS.sub(" ", plain)).strip()
