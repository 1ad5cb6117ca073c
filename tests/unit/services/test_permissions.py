"""The table of permissions: every action tried with every role, and asked for by a service."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from jiejian.errors import NotAllowed
from jiejian.services import permissions
from jiejian.services.actor import Actor, Role
from jiejian.services.permissions import allowed, require, table

SERVICES = Path(permissions.__file__).parent
ROLES: tuple[Role, ...] = get_args(Role)


def actor(role: Role) -> Actor:
    return Actor("a" * 32, role, None if role == "learner" else "b" * 32)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", table())
def test_an_action_reaches_as_far_as_the_table_says(action: str, role: Role) -> None:
    who, reach = actor(role), table()[action].get(role)
    assert allowed(who, action, who.learner) is (reach is not None)
    assert allowed(who, action, "f" * 32) is (reach == "all")
    assert allowed(who, action) is (reach == "all")
    if reach is None:
        with pytest.raises(NotAllowed, match=re.escape(action)):
            require(who, action, who.learner)


@pytest.mark.parametrize("role", ROLES)
def test_what_the_table_does_not_name_nobody_may_do(role: Role) -> None:
    assert not allowed(actor(role), "record.forge", "a" * 32)


def test_a_role_without_an_account_is_worth_nothing() -> None:
    assert not any(allowed(Actor("a" * 32, "operator"), action, "a" * 32) for action in table())


def test_services_ask_for_every_action_of_the_table_and_for_no_other() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SERVICES.rglob("*.py")]
    asked = {name for text in texts for name in re.findall(r'require\(\w+, "([a-z.]+)"', text)}
    assert asked == set(table())


def test_nobody_reaches_all_records_and_learners_reach_nothing_but_their_own() -> None:
    records = {a: grants for a, grants in table().items() if a.startswith("record.")}
    assert records
    assert {reach for grants in records.values() for reach in grants.values()} == {"own"}
    assert {grants["learner"] for grants in table().values() if "learner" in grants} == {"own"}
