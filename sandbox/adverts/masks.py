"""Figures that are no figures of the offer: dates, times of day, telephone numbers, addresses.

Every repetition is bounded, so the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"

_DIGITS = re.compile(
    rf"""
    (?<![0-9])(?:
      (?:19|20)[0-9]{{2}}(?:\ ?年\ ?[0-9]{{1,2}}\ ?月(?:\ ?[0-9]{{1,2}}\ ?[日号])?
        | ([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}(?![0-9]) | \ ?年(?!期))
    | [0-9]{{1,2}}([-/.])[0-9]{{1,2}}\2(?:19|20)[0-9]{{2}}(?![0-9])
    | (?<!\.)(?:[1-9]|1[0-2])\ ?月\ ?[0-9]{{1,2}}\ ?[日号]?
    | [0-9]{{1,2}}\ ?号(?!码)
    | [0-9]{{1,2}}(?:st|nd|rd|th)(?![a-z])
    | [0-9]{{1,2}}\ {_MONTH}(?:\ (?:19|20)[0-9]{{2}})?(?![a-z])
    | [0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])
    | (?:24|7)\ ?[x×*/]\ ?(?:7|24)(?![0-9])
    | 1[3-9][0-9][-\ ]?[0-9]{{4}}[-\ ]?[0-9]{{4}}(?![0-9])
    | 0[0-9]{{2,3}}-[0-9]{{7,8}}(?![0-9])
    | (?:400|800|1-800|95)[-\ ]?[0-9]{{3,4}}[-\ ]?[0-9]{{3,4}}(?![0-9])
    | [0-9]{{3}}\)?[-.\ ][0-9]{{3}}[-.\ ][0-9]{{4}}(?![0-9])
    | (?<![$£€¥])[0-9]{{3}}-[0-9]{{4}}(?![0-9]|\ ?[元块万%天期k])
    | [0-9]{{1,3}}(?:，[0-9]{{3}}){{1,3}}(?![0-9])   # 8，000: one number or two
    | (?<![.,])[0-9]{{14,400}}
    | (?<![.,])[0-9]{{1,3}},[0-9]{{1,2}}(?=\ ?[%‰€])   # 7,2 %: a comma for a point, or two numbers
    )
    """,
    re.VERBOSE | re.ASCII,
)
_CONTACT = r"(?:[:\ ]|号码?){0,3}[+0-9][0-9\ -]{3,18}[0-9](?!\ ?[%元块万]|[0-9])"
_LETTERS = re.compile(
    rf"""
    (?:https?://|www\.)[^\s，。]{{1,200}}
    | [a-z][a-z0-9_.+-]{{0,40}}@[a-z0-9.-]{{1,60}}
    | {_MONTH}\ [0-9]{{1,2}}(?:,?\ (?:19|20)[0-9]{{2}})?(?![0-9%.]|\ ?%)
    | (?:v信|qq群?|tel|phone|call|text|whatsapp|wechat|no\.){_CONTACT}
    """,
    re.VERBOSE | re.ASCII,
)
_OTHERS = re.compile(
    rf"""
    \+[0-9]{{1,3}}(?:[-\ ]?[0-9]{{2,5}}){{2,5}}
    | 第\ ?[0-9一二三四五六七八九十]{{1,4}}\ ?[期个天年月次名位条款章]?
    | [每当次本]月\ ?[0-9]{{1,2}}\ ?日
    | (?:电话|热线|微信|手机号?|客服|拨打|致电|加v|编号|证号|备案号?|许可证|\#){_CONTACT}
    """,
    re.VERBOSE | re.ASCII,
)
OTHER_BEGINS = "+#第每当次本电热微手客拨致加编证备许"


def mask_at(text: str, place: int) -> int:
    """The end of the stretch that begins here and must not be read as a figure, 0 if none does."""
    character = text[place]
    if "0" <= character <= "9":
        found = _DIGITS.match(text, place)
    elif "a" <= character <= "z":
        found = _LETTERS.match(text, place)
    else:
        found = _OTHERS.match(text, place) if character in OTHER_BEGINS else None
    return found.end() if found else 0
