"""The audit of dependencies: a vulnerability fails, silence is told and is no all-clear."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
import yaml

from requirements import audit
from requirements.audit import Ignored

TODAY = date(2030, 6, 1)
Judge = Callable[..., tuple[int, str]]


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    """The exit status and what is said about a report of two locked packages."""
    monkeypatch.setattr(audit, "locked", lambda: 2)

    def judged(printed: str, *ignored: Ignored, strict: bool = False) -> tuple[int, str]:
        said: list[str] = []
        report = audit.read(printed)
        status = audit.judge(report, ignored, TODAY, strict=strict, say=said.append)
        return status, "\n".join(said)

    return judged


def printed(*vulns: str, skipped: bool = False) -> str:
    second: dict[str, object] = {"name": "right", "version": "2.0", "vulns": []}
    if skipped:
        second = {"name": "right", "skip_reason": "not found"}
    found = [{"id": name, "aliases": ["CVE-1"], "fix_versions": ["1.1"]} for name in vulns]
    first = {"name": "left", "version": "1.0", "vulns": found}
    return json.dumps({"dependencies": [first, second], "fixes": []})


def entry(**changed: object) -> Ignored:
    given = {"id": "PYSEC-1", "package": "left", "reason": "not called", "decided": "2030-05-01"}
    return Ignored.model_validate({**given, **changed})


def test_a_clean_answer_about_every_package_passes(judge: Judge) -> None:
    status, said = judge(printed(), strict=True)
    assert status == 0
    assert "2 packages audited" in said


def test_a_vulnerability_fails_and_names_the_way_out(judge: Judge) -> None:
    assert judge(printed("PYSEC-1")) == (1, "VULNERABLE: left 1.0: PYSEC-1; fixed in 1.1")


def test_a_vulnerability_fails_even_where_others_could_not_be_asked_about(judge: Judge) -> None:
    status, said = judge(printed("PYSEC-1", skipped=True))
    assert status == 1
    assert "NOT AUDITED: 1 of 2" in said


@pytest.mark.parametrize("answer", ["", "no network", "[]", '{"dependencies": []}'])
def test_no_answer_is_told_and_is_no_all_clear(judge: Judge, answer: str) -> None:
    status, said = judge(answer)
    assert status == 0
    assert said.startswith("NOT AUDITED: 2 of 2 packages")
    assert "no known vulnerability" not in said
    assert judge(answer, strict=True)[0] == 1


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_what_was_judged_not_to_matter_passes_by_either_name(judge: Judge, name: str) -> None:
    assert judge(printed("PYSEC-1"), entry(id=name))[0] == 0


def test_a_judgement_is_for_one_package_and_for_half_a_year(judge: Judge) -> None:
    assert judge(printed("PYSEC-1"), entry(package="right"))[0] == 1
    status, said = judge(printed(), entry(decided="2029-11-01"))
    assert status == 1
    assert "decide anew" in said


@pytest.mark.parametrize("changed", [{"reason": ""}, {"decided": "soon"}, {"until": "2031-01-01"}])
def test_a_judgement_needs_a_reason_and_a_day(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="Ignored"):
        entry(**changed)


def test_the_kept_judgements_can_be_read_and_every_package_of_the_product_is_locked() -> None:
    held = yaml.safe_load(audit.IGNORED.read_text(encoding="utf-8"))
    assert audit.IgnoredFile.model_validate(held) is not None
    dev = audit.LOCKED.read_text(encoding="utf-8").splitlines()
    run = audit.LOCKED.with_name("run.txt").read_text(encoding="utf-8").splitlines()
    packages = {line.split("==")[0] for line in run if line[:1].isalnum()}
    assert packages <= {line.split("==")[0] for line in dev if line[:1].isalnum()}
    assert audit.locked() > len(packages) > 30
