"""From questions of other programs to a draft of a quiz file: what they do not say stays missing,
so that the check names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from jiejian.content.plain import Option, Plain
from sandbox.text import LANGUAGES, Language

Versions = Mapping[Language, Plain]
"""The same question in one language or both."""

_UNITS = ("yuan", "percent", "minutes", "hours", "days", "months", "years", "count")


class Apart(ValueError):
    """Two files do not hold the same questions; the message says where."""


def draft(
    quiz_id: str, lesson: str | None, found: Mapping[Language, Sequence[Plain]], note: str
) -> str:
    """A quiz file as YAML. Raises Apart if the languages do not match."""
    body: dict[str, Any] = {"id": quiz_id}
    if lesson:
        body["lesson"] = lesson
    body["revision"] = 1
    used: set[str] = set()
    body["items"] = [
        _item(versions, place, used) for place, versions in enumerate(_paired(found), 1)
    ]
    stream = StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(body, stream)
    return f"# {note}\n{stream.getvalue()}"


def _paired(found: Mapping[Language, Sequence[Plain]]) -> list[Versions]:
    """The questions by their id, each in the languages there are; in the order of the first."""
    if len(found) == 1:
        ((language, questions),) = found.items()
        return [{language: question} for question in questions]
    first, second = (list(found[language]) for language in LANGUAGES)
    if {q.id for q in first} == {q.id for q in second} and len({q.id for q in first}) == len(first):
        by_id = {question.id: question for question in second}
        pairs = [(question, by_id[question.id]) for question in first]
    elif len(first) == len(second):
        pairs = list(zip(first, second, strict=True))
    else:
        raise Apart(f"one file holds {len(first)} questions, the other {len(second)}")
    for one, other in pairs:
        if (one.kind, _shape(one)) != (other.kind, _shape(other)):
            raise Apart(f"{one.id!r} and {other.id!r} are not the same question")
    return [{"zh": one, "en": other} for one, other in pairs]


def _shape(made: Plain) -> object:
    return [option.correct for option in made.options], made.answer, len(made.slips)


def _item(versions: Versions, place: int, used: set[str]) -> dict[str, Any]:
    one = next(iter(versions.values()))
    item: dict[str, Any] = {"id": _slug(one.id, f"item-{place:02d}", used), "kind": one.kind}
    for name in ("objective", "difficulty"):
        if one.tags.get(name, "").isdecimal():
            item[name] = int(one.tags[name])
    if one.topics:
        item["topics"] = list(one.topics)
    item["stem"] = _words({language: made.stem for language, made in versions.items()})
    match one.kind:
        case "numeric":
            item.update(_numeric(versions, one))
        case "ordering":
            item["sequence"] = _options(versions, correct=False)
        case "matching":
            item.update(_matching(versions))
        case _:
            item["choices"] = _options(versions, correct=True)
    return item


def _numeric(versions: Versions, one: Plain) -> dict[str, Any]:
    found: dict[str, Any] = {"answer": {"call": "given", "args": {"value": _number(one.answer)}}}
    if one.tags.get("unit") in _UNITS:
        found["unit"] = one.tags["unit"]
    found["tolerance"] = _number(one.tolerance)
    found.update(_because({language: made.because for language, made in versions.items()}))
    if one.slips:
        found["near_misses"] = [
            {
                "value": _number(slip.value),
                **_because({lang: made.slips[n].because for lang, made in versions.items()}),
            }
            for n, slip in enumerate(one.slips)
        ]
    return found


def _options(versions: Versions, *, correct: bool) -> list[dict[str, Any]]:
    used: set[str] = set()
    found = []
    for place, same in enumerate(_side_by_side(versions)):
        entry = _named(same, place, used)
        if correct and next(iter(same.values())).correct:
            entry["correct"] = True
        found.append(entry)
    return found


def _matching(versions: Versions) -> dict[str, Any]:
    used: set[str] = set()
    targets: dict[tuple[str, ...], str] = {}
    pairs = []
    names: set[str] = set()
    for place, same in enumerate(_side_by_side(versions)):
        key = tuple(option.target for option in same.values())
        targets.setdefault(key, _slug(key[-1], chr(97 + len(targets)), names))
        pairs.append({**_named(same, place, used), "target": targets[key]})
    for idle in zip(*(made.targets for made in versions.values()), strict=False):
        targets.setdefault(idle, _slug(idle[-1], chr(97 + len(targets)), names))
    shown = [
        {"id": name, "text": _words(dict(zip(versions, key, strict=True)))}
        for key, name in targets.items()
    ]
    return {"targets": shown, "pairs": pairs}


def _side_by_side(versions: Versions) -> list[dict[Language, Option]]:
    count = len(next(iter(versions.values())).options)
    return [
        {language: made.options[place] for language, made in versions.items()}
        for place in range(count)
    ]


def _named(same: Mapping[Language, Option], place: int, used: set[str]) -> dict[str, Any]:
    text = {language: option.text for language, option in same.items()}
    because = {language: option.because for language, option in same.items()}
    name = _slug(text.get("en", ""), chr(97 + place), used)
    return {"id": name, "text": _words(text), **_because(because)}


def _because(said: Mapping[Language, str]) -> dict[str, Any]:
    """The explanation; none in either language leaves the key out, for the check to name."""
    words = {language: text for language, text in said.items() if text}
    return {"because": _words(words)} if words else {}


def _words(said: Mapping[Language, str]) -> dict[str, Any]:
    # Braces are placeholders in a quiz file.
    return {
        language: DoubleQuotedScalarString(said[language].replace("{", "(").replace("}", ")"))
        for language in LANGUAGES
        if language in said
    }


def _number(value: Decimal | None) -> str:
    """Text in quotes, so that no digit is lost on the way."""
    quoted: str = DoubleQuotedScalarString(f"{(value or Decimal(0)).normalize():f}")
    return quoted


def _slug(text: str, otherwise: str, used: set[str]) -> str:
    """A name of at most four words, never one used before."""
    words = re.findall(r"[a-z0-9]+", text.lower()) if text.isascii() else []
    base = "-".join(words[:4])[:40].strip("-") or otherwise
    name, number = base, 2
    while name in used:
        name, number = f"{base}-{number}", number + 1
    used.add(name)
    return name
