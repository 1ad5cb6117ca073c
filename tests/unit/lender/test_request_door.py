"""`python -m sandbox request` as a program sees it: JSON in, JSON out, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


def _run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sandbox", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        timeout=30,
        check=False,
    )


def _refused(done: subprocess.CompletedProcess[bytes]) -> dict[str, str]:
    assert done.returncode == 2, done.stderr.decode()
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    answer = json.loads(done.stderr)
    assert answer.keys() == {"error"}
    error: dict[str, str] = answer["error"]
    assert error.keys() == {"field", "reason", "message"}
    assert error["reason"]
    assert error["message"]
    return error


def test_an_empty_object_is_the_default_case_and_approved() -> None:
    done = _run("request", given=b"{}")
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    assert answer["outcome"] == "approved"
    assert answer["reasons"] == []
    assert answer["case"]["request"]["amount"] == "10000"
    assert len(answer["offer"]["rows"]) == 12
    assert answer["look_up"] is None


def test_a_refusal_carries_the_words_of_its_reasons_and_a_time_out_its_look_up() -> None:
    given = {"platform": {"incident": "timeout"}, "seed": 3}
    answer = json.loads(_run("request", given=json.dumps(given).encode()).stdout)
    assert answer["outcome"] == "unknown"
    assert answer["look_up"].keys() == {"arrived", "decision"}
    assert answer["reasons"][0]["words"]["title"].keys() == {"zh", "en"}
    assert answer["offer"] is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (b"", ""),
        (b"{", ""),
        (b"[]", ""),
        (b"\xff\xfe", ""),
        (b"[" * 100_000, ""),
        (b" " * 1_000_001, ""),
        (b'{"request": {"amount": NaN}}', ""),
        (b'{"request": {"amount": -Infinity}}', ""),
        (b'{"request": {"amount": "NaN"}}', "request.amount"),
        (b'{"request": {"amount": 99.99}}', "request.amount"),
        (b'{"request": {"amount": 500000.01}}', "request.amount"),
        (b'{"request": {"amount": 1000.001}}', "request.amount"),
        (b'{"request": {"amount": 1e999}}', "request.amount"),
        (b'{"request": {"term_months": 0}}', "request.term_months"),
        (b'{"request": {"term_months": 12.5}}', "request.term_months"),
        (b'{"request": {"term_months": true}}', "request.term_months"),
        (b'{"request": {"method": "balloon"}}', "request.method"),
        (b'{"request": null}', "request"),
        (b'{"applicant": {"colour": 1}}', "applicant.colour"),
        (b'{"colour": 1}', "colour"),
        (b'{"history": {"requests_minutes_ago": [1, -1]}}', "history.requests_minutes_ago.1"),
        (b'{"seed": -1}', "seed"),
        (b'{"regime": "no-such"}', "regime"),
        (b'{"regime": 3}', "regime"),
        (b'{"explain": "yes"}', "explain"),
        (b'{"account": {"own_limit": -1}}', "account.own_limit"),
        (b'{"history": {"evidence": ["a note"]}}', "history.evidence.0"),
        (b'{"applicant": {"occupation": "pirate"}}', "applicant.occupation"),
    ],
    ids=lambda value: repr(value[:40]),
)
def test_bad_input_names_the_field_and_the_reason(given: bytes, field: str) -> None:
    assert _refused(_run("request", given=given))["field"] == field


def test_an_explained_refusal_holds_the_steps_with_their_words_and_costs() -> None:
    given = {"explain": True, "request": {"amount": 40000}}
    answer = json.loads(_run("request", given=json.dumps(given).encode()).stdout)
    assert (answer["outcome"], answer["amount"]) == ("approved_less", "37000")
    assert len(answer["offer"]["rows"]) == 12
    assert answer["offer"]["offer"]["principal"] == "37000"
    advice = answer["advice"]
    assert advice.keys() == {"options", "look_up_first", "never", "wait_minutes"}
    steps = [step for option in advice["options"] for step in option["steps"]]
    assert {step["kind"] for step in steps} == {"ask", "act"}
    acts = [step for step in steps if step["kind"] == "act"]
    assert all(step["label"].keys() == {"zh", "en"} for step in acts)
    assert all(option["cost"].keys() == {"yuan", "minutes", "less"} for option in advice["options"])


def test_a_refusal_says_how_to_contest_it_and_which_sample_reason_it_is() -> None:
    given = {"applicant": {"days_past_due": 3}}
    answer = json.loads(_run("request", given=json.dumps(given).encode()).stdout)
    reason = answer["reasons"][0]
    assert (reason["code"], reason["sources"]) == ("R04", ["bureau"])
    assert reason["adverse_action"] == "delinquent_obligations"
    assert reason["adverse_action_words"].keys() == reason["contest"].keys() == {"zh", "en"}
    assert reason["lesson"]


def test_a_regime_is_decided_by_and_held_against_the_baseline() -> None:
    given = {"regime": "limits-cut", "applicant": {"occupation": "gig_worker"}}
    answer = json.loads(_run("request", given=json.dumps(given).encode()).stdout)
    assert (answer["regime"], answer["outcome"], answer["amount"]) == (
        "limits-cut",
        "approved_less",
        "5000",
    )
    assert answer["difference"]["outcomes"] == ["approved", "approved_less"]
    assert answer["difference"]["reasons_new"] == ["C10"]
    plain = json.loads(_run("request", given=b"{}").stdout)
    assert "difference" not in plain
    assert "advice" not in plain


def test_wrong_usage_is_refused_in_the_same_shape() -> None:
    assert _refused(_run())["reason"] == "usage"
    assert _refused(_run("schema", "nothing"))["reason"] == "usage"


def _properties(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        for name, value in node.get("properties", {}).items():
            yield f"{path}.{name}", value
        for key, value in node.items():
            yield from _properties(value, f"{path}/{key}")


def test_the_schema_describes_every_property() -> None:
    done = _run("schema", "request")
    assert (done.returncode, done.stderr) == (0, b"")
    found = list(_properties(json.loads(done.stdout)))
    assert len(found) >= 70
    assert [path for path, value in found if not value.get("description")] == []
    facts = [value for path, value in found if "/$defs/" in path]
    assert len(facts) >= 60
    assert {value["source"] for value in facts} == {"applicant", "bureau", "device", "platform"}
    assert {value["change"] for value in facts} == {"act", "wait", "never"}


def test_a_reader_who_leaves_gets_no_traceback() -> None:
    """As `... request | head -1` does: the pipe is closed before the answer is written."""
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox", "request"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"{}")
        process.stdin.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")
