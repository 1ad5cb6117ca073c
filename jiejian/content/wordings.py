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


def _table() -> dict[int, str]:
    """Traditional to simplified characters, read from pairs like 繁繁 beside this module."""
    text = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8")
    pairs = [pair for line in text.splitlines() if line[:1] != "#" for pair in line.split()]
    return {ord(pair[0]): pair[1] for pair in pairs}


_SIMPLIFIED = _table()


def folded(text: str) -> str:
    """The words of a text alone: lower case, half width, simplified, single spaces.

    No space stays beside a Chinese character.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_SIMPLIFIED)
    return _HAN_GAP.sub("", _NOT_WORDS.sub(" ", plain)).strip()
