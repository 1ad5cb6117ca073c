"""Two spellings of the same words are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.content.wordings import folded


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("系统繁忙，请稍后再试！", "系统繁忙请稍后再试"),
        ("系 统 繁 忙", "系统繁忙"),
        ("綜合評分不足", "综合评分不足"),
        ("您的賬戶存在風險", "您的账户存在风险"),
        ("額度為０", "额度为0"),
        ("ＲＥＱＵＥＳＴ　Timed-Out…", "request timed out"),
        ("Ｅrror_503", "error 503"),
        ("café", "cafe"),
        ("\u202e忙繁\u202c系统", "忙繁系统"),
        ("<b>系统</b>", "b系统b"),
        ("！？…😀", ""),
    ],
)
def test_spelling_makes_no_difference(written: str, same: str) -> None:
    assert folded(written) == same


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
