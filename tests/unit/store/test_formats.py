"""Formats of stored files: each earlier one is read and carried forward, a later one is refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from jiejian.clock import SystemClock
from jiejian.errors import StoreTooNew, StreamDamaged
from jiejian.store import formats
from jiejian.store.formats import FORMATS, Body, Format, newest, seal, unseal
from jiejian.store.inspection import look
from jiejian.store.migrating import migrate
from jiejian.store.records import NOTICE_SEEN, Event, canonical
from jiejian.store.tinydb_store import TinyDBDocuments, TinyDBStore

KEPT = Path(__file__).parent / "formats"
ANNA, BEN, ROOM = "learner/" + "a" * 32, "learner/" + "b" * 32, "room/blue-7"
HELD = [
    Event("lesson_opened", {"lesson": "利率"}, "2026-01-05T09:00:00+00:00", "key-00001"),
    Event(
        "answer_given",
        {"credit": "0.5", "parts": [1, None]},
        "2026-01-05T09:01:00+00:00",
        "key-00002",
    ),
    Event("seen", {}, "2026-01-05T09:01:00+00:00"),
]


@pytest.fixture(params=sorted(int(path.name) for path in KEPT.iterdir()))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder as that format left it."""
    return Path(shutil.copytree(KEPT / str(request.param), tmp_path / "data"))


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*.json*") if path.suffix != ".lock"}


def test_each_format_leads_to_the_next_and_has_its_files_here() -> None:
    assert sorted(FORMATS) == list(range(1, newest() + 1))
    assert [number for number in FORMATS if FORMATS[number].onward is None] == [newest()]
    assert sorted(path.name for path in KEPT.iterdir()) == sorted(map(str, FORMATS))


def check_all_is_there(folder: Path) -> None:
    store, documents = TinyDBStore(folder), TinyDBDocuments(folder)
    view = store.read(ANNA)
    assert [entry.event for entry in view.events] == HELD
    assert [entry.revision for entry in view.events] == [1, 2, 3]
    assert [entry.event.data for entry in store.read(ROOM).events] == [{"n": 1}]
    assert documents.get("visitors", "ab12") == {
        "learner": "a" * 32,
        "made": "2026-01-05T09:02:00+00:00",
    }
    with pytest.raises(StreamDamaged):
        store.read(BEN)


def test_files_of_every_format_are_read_added_to_and_renewed(folder: Path) -> None:
    check_all_is_there(folder)
    migrate(folder, SystemClock())
    check_all_is_there(folder)
    assert migrate(folder, SystemClock()) == 0
    assert TinyDBStore(folder).append(ANNA, [Event("more", {}, HELD[0].at)], 3) == 4
    assert {looked.format for looked in look(folder) if looked.state == "sound"} == {newest()}


# A format that could come next: another checksum, and every event says its time zone.
def _sum_two(name: str, body: bytes) -> str:
    return hashlib.blake2b(body + name.encode()).hexdigest()


def _to_two(name: str, body: Body) -> Body:
    rows = {
        revision: row | {"data": row["data"] | {"of": name}}
        for revision, row in body.get("events", {}).items()
    }
    return body | {"events": rows} if rows else body


def _to_three(_name: str, body: Body) -> Body:
    rows = {
        revision: row | {"kind": row["kind"].upper()}
        for revision, row in body.get("events", {}).items()
    }
    return body | {"events": rows} if rows else body


@pytest.fixture
def three_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    one = FORMATS[1]
    later = {1: Format(one.checksum, _to_two), 2: Format(_sum_two, _to_three), 3: Format(_sum_two)}
    monkeypatch.setattr(formats, "FORMATS", later)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KEPT / "1", tmp_path / "data"))


def main(folder: Path) -> Path:
    return folder / "learners" / "aa" / ("a" * 32 + ".json")


@pytest.mark.usefixtures("three_formats")
def test_an_old_file_passes_through_every_step_when_read_and_stays_as_it_is(first: Path) -> None:
    before = files(first)
    events = [entry.event for entry in TinyDBStore(first).read(ANNA).events]
    assert [event.kind for event in events] == ["LESSON_OPENED", "ANSWER_GIVEN", "SEEN"]
    assert {event.data["of"] for event in events} == {ANNA}
    assert files(first) == before


@pytest.mark.usefixtures("three_formats")
def test_the_next_save_writes_the_newest_and_keeps_the_old_file_beside(first: Path) -> None:
    old = main(first).read_bytes()
    store = TinyDBStore(first)
    store.append(ANNA, [Event("MORE", {"of": ANNA}, HELD[0].at)], 3)
    assert json.loads(main(first).read_bytes())["format"] == 3
    assert main(first).with_name(f"{main(first).name}.previous").read_bytes() == old
    main(first).write_bytes(b"garbage")
    view = store.read(ANNA)
    kinds = [entry.event.kind for entry in view.events]
    assert kinds == ["LESSON_OPENED", "ANSWER_GIVEN", "SEEN", "store_restored"]
    assert view.notice == "restored_previous"


@pytest.mark.usefixtures("three_formats")
def test_migrating_renews_every_record_once_and_nothing_is_carried_forward_twice(
    first: Path,
) -> None:
    TinyDBDocuments(first).put("accounts", "ab", {"n": 1})
    before = TinyDBStore(first).read(ANNA)
    sound = [looked for looked in look(first) if looked.state == "sound"]
    assert sorted(looked.format for looked in sound) == [1, 1, 1, 3]
    assert migrate(first, SystemClock()) == 3
    assert {looked.format for looked in look(first) if looked.state == "sound"} == {3}
    assert TinyDBStore(first).read(ANNA) == before
    with pytest.raises(StreamDamaged):
        TinyDBStore(first).read(BEN)
    assert migrate(first, SystemClock()) == 0


@pytest.mark.usefixtures("three_formats")
def test_a_format_between_is_judged_by_its_own_checksum() -> None:
    body: Body = {"events": {"1": {"kind": "a", "data": {}, "at": "", "key": None}}}
    text = canonical(body).encode()
    two = {"format": 2, "name": ANNA, "checksum": _sum_two(ANNA, text), "body": body}
    carried, stored = unseal(ANNA, canonical(two).encode())
    assert (carried["events"]["1"]["kind"], stored) == ("A", 2)
    with pytest.raises(formats.Unsound):
        unseal(ANNA, canonical(two | {"checksum": FORMATS[1].checksum(ANNA, text)}).encode())


def test_a_later_format_is_refused_by_everything_and_left_untouched(first: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            formats, "FORMATS", {1: Format(FORMATS[1].checksum, _to_two), 2: Format(_sum_two)}
        )
        main(first).write_bytes(seal(ANNA, {"events": {}}))
    before = files(first)
    store = TinyDBStore(first)
    for call in (
        lambda: store.read(ANNA),
        lambda: store.append(ANNA, [Event(NOTICE_SEEN, {}, HELD[0].at)], None),
        lambda: store.start_anew(ANNA),
    ):
        with pytest.raises(StoreTooNew, match="has format 2, this version reads up to 1"):
            call()
    assert [looked.name for looked in look(first) if looked.state == "too_new"] == [ANNA]
    assert migrate(first, SystemClock()) == 0
    assert files(first) == before


@pytest.mark.parametrize("number", [True, 0, -1, 1.0, "1", None])
def test_what_is_no_format_is_damage(number: object) -> None:
    held = json.loads(seal(ANNA, {"events": {}})) | {"format": number}
    with pytest.raises(formats.Unsound):
        unseal(ANNA, json.dumps(held).encode())


def test_a_file_laid_out_by_hand_is_read_and_checked_too() -> None:
    body: Body = {"events": {"1": {"kind": "é 行", "data": {}, "at": "", "key": None}}}
    sealed = json.loads(seal(ANNA, body))
    assert unseal(ANNA, json.dumps(sealed, indent=2).encode()) == (body, 1)
    sealed["body"]["events"]["1"]["kind"] = "other"
    with pytest.raises(formats.Unsound):
        unseal(ANNA, json.dumps(sealed, indent=2).encode())
