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
from jiejian.content.workshops import blocks
from jiejian.content.workshops.script import Script
from sandbox.answers import ANSWERS, Unit
from sandbox.lender.facts.memory import Incident
from sandbox.world import Cue, Effect

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


def test_scripts_their_steps_and_cues_are_told() -> None:
    kinds = [one for one in get_args(get_args(blocks.Block)[0]) if issubclass(one, BaseModel)]
    models = [Script, *kinds, blocks.Option, blocks.Dilemma, blocks.Way, Cue, Effect]
    assert len(kinds) == 9
    assert [key for model in models for key in keys(model) if not told(key)] == []
    assert [
        kind
        for kind in kinds
        if f"| `{get_args(kind.model_fields['kind'].annotation)[0]}` |" not in GUIDE
    ] == []
    assert [incident for incident in get_args(Incident) if not told(incident)] == []


def test_units_and_pages_are_told() -> None:
    assert [unit for unit in get_args(Unit) if not told(unit)] == []
    assert [page for page in targets() if not told(page)] == []


def test_calls_it_names_are_there() -> None:
    section = GUIDE.split("lists every call")[1].split("A missing one")[0]
    named = set(re.findall(r"`([a-z][a-z0-9_]+)`", section))
    assert named
    assert named <= ANSWERS.keys()
