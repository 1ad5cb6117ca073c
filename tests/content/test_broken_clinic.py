"""Each kind of mistake in the clinic's files, and the line that tells of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jiejian.content.check import check_clinic
from jiejian.content.clinic.clinicbook import read_clinic
from jiejian.content.clinic.linking import link_clinic
from sandbox.lender.lenderbook import load_lenderbook

TODAY = date(2026, 11, 24)
LESSONS = ("why-requests-fail",)
LENDER = load_lenderbook()

FILES = {
    "sources": """id: sources
sources:
  rule: {title: 某规定, publisher: 某机构, date: "2024-05"}
""",
    "steps": """id: steps
steps:
  stop: {zh: 先停手。, en: Stop.}
""",
    "contacts": """id: contacts
contacts:
  line:
    name: {zh: 热线, en: A line}
    number: "12378"
    about: {zh: 投诉, en: Complaints}
    sources: [rule]
""",
    "advice/ask": """id: ask
order: 1
title: {zh: 怎么问, en: How to ask}
lead: {zh: 用文字问。, en: In writing.}
points:
  - {zh: 先问。, en: Ask.}
  - {zh: 再记。, en: Note.}
sources: [rule]
reviewed_on: 2026-11-20
""",
    "symptoms/busy": """id: busy
group: technology
says: {zh: 系统繁忙, en: System busy}
wordings:
  zh: [系统繁忙, 服务器忙, 请稍后, 出错了]
  en: [system busy, server busy, try later, an error]
meaning: {zh: 忙不过来。, en: Too much to do.}
first: {zh: 先看公告。, en: Look at the notice.}
questions:
  - id: often
    ask: {zh: 几次？, en: How often?}
    answers:
      - {say: {zh: 一次, en: Once}, go: load}
      - {say: {zh: 多次, en: Often}, go: how}
  - id: how
    ask: {zh: 多快？, en: How fast?}
    answers:
      - {say: {zh: 慢, en: Slowly}, go: load}
      - {say: {zh: 快, en: Fast}, go: speed}
conclusions:
  load:
    family: technology
    cause: {zh: 过载。, en: Overload.}
    now: {zh: 等。, en: Wait.}
  speed:
    family: risk_control
    cause: {zh: 太快。, en: Too fast.}
    now: {zh: 停。, en: Stop.}
today: [stop, {zh: 看。, en: Look.}]
week: [stop]
months: [stop]
never: [stop, {zh: 别点。, en: No pressing.}]
advice: [ask]
contacts: [line]
play:
  preset: {incident: overload}
  how: {zh: 发一次。, en: Send once.}
  shows: S01
lesson: why-requests-fail
reviewed_on: 2026-11-20
""",
    "symptoms/slow": "",
    "myths/more": """id: more
order: 1
claim: {zh: 多点几次就行, en: Press more often}
spread_by: {zh: 网友, en: People}
verdict: contradicted
evidence: {zh: 会被记下来。, en: It is counted.}
instead: {zh: 等一等。, en: Wait.}
play:
  facts: {history: {requests_minutes_ago: [1, 2]}}
  how: {zh: 连发三次。, en: Send three times.}
  shows: R01
lesson: why-requests-fail
sources: [rule]
reviewed_on: 2026-11-20
""",
}
BUSY, MYTH = "symptoms/busy", "myths/more"
LONG_ZH, LONG_EN = "等" * 81 + "。", "wait " * 40 + "now."
SECOND = (
    FILES[BUSY]
    .replace("id: busy", "id: slow")
    .replace("系统繁忙, 服务器忙, 请稍后, 出错了", "很慢, 卡住了, 转圈, 没反应")
    .replace("system busy, server busy, try later, an error", "slow, stuck, spinning, nothing")
)


class Clinic:
    """A small clinic on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text or SECOND)

    def write(self, name: str, text: str) -> None:
        path = self.root / "lessons" / "clinic" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = FILES[name] or SECOND
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def lines(self) -> list[str]:
        return [str(m) for m in check_clinic(self.root, LESSONS, LENDER, TODAY)[1]]


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def test_the_untouched_clinic_has_no_mistake(clinic: Clinic) -> None:
    assert clinic.lines() == []


MISTAKES = [
    (BUSY, ", en: System busy}", "}", "busy.yaml:3: says.en: is missing"),
    (BUSY, "zh: 忙不过来。", "zh: ''", "busy.yaml:7: meaning.zh: string should have at least 1"),
    (BUSY, "group: technology", "group: luck", "busy.yaml:2: group: input should be"),
    (BUSY, "id: busy", "id: other", "busy.yaml: id: 'other' must equal the file's name"),
    (BUSY, "today: [stop, {zh: 看。, en: Look.}]", "today: []", "busy.yaml:29: today: "),
    (BUSY, "today: [stop", "today: [go", "busy.yaml:29: today[0]: there is no shared step 'go'"),
    (BUSY, "advice: [ask]", "advice: [beg]", "busy.yaml:33: advice[0]: there is no advice 'beg'"),
    (BUSY, "contacts: [line]", "contacts: [mum]", ":34: contacts[0]: there is no contact 'mum'"),
    (BUSY, "lesson: why-requests-fail", "lesson: none", ":39: lesson: there is no lesson 'none'"),
    (
        BUSY,
        "go: how}",
        "go: nowhere}",
        ":14: questions[0].answers[1].go: does not end: there is no",
    ),
    (BUSY, "go: how}", "go: speed}", ":15: questions[1]: no answer leads to 'how'"),
    (BUSY, "go: speed}", "go: load}", ":25: conclusions.speed: no answer leads to 'speed'"),
    (BUSY, "{zh: 慢, en: Slowly}, go: load", "{zh: 慢, en: Slowly}, go: often", "does not end: 'o"),
    (BUSY, "  - id: how", "  - id: load", ":15: questions[1].id: 'load' is used twice"),
    (BUSY, "an error]", "Server  BUSY!]", ":6: wordings.en[3]: 'Server  BUSY!' is already a"),
    (BUSY, "zh: 先看公告。", f"zh: {LONG_ZH}", ":8: first.zh: is longer than 80 characters"),
    (BUSY, "en: Look at the notice.", f"en: {LONG_EN}", "first.en: is longer than 40 words"),
    (BUSY, "zh: 先看公告。", "zh: <b>看</b>", "first.zh: raw HTML is not allowed: <b>"),
    (
        BUSY,
        "zh: 先看公告。",
        "zh: 保留 5 年。",
        "first.zh: states a fact (5 年) but the file names",
    ),
    (BUSY, "en: Look at the notice.", "en: Since 2021.", "states a fact (2021) but the file"),
    (BUSY, "zh: 先看公告。", "zh: 打 10086 问。", "first.zh: 10086 is the number of no contact"),
    (BUSY, "shows: S01", "shows: R07", ":35: play: promises R07, the sandbox shows S01"),
    (BUSY, "shows: S01", "shows: Z99", "play: 'Z99' is neither a reason code nor an outcome"),
    (
        BUSY,
        "{incident: overload}",
        "{weather: rain}",
        "play: no preset 'weather'; known are amount",
    ),
    (BUSY, "{incident: overload}", "{incident: rain}", "play: platform.incident: Input should be"),
    (
        BUSY,
        "  how: {zh: 发一次。",
        "  persona: me\n  how: {zh: 发一次。",
        "there is no persona 'me'",
    ),
    (BUSY, "reviewed_on: 2026-11-20", "reviewed_on: 2026-11-25", ":40: reviewed_on: lies in the"),
    (BUSY, "lesson: why", "scam: true\nlesson: why", "alarm: is for scam: true, and needed there"),
    (MYTH, "verdict: contradicted", "verdict: maybe", "more.yaml:5: verdict: input should be"),
    (MYTH, "sources: [rule]", "sources: []", "more.yaml:13: sources: tuple should have at least 1"),
    (MYTH, "sources: [rule]", "sources: [x]", "more.yaml:13: sources[0]: there is no source 'x'"),
    (MYTH, "[1, 2]", "[1]", "more.yaml:8: play: promises R01, the sandbox shows approved"),
    (MYTH, "lesson: why-requests-fail", "lesson: none", "more.yaml:12: lesson: there is no lesson"),
    ("sources", '"2024-05"', '"2026-12"', "more.yaml:13: sources[0]: is dated after reviewed_on"),
    (
        "sources",
        "rule: {",
        "gone: {title: 甲, publisher: 乙, date: 2020}\n  rule: {",
        "used nowhere",
    ),
    (
        "steps",
        "stop: {",
        "go: {zh: 走, en: Go}\n  stop: {",
        "steps.yaml:3: steps.go: is used nowhere",
    ),
    (
        "contacts",
        "sources: [rule]",
        "sources: [x]",
        "contacts.yaml:7: contacts.line.sources[0]: th",
    ),
    ("advice/ask", "sources: [rule]", "sources: [x]", "ask.yaml:8: sources[0]: there is no source"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line(
    clinic: Clinic, file: str, old: str, new: str, said: str
) -> None:
    clinic.change(file, old, new)
    assert any(said in line for line in clinic.lines()), clinic.lines()


def test_what_leads_nowhere_is_left_out_and_the_rest_works(clinic: Clinic) -> None:
    clinic.change(BUSY, "go: how}", "go: nowhere}")
    clinic.change(MYTH, "sources: [rule]", "sources: [x]")
    book = link_clinic(read_clinic(clinic.root), LESSONS)
    assert list(book.symptoms) == ["slow"]
    assert list(book.myths) == []


def test_a_broken_file_is_left_out_and_the_rest_works(clinic: Clinic) -> None:
    clinic.write(BUSY, "id: busy\nsays: [\n")
    book = link_clinic(read_clinic(clinic.root), LESSONS)
    assert list(book.symptoms) == ["slow"]
    assert str(book.mistakes[0]).startswith("lessons/clinic/symptoms/busy.yaml:")


def test_broken_advice_is_left_out_of_the_symptoms_that_name_it(clinic: Clinic) -> None:
    clinic.change("advice/ask", "sources: [rule]", "sources: [x]")
    book = link_clinic(read_clinic(clinic.root), LESSONS)
    assert book.symptoms["busy"].advice == ()


def test_no_folder_is_an_empty_clinic(tmp_path: Path) -> None:
    book, mistakes = check_clinic(tmp_path, LESSONS, LENDER, TODAY)
    assert (dict(book.symptoms), mistakes) == ({}, [])
