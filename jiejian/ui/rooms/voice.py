"""Words for a room: in one language, or in both at once, as a projector may be asked to speak."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jiejian.ui.i18n import language, speaking
from sandbox.text import LANGUAGES, Language, Text

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class Voice:
    """The languages spoken, the main one first."""

    languages: tuple[Language, ...]

    def text(self, words: Text) -> str:
        """Words of a script, as HTML."""
        return self._joined([words.say(spoken) for spoken in self.languages])

    def say(self, make: Callable[[], str]) -> str:
        """Words of the interface, as HTML; `make` is called once in each language."""
        said = []
        for spoken in self.languages:
            with speaking(spoken):
                said.append(make())
        return self._joined(said)

    def main(self, make: Callable[[], str]) -> str:
        """Words of the interface in the main language alone, as HTML."""
        return Voice(self.languages[:1]).say(make)

    @staticmethod
    def quote(words: str) -> str:
        """What somebody in the room wrote, as HTML."""
        return html.escape(words)

    def _joined(self, said: Sequence[str]) -> str:
        first, *others = said
        if not others or others[0] == first:
            return html.escape(first)
        main, other = (TAGS[spoken] for spoken in self.languages[:2])
        return (
            f'<span lang="{main}">{html.escape(first)}</span>'
            f'<span class="also" lang="{other}">{html.escape(others[0])}</span>'
        )


def own() -> Voice:
    """The reader's own language."""
    return Voice((language(),))


def voice(wished: str, fallback: Language) -> Voice:
    """The voice of an address: zh, en or both; anything else is the fallback."""
    if wished == "both":
        other: Language = "en" if fallback == "zh" else "zh"
        return Voice((fallback, other))
    return Voice((next((code for code in LANGUAGES if code == wished), fallback),))
