"""Backups: one moment of the folder, byte for byte, taken while others write; careful restores."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import tarfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

import pytest

from jiejian.clock import SetClock
from jiejian.errors import StoreBusy, StoreTooNew, StoreUnwritable
from jiejian.store import backup, formats, gate
from jiejian.store.archive import Refused
from jiejian.store.backup import back_up, check, restore
from jiejian.store.formats import FORMATS, Format
from jiejian.store.inspection import look
from jiejian.store.layout import RECORDS, held
from jiejian.store.records import Event
from jiejian.store.snapshot import abandoned, snapshot
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore
from tests.unit.store.writers import start

CLOCK = SetClock(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
ANNA, BEN = "learner/" + "a" * 32, "learner/" + "b" * 32


def event(kind: str, key: str | None = None) -> Event:
    return Event(kind, {"of": "利率"}, "2026-01-02T03:04:05+00:00", key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two learners, one of whom was damaged and restored, a room and documents."""
    data = tmp_path / "data"
    store, documents = TinyDBStore(data, CLOCK), TinyDBDocuments(data, CLOCK)
    for number in range(3):
        store.append(ANNA, [event("step", f"key-{number}")], number)
        store.append(BEN, [event("step")], number)
    (data / "learners" / "bb" / ("b" * 32 + ".json")).write_bytes(b"garbage")
    assert store.read(BEN).notice == "restored_previous"
    store.append("room/blue-7", [event("opened")], 0)
    documents.put("visitors", "ab12", {"learner": "a" * 32})
    documents.put("certificates", "wxyz-2345", {"learner": "a" * 32})
    return data


def records(folder: Path) -> dict[str, bytes]:
    """Every file that belongs in a backup, by its path below the folder."""
    found = {}
    for top in RECORDS:
        for path in (folder / top).rglob("*"):
            below = path.relative_to(folder)
            of = held(below)
            if path.is_file() and of and of.kept:
                found[below.as_posix()] = path.read_bytes()
    return found


def test_a_backup_restored_elsewhere_is_the_same_byte_for_byte(
    folder: Path, tmp_path: Path
) -> None:
    before = records(folder)
    roles = {of.role for name in before if (of := held(PurePath(name)))}
    assert roles == {"main", "previous", "damaged"}
    made = back_up(folder, tmp_path / "b.tar.gz", CLOCK)
    assert (made.records, made.damaged) == (5, 0)
    elsewhere = tmp_path / "new" / "home"
    done = restore(made.path, elsewhere, CLOCK)
    assert (done.records, done.damaged, done.replaced) == (5, 0, None)
    assert records(elsewhere) == before == records(folder)
    others = [path.name for path in elsewhere.iterdir() if path.name not in RECORDS]
    assert set(others) <= {"gate.lock", "pause.lock"}
    here, there = TinyDBStore(folder), TinyDBStore(elsewhere)
    for stream in (ANNA, BEN, "room/blue-7"):
        assert there.read(stream) == here.read(stream)
    assert there.append(ANNA, [event("later")], 3) == 4
    for path in elsewhere.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_named_gets_a_file_named_by_the_time(folder: Path, tmp_path: Path) -> None:
    made = back_up(folder, tmp_path, CLOCK)
    assert made.path == tmp_path / "jiejian-20260102T030405Z.tar.gz"
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert check(made.path).records == 5
    with pytest.raises(Refused, match="exists, and nothing was overwritten"):
        back_up(folder, tmp_path, CLOCK)


WRITE_IN_STEP = """
documents = TinyDBDocuments(folder)
number = 0
while True:
    number += 1
    documents.put("steps", f"of-{run}", {"n": number})
    store.append(f"learner/{run:032x}", [Event("a", {"n": number}, AT)], None)
    store.append("room/all", [Event("a", {"run": run, "n": number}, AT)], None)
    say(number)
"""


def test_a_backup_amid_four_writers_shows_one_moment(tmp_path: Path) -> None:
    data = tmp_path / "data"
    writers = [start(WRITE_IN_STEP, data, run) for run in range(4)]
    try:
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        taken = []
        for number in range(4):
            taken.append(back_up(data, tmp_path / f"{number}.tar.gz", CLOCK).path)
            time.sleep(0.1)
        assert all(writer.poll() is None for writer in writers)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate(timeout=10)
    seen = [check_one_moment(path, tmp_path / path.name.partition(".")[0]) for path in taken]
    assert all(min(later) > 0 for later in seen)
    assert seen == sorted(seen)
    assert seen[0] != seen[-1]


def check_one_moment(path: Path, folder: Path) -> list[int]:
    """Each writer's steps in order, none ahead of one that it came after; how far each was."""
    restore(path, folder, CLOCK)
    assert {looked.state for looked in look(folder)} == {"sound"}
    store, documents = TinyDBStore(folder), TinyDBDocuments(folder)
    together = [entry.event.data for entry in store.read("room/all").events]
    far = []
    for run in range(4):
        begun = (documents.get("steps", f"of-{run}") or {"n": 0})["n"]
        own = [entry.event.data["n"] for entry in store.read(f"learner/{run:032x}").events]
        last = [data["n"] for data in together if data["run"] == run]
        assert own == list(range(1, len(own) + 1))
        assert last == list(range(1, len(last) + 1))
        assert begun >= len(own) >= len(last) >= begun - 1
        far.append(begun)
    return far


def test_writers_wait_while_the_moment_is_held_and_then_go_on(folder: Path) -> None:
    store = TinyDBStore(folder)
    with gate.paused(folder):
        writer = threading.Thread(target=store.append, args=(ANNA, [event("waited")], 3))
        writer.start()
        writer.join(0.2)
        assert writer.is_alive()
        assert store.read(ANNA).revision == 3
    writer.join(10)
    assert store.read(ANNA).revision == 4


def test_a_pause_that_does_not_end_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.05)
    store = TinyDBStore(folder)
    with gate.paused(folder), pytest.raises(StoreBusy):
        store.append(ANNA, [event("impatient")], 3)
    assert store.append(ANNA, [event("later")], 3) == 4


def test_what_changes_after_the_moment_is_not_in_it(folder: Path) -> None:
    before = records(folder)
    store = TinyDBStore(folder)
    with snapshot(folder) as taken:
        store.append(ANNA, [event("later")], 3)
        store.delete(BEN)
        TinyDBDocuments(folder).put("visitors", "ab12", {"learner": "b" * 32})
        assert records(taken) == before
        assert records(folder) != before
    assert not taken.exists()


def test_without_hard_links_the_moment_is_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    restore(back_up(folder, tmp_path / "b.tar.gz", CLOCK).path, tmp_path / "new", CLOCK)
    assert records(tmp_path / "new") == records(folder)


KILLED_IN_THE_MIDDLE = """
from jiejian.store.snapshot import snapshot
with snapshot(folder):
    say("taken")
    import time; time.sleep(120)
"""


def test_what_a_killed_backup_left_is_found_and_removed_by_the_next(
    folder: Path, tmp_path: Path
) -> None:
    process = start(KILLED_IN_THE_MIDDLE, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    assert abandoned(folder) == []  # its owner lives
    assert len(list(folder.glob(".backup-*"))) == 1
    process.kill()
    process.communicate(timeout=10)
    assert len(abandoned(folder)) == 1
    assert [looked.state for looked in look(folder) if looked.state != "sound"] == ["abandoned"]
    back_up(folder, tmp_path / "b.tar.gz", CLOCK)
    assert list(folder.glob(".backup-*")) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("step", ["fsync", "rename", "link", "mkdir"])
def test_a_backup_that_fails_leaves_no_file_and_the_folder_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    before = records(folder)
    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(StoreUnwritable):
            back_up(folder, tmp_path / "b.tar.gz", CLOCK)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert list(folder.glob(".backup-*")) == []
    assert records(folder) == before
    assert TinyDBStore(folder).append(ANNA, [event("later")], 3) == 4


def test_where_a_backup_may_not_go(folder: Path, tmp_path: Path) -> None:
    for target, why in (
        (folder / "b.tar.gz", "in the data folder itself"),
        (folder, "in the data folder itself"),
        (tmp_path / "nowhere" / "b.tar.gz", "make it first"),
    ):
        with pytest.raises(Refused, match=why):
            back_up(folder, target, CLOCK)
    with pytest.raises(Refused, match="there is no data folder"):
        back_up(tmp_path / "nowhere", tmp_path / "b.tar.gz", CLOCK)


@pytest.fixture
def saved(folder: Path, tmp_path: Path) -> Path:
    return back_up(folder, tmp_path / "b.tar.gz", CLOCK).path


def test_a_folder_that_holds_something_is_not_restored_into_unless_told(
    folder: Path, saved: Path
) -> None:
    kept = records(folder)
    TinyDBStore(folder).append(ANNA, [event("since the backup")], 3)
    now = records(folder)
    cursor = TinyDBStore(folder).changed_since("")[1]
    with pytest.raises(Refused, match="not empty"):
        restore(saved, folder, CLOCK)
    assert records(folder) == now
    done = restore(saved, folder, CLOCK, replace=True)
    assert done.replaced == folder / "replaced-20260102T030405.000000Z"
    assert records(folder) == kept
    assert records(done.replaced) == now
    # Whoever followed the changes looks at everything again.
    TinyDBStore(folder).append("room/new", [event("one")], 0)
    assert set(TinyDBStore(folder).changed_since(cursor)[0]) == {
        ANNA, BEN, "room/blue-7", "room/new"
    }  # fmt: skip


def test_what_a_killed_restore_left_is_no_hindrance_and_is_cleared(
    folder: Path, saved: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    half = home / ".restoring" / "learners" / "aa" / ("a" * 32 + ".json")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    restore(saved, home, CLOCK)
    assert records(home) == records(folder)
    assert not (home / ".restoring").exists()


def test_an_unknown_file_keeps_a_folder_from_being_restored_into(
    saved: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        restore(saved, tmp_path / "home", CLOCK)


IDLE = """
say("idle")
import time; time.sleep(120)
"""


@pytest.mark.parametrize("replace", [False, True])
def test_a_folder_in_use_is_never_restored_into(
    folder: Path, saved: Path, tmp_path: Path, replace: bool
) -> None:
    for used in (folder, tmp_path / "empty"):
        before = records(used)
        process = start(IDLE, used)
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "idle\n"
            with pytest.raises(Refused, match="in use: stop Jiejian"):
                restore(saved, used, CLOCK, replace=replace)
            assert records(used) == before
        finally:
            process.kill()
            process.communicate(timeout=10)
    restore(saved, tmp_path / "empty", CLOCK)  # the mark went with the process


def test_while_a_folder_is_restored_nobody_writes(
    folder: Path, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    move = backup._move
    refused: list[StoreBusy] = []

    def meanwhile(*args: Any) -> None:
        with pytest.raises(StoreBusy) as caught:
            TinyDBStore(home).append(ANNA, [event("meanwhile")], None)
        refused.append(caught.value)
        move(*args)

    monkeypatch.setattr(backup, "_move", meanwhile)
    restore(saved, home, CLOCK)
    assert refused
    assert records(home) == records(folder)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("at", range(6))
def test_a_restore_that_fails_at_any_move_leaves_what_was_there(
    folder: Path, saved: Path, monkeypatch: pytest.MonkeyPatch, at: int, number: int
) -> None:
    TinyDBStore(folder).append(ANNA, [event("since")], 3)
    before = records(folder)
    rename, calls = Path.rename, iter(range(100))

    def fail(self: Path, target: Path) -> Path:
        if next(calls) == at:
            raise OSError(number, os.strerror(number))
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(StoreUnwritable):
            restore(saved, folder, CLOCK, replace=True)
    assert records(folder) == before
    assert not (folder / ".restoring").exists()


def test_a_backup_cut_at_any_place_is_refused_and_nothing_is_changed(
    saved: Path, tmp_path: Path
) -> None:
    whole = saved.read_bytes()
    cut = tmp_path / "cut.tar.gz"
    for length in range(0, len(whole), 7):
        cut.write_bytes(whole[:length])
        with pytest.raises(Refused):
            restore(cut, tmp_path / "home", CLOCK)
        assert not (tmp_path / "home").exists()


def test_a_backup_with_any_byte_changed_is_refused_or_gives_the_same(
    folder: Path, saved: Path, tmp_path: Path
) -> None:
    whole = saved.read_bytes()
    changed = tmp_path / "changed.tar.gz"
    told = 0
    for place in range(0, len(whole), 11):
        data = bytearray(whole)
        data[place] ^= 0x10
        changed.write_bytes(data)
        home = tmp_path / f"home-{place}"
        try:
            restore(changed, home, CLOCK)
        except Refused:
            told += 1
            assert not home.exists()
        else:  # a byte of no meaning, such as the time in gzip's header
            assert records(home) == records(folder)
    assert told > 100


Edit = Callable[[dict[str, bytes], dict[str, Any]], None]


def tampered(saved: Path, target: Path, edit: Edit) -> Path:
    """The backup with other files and another manifest."""
    with tarfile.open(saved) as tar:
        held = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    manifest = json.loads(held.pop("manifest.json"))
    edit(held, manifest)
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for name, data in [*held.items(), ("manifest.json", json.dumps(manifest).encode())]:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    target.write_bytes(gzip.compress(plain.getvalue()))
    return target


MAIN = "learners/aa/" + "a" * 32 + ".json"
EDITS: dict[str, tuple[Edit, str]] = {
    "a file gone": (lambda held, _: held.__delitem__(MAIN), "not whole"),
    "a file changed": (lambda held, _: held.update({MAIN: b"x"}), "not whole"),
    "a later backup": (lambda _, manifest: manifest.update(format=2), "update the program"),
    "no format": (lambda _, manifest: manifest.__delitem__("format"), "not whole"),
    "a way out": (lambda held, _: held.update({"../evil.json": b"x"}), "it holds"),
    "an absolute path": (lambda held, _: held.update({"/tmp/evil.json": b"x"}), "it holds"),  # noqa: S108
    "a foreign name": (lambda held, _: held.update({"learners/aa/x.json": b"x"}), "it holds"),
    "a lock": (lambda held, _: held.update({MAIN + ".lock": b"x"}), "it holds"),
}


@pytest.mark.parametrize("case", EDITS)
def test_a_backup_that_was_tampered_with_is_refused(
    folder: Path, saved: Path, tmp_path: Path, case: str
) -> None:
    edit, why = EDITS[case]
    bad = tampered(saved, tmp_path / "bad.tar.gz", edit)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(Refused, match=why):
        restore(bad, tmp_path / "home", CLOCK)
    with pytest.raises(Refused, match=why):
        check(bad)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_backup_with_a_link_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo(MAIN)
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(Refused, match="is no file"):
        restore(tmp_path / "bad.tar.gz", tmp_path / "home", CLOCK)


def test_a_backup_with_records_of_a_later_format_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = FORMATS[1].checksum
    with monkeypatch.context() as patch:
        patch.setattr(formats, "FORMATS", {1: Format(one, lambda _, b: b), 2: Format(one)})
        TinyDBStore(folder).append(ANNA, [event("later")], 3)
        saved = back_up(folder, tmp_path / "b.tar.gz", CLOCK).path
    with pytest.raises(StoreTooNew, match="update the program"):
        restore(saved, tmp_path / "home", CLOCK)
    assert not (tmp_path / "home").exists()


def test_damaged_records_are_backed_up_as_they_are_and_counted(
    folder: Path, tmp_path: Path
) -> None:
    (folder / MAIN).write_bytes(b"garbage")
    made = back_up(folder, tmp_path / "b.tar.gz", CLOCK)
    assert (made.records, made.damaged) == (5, 1)
    assert restore(made.path, tmp_path / "home", CLOCK).damaged == 1
    assert (tmp_path / "home" / MAIN).read_bytes() == b"garbage"
    assert TinyDBStore(tmp_path / "home").read(ANNA).notice == "restored_previous"


def test_a_stopped_server_leaves_no_mark(folder: Path) -> None:
    process = start("say(1)", folder)
    process.communicate(timeout=60)
    with gate.alone(folder):
        pass
