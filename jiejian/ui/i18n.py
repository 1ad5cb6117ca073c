"""The interface's words in the reader's language. English is the source; Chinese comes from a catalogue.

The language is read from the session at every call: a value bound at import, or a ContextVar set by
the script, would be wrong in a fragment's rerun or in another reader's session.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import cast

import streamlit as st
from babel.messages.pofile import PoFileError, read_po

from sandbox.text import LANGUAGES, Language

DEFAULT_LANGUAGE: Language = "en"
SESSION_KEY = "lang"
CATALOGUE = Path(__file__).parent.parent / "locales/zh_Hans_CN/LC_MESSAGES/jiejian.po"

Words = Mapping[tuple[str | None, str], str]
"""(context, English) -> Chinese; a plural is found by its English singular."""

logger = logging.getLogger(__name__)


def read_words(path: Path) -> Words:
    """Read a catalogue into memory, leaving out empty and fuzzy entries.

    A catalogue that cannot be read leaves the interface in English and is logged: words are not
    worth an outage.
    """
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale="zh_Hans_CN", abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError):
        logger.exception("translations could not be read: %s", path.name)
        return {}
    words: dict[tuple[str | None, str], str] = {}
    for message in catalogue:
        # A plural entry has one form in Chinese.
        english = message.id if isinstance(message.id, str) else message.id[0]
        forms = message.string or ""
        chinese = forms if isinstance(forms, str) else forms[0]
        if english and chinese and not message.fuzzy:
            words[message.context, english] = chinese
    return words


@cache
def _chinese() -> Words:
    return read_words(CATALOGUE)


_SPOKEN: ContextVar[Language | None] = ContextVar("spoken", default=None)


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """Say everything inside in this language, whatever the session's: a projector speaks to a room.

    Set and unset within one drawing, so that no rerun finds it missing.
    """
    token = _SPOKEN.set(spoken)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language() -> Language:
    """The reader's language in this session, or the one being spoken."""
    spoken = _SPOKEN.get()
    if spoken is not None:
        return spoken
    chosen = st.session_state.get(SESSION_KEY, DEFAULT_LANGUAGE)
    return cast(Language, chosen) if chosen in LANGUAGES else DEFAULT_LANGUAGE


def html_tag() -> str:
    """The language as a BCP 47 tag, for `lang` attributes."""
    return "zh-CN" if language() == "zh" else "en"


def _(english: str) -> str:
    """`english` in the reader's language."""
    return english if language() == "en" else _chinese().get((None, english), english)


def pgettext(context: str, english: str) -> str:
    """`english` in the reader's language where the word alone is ambiguous ("Term")."""
    return english if language() == "en" else _chinese().get((context, english), english)


def ngettext(singular: str, plural: str, n: float) -> str:
    """The form of a counted phrase for `n`; placeholders are left for the caller to fill in."""
    english = singular if n == 1 else plural
    return english if language() == "en" else _chinese().get((None, singular), english)


def N_(english: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark `english` for translation where it stands; translate later with `_()`."""
    return english
