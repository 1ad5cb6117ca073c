"""Each kind of mistake in a workshop script and in the cues, and the line that tells of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from jiejian.content.check import ROOT
from jiejian.content.library import load_library
from jiejian.content.workshops.proof import proof
from jiejian.content.workshops.scriptbook import FOLDER, Surroundings, load_scripts
from sandbox.answers import ANSWERS
from sandbox.lender.lenderbook import DATA, load_lenderbook
from sandbox.lender.seatwords import load_seatwords
from sandbox.world import load_cues

SCRIPT = """\
id: tried
title: {zh: 试, en: Try}
about: {zh: 试一试, en: Trying}
minutes: 45
seats: four
objectives:
  - {zh: 会, en: Can}
  - {zh: 懂, en: Know}
handouts: [why-requests-fail]
cues: [recovery]
steps:
  - id: read
    kind: lesson
    minutes: 3
    serves: [0]
    title: {zh: 读, en: Read}
    say: {zh: 说, en: Say}
    lesson: why-requests-fail
    part: 1
  - id: guess
    kind: poll
    minutes: 2
    serves: [1]
    title: {zh: 猜, en: Guess}
    say: {zh: 说, en: Say}
    question: {zh: 为什么？, en: Why?}
    options:
      - {id: yes, text: {zh: 是, en: Aye}}
      - {id: no, text: {zh: 否, en: Nay}}
  - id: number
    kind: prediction
    minutes: 2
    title: {zh: 数, en: Number}
    say: {zh: 说, en: Say}
    question: {zh: 多少？, en: How many?}
    unit: {zh: 小时, en: hours}
    truth: {call: freeze_hours}
    high: 100
    why: {zh: 因为, en: Because}
  - id: check
    kind: quiz
    minutes: 2
    title: {zh: 测, en: Check}
    say: {zh: 说, en: Say}
    quiz: why-requests-fail
    items: [vague-message]
  - id: broken
    kind: cue
    minutes: 1
    title: {zh: 故障, en: Fault}
    say: {zh: 说, en: Say}
    cue: database-outage
  - id: send
    kind: sandbox
    minutes: 4
    title: {zh: 借, en: Borrow}
    say: {zh: 说, en: Say}
    task: {zh: 借, en: Borrow}
    persona: new-clerk
    faults: [new-phone]
    amount: 6000
    term_months: 12
    outcomes: [retry_later]
  - id: choose
    kind: decision
    minutes: 2
    title: {zh: 选, en: Choose}
    say: {zh: 说, en: Say}
    seats:
      risk:
        question: {zh: 严吗？, en: Strict?}
        ways:
          - {id: on, text: {zh: 严, en: On}, effect: {regime: limits-cut}, then: {zh: 后, en: So}}
          - {id: off, text: {zh: 松, en: Off}, then: {zh: 后, en: So}}
  - id: talk
    kind: discussion
    minutes: 3
    title: {zh: 谈, en: Talk}
    say: {zh: 说, en: Say}
    question: {zh: 好吗？, en: Good?}
  - id: back
    kind: debrief
    minutes: 5
    title: {zh: 回看, en: Back}
    say: {zh: 说, en: Say}
    looks_at: [send]
    questions: [{zh: 怎样？, en: How?}]
    lessons: [why-requests-fail]
"""

LONG_ZH, LONG_EN = "等" * 81 + "。", "wait " * 40 + "now."
MISTAKES = [
    ("handouts: [why-requests-fail]", "handouts: [none]", "9: handouts[0]: there is no lesson 'no"),
    ("cues: [recovery]", "cues: [rain]", "10: cues[0]: there is no cue 'rain'"),
    ("id: tried", "id: other", " id: 'other' must equal the file's name"),
    ("minutes: 45", "minutes: 20", "4: minutes: the steps take 24, more than 20"),
    ("minutes: 45", "minutes: 26", "4: minutes: the steps take 24, which leaves less than 3"),
    ("title: {zh: 试, en: Try}", "title: {zh: 试}", "2: title.en: is missing"),
    (
        "    minutes: 3\n    serves",
        "    minutes: 2\n    serves",
        "14: steps[0].minutes: reading and",
    ),
    ("lesson: why-requests-fail\n", "lesson: none\n", "18: steps[0].lesson: there is no lesson"),
    ("part: 1", "part: 9", "19: steps[0].part: the lesson has steps 0 to 5"),
    ("serves: [0]", "serves: [2]", "15: steps[0].serves: the objectives are counted from 0 to 1"),
    ("serves: [0]", "serves: [1]", "7: objectives[0]: no step serves this objective"),
    ("en: Why?", f"en: {LONG_EN}", "26: steps[1].question.en: is longer than 40 words"),
    ("zh: 为什么？", f"zh: {LONG_ZH}", "26: steps[1].question.zh: is longer than 80 characters"),
    ("en: Why?", "en: <b>Why?</b>", "26: steps[1].question.en: raw HTML is not allowed"),
    ("{id: no,", "{id: yes,", "27: steps[1].options: id 'yes' is used twice"),
    ("call: freeze_hours", "call: luck", "37: steps[2].truth: there is no call 'luck'"),
    ("    high: 100", "    high: 10", "37: steps[2].truth: the truth, 72, lies outside low and"),
    ("quiz: why-requests-fail", "quiz: none", "45: steps[3].quiz: there is no quiz 'none'"),
    ("[vague-message]", "[nothing]", "46: steps[3].items[0]: the quiz has no item 'nothing'"),
    ("[vague-message]", "[friday-night]", "46: steps[3].items[0]: a mini-case takes several"),
    ("[vague-message]", "[]", "items: name the questions to ask"),
    ("quiz: why-requests-fail", "test: none", "40: steps[3]: form: say which form of the test"),
    ("cue: database-outage", "cue: rain", "52: steps[4].cue: there is no cue 'rain'"),
    ("persona: new-clerk", "persona: me", "59: steps[5].persona: there is no persona 'me'"),
    ("faults: [new-phone]", "faults: [luck]", "60: steps[5].faults[0]: there is no fault 'luck'"),
    ("amount: 6000", "amount: 300", "61: steps[5].amount: must lie from"),
    ("term_months: 12", "term_months: 11", "62: steps[5].term_months: must be one of"),
    (
        "    outcomes:",
        "    purpose: fun\n    outcomes:",
        "63: steps[5].purpose: there is no purpose",
    ),
    ("[retry_later]", "[approved]", "63: steps[5].outcomes: a first request can also end with ret"),
    ("[retry_later]", "[retry_later, frozen]", "63: steps[5].outcomes: no first request ends with"),
    ("[retry_later]", "[refused]", "63: steps[5].outcomes[0]: input should be"),
    (
        "minutes: 4\n    title: {zh: 借",
        "minutes: 3\n    title: {zh: 借",
        "55: steps[5].minutes: rea",
    ),
    ("regime: limits-cut", "regime: none", ".effect.regime: there is no regime 'none'"),
    ("seats: four\n", "", "64: steps[6].kind: decisions need seats: four"),
    ("- id: talk", "- id: send", "11: steps: id 'send' is used twice"),
    ("looks_at: [send]", "looks_at: [back]", "11: steps: back looks at 'back', no earlier step"),
    ("lessons: [why-requests-fail]", "lessons: [none]", "88: steps[8].lessons[0]: there is no les"),
    ("minutes: 5", "minuts: 5", "83: steps[8].minuts: is not a known key"),
    ("kind: discussion", "kind: dance", "75: steps[7]: input tag 'dance'"),
]


@cache
def around() -> Surroundings:
    lender = load_lenderbook()
    cues = load_cues(regimes=lender.regimes)
    library = load_library(ROOT, compute=ANSWERS)
    return Surroundings(library, lender, load_seatwords().faults.keys(), cues)


def lines(root: Path, text: str) -> list[str]:
    folder = root / FOLDER
    folder.mkdir(parents=True)
    (folder / "tried.yaml").write_text(text, encoding="utf-8")
    book, known = load_scripts(root, around()), around()
    return [
        str(mistake)
        for mistake in proof(root, book, known.lender, known.cues, known.library.lessons)
    ]


def test_the_untouched_script_has_no_mistake(tmp_path: Path) -> None:
    assert lines(tmp_path, SCRIPT) == []


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert SCRIPT.count(old) >= 1, f"{old!r} is nowhere"
    found = lines(tmp_path, SCRIPT.replace(old, new, 1))
    assert any(f"{FOLDER}/tried.yaml:{said}" in line or said in line for line in found), found


CUES = [
    (
        "lesson: case-outage",
        "lesson: none",
        "cues.database-outage.lesson: there is no lesson 'none",
    ),
    ("en: 'Database outage'", "en: '<b>Outage</b>'", "cues.database-outage.title.en: raw HTML is"),
    ("kind: trouble", "kind: luck", "cues.database-outage.kind: input should be"),
    ("incident: database_error", "incident: rain", "cues.database-outage.effect.incident: input"),
    ("regime: limits-cut", "regime: none", "cues.limit-cut.effect.regime: there is no regime"),
    ("      risk: {", "      boss: {", "cues.database-outage.tells.boss"),
]


@pytest.mark.parametrize(("old", "new", "said"), CUES)
def test_a_mistake_in_the_cues_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    text = (DATA / "cues.yaml").read_text(encoding="utf-8")
    folder = tmp_path / "sandbox" / "data"
    folder.mkdir(parents=True)
    assert old in text
    (folder / "cues.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr("jiejian.content.workshops.proof.DATA", folder)
    known = around()
    cues = load_cues(folder, regimes=known.lender.regimes)
    book = load_scripts(tmp_path, Surroundings(known.library, known.lender, known.faults, cues))
    found = [str(m) for m in proof(tmp_path, book, known.lender, cues, known.library.lessons)]
    assert any(said in line and "sandbox/data/cues.yaml" in line for line in found), found
    line_number = text[: text.index(old)].count("\n") + 1
    assert any(f"cues.yaml:{line_number}:" in line for line in found), found
