"""What people are called in a room: a nickname of their own, an animal, or a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from jiejian.errors import InvalidInput
from jiejian.services.identity.staff import proper_name
from sandbox.text import Language

LONGEST = 20
"""Characters of a nickname: what fits beside a bar on the projector."""

_COLOURS = (
    ("红", "Red"), ("橙", "Orange"), ("金", "Golden"), ("绿", "Green"), ("青", "Teal"),
    ("蓝", "Blue"), ("紫", "Violet"), ("银", "Silver"), ("白", "White"), ("墨", "Inky"),
    ("雪", "Snowy"), ("花", "Spotted"), ("快", "Quick"), ("静", "Quiet"), ("勇", "Brave"),
    ("暖", "Warm"), ("远", "Faraway"), ("晨", "Morning"), ("夜", "Evening"), ("云", "Cloudy"),
)  # fmt: skip
_ANIMALS = (
    ("熊猫", "panda"), ("刺猬", "hedgehog"), ("海豚", "dolphin"), ("松鼠", "squirrel"),
    ("燕子", "swallow"), ("骆驼", "camel"), ("水獭", "otter"), ("羚羊", "antelope"),
    ("蜻蜓", "dragonfly"), ("白鹭", "egret"), ("雪豹", "snow leopard"), ("河马", "hippo"),
    ("喜鹊", "magpie"), ("海龟", "turtle"), ("斑马", "zebra"), ("蜜蜂", "bee"),
    ("考拉", "koala"), ("企鹅", "penguin"), ("狐狸", "fox"), ("鲸鱼", "whale"),
    ("大雁", "wild goose"), ("麋鹿", "elk"), ("树懒", "sloth"), ("鹦鹉", "parrot"),
    ("兔子", "rabbit"), ("蝴蝶", "butterfly"),
)  # fmt: skip


def nickname(given: str, taken: Collection[str]) -> str:
    """A nickname as it is kept.

    taken holds names in use, case folded. Raises InvalidInput("name", ...): empty, too_long,
    invisible, markup, taken.
    """
    name = proper_name(given)
    if len(name) > LONGEST:
        raise InvalidInput("name", "too_long", most=LONGEST)
    if any(sign in name for sign in "<>&\\`$|"):
        raise InvalidInput("name", "markup")
    if not any(unicodedata.category(sign)[0] in "LN" for sign in name):
        raise InvalidInput("name", "no_letter")
    if name.casefold() in taken:
        raise InvalidInput("name", "taken")
    return name


def animal(number: int, language: Language, taken: Collection[str]) -> str:
    """The animal of the person who joined as this number; each number has another."""
    place = 0 if language == "zh" else 1
    for turn in range(len(_COLOURS) * len(_ANIMALS)):
        # Steps that share no factor with the lengths, so that neighbours look unlike.
        at = number + turn
        colour = _COLOURS[(at * 7 + at // len(_ANIMALS)) % len(_COLOURS)][place]
        beast = _ANIMALS[at * 11 % len(_ANIMALS)][place]
        name = f"{colour}{beast}" if language == "zh" else f"{colour} {beast}"
        if name.casefold() not in taken:
            return name
    return numbered(number)


def numbered(number: int) -> str:
    """The name of somebody without one."""
    return f"#{number}"
