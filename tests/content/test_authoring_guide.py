"""docs/authoring.md tells of every part, every key, every unit and every page one can lead into."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from jiejian.content.directives import DIRECTIVES
from jiejian.content.frontmatter import Facts
from jiejian.content.targets import targets
from sandbox.answers import ANSWERS, Unit

GUIDE = (Path(__file__).resolve().parents[2] / "docs/authoring.md").read_text(encoding="utf-8")


def told(name: str) -> bool:
    """Whether the guide says this word as a code or a key."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", GUIDE) is not None


@pytest.mark.parametrize("name", DIRECTIVES)
def test_every_part_and_its_keys_are_told(name: str) -> None:
    assert f"**{name}**" in GUIDE
    missing = [key for key in keys(DIRECTIVES[name]) if not told(key)]
    assert missing == []


def keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def test_the_front_matter_is_told() -> None:
    assert [key for key in keys(Facts) if not told(key)] == []


def test_units_and_pages_are_told() -> None:
    assert [unit for unit in get_args(Unit) if not told(unit)] == []
    assert [page for page in targets() if not told(page)] == []


def test_calls_it_names_are_there() -> None:
    section = GUIDE.split("lists every call")[1].split("A missing one")[0]
    named = set(re.findall(r"`([a-z][a-z0-9_]+)`", section))
    assert named
    assert named <= ANSWERS.keys()
