"""Streams stored by earlier versions still fold, to the same requests, loans and restrictions."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from sandbox.lender import load_lenderbook
from sandbox.lender.life import fold

BOOK = load_lenderbook()
STREAMS = Path(__file__).with_name("streams")


def _events(name: str) -> list[tuple[str, dict[str, Any]]]:
    """One event a line, as [kind, data]."""
    lines = (STREAMS / name).read_text(encoding="utf-8").splitlines()
    return [(kind, data) for kind, data in map(json.loads, lines)]


def test_a_stream_of_version_1_0_folds_as_it_did_then() -> None:
    events = _events("version-1.0.jsonl")
    first = events[: [kind for kind, _ in events].index("life_started")]
    life = fold(first, "new-clerk")
    outcomes = [sent.decision.outcome for sent in life.sent]
    assert outcomes == [
        "declined",
        "approved",
        "unknown",
        "declined",
        "retry_later",
        "cool_down",
        "frozen",
    ]
    assert life.minute == 2880
    taken = [(loan.principal, loan.monthly) for loan in life.loans]
    assert taken == [
        (Decimal(10000), Decimal("882.88")),
        (Decimal(10000), Decimal("899.75")),
    ]
    assert (life.cool_down_left, life.freeze_left) == (0, 4320)
    assert life.sent[1].decision.ruleset != BOOK.version
    assert life.sent[1].case.applicant.income_verified


def test_its_second_life_begins_anew() -> None:
    life = fold(_events("version-1.0.jsonl"), "new-clerk")
    assert (life.persona, life.episode, life.minute) == ("many-lenders", 2, 0)
    assert [reason.code for reason in life.sent[0].decision.reasons] == ["R04", "R05", "R06", "R07"]


def test_an_old_life_goes_on_by_the_rules_of_today() -> None:
    events = _events("version-1.0.jsonl")
    first = events[: [kind for kind, _ in events].index("life_started")]
    month = ("clock_advanced", {"minutes": 40 * 24 * 60})
    life = fold([*first, month], "new-clerk")
    person = BOOK.personas["new-clerk"]
    case = life.case(person.request, person.applicant, life.sent[0].case.platform, 0)
    assert case.account.open_loans == 2
    assert Decimal(18000) < case.account.own_used < Decimal(20000)
    assert case.applicant.lenders == 2
    assert case.applicant.days_past_due == 0
