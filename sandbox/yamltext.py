"""A strict reading of YAML that remembers the line of every key and item.

Narrower than YAML on purpose: no anchors, aliases or tags (a few lines of aliases can unfold to
gigabytes, a tag can name a Python object), one document, no key twice. Values are text, int,
Decimal, bool or None; dates stay text; keys are always text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from yaml.reader import ReaderError

MAX_DEPTH = 32
# Only the events are used, so no value is ever made by the library. libyaml in C reads them several
# times faster than Python does, and the product starts with hundreds of files.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
# A longer run of digits, or one that begins with 0, is an identifier rather than a quantity.
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})\.[0-9]{1,30}")


class YamlTextError(Exception):
    """The text is no YAML we accept; `line` counts from the first_line given."""

    def __init__(self, line: int, message: str, field: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.field = field
        self.message = message


class Mapping(dict[str, Any]):
    """A mapping with the line it starts on and the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str | int, int] = {}


class Sequence(list[Any]):
    """A list with the line it starts on and the line of each item."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str | int, int] = {}


def parse(text: str, first_line: int = 1) -> Any:
    """The value of a YAML text, None if it is empty.

    Raises YamlTextError at the first thing wrong.
    """
    try:
        return _Builder(first_line).build(yaml.parse(text, Loader=LOADER))
    except ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        raise YamlTextError(line, "holds a control character") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line if mark is None else first_line + mark.line
        said = error.problem or error.context or "cannot be read"
        raise YamlTextError(line, f"is no YAML: {said}") from error
    except YAMLError as error:
        raise YamlTextError(first_line, f"is no YAML: {error}") from error


def scalar(text: str) -> str | int | bool | Decimal | None:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


class _Builder:
    """Puts values together from parser events, with a stack of the open collections."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.documents = 0
        self.root: Any = None
        self.open: list[Mapping | Sequence] = []
        self.keys: list[str | None] = []

    def build(self, events: Iterator[Event]) -> Any:
        for event in events:
            mark = event.start_mark
            line = self.first_line if mark is None else self.first_line + mark.line
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise YamlTextError(line, "holds a second document (a line ---)")
            elif isinstance(event, NodeEvent):
                self._node(event, line)
            elif isinstance(event, CollectionEndEvent):
                self.open.pop()
                self.keys.pop()
        return self.root

    def _node(self, event: NodeEvent, line: int) -> None:
        if isinstance(event, AliasEvent) or event.anchor:
            raise YamlTextError(
                line, "anchors and aliases (& and *) are not allowed; quote the text"
            )
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag:
            raise YamlTextError(line, "tags (!) are not allowed; quote the text")
        if isinstance(event, CollectionStartEvent):
            self._enter(Mapping(line) if isinstance(event, MappingStartEvent) else Sequence(line))
        elif isinstance(event, ScalarEvent):
            self._scalar(event.value, plain=not event.style, line=line)

    def _scalar(self, text: str, *, plain: bool, line: int) -> None:
        if self._awaits_key():
            self._key(text, line)
        else:
            self._add(scalar(text) if plain else text, line)

    def _enter(self, collection: Mapping | Sequence) -> None:
        if len(self.open) == MAX_DEPTH:
            raise YamlTextError(collection.line, f"is nested deeper than {MAX_DEPTH} levels")
        self._add(collection, collection.line)
        self.open.append(collection)
        self.keys.append(None)

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1], Mapping) and self.keys[-1] is None

    def _key(self, key: str, line: int) -> None:
        target = self.open[-1]
        if key in target.lines:
            raise YamlTextError(line, f"is given twice, first in line {target.lines[key]}", key)
        target.lines[key] = line
        self.keys[-1] = key

    def _add(self, value: Any, line: int) -> None:
        if not self.open:
            self.root = value
            return
        target, key = self.open[-1], self.keys[-1]
        if isinstance(target, Sequence):
            target.lines[len(target)] = line
            target.append(value)
        elif key is None:
            raise YamlTextError(line, "a key must be plain text")
        else:
            target[key] = value
            self.keys[-1] = None
