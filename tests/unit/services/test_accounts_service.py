"""Visitors and recovery codes: found by words in either language, replaced, limited, forgotten."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from jiejian.clock import SetClock
from jiejian.errors import InvalidInput, TooManyTries
from jiejian.services.accounts import CODE_WORDS, Accounts, new_token
from jiejian.store.memory_store import MemoryDocuments

ADDRESS = "192.0.2.1"


@pytest.fixture
def documents() -> MemoryDocuments:
    return MemoryDocuments()


@pytest.fixture
def accounts(documents: MemoryDocuments) -> Accounts:
    return Accounts(documents, SetClock(datetime.now(UTC)))


def test_a_token_always_names_the_same_learner_and_needs_no_document(
    accounts: Accounts, documents: MemoryDocuments
) -> None:
    token, other = new_token(), new_token()
    assert accounts.actor(token) == accounts.actor(token)
    assert accounts.actor(token) != accounts.actor(other)
    assert len(accounts.actor(token).learner) == 32
    assert list(documents.keys("visitors")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_of_either_language_lead_back_to_the_learner(
    accounts: Accounts, language: str
) -> None:
    me = accounts.actor(new_token())
    assert not accounts.has_recovery_code(me)
    code = accounts.new_recovery_code(me)[language]
    assert len(code.split()) == CODE_WORDS
    assert accounts.has_recovery_code(me)
    assert accounts.actor(accounts.recover(code, ADDRESS)) == me


def test_a_code_is_read_with_any_spacing_and_case(accounts: Accounts) -> None:
    me = accounts.actor(new_token())
    code = accounts.new_recovery_code(me)
    typed = [
        code["zh"].replace(" ", ""),
        code["zh"].replace(" ", "、"),
        f"  {code['en'].upper().replace(' ', ', ')}\n",
        code["en"].replace(" ", "\u3000"),
    ]
    for text in typed:
        assert accounts.actor(accounts.recover(text, ADDRESS)) == me


def test_a_new_code_replaces_the_old_one(accounts: Accounts) -> None:
    me = accounts.actor(new_token())
    old = accounts.new_recovery_code(me)["en"]
    new = accounts.new_recovery_code(me)["en"]
    with pytest.raises(InvalidInput):
        accounts.recover(old, ADDRESS)
    assert accounts.actor(accounts.recover(new, ADDRESS)) == me


@pytest.mark.parametrize(
    "code",
    [
        "",
        "zoo zoo zoo zoo zoo zoo",
        "zoo zoo zoo zoo zoo",
        "zoo " * 7,
        "no-such-words at all here ever",
        "x" * 5000,
        "\x00",
    ],
    ids=["empty", "unknown", "short", "long", "no words", "huge", "control"],
)
def test_a_wrong_code_is_refused_without_telling_why(accounts: Accounts, code: str) -> None:
    accounts.new_recovery_code(accounts.actor(new_token()))
    with pytest.raises(InvalidInput) as caught:
        accounts.recover(code, ADDRESS)
    assert (caught.value.field, caught.value.reason) == ("code", "unknown_code")


def test_an_eleventh_try_in_a_minute_waits_even_with_the_right_code(accounts: Accounts) -> None:
    me = accounts.actor(new_token())
    code = accounts.new_recovery_code(me)["en"]
    for _ in range(10):
        with pytest.raises(InvalidInput):
            accounts.recover("wrong", ADDRESS)
    with pytest.raises(TooManyTries) as caught:
        accounts.recover(code, ADDRESS)
    assert 1 <= caught.value.wait_seconds <= 60
    assert accounts.actor(accounts.recover(code, "192.0.2.2")) == me


def test_many_addresses_together_are_limited_too(accounts: Accounts) -> None:
    for number in range(120):
        with pytest.raises(InvalidInput):
            accounts.recover("wrong", f"192.0.2.{number}")
    with pytest.raises(TooManyTries):
        accounts.recover("wrong", "198.51.100.1")


def test_forgetting_removes_the_code_and_every_tie(
    accounts: Accounts, documents: MemoryDocuments
) -> None:
    me, other = accounts.actor(new_token()), accounts.actor(new_token())
    mine, theirs = accounts.new_recovery_code(me)["en"], accounts.new_recovery_code(other)["en"]
    tied = [accounts.recover(mine, ADDRESS), accounts.recover(mine, ADDRESS)]
    kept = accounts.recover(theirs, ADDRESS)
    accounts.forget(me)
    assert not accounts.has_recovery_code(me)
    assert me not in [accounts.actor(token) for token in tied]
    with pytest.raises(InvalidInput):
        accounts.recover(mine, ADDRESS)
    assert accounts.actor(kept) == other
    assert accounts.has_recovery_code(other)
    assert len(list(documents.keys("recovery"))) == 1


def test_neither_codes_nor_tokens_are_stored(
    accounts: Accounts, documents: MemoryDocuments
) -> None:
    me = accounts.actor(new_token())
    code = accounts.new_recovery_code(me)
    token = accounts.recover(code["zh"], ADDRESS)
    held = json.dumps(
        [
            [key, documents.get(collection, key)]
            for collection in ("visitors", "recovery", "recovery_owners")
            for key in documents.keys(collection)
        ],
        ensure_ascii=False,
    )
    assert me.learner in held
    for secret in (token, code["zh"], code["zh"].replace(" ", ""), code["en"]):
        assert secret not in held
