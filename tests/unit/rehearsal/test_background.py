"""One rehearsal at a time, and what stops it is kept for whoever asked."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from jiejian.errors import InvalidInput
from jiejian.rehearsal import background
from jiejian.rehearsal.report import Report
from sandbox.text import Text

EMPTY = Report(Text(zh="无", en="none"), 0, 0.0, ())


def over(begun: background.Rehearsal) -> background.Rehearsal:
    until = time.monotonic() + 30
    while not begun.over and time.monotonic() < until:
        time.sleep(0.01)
    assert begun.over
    return begun


def begin() -> background.Rehearsal:
    nobody: Any = None
    return background.begin(nobody, nobody, nobody, ["http://127.0.0.1:1"])


def test_where_nothing_answers_the_reason_is_kept() -> None:
    error = over(begin()).error
    assert isinstance(error, InvalidInput)
    assert (error.field, error.reason) == ("rehearsal", "not_reached")


def test_a_second_one_waits_until_the_first_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def played(*_args: object, **_kwargs: object) -> Report:
        go_on.wait(30)
        return EMPTY

    monkeypatch.setattr(background, "_answering", lambda addresses: addresses[0])
    monkeypatch.setattr(background, "rehearse", played)
    first = begin()
    with pytest.raises(InvalidInput) as error:
        begin()
    assert error.value.reason == "one_at_a_time"
    go_on.set()
    assert over(first).report is EMPTY
    assert over(begin()).report is EMPTY


def test_what_nobody_foresaw_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_answering", lambda addresses: addresses[0])
    monkeypatch.setattr(background, "rehearse", lambda *_args, **_kwargs: 1 / 0)
    error = over(begin()).error
    assert isinstance(error, InvalidInput)
    assert error.reason == "broke_off"
