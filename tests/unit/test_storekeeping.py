"""The commands an operator gives: what they do, say and return."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from jiejian.clock import SetClock
from jiejian.services.actor import Actor
from jiejian.services.built import SHIPPED, Services, build
from jiejian.settings import Settings
from jiejian.store.records import Event
from jiejian.storekeeping import people
from jiejian.storekeeping.command import main

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
ANNA, BEN, CAM = Actor("a" * 32), Actor("b" * 32), Actor("c" * 32)
CODE = "2222-3333-4444-5555"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def services(data: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    for name in ("JIEJIAN_DATA_DIR", "JIEJIAN_RETENTION_DAYS"):
        monkeypatch.delenv(name, raising=False)
    return build(Settings(data_dir=data), SetClock(NOW))


@pytest.fixture
def run(data: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> Run:
    """Gives a command; its exit status and all it said."""

    def give(*words: object, now: datetime = NOW) -> tuple[int, str]:
        said: list[str] = []
        status = main(["--data-dir", str(data), *map(str, words)], SetClock(now), said.append)
        return status, "\n".join(said) + capsys.readouterr().err

    return give


def seen(services: Services, actor: Actor, at: datetime) -> None:
    """Something the learner did then."""
    event = Event("lesson_opened", {"lesson": "x"}, at.isoformat(), f"key-{at:%Y%m%d}")
    services.store.append(actor.stream, [event], None)


def everything(services: Services, actor: Actor) -> None:
    """A stream with a certificate, a recovery code, and another device tied by it."""
    seen(services, actor, NOW - timedelta(days=3))
    services.documents.put("certificates", CODE, {"learner": actor.learner, "issued": "2026-05-30"})
    issued = Event("certificate_issued", {"track": "t", "code": CODE}, NOW.isoformat())
    services.store.append(actor.stream, [issued], None)
    words = services.accounts.new_recovery_code(actor)
    services.accounts.recover(words["en"], "127.0.0.1")


def test_an_operator_with_nobody_to_ask_is_let_in_by_the_machines(
    services: Services, run: Run
) -> None:
    made = services.staff.setup_code()
    assert made
    account = services.staff.join(made, "Ming", "seven lamps by the canal").id
    actor = Actor("a" * 32, "operator", account)
    secret = services.factors.offer(actor).secret
    services.factors.confirm(actor, pyotp.TOTP(secret).at(NOW))
    assert run("rescue", "Nobody") == (2, "no account of this name can sign in\n")
    status, said = run("rescue", "ming")
    assert status == 0
    assert services.factors.is_on(account)
    services.new_password.reset(said.split()[0], "nine kettles on a slow train")
    status, said = run("rescue", "Ming", "--second-step-off")
    assert status == 0
    assert not services.factors.is_on(account)
    services.new_password.reset(said.split()[0], "ten kettles on a slow train")
    token = services.sessions.sign_in("Ming", "ten kettles on a slow train", "192.0.2.1")
    now = services.sessions.actor(token, ANNA)
    noted = [(entry.action, entry.who) for entry in services.audit.newest(now)]
    assert noted.count(("password.reset", "terminal")) == 2
    assert ("factor.lift", "terminal") in noted


def traces(data: Path, actor: Actor) -> list[str]:
    """Files that say anything of a learner, by their name or inside."""
    return [
        path.name
        for path in data.rglob("*")
        if path.is_file()
        and not path.name.startswith("changes.log")
        and (actor.learner in path.name or actor.learner.encode() in path.read_bytes())
    ]


def test_deleting_removes_all_that_belongs_to_a_learner_and_to_nobody_else(
    services: Services, data: Path, run: Run
) -> None:
    everything(services, ANNA)
    seen(services, BEN, NOW)
    services.accounts.new_recovery_code(BEN)
    status, said = run("delete", ANNA.learner)
    assert (status, "would be deleted" in said) == (0, True)
    assert len(traces(data, ANNA)) >= 5
    status, said = run("delete", ANNA.stream, "--yes")
    assert status == 0
    assert "2 events and 4 documents" in said
    assert traces(data, ANNA) == []
    assert services.store.read(BEN.stream).revision == 1
    assert services.accounts.has_recovery_code(BEN)
    status, said = run("delete", ANNA.learner, "--yes")
    assert (status, said.strip()) == (2, f"there is nothing of learner {ANNA.learner}")


def test_a_learner_whose_record_is_damaged_is_deleted_with_the_certificates(
    services: Services, data: Path, run: Run
) -> None:
    everything(services, ANNA)
    services.documents.put("certificates", "6666", {"learner": BEN.learner, "issued": "2026-05-30"})
    for path in (data / "learners" / "aa").glob("*.json*"):
        if path.suffix != ".lock":
            path.write_bytes(b"garbage")
    status, said = run("export", ANNA.learner)
    assert (status, "is damaged" in said) == (2, True)
    assert run("delete", ANNA.learner, "--yes")[0] == 0
    assert traces(data, ANNA) == []
    assert list(services.documents.keys("certificates")) == ["6666"]


@pytest.mark.parametrize("name", ["x", "../" + "a" * 29, "A" * 32, "a" * 33, "room/blue-7", ""])
@pytest.mark.parametrize("command", ["export", "delete"])
def test_no_learner_by_another_name(run: Run, command: str, name: str) -> None:
    status, said = run(command, name)
    assert (status, "is no learner" in said) == (2, True)


def test_exporting_says_everything_or_writes_it_to_a_new_file(
    services: Services, tmp_path: Path, run: Run
) -> None:
    everything(services, ANNA)
    status, said = run("export", ANNA.learner)
    held = json.loads(said)
    assert (status, held["learner"], len(held["events"])) == (0, ANNA.learner, 2)
    out = tmp_path / "anna.json"
    assert run("export", ANNA.learner, "-o", out)[0] == 0
    assert json.loads(out.read_bytes()) == held
    assert out.stat().st_mode & 0o777 == 0o600
    status, said = run("export", ANNA.learner, "-o", out)
    assert (status, "nothing was overwritten" in said) == (2, True)
    assert run("export", ANNA.learner, "-o", tmp_path / "no" / "x")[0] == 2


def test_those_not_seen_for_the_period_are_deleted_and_no_one_else(
    services: Services, data: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, said = run("expire", "--yes")
    assert (status, "no period is set" in said) == (2, True)
    seen(services, ANNA, NOW - timedelta(days=365))
    seen(services, BEN, NOW - timedelta(days=364, hours=23))
    seen(services, CAM, NOW - timedelta(days=900))
    seen(services, CAM, NOW - timedelta(days=1))
    monkeypatch.setenv("JIEJIAN_RETENTION_DAYS", "364")
    assert "of 3 learners 2 were not seen for 364 days: would be" in run("expire")[1]
    monkeypatch.setenv("JIEJIAN_RETENTION_DAYS", "365")
    assert "of 3 learners 0" in run("expire", "--yes")[1]
    later = NOW + timedelta(seconds=1)
    status, said = run("expire", "--yes", now=later)
    assert (status, "of 3 learners 1 were not seen" in said) == (0, True)
    assert traces(data, ANNA) == []
    assert list(services.store.streams("learner")) == [BEN.stream, CAM.stream]
    assert "of 2 learners 1" in run("expire", "--days", 300)[1]
    assert run("expire", "--days", 0)[0] == 2


def test_a_code_made_or_used_is_a_sign_of_life_and_a_code_alone_expires_too(
    services: Services, data: Path, run: Run
) -> None:
    seen(services, ANNA, NOW - timedelta(days=900))
    services.accounts.new_recovery_code(ANNA)  # now
    services.documents.put(
        "recovery", "abc", {"learner": BEN.learner, "made": "2020-01-01T00:00:00+00:00"}
    )
    services.documents.put(
        "recovery_owners", BEN.learner, {"code": "abc", "made": "2020-01-01T00:00:00+00:00"}
    )
    assert "of 2 learners 1" in run("expire", "--days", 100, "--yes")[1]
    assert traces(data, BEN) == []
    assert services.store.read(ANNA.stream).revision == 1


def test_with_a_clock_gone_wrong_not_everybody_is_deleted(services: Services, run: Run) -> None:
    seen(services, ANNA, NOW)
    seen(services, BEN, NOW)
    far = NOW + timedelta(days=40_000)
    status, said = run("expire", "--days", 400, "--yes", now=far)
    assert (status, "is the clock right" in said) == (2, True)
    assert len(list(services.store.streams("learner"))) == 2
    # Set back, it makes everybody look as if they came tomorrow.
    assert (
        "of 2 learners 0" in run("expire", "--days", 1, "--yes", now=NOW - timedelta(days=999))[1]
    )
    assert run("expire", "--days", 400, "--yes", "--even-all", now=far)[0] == 0
    assert list(services.store.streams("learner")) == []


def test_of_whom_nothing_tells_when_nobody_is_let_go(services: Services, data: Path) -> None:
    unknown = people.Known("a" * 32, 1, 0, None, unreadable=False)
    old = replace(unknown, seen=NOW - timedelta(days=9))
    damaged = replace(old, unreadable=True)
    assert people.gone([unknown, old, damaged], NOW, timedelta(days=1)) == [old]


def test_a_damaged_learner_is_kept_and_told_by_expire(
    services: Services, data: Path, run: Run
) -> None:
    seen(services, ANNA, NOW - timedelta(days=900))
    seen(services, BEN, NOW)
    (data / "learners" / "aa" / ("a" * 32 + ".json")).write_bytes(b"garbage")
    status, said = run("expire", "--days", 100, "--yes")
    assert status == 1
    assert "of 2 learners 0" in said
    assert "1 could not be read and are kept" in said


def test_backup_verify_and_restore_speak_and_return(
    services: Services, data: Path, tmp_path: Path, run: Run
) -> None:
    everything(services, ANNA)
    assert run("verify") == (0, "5 records are sound, 0 findings")
    status, said = run("backup", tmp_path)
    file = tmp_path / "jiejian-20260601T090000Z.tar.gz"
    assert (status, said) == (0, f"{file}: 5 records")
    assert run("verify", file) == (0, f"{file}: whole, 5 records")
    status, said = run("backup", tmp_path)
    assert (status, "exists" in said) == (2, True)
    status, said = run("restore", file)
    assert (status, "in use" in said) == (2, True)
    here = data
    said_elsewhere: list[str] = []
    elsewhere = tmp_path / "elsewhere"
    assert (
        main(
            ["--data-dir", str(elsewhere), "restore", str(file)],
            SetClock(NOW),
            said_elsewhere.append,
        )
        == 0
    )
    assert said_elsewhere == [f"{elsewhere}: 5 records restored"]
    assert traces(elsewhere, ANNA)
    (here / "learners" / "aa" / ("a" * 32 + ".json")).write_bytes(b"garbage")
    status, said = run("verify")
    assert status == 1
    assert f"learners/aa/{'a' * 32}.json: damaged; its previous copy is good" in said
    file.write_bytes(file.read_bytes()[:-20])
    status, said = run("verify", file)
    assert (status, str(file) in said) == (2, True)


def test_stats_and_migrate(services: Services, run: Run) -> None:
    everything(services, ANNA)
    status, said = run("stats")
    assert status == 0
    lines = {tuple(line.split()) for line in said.splitlines()}
    assert {
        ("learner", "1"),
        ("events", "2"),
        ("certificates", "1"),
        ("of", "format", "1", "5"),
    } <= lines
    assert ("events", "from", "2026-05-29", "to", "2026-06-01") in lines
    assert run("migrate") == (0, "0 records written in the newest format")


def test_a_folder_that_is_not_there_or_a_wrong_setting_is_told(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere"
    for words in (["stats"], ["verify"], ["backup", "x"], ["expire"], ["delete", "a" * 32]):
        assert main(["--data-dir", str(missing), *words]) == 2
        assert "there is no data folder" in capsys.readouterr().err
        assert not missing.exists()
    monkeypatch.setenv("JIEJIAN_RETENTION_DAYS", "soon")
    status, said = run("stats")
    assert (status, "JIEJIAN_RETENTION_DAYS" in said) == (2, True)


def test_it_is_started_as_python_m_jiejian_store(services: Services, data: Path) -> None:
    seen(services, ANNA, NOW)
    done = subprocess.run(
        [sys.executable, "-m", "jiejian.store", "--data-dir", str(data), "verify"],
        cwd=SHIPPED,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "1 records are sound, 0 findings\n")
    assert done.stderr == ""
