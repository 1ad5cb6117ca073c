"""The server's key: made once also by many at once, private, refused when torn, in no backup."""

from __future__ import annotations

import tarfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jiejian.clock import SetClock
from jiejian.errors import StoreUnreadable, StoreUnwritable
from jiejian.store.backup import back_up, restore
from jiejian.store.keyfile import NAME, KeyFile
from jiejian.store.tinydb_store import TinyDBDocuments

CLOCK = SetClock(datetime(2030, 1, 1, tzinfo=UTC))


def test_it_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / NAME
    assert KeyFile(file).read() is None
    key = KeyFile(file).made()
    assert len(key) == 32
    assert KeyFile(file).made() == KeyFile(file).read() == key
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == [NAME]


def test_of_many_makers_one_wins(tmp_path: Path) -> None:
    files = [KeyFile(tmp_path / NAME) for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(KeyFile.made, files))
    assert len(keys) == 1


@pytest.mark.parametrize("text", ["", "ab" * 31, "not hexadecimal", "é"])
def test_a_torn_key_is_refused_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / NAME
    file.write_text(text)
    for call in (KeyFile(file).read, KeyFile(file).made):
        with pytest.raises(StoreUnreadable) as caught:
            call()
        assert not text or text not in str(caught.value)
    assert file.read_text() == text


def test_where_none_can_be_made_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises((StoreUnwritable, StoreUnreadable)):
        KeyFile(tmp_path / "file" / NAME).made()


def test_no_backup_holds_it_and_a_backup_is_restored_beside_it(tmp_path: Path) -> None:
    folder, other = tmp_path / "data", tmp_path / "other"
    TinyDBDocuments(folder, CLOCK).put("staff", "a" * 32, {"name": "Ming"})
    key = KeyFile(folder / NAME).made()
    made = back_up(folder, tmp_path / "backup.tar.gz", CLOCK)
    with tarfile.open(made.path) as archive:
        held = [archive.extractfile(member) for member in archive if member.isfile()]
        assert not any(key.hex().encode() in part.read() for part in held if part)
        assert not any(NAME in name for name in archive.getnames())
    other.mkdir()
    (other / NAME).write_text(key.hex())
    restore(made.path, other, CLOCK)
    assert KeyFile(other / NAME).read() == key
    assert TinyDBDocuments(other, CLOCK).get("staff", "a" * 32) == {"name": "Ming"}
