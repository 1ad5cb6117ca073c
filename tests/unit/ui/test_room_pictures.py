"""Dots on a line, and words spoken in one language or in both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.ui.i18n import N_, _, language
from jiejian.ui.rooms.bars import share
from jiejian.ui.rooms.dots import PLACES, drawn, line
from jiejian.ui.rooms.voice import Voice, voice
from sandbox.text import Text

numbers = st.decimals(min_value=0, max_value=10_000_000, places=2)


@given(st.lists(numbers, min_size=1, max_size=200), numbers)
def test_every_value_stands_somewhere_and_the_truth_is_on_the_line(
    values: list[Decimal], truth: Decimal
) -> None:
    found = line(sorted(values), (truth,))
    assert sum(found.columns) + found.below + found.above == len(values)
    assert len(found.columns) == PLACES
    assert found.low <= truth <= found.high
    assert 0 <= found.at(truth) <= 100


def test_one_slip_of_a_zero_does_not_press_the_others_together() -> None:
    values = sorted([Decimal(n) for n in range(700, 800, 5)] + [Decimal(700_000)])
    found = line(values, (Decimal(750),))
    assert found.above == 1
    assert found.high < 1000
    assert sum(1 for count in found.columns if count) > 10


def test_the_same_guess_from_everybody_is_one_column() -> None:
    found = line([Decimal(5)] * 30, (Decimal(5),))
    assert max(found.columns) == 30
    assert drawn(found, ()).count('class="dot dot-many"') == 1
    assert found.at(Decimal(5)) == 50


@pytest.mark.parametrize(("count", "people", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 100)])
def test_shares_are_whole_percent_and_nothing_of_nobody(
    count: int, people: int, percent: int
) -> None:
    assert share(count, people) == percent


def test_a_voice_speaks_one_language_or_both_and_leaves_the_session_as_it_was() -> None:
    before = language()
    words = N_("Pause")
    assert voice("zh", "en").say(lambda: _(words)) == "暂停"
    both = voice("both", "zh").say(lambda: _(words))
    assert both.index("暂停") < both.index("Pause")
    assert 'lang="zh-CN"' in both
    assert 'lang="en"' in both
    assert voice("nonsense", "en") == Voice(("en",))
    assert language() == before


def test_words_of_a_script_are_escaped_and_not_said_twice() -> None:
    text = Text(zh="<b>&", en="<b>&")
    assert voice("both", "en").text(text) == "&lt;b&gt;&amp;"
