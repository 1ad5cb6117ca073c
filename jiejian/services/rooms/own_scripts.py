"""Scripts educators make for themselves: from a file, or from a ready one step by step."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from jiejian.clock import Clock
from jiejian.content.workshops.script import Script
from jiejian.content.workshops.scriptbook import ScriptBook, Surroundings, checked
from jiejian.errors import ContentBroken, InvalidInput, InvalidName, NotFound, StreamDamaged
from jiejian.services.actor import Actor
from jiejian.services.permissions import require
from jiejian.store.port import Documents
from sandbox.datafiles import MAX_BYTES, DataFileError, parse_yaml

COLLECTION = "own_scripts"
MOST_SCRIPTS = 50
FILE = "script.yaml"


@dataclass(frozen=True)
class OwnScript:
    """A script of one's own. key names it; script is None if what it names is gone by now, and
    mistakes says what."""

    key: str
    script: Script | None
    text: str
    mistakes: tuple[str, ...] = ()


class OwnScripts:
    """Each educator's own scripts; nobody else sees them."""

    def __init__(
        self, documents: Documents, clock: Clock, book: ScriptBook, around: Surroundings
    ) -> None:
        self._documents = documents
        self._clock = clock
        self._book = book
        self._around = around

    def mine(self, actor: Actor) -> tuple[OwnScript, ...]:
        """The actor's scripts, by title in no particular language: in the order of their keys."""
        require(actor, "script.write", actor.account)
        found = [key for key in self._documents.keys(COLLECTION) if key.startswith(_own(actor))]
        return tuple(self.get(actor, key) for key in found)

    def get(self, actor: Actor, key: str) -> OwnScript:
        """One of the actor's scripts. Raises NotFound."""
        require(actor, "script.write", actor.account)
        text = self._text(actor, key)
        try:
            return OwnScript(key, self._read(text), text)
        except ContentBroken as broken:
            return OwnScript(key, None, text, broken.mistakes)

    def add(self, actor: Actor, content: bytes) -> OwnScript:
        """Keep a script from a file. Raises InvalidInput("file", ...), ContentBroken."""
        require(actor, "script.write", actor.account)
        if len(content) > MAX_BYTES:
            raise InvalidInput("file", "too_large", most=MAX_BYTES // 1024)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InvalidInput("file", "not_text") from None
        return self._keep(actor, self._new_key(actor), self._read(text))

    def copy(self, actor: Actor, script_id: str) -> OwnScript:
        """A copy of a ready script, to change. Raises NotFound."""
        require(actor, "script.write", actor.account)
        ready = self._book.scripts.get(script_id)
        if ready is None:
            raise NotFound("script", script_id)
        return self._keep(actor, self._new_key(actor), ready)

    def put_step(
        self, actor: Actor, key: str, step: Mapping[str, Any], place: int | None = None
    ) -> OwnScript:
        """Add a step at a place (None: at the end); one of the same id is replaced where it is.

        Raises NotFound, ContentBroken.
        """
        steps = self._steps(actor, key)
        at = next((n for n, known in enumerate(steps) if known["id"] == step.get("id")), None)
        if at is not None:
            steps[at] = dict(step)
        else:
            steps.insert(len(steps) if place is None else place, dict(step))
        return self._with_steps(actor, key, steps)

    def move_step(self, actor: Actor, key: str, step: str, by: int) -> OwnScript:
        """Move a step up (-1) or down (1). Raises NotFound, ContentBroken."""
        steps = self._steps(actor, key)
        at = self._place(steps, step)
        to = min(max(at + by, 0), len(steps) - 1)
        steps.insert(to, steps.pop(at))
        return self._with_steps(actor, key, steps)

    def drop_step(self, actor: Actor, key: str, step: str) -> OwnScript:
        """Take a step out; a debrief no longer looks at it. Raises NotFound, ContentBroken."""
        steps = self._steps(actor, key)
        del steps[self._place(steps, step)]
        for left in steps:
            if step in left.get("looks_at", ()):
                left["looks_at"] = [name for name in left["looks_at"] if name != step]
        return self._with_steps(actor, key, steps)

    def retitle(self, actor: Actor, key: str, title: str, minutes: int) -> OwnScript:
        """Give it another title, in whatever language it was typed, and another length."""
        words = " ".join(title[:400].split())
        if not words:
            raise InvalidInput("title", "empty")
        data = self._data(actor, key)
        data["title"], data["minutes"] = {"zh": words, "en": words}, minutes
        return self._keep(actor, key, self._checked(data))

    def remove(self, actor: Actor, key: str) -> None:
        """Delete a script; rooms opened with it keep their own copy. Raises NotFound."""
        require(actor, "script.write", actor.account)
        self._text(actor, key)
        self._documents.delete(COLLECTION, key)

    def _steps(self, actor: Actor, key: str) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = self._data(actor, key)["steps"]
        return steps

    def _with_steps(self, actor: Actor, key: str, steps: Sequence[Mapping[str, Any]]) -> OwnScript:
        data = self._data(actor, key) | {"steps": list(steps)}
        planned = sum(int(step.get("minutes", 0)) for step in steps)
        data["minutes"] = max(int(data["minutes"]), planned)
        return self._keep(actor, key, self._checked(data))

    def _data(self, actor: Actor, key: str) -> dict[str, Any]:
        found = self.get(actor, key)
        if found.script is None:
            raise ContentBroken("script", key, found.mistakes)
        return dict(_plain(found.script))

    def _keep(self, actor: Actor, key: str, script: Script) -> OwnScript:
        text = written(script)
        held = {"text": text, "at": self._clock.now().isoformat()}
        self._documents.put(COLLECTION, key, held)
        return OwnScript(key, script, text)

    def _read(self, text: str) -> Script:
        try:
            return checked(parse_yaml(text, file=FILE), self._around, file=FILE)
        except DataFileError as error:
            raise ContentBroken("script", FILE, tuple(map(str, error.mistakes))) from error

    def _checked(self, data: Mapping[str, Any]) -> Script:
        return self._read(yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False))

    def _text(self, actor: Actor, key: str) -> str:
        if not key.startswith(_own(actor)):
            raise NotFound("script", key)
        try:
            held = self._documents.get(COLLECTION, key)
        except (StreamDamaged, InvalidName):
            held = None
        if held is None:
            raise NotFound("script", key)
        return str(held["text"])

    def _new_key(self, actor: Actor) -> str:
        held = [key for key in self._documents.keys(COLLECTION) if key.startswith(_own(actor))]
        if len(held) >= MOST_SCRIPTS:
            raise InvalidInput("file", "too_many", most=MOST_SCRIPTS)
        return f"{_own(actor)}{secrets.token_hex(6)}"

    @staticmethod
    def _place(steps: Sequence[Mapping[str, Any]], step: str) -> int:
        for place, known in enumerate(steps):
            if known["id"] == step:
                return place
        raise NotFound("step", step)


def written(script: Script) -> str:
    """A script as a file that can be changed by hand and read again."""
    return yaml.safe_dump(_plain(script), allow_unicode=True, sort_keys=False, width=100)


def _plain(script: Script) -> dict[str, Any]:
    """The script as plain data: no key that only says what holds anyway, but each block's kind."""
    data: dict[str, Any] = script.model_dump(mode="json", exclude_defaults=True)
    return data


def _own(actor: Actor) -> str:
    return f"{actor.account}-"
