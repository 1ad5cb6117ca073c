"""One lesson with one of every part: it reads as meant, and each slip in it is named."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jiejian.content.check import check
from jiejian.content.directives import DIRECTIVES
from jiejian.content.library import Library, load_library
from sandbox.answers import ANSWERS
from sandbox.loans import Offer, quote
from sandbox.text import LANGUAGES

FULL = Path(__file__).parent / "full"
ZH = "lessons/001-every-part/zh.md"
EN = "lessons/001-every-part/en.md"
TRACKS = "lessons/tracks.yaml"
GLOSSARY = "lessons/glossary.yaml"
DRAWING = "lessons/001-every-part/line-zh.svg"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(FULL, ANSWERS)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FULL, tmp_path / "course"))


def found(root: Path) -> list[str]:
    """Every mistake but the time that so many parts take."""
    lines = [str(m) for m in check(root, ANSWERS, date(2026, 11, 24))[1]]
    return [line for line in lines if ": minutes: " not in line]


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def both(root: Path, old: str, new: str) -> None:
    """The same slip in both languages, so that they do not differ as well."""
    for name in (ZH, EN):
        change(root, name, old, new)


def test_it_has_every_part_and_no_mistake(root, library):
    assert found(root) == []
    names = {
        d.name for d in library.lessons["every-part"].versions["zh"].parts if hasattr(d, "name")
    }
    assert names == DIRECTIVES.keys()


def test_figures_are_what_the_loan_engine_says(library):
    figures = library.lessons["every-part"].workings.figures
    bank = quote(Offer(principal=Decimal(12000), annual_rate=Decimal("0.12"), periods=12))
    assert figures["bank-payment"].value == bank.instalment == Decimal("1066.19")
    assert figures["bank-cost"].value == bank.totals.cost
    # 12,000 at 0.6 % a month flat over 12 months costs 13.0342 % a year (loan-math, 2.5).
    assert figures["flat-rate"].value.quantize(Decimal("0.0001")) == Decimal("13.0342")
    assert figures["saved"].value == bank.totals.cost - figures["early-cost"].value


def test_text_shows_figures_with_their_units(library):
    zh = library.lessons["every-part"].versions["zh"].parts[0].html
    en = library.lessons["every-part"].versions["en"].parts[0].html
    assert "每期还 ¥1,066.19" in zh
    assert "冷静期是 24 小时，也就是 24 个钟头" in zh
    assert "¥1,066.19 a month" in en
    assert "The cool-down is 24 hours." in en


def test_both_languages_are_cut_into_the_same_steps(library):
    versions = library.lessons["every-part"].versions
    steps = {lang: [step.anchor for step in versions[lang].steps] for lang in LANGUAGES}
    assert steps["zh"] == steps["en"] == ["start", "widgets"]


def test_terms_can_be_pressed_on_the_page_and_are_words_on_paper(library):
    part = library.lessons["every-part"].versions["en"].parts[0]
    assert part.html.count("popovertarget") == 2
    assert ">interest on it</button>" in part.html
    assert "popover" not in part.plain_html
    assert "data-term" not in part.plain_html
    assert "and the interest on it falls" in part.plain_html


WORKINGS = [
    (
        "call: instalment",
        "call: instalments",
        "figures.bank-payment.call: there is no call 'instal",
    ),
    (
        "principal: 12000, annual",
        "principle: 12000, annual",
        "loans.bank.principle: is not a known key",
    ),
    ("annual_rate: 0.12", "annual_rate: 99", "zh.md:18: loans.bank.annual_rate: input should be"),
    ("{like: bank,", "{like: bunk,", "loans.bunk: there is no loan 'bunk'; known are bank, flat,"),
    ("{like: bank,", "{like: bank-early,", "loans.bank-early: is like itself"),
    ("args: {loan: flat}", "args: {loan: fat}", "figures.flat-cost.args.loan: there is no loan 'f"),
    ("{figure: bank-cost}", "{figure: saved}", "figures.saved: needs itself: saved > saved"),
    (", unit: yuan}\n", "}\n", "figures.saved: unit: difference has none of its own; give one"),
    ("{call: cool_down_hours}", "{call: cool_down_hours, unit: yuan}", ".unit: cool_down_hours gi"),
    ("{call: cool_down_hours}", "{call: cool_down_hours, args: {a: 1}}", "figures.wait.args: cool"),
    ("over: periods, from: 3", "over: weather, from: 3", ".over: total_cost takes no 'weather'"),
    ("from: 3, to: 24, step: 3", "from: 3, to: 3, step: 3", "curves.bank-by-term.step: from 3 to"),
    ("from: 0, to: 12", "from: 0, to: 13", "curves.bank-balance.over: at after 13: after: the sc"),
    ("persona: student", "persona: pupil", "requests.student-laptop: persona: there is no 'pupil'"),
    ("amount: 6000", "amount: -1", "requests.student-laptop: request.amount: Input should be"),
    ("outcome: declined", "outcome: approved", ".expect.outcome: the lender's answer is declined"),
    ("reasons: [C05]", "reasons: [R01]", ".expect.reasons: the lender's reasons are C05"),
    ("figures:\n", "figures:\n  idle: {call: freeze_hours}\n", "figures.idle: is never used"),
    ("loans:\n", "loans:\n  idle: {principal: 1000}\n", "loans.idle: is never used"),
    (
        "track: before",
        "track: after",
        "zh.md:8: track: there is no track 'after'; known are before",
    ),
    (
        "{{bank-payment}}，总",
        "{{bank}}，总",
        "zh.md:41: figure: there is no figure 'bank' in the fr",
    ),
    ("{{wait|plain}}", "{{wait|bare}}", "zh.md:42: figure: {{wait|bare}}: only |plain may follow"),
    ("[[principal]]", "[[principle]]", "zh.md:42: term: there is no 'principle' in lessons/glos"),
    ("[[principal]]", "[[principal", "markup: '[[' is left as text"),
    ("lesson:every-part#widgets", "lesson:no-part", "zh.md:43: link: there is no lesson 'no-part'"),
    (
        "lesson:every-part#widgets",
        "lesson:every-part#x",
        "link: the lesson 'every-part' has no sec",
    ),
    ("(#numbers)", "(/nowhere)", "zh.md:43: link: there is no page '/nowhere'"),
    (
        "提前还能省",
        "省" * 201 + "。提前还能省",
        "zh.md:41: paragraph: is longer than 200 characters",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), WORKINGS)
def test_a_slip_in_what_is_computed_or_linked(root, old, new, said):
    change(root, ZH, old, new)
    assert any(said in line for line in found(root)), found(root)


PARTS = [
    ("figure: bank-payment, label", "figure: bank, label", "slider.results[0].figure: there is no"),
    (
        "{arg: periods",
        "{arg: weather",
        "slider.sliders[0].arg: none of the figures takes 'weather'",
    ),
    ("step: 3, start: 12", "step: 3, start: 13", "sliders[0].start: is none of the values"),
    ("step: 3, start: 12", "step: 0.01, start: 12", "sliders[0].step: from, to and step must give"),
    (
        "from: 0.06, to: 0.24, step: 0.01",
        "from: 0.12, to: 40.12, step: 1",
        "slider.sliders: at periods 3, annual_rate 40.12: loan.annual_rate: Input should be less",
    ),
    ("chart: schedule", "chart: by-term", "x_label: a curve needs x_label and y_label"),
    ("figure: flat-rate\noptions", "figure: rate\noptions", "predict.figure: there is no 'rate' u"),
    ("below: 8}", "below: 80}", "options: `below` must rise"),
    ("below: 12}", "below: 8}", "options: `below` must rise"),
    ("id: flat-total", "id: flat-true-rate", "predict.id: 'flat-true-rate' is used twice"),
    (", outcome: declined}", ", outcome: frozen}", "predict.options: none of them is what comes"),
    ("ask: highest\nat: 24", "ask: highest\nat: 25", "predict-chart.at: is none of the values"),
    ("ask: highest\nat: 24", "ask: highest", "at: goes with highest and lowest, and only with"),
    (
        "ask: reaches\nvalue: 6000",
        "ask: reaches\nvalue: 99000",
        "predict-chart.ask: the curves give",
    ),
    ("curve: flat-by-term", "curve: bank-balance", "predict-chart.curves: must run over the same"),
    ("schedule: bank", "schedule: bunk", "worked-example.schedule: there is no 'bunk' under loans"),
    ("rows: [1, 2, last]", "rows: [1, 13]", "worked-example.rows: the schedule has rows 1 to 12"),
    ("answer: free,", "answer: dear,", "sort-cards.cards[2].answer: should be one of cost, free"),
    ("answer: free,", "answer: cost,", "sort-cards.bins[1].id: no card belongs here"),
    ("- {id: free,", "- {id: cost,", "bins: there must be two or more, each with its own id"),
    ("start: stuck", "start: struck", "start: there is no scene 'struck'"),
    ("to: again}", "to: nowhere}", "scenes: a choice leads to 'nowhere', which is no scene"),
    ("to: again}", "to: look}", "scenes: nothing leads to again"),
    ("ending: good, ", "", "scenes.look: ending: a scene has choices or an ending, one of them"),
    (
        "request: student-laptop\nexpl",
        "request: other\nexpl",
        "send-request.request: there is no 'o",
    ),
    ("{loan: flat, label", "{loan: bank, label", "compare-offers.by: both offers have the same"),
    ("file: line-{lang}.svg", "file: other.svg", "figure.file: other.svg: there is no such file"),
    ("file: line-{lang}.svg", "file: ../x.svg", "file: string should match pattern"),
    ("target: borrow", "target: bank", "try-it.target: should be one of borrow, lab, clinic"),
    ("incident: timeout,", "incident: rain,", "try-it.preset.incident: should be one of none, ov"),
    ("amount: 3000", "amount: 1", "try-it.preset.amount: must lie between 500 and 300000"),
    ("amount: 3000", "sum: 3000", "try-it.preset.sum: the page borrow takes no such key; it takes"),
    ("persona: student}", "persona: pupil}", "try-it.preset.persona: should be one of"),
    ("duration: 15", "duration: 0", "duration: input should be greater than or equal to 1"),
]


@pytest.mark.parametrize(("old", "new", "said"), PARTS)
def test_a_slip_in_a_part_is_named_in_both_languages(root, old, new, said):
    both(root, old, new)
    for name in (ZH, EN):
        lines = [line for line in found(root) if line.startswith(f"{name}:")]
        assert any(said in line for line in lines), found(root)


DRIFT = [
    ("slider", "to: 24, step: 3, start", "to: 36, step: 3, start"),
    ("predict", "below: 8}", "below: 9}"),
    ("predict-chart", "at: 24", "at: 21"),
    ("worked-example", "rows: [1, 2, last]", "rows: [1, last]"),
    ("sort-cards", "answer: user,", "answer: technology,"),
    (
        "order-steps",
        "steps:\n  - {text: Look",
        "steps:\n  - {text: A, because: B}\n  - {text: Look",
    ),
    ("decide", "ending: bad", "ending: mixed"),
    ("compare-offers", "by: irr_simple", "by: total_cost"),
    ("figure", "file: line-{lang}.svg", "file: line-en.svg"),
    ("try-it", "amount: 3000", "amount: 4000"),
    ("teacher-note", "duration: 15", "duration: 10"),
]


@pytest.mark.parametrize(("name", "old", "new"), DRIFT)
def test_facts_that_differ_between_the_languages(root, name, old, new):
    change(root, EN, old, new)
    (line,) = found(root)
    assert line.startswith(f"{EN}:")
    assert f"::: {name}: is" in line


def test_a_result_that_is_typed_in_a_worked_example(root):
    change(root, ZH, "月利率是年利率除以 12。", "月利率是 1%，一年付 ¥795.05，也就是 6.6%。")
    typed = [line.partition("worked-example: ")[2] for line in found(root)]
    assert typed == [
        f"{number} is typed; make it a figure, or an input of one"
        for number in ("1%", "6.6%", "¥795.05")
    ]


def test_a_text_that_begins_with_a_figure_needs_quotes(root):
    change(root, ZH, "月利率是年利率除以 12。", "{{bank-cost}}。")
    assert found(root) == [f"{ZH}:123: a text that begins with {{{{ must be in quotes"]


def test_what_follows_from_a_slip_is_not_named_as_well(root):
    change(root, ZH, "annual_rate: 0.12, periods: 12}\n", "annual_rate: 99, periods: 12}\n")
    (line,) = found(root)
    assert line.startswith(f"{ZH}:18: loans.bank.annual_rate:")


@pytest.mark.parametrize(
    "text", ["借 ¥12,000，年利率 12%，1.2 万元。", "每月 0.6%。", "'{{bank-cost}}。'"]
)
def test_inputs_and_figures_may_stand_in_a_worked_example(root, text):
    change(root, ZH, "月利率是年利率除以 12。", text)
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "see: [interest]",
            "see: [nothing]",
            "glossary.yaml:5: terms.principal.see[0]: there is no",
        ),
        ("see: [interest]", "see: [principal]", "terms.principal.see[0]: there is no other term"),
        (
            "en: principal}",
            "english: principal}",
            "glossary.yaml:3: terms.principal.term.en: is mis",
        ),
        ("principal:\n", "Prin cipal:\n", "glossary.yaml:2: terms"),
        (
            '利息。"',
            "利息。" + "长" * 90 + '。"',
            "glossary.yaml:4: terms.principal.short.zh: is long",
        ),
    ],
)
def test_a_slip_in_the_glossary(root, old, new, said):
    change(root, GLOSSARY, old, new)
    assert any(said in line for line in found(root)), found(root)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: before", "id: Before", "tracks.yaml:2: tracks[0].id: string should match"),
        ("en: Before", "en: ''", "tracks.yaml:3: tracks[0].title.en: string should have"),
        (
            "tracks:\n",
            "tracks:\n  - {id: before, title: {zh: a, en: a}, summary: {zh: a, en: a}}\n",
            "tracks.yaml:1: tracks: id 'before' is used twice",
        ),
    ],
)
def test_a_slip_in_the_tracks(root, old, new, said):
    change(root, TRACKS, old, new)
    assert any(said in line for line in found(root)), found(root)


def test_without_its_tracks_the_course_is_still_shown(root):
    (root / TRACKS).unlink()
    library = load_library(root, ANSWERS)
    assert [lesson.id for lesson in library.in_order] == ["every-part"]
    assert library.lessons["every-part"].track is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<svg", "is no XML"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "needs a viewBox"),
        ('<svg viewBox="0 0 1 1"/>', 'must be an <svg xmlns="http://www.w3.org/2000/svg">'),
        ("<script>alert(1)</script>", "<script> is not allowed"),
        ("<foreignObject/>", "<foreignObject> is not allowed"),
        ('<rect onclick="x()"/>', "onclick: scripts are not allowed"),
        ('<use href="https://example.org/a.svg#b"/>', "href: may only point inside the drawing"),
        ('<rect fill="url(https://example.org/a)"/>', "fill: may not load anything"),
        ("<style>@import 'x.css';</style>", "style: may not load anything"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>", "holds a DOCTYPE"),
        ("<!-- " + "x" * 210_000 + " -->", "is larger than 200 KB"),
    ],
)
def test_a_drawing_that_is_not_safe(root, content, said):
    whole = content
    if not content.startswith("<svg"):
        whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{content}</svg>'
    (root / DRAWING).write_text(whole, encoding="utf-8")
    assert any(f"line-zh.svg: {said}" in line for line in found(root)), found(root)


def test_a_drawing_may_have_style_and_marks_of_its_own(root):
    (root / DRAWING).write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>@media '
        "(prefers-color-scheme: dark) { path { stroke: #6CC7BC } }</style><defs><marker id='m'/>"
        '</defs><path d="M0 0 9 9" marker-end="url(#m)"/><use href="#m"/></svg>',
        encoding="utf-8",
    )
    assert found(root) == []


TOPICS = """complete: {complete}
topics:
  - {{id: T14, title: {{zh: 甲, en: A}}, family: user}}
  - {{id: T15, title: {{zh: 乙, en: B}}}}
"""


@pytest.mark.parametrize("complete", [False, True])
def test_gaps_are_mistakes_once_the_course_is_said_to_be_complete(root, complete):
    (root / "lessons/topics.yaml").write_text(TOPICS.format(complete=str(complete).lower()))
    expected = [
        "lessons/topics.yaml:4: T15: no lesson is about it",
        "quizzes/every-part.yaml:5: items: objective 0",
        "quizzes/every-part.yaml:5: items: objective 1",
    ]
    told = found(root)
    assert len(told) == (len(expected) if complete else 0)
    for line, begins in zip(told, expected, strict=False):
        assert line.startswith(begins)


def test_a_topic_that_is_not_listed(root):
    (root / "lessons/topics.yaml").write_text(TOPICS.format(complete="false").replace("T14", "T13"))
    assert found(root) == [f"{ZH}:12: topics[0]: T14 is not in lessons/topics.yaml"]
