"""A small library on disk, written afresh for each test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jiejian.content.check import check

TODAY = date(2026, 11, 24)

ZH = """---
title: 频次检查
summary: 为什么短时间内多次申请会被拒绝。
objectives:
  - 说出频次检查看什么
  - 算出要等多久
revision: 1
track: failing
minutes: 6
level: beginner
audience: [borrower]
topics: [T02]
prerequisites: []
quiz: velocity-check
reviewed_on: 2026-11-20
sources:
  - {title: 某办法, publisher: 某机构, date: 2024-05, url: "https://example.org/a"}
---
## 它看什么 {#what}

它数一数**一小时内**的申请。

::: sort-cards
title: 分一分
prompt: 这句话属于哪一类？
cards:
  - {text: 系统繁忙, answer: technology, because: 是服务器忙}
  - {text: 申请太频繁, answer: risk_control, because: 是频次检查}
  - {text: 证件未上传, answer: user, because: 资料不全}
:::

## 怎么办 {#do}

等一等，再申请一次。
"""

TRACKS = """tracks:
  - id: failing
    title: {zh: 失败, en: Failing}
    summary: {zh: 为什么, en: Why}
"""

EN = """---
title: The velocity check
summary: Why several requests in a short time are refused.
objectives:
  - Say what the velocity check looks at
  - Work out how long to wait
revision: 1
---
## What it looks at {#what}

It counts the requests **of the last hour**.

::: sort-cards
title: Sort them
prompt: Which family is this?
cards:
  - {text: The system is busy, answer: technology, because: The servers are busy}
  - {text: Too many requests, answer: risk_control, because: The velocity check}
  - {text: No document uploaded, answer: user, because: Something is missing}
:::

## What to do {#do}

Wait, then ask once.
"""

QUIZ = """id: velocity-check
lesson: velocity-check
revision: 1
title: {zh: 频次检查, en: The velocity check}
items:
  - id: what-it-counts
    kind: single
    objective: 0
    difficulty: 1
    stem: {zh: 它数什么？, en: What does it count?}
    choices:
      - {id: requests, text: {zh: 申请, en: Requests}, because: {zh: 对, en: Yes}, correct: true}
      - {id: loans, text: {zh: 贷款, en: Loans}, because: {zh: 不是, en: No}}
      - {id: faults, text: {zh: 故障, en: Faults}, because: {zh: 不是, en: No}}
  - id: how-long
    kind: numeric
    objective: 1
    difficulty: 2
    stem: {zh: 要等几分钟？, en: How many minutes?}
    answer: {call: wait_minutes, args: {minutes_ago: 20}}
    unit: minutes
    tolerance: 0.5
    because: {zh: "要等 {answer} 分钟", en: "{answer} minutes"}
    near_misses:
      - {value: 20, because: {zh: 这是已经过去的, en: That has passed}}
"""


def wait_minutes(args: Mapping[str, object]) -> Decimal:
    return Decimal(60) - Decimal(str(args["minutes_ago"]))


class Shelf:
    """The files of a library; `change` edits one of them, `lines` checks it and prints."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("lessons/tracks.yaml", TRACKS)
        self.write("lessons/001-velocity-check/zh.md", ZH)
        self.write("lessons/001-velocity-check/en.md", EN)
        self.write("quizzes/velocity-check.yaml", QUIZ)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def lines(self) -> list[str]:
        return [str(m) for m in check(self.root, {"wait_minutes": wait_minutes}, TODAY)[1]]

    def second_lesson(self, slug: str = "second", quiz: str = "second") -> None:
        """A copy of the lesson, numbered 002, with a quiz of its own."""
        zh = ZH.replace("quiz: velocity-check", f"quiz: {quiz}")
        self.write(f"lessons/002-{slug}/zh.md", zh)
        self.write(f"lessons/002-{slug}/en.md", EN)
        text = QUIZ.replace("velocity-check", quiz).replace(f"lesson: {quiz}", f"lesson: {slug}")
        self.write(f"quizzes/{quiz}.yaml", text)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def compute() -> dict[str, Callable[[Mapping[str, object]], Decimal]]:
    return {"wait_minutes": wait_minutes}
