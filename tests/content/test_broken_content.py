"""Each kind of mistake an author can make, and the line that tells them of it."""

from __future__ import annotations

import pytest

ZH = "lessons/001-velocity-check/zh.md"
EN = "lessons/001-velocity-check/en.md"
QUIZ = "quizzes/velocity-check.yaml"

LONG_ZH = "等" * 81 + "。"
LONG_EN = "wait " * 40 + "now."

# file, what is there, what is put instead, what the check prints
FRONT_MATTER = [
    (ZH, "title: 频次检查", "", "zh.md:3: title: is missing"),
    (ZH, "level: beginner", "level: easy", "zh.md:10: level: input should be 'beginner', "),
    (ZH, "level: beginner", "lvl: 1", "zh.md:10: lvl: is not a known key"),
    (ZH, "minutes: 6", "minutes: 5", "zh.md:9: minutes: input should be greater than or equal"),
    (ZH, "topics: [T02]", "topics: [T2]", "zh.md:12: topics[0]: string should match"),
    (ZH, "[borrower]", "[nobody]", "zh.md:11: audience[0]: input should be 'everyone', "),
    (ZH, "2026-11-20", "soon", "zh.md:15: reviewed_on: input should be a valid date"),
    (ZH, "2026-11-20", "2026-11-25", "zh.md:15: reviewed_on: lies in the future"),
    (ZH, "date: 2024-05,", "date: 2026-12,", "zh.md:16: sources: number 1 is dated after"),
    (ZH, "date: 2024-05,", "date: 2024-13,", "zh.md:17: sources[0].date: month must be in 1..12"),
    (ZH, "https://example", "ftp://example", "zh.md:17: sources[0].url: string should match"),
    (ZH, "revision: 1\n", "revision: 1\nrevision: 2\n", "zh.md:8: revision: is given twice"),
    (ZH, "title: 频次检查", "title: 12", "zh.md:2: title: input should be a valid string; put it"),
    (ZH, "title: 频次检查", "title: &a 频次", "zh.md:2: anchors and aliases (& and *)"),
    (ZH, "title: 频次检查", "title: *a", "zh.md:2: anchors and aliases (& and *)"),
    (ZH, "title: 频次检查", "title: !!python/name:os.system x", "zh.md:2: tags (!) are not"),
    (ZH, "title: 频次检查", "title: [a", "zh.md:3: is no YAML: "),
    (ZH, "---\ntitle", "title", "zh.md:1: must begin with front matter"),
    (EN, "revision: 1\n---", "revision: 1", "en.md:1: the front matter is never closed"),
    (EN, "revision: 1", "revision: 1\nminutes: 6", "en.md:8: minutes: is not a known key"),
    (EN, "revision: 1", "revision: 2", "en.md:7: revision: is 2, in zh.md it is 1"),
    (EN, "  - Work out how long to wait\n", "", "en.md:4: objectives: is a list of 1, in zh.md"),
    (ZH, "prerequisites: []", "prerequisites: [x]", "zh.md:13: prerequisites[0]: there is no"),
    (ZH, "prerequisites: []", "prerequisites: [velocity-check]", "[0]: 'velocity-check' does not"),
    (ZH, "quiz: velocity-check", "quiz: none", "zh.md:14: quiz: there is no usable quiz 'none'"),
]

BODY = [
    (
        ZH,
        "::: sort-cards",
        "::: sort",
        "zh.md:23: ::: sort: is no directive; known are compare-offers",
    ),
    (ZH, ":::\n\n## 怎", "## 怎", "zh.md:23: ::: sort-cards: is never closed"),
    (ZH, ":::\n\n## 怎", "::: note\ntext: a\n\n## 怎", "zh.md:23: ::: sort-cards: is never closed"),
    (
        ZH,
        "answer: user",
        "answer: bank",
        "zh.md:29: sort-cards.cards[2].answer: should be one of technology",
    ),
    (ZH, "title: 分一分\n", "", "zh.md:24: title: is missing"),
    (ZH, "title: 分一分", "title: 'a", "zh.md:"),
    (EN, "answer: user", "answer: technology", "en.md:13: ::: sort-cards: is ['technology', "),
    (EN, "{#do}", "{#go}", "en.md:22: section: is go, in zh.md it is do"),
    (EN, "## What to do {#do}", "", "en.md: section: is missing, in zh.md it is do"),
    (
        EN,
        "Wait, then",
        "::: note\ntone: info\ntext: a\n:::\n",
        "directive: is note, in zh.md it is",
    ),
    (ZH, "等一等", "  :::\n等一等", "zh.md:34: markup: ':::' is left as text"),
    (ZH, "等一等", "/// note\n等一等", "zh.md:34: markup: '///' is left as text"),
    (ZH, "等一等，", "** 等一等，**", "zh.md:34: markup: '**' is left as text"),
    (ZH, "等一等，", "**等一等，**", "zh.md:34: emphasis: some viewers do not close it"),
    (ZH, "等一等", "等<b>一</b>等", "zh.md:34: html: raw HTML is not allowed: <b>"),
    (
        ZH,
        "等一等",
        "<script>alert(1)</script>",
        "zh.md:34: html: raw HTML is not allowed: <script>",
    ),
    (ZH, "等一等", "<!-- x -->", "zh.md:34: html: raw HTML is not allowed: <!--"),
    (ZH, "title: 分一分", "title: <i>分", "zh.md:24: html: raw HTML is not allowed: <i>"),
    (ZH, "等一等", "[等](javascript:alert)", "zh.md:34: link: 'javascript:alert' is not allowed"),
    (ZH, "等一等", "[等](data:text/html,x)", "zh.md:34: link: 'data:text/html,x' is not"),
    (ZH, "等一等", "[等](//example.org)", "zh.md:34: link: '//example.org' is not allowed"),
    (ZH, "等一等", "[等](#nowhere)", "zh.md:34: link: there is no section 'nowhere'"),
    (ZH, "等一等", "![图](a.png)", "zh.md:34: picture: there is no file 'a.png'"),
    (ZH, "等一等", "![](a.png)", "zh.md:34: picture: needs a description"),
    (
        ZH,
        "等一等",
        "![图](https://example.org/a.png)",
        "zh.md:34: picture: 'https://example.org/a.p",
    ),
    (ZH, "等一等", "![图](../a.png)", "zh.md:34: picture: '../a.png' must be a file in the"),
    (EN, "Wait, then", "## More\n\nWait, then", "en.md:24: heading: needs an anchor"),
    (EN, "Wait, then", "# More\n\nWait, then", "en.md:24: heading: must be of level 2 or 3"),
    (ZH, "等一等", "### 再说 {#what}\n\n等一等", "en.md: section: is missing, in zh.md it is what"),
    (ZH, "等一等", LONG_ZH, "zh.md:34: sentence: is longer than 80 characters"),
    (EN, "Wait, then", LONG_EN, "en.md:24: sentence: is longer than 40 words"),
    (EN, "  - Say what", "  - " + LONG_EN, "en.md:5: sentence: is longer than 40 words"),
    (ZH, "等一等", "等一等。" * 500, "zh.md:9: minutes: is 6, but reading and play take"),
    (EN, "Wait, then", "Wait then. " * 500, "en.md:2: minutes: is 6, but reading and play take 7"),
]

QUIZZES = [
    (QUIZ, "id: velocity-check\n", "id: other\n", "velocity-check.yaml: id: 'other' must equal"),
    (
        QUIZ,
        "lesson: velocity-check",
        "lesson: other",
        ".yaml:2: lesson: there is no lesson 'other'",
    ),
    (QUIZ, "kind: single", "kind: essay", ".yaml:6: items[0]: input tag 'essay'"),
    (QUIZ, ", correct: true", "", ".yaml:11: items[0].choices: exactly one must be correct, 0 are"),
    (QUIZ, "kind: single", "kind: multiple", None),
    (QUIZ, "id: loans", "id: faults", ".yaml:11: items[0].choices: id 'faults' is used twice"),
    (QUIZ, "id: how-long", "id: what-it-counts", ".yaml:5: items: id 'what-it-counts' is used"),
    (QUIZ, "en: Loans", "en: ''", ".yaml:13: items[0].choices[1].text.en: string should have at"),
    (QUIZ, "objective: 1", "objective: 2", ".yaml:17: items[1].objective: the lesson has objecti"),
    (QUIZ, "objective: 1", "objective: -1", ".yaml:17: items[1].objective: input should be"),
    (QUIZ, "difficulty: 2", "difficulty: 4", ".yaml:18: items[1].difficulty: input should be"),
    (QUIZ, "call: wait_minutes", "call: nothing", ".yaml:20: items[1].answer: there is no call"),
    (QUIZ, "minutes_ago: 20", "minutes: 20", ".yaml:20: items[1].answer: wait_minutes cannot be"),
    (QUIZ, "minutes_ago: 20", "minutes_ago: NaN", ".yaml:20: items[1].answer: wait_minutes gives"),
    (QUIZ, "tolerance: 0.5", "tolerance: -1", ".yaml:22: items[1].tolerance: input should be"),
    (QUIZ, "tolerance: 0.5", "tolerance: NaN", ".yaml:22: items[1].tolerance: input should be a"),
    (QUIZ, "value: 20", "value: 40.5", ".yaml:25: items[1].near_misses[0].value: counts as corr"),
    (QUIZ, '"{answer} minutes"', '"{wrong} minutes"', ".yaml:23: items[1].because.en: unknown"),
    (QUIZ, "unit: minutes", "unit: weeks", ".yaml:21: items[1].unit: input should be 'yuan', "),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), [*FRONT_MATTER, *BODY, *QUIZZES])
def test_a_mistake_is_named_with_its_line(shelf, file, old, new, said):
    shelf.change(file, old, new)
    lines = shelf.lines()
    if said is None:
        assert lines == []
    else:
        assert any(said in line and line.startswith(file.rpartition("/")[0]) for line in lines), (
            lines
        )


def test_the_untouched_library_has_no_mistake(shelf):
    assert shelf.lines() == []


def test_wrong_answers_of_a_quiz_leave_its_lesson(shelf):
    shelf.change(QUIZ, "revision: 1", "revision: 0")
    assert shelf.lines() == [
        f"{QUIZ}:3: revision: input should be greater than or equal to 1",
        f"{ZH}:14: quiz: there is no usable quiz 'velocity-check'",
    ]


def test_a_quiz_that_its_lesson_does_not_name(shelf):
    shelf.second_lesson()
    shelf.change("quizzes/second.yaml", "lesson: second", "lesson: velocity-check")
    said = "quizzes/second.yaml:2: lesson: the quiz of 'velocity-check' is 'velocity-check'"
    assert any(line.startswith(said) for line in shelf.lines())


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("first", "a lesson's folder is called NNN-slug"),
        ("001-other", "number or slug is taken by 001-velocity-check"),
        ("007-velocity-check", "number or slug is taken by 001-velocity-check"),
    ],
)
def test_a_folder_with_a_wrong_name(shelf, folder, said):
    if folder == "001-other":
        folder = "001-velocity-check-again"
    shelf.write(f"lessons/{folder}/zh.md", "")
    (line,) = shelf.lines()
    assert line.startswith(f"lessons/{folder}:")
    assert said in line


def test_a_missing_language(shelf):
    (shelf.root / EN).unlink()
    assert f"{EN}: cannot be read: No such file or directory" in shelf.lines()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "2: is not UTF-8 text"),
        ("\u202e".encode(), "2: holds the invisible character U+202E"),
        (b"x" * 600_000, " is larger than 512 KB"),
    ],
)
def test_a_file_that_is_no_clean_text(shelf, content, said):
    (shelf.root / QUIZ).write_bytes(b"id: x\n" + content)
    assert f"{QUIZ}:{said}" in shelf.lines()


def test_an_unfolding_yaml_bomb_is_refused_at_once(shelf):
    bomb = "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(30))
    shelf.write(QUIZ, bomb)
    assert (
        shelf.lines()[0]
        == f"{QUIZ}:1: anchors and aliases (& and *) are not allowed; quote the text"
    )


def test_a_mistake_inside_a_note(shelf):
    note = "::: note\ntone: info\ntext: |\n  一行。\n  <b>二</b>行。\n:::\n"
    shelf.change(ZH, "等一等", note + "等一等")
    shelf.change(EN, "Wait", "::: note\ntone: info\ntext: One line.\n:::\nWait")
    assert shelf.lines() == [f"{ZH}:38: html: raw HTML is not allowed: <b>"]
