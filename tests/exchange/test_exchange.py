"""Items out to Moodle XML, GIFT and Anki, and drafts in from what educators have."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiejian.content.items import Item, MatchingItem, NumericItem, OrderingItem
from jiejian.content.plain import Option, Plain, Slip, plain
from jiejian.content.posing import pose
from jiejian.content.questions import Choosing
from jiejian.content.quizzes import Quiz, read_quiz
from jiejian.quizbank import gift, moodle
from jiejian.quizbank.__main__ import main
from jiejian.quizbank.reading import LeftOut
from sandbox.answers import ANSWERS
from sandbox.text import Language

HERE = Path(__file__).parent
KINDS = HERE.parent / "kinds"
FORMATS = {"gift": (gift.write, gift.read), "moodle-xml": (moodle.write, moodle.read)}
QUIZ = read_quiz(KINDS / "quizzes/every-kind.yaml", ANSWERS).quiz


def questions(language: Language) -> list[Plain]:
    return [made for item in QUIZ.items for made in plain(pose(item, 1, ANSWERS), language)]


# Words as people write them, with the signs both formats treat specially.
WORDS = (
    st.text(
        st.sampled_from("借款ab1 ~=#{}:\\%<>&→“”，。->?"),
        min_size=1,
        max_size=24,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: bool(text) and not text.startswith("%") and "->" not in text)
)
AMOUNTS = st.decimals(0, 10**6, places=2)
OPTIONS = st.lists(WORDS, min_size=3, max_size=5, unique=True)


@st.composite
def some_question(draw: st.DrawFn) -> Plain:
    texts = draw(OPTIONS)
    because = [draw(WORDS) for _ in texts]
    kind = draw(st.sampled_from(["single", "multiple", "numeric"]))
    base = Plain("some-id", kind, draw(WORDS), tags={"objective": "1"}, topics=("T02",))  # type: ignore[arg-type]
    if kind == "numeric":
        slips = (Slip(draw(AMOUNTS), draw(WORDS)),)
        return Plain(
            **{
                **vars(base),
                "answer": draw(AMOUNTS),
                "tolerance": draw(AMOUNTS),
                "because": draw(WORDS),
                "slips": slips,
            }
        )
    right = {0} if kind == "single" else {0, 1}
    options = tuple(
        Option(text, why, place in right)
        for place, (text, why) in enumerate(zip(texts, because, strict=True))
    )
    return Plain(**{**vars(base), "options": options})


@pytest.mark.parametrize("name", FORMATS)
@given(st.data())
def test_any_question_comes_back_as_it_went(name: str, data: st.DataObject) -> None:
    write, read = FORMATS[name]
    made = data.draw(some_question())
    (back,) = read(write([made], "Some category"))
    assert back == made


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_item_comes_back(name: str, language: Language) -> None:
    write, read = FORMATS[name]
    found = questions(language)
    for made, back in zip(found, read(write(found, "借鉴")), strict=True):
        assert isinstance(back, Plain)
        assert back.kind == made.kind
        assert back.stem == made.stem.replace("\n", " ")
        assert back.options == made.options
        assert back.tags == made.tags
        if made.answer is not None:
            assert back.answer == made.answer.quantize(Decimal("0.01"))
            assert [slip.because for slip in back.slips] == [slip.because for slip in made.slips]


@pytest.mark.parametrize("name", FORMATS)
def test_out_in_both_languages_and_in_again_is_the_same_quiz(name: str, tmp_path: Path) -> None:
    for language in ("zh", "en"):
        command = ["export", "--format", name, "--language", language, "--root", str(KINDS)]
        assert main([*command, "-o", str(tmp_path / language)]) == 0
    draft = tmp_path / "every-kind.yaml"
    command = ["import", "--format", name, "--lesson", "every-kind", "-o", str(draft)]
    assert main([*command, "--zh", str(tmp_path / "zh"), "--en", str(tmp_path / "en")]) == 0
    text = draft.read_text(encoding="utf-8")
    assert text.startswith("# Drafted from ")
    # What no other program knows: the quiz's title.
    draft.write_text(text + "title: {zh: 标题, en: Title}\n", encoding="utf-8")
    # Steps of a mini-case may offer two choices, an item needs three.
    back = read_quiz(_with_a_third_choice(draft), ANSWERS).quiz
    for name_of in ("one", "several", "number", "order", "match"):
        before, after = QUIZ.item(name_of), back.item(name_of)
        assert before is not None
        assert after is not None
        assert _facts(before) == _facts(after)


def _with_a_third_choice(draft: Path) -> Path:
    text = draft.read_text(encoding="utf-8")
    place = text.index("- id: mini-answer")
    choices = text.index("choices:", place) + len("choices:\n")
    third = (
        '      - id: third\n        text: {zh: "三", en: "three"}\n'
        '        because: {zh: "否", en: "no"}\n'
    )
    draft.write_text(text[:choices] + third + text[choices:], encoding="utf-8")
    return draft


def _facts(item: Item) -> object:
    """What must survive: words, what is right, explanations, objective and difficulty."""
    posed = pose(item, 1, ANSWERS)
    common = (item.kind, item.objective, item.difficulty, posed.say(item.stem))
    if isinstance(item, Choosing):
        return common, [(c.text, c.because, c.correct) for c in item.choices]
    if isinstance(item, OrderingItem):
        return common, [(stage.text, stage.because) for stage in item.sequence]
    if isinstance(item, MatchingItem):
        targets = {target.id: target.text for target in item.targets}
        return common, [(pair.text, targets[pair.target], pair.because) for pair in item.pairs]
    assert isinstance(item, NumericItem)
    assert posed.answer is not None
    slips = [round(value, 2) for value in posed.near]
    return common, round(posed.answer, 2), slips, item.unit, item.tolerance, posed.say(item.because)


def drafted(tmp_path: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """Draft quizzes/week-3.yaml; what was printed, and what was said on the side."""
    out = tmp_path / "week-3.yaml"
    assert main(["import", "-o", str(out), *arguments]) == 0
    printed = capsys.readouterr()
    return printed.out, printed.err


def test_a_teachers_gift_file_becomes_a_draft_whose_gaps_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(HERE / "teacher-en.gift")
    gaps, said = drafted(tmp_path, capsys, "--format", "gift", "--en", path)
    assert "left out 9 (Q9 open): is an essay" in said
    assert "left out 10 (Q10 short): is a short answer" in said
    assert "left out 11 (question 11): is a description" in said
    assert "8 items drafted" in said
    for gap in (
        "title: is missing",
        "lesson: is missing",
        "items[0].objective: is missing",
        "items[0].difficulty: is missing",
        "items[0].stem.zh: is missing",
        "items[0].choices[2].because: is missing",
        "items[3].unit: is missing",
        "items[5].choices: tuple should have at least 3 items",
        "items[6].pairs[1].because: is missing",
    ):
        assert gap in gaps, gap
    assert all(line.startswith("week-3.yaml:") for line in gaps.splitlines())
    text = (tmp_path / "week-3.yaml").read_text(encoding="utf-8")
    assert "TODO" not in text
    assert 'en: "Two loans of $1000 over a year: one at 12 % with a fee of $50' in text
    assert "id: apr-first" in text
    assert 'value: "18.25"' in text
    assert 'tolerance: "0.25"' in text
    assert 'en: "A loan shark usually asks for _____ before paying out."' in text


def test_a_teachers_moodle_export_becomes_a_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(HERE / "teacher-zh.xml")
    arguments = ["--format", "moodle-xml", "--lesson", "every-kind", "--zh", path]
    gaps, said = drafted(tmp_path, capsys, *arguments)
    assert "left out 7 (第7题 问答): questions of type 'essay' are not taken over" in said
    assert "left out 8 (第8题 填空): questions of type 'cloze' are not taken over" in said
    assert "6 items drafted" in said
    assert "items[0].stem.en: is missing" in gaps
    assert "items[0].choices[2].because: is missing" in gaps
    assert "items[4].sequence[0].because: is missing" in gaps
    text = (tmp_path / "week-3.yaml").read_text(encoding="utf-8")
    assert "lesson: every-kind" in text
    assert 'zh: "两边的年化综合成本"' in text
    assert text.index("想清楚要不要借") < text.index("算还得起多少") < text.index("比两家以上")
    assert 'zh: "不含利息的那部分。"' in text
    assert "再算算看" not in text
    assert "- T06" in text
    assert "期中" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "gift"], "name the file to read with --zh or --en"),
        (["--format", "gift", "--en", "nowhere.gift"], "cannot be read as UTF-8 text"),
        (["--format", "moodle-xml", "--en", str(HERE / "teacher-en.gift")], "is no XML"),
        (["--format", "gift", "--en", str(KINDS / "lessons/tracks.yaml")], "no question could be"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    out = tmp_path / "new.yaml"
    assert main(["import", "-o", str(out), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_a_file_that_is_there_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mine.yaml"
    out.write_text("kept", encoding="utf-8")
    path = str(HERE / "teacher-en.gift")
    assert main(["import", "-o", str(out), "--format", "gift", "--en", path]) == 2
    assert out.read_text(encoding="utf-8") == "kept"
    assert "nothing was overwritten" in capsys.readouterr().err


def test_two_languages_that_do_not_match_are_refused(tmp_path: Path) -> None:
    out = str(tmp_path / "x.yaml")
    zh = tmp_path / "zh.gift"
    zh.write_text("::一::谁决定？{=借出方 ~应用商店 ~手机厂商}\n", encoding="utf-8")
    files = ["--zh", str(zh), "--en", str(HERE / "teacher-en.gift")]
    assert main(["import", "-o", out, "--format", "gift", *files]) == 2


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE quiz [<!ENTITY a "aaaa">]><quiz><question type="essay"/></quiz>',
        "<html></html>",
        "<quiz>",
    ],
)
def test_what_is_no_moodle_export_is_refused(text: str) -> None:
    with pytest.raises(moodle.NotMoodle):
        list(moodle.read(text))


def test_odd_questions_are_left_out_one_by_one() -> None:
    odd = [
        '<question type="numerical"><name><text>n</text></name><answer fraction="100"><text>x'
        "</text></answer></question>",
        '<question type="numerical"><answer fraction="50"><text>1</text></answer></question>',
        '<question type="calculated"/>',
    ]
    found = list(moodle.read(f"<quiz>{''.join(odd)}</quiz>"))
    assert [type(entry) for entry in found] == [LeftOut] * 3
    assert next(entry.reason for entry in found if isinstance(entry, LeftOut)) == "'x' is no number"


def test_moodle_xml_is_well_formed_and_its_marks_add_up() -> None:
    root = ElementTree.fromstring(moodle.write(questions("zh"), "借鉴"))
    kinds = [node.get("type") for node in root.iter("question")]
    assert kinds.count("category") == 1
    assert {"multichoice", "numerical", "ordering", "matching"} <= set(kinds)
    for node in root.iter("question"):
        if node.get("type") == "multichoice":
            marks = [Decimal(answer.get("fraction", "")) for answer in node.findall("answer")]
            earned = sum((mark for mark in marks if mark > 0), Decimal(0))
            assert abs(earned - 100) < Decimal("0.01")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_anki_deck_holds_every_question_and_keeps_its_identity(
    tmp_path: Path, language: str
) -> None:
    identities = []
    for turn in ("first", "second"):
        out = tmp_path / f"{turn}.apkg"
        command = ["export", "--format", "anki", "--language", language, "--root", str(KINDS)]
        assert main([*command, "-o", str(out)]) == 0
        notes = _notes(out.read_bytes(), tmp_path)
        identities.append([guid for guid, _ in notes])
        assert len(notes) == len(questions(language))  # type: ignore[arg-type]
        joined = "\n".join(fields for _, fields in notes)
        for made in questions(language):  # type: ignore[arg-type]
            for option in made.options:
                assert option.because in joined.replace("&quot;", '"').replace("&#x27;", "'")
    assert identities[0] == identities[1]
    assert len(set(identities[0])) == len(identities[0])


def _notes(package: bytes, folder: Path) -> list[tuple[str, str]]:
    """Guid and fields of each note in an .apkg."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        (folder / "collection.anki2").write_bytes(archive.read("collection.anki2"))
    with sqlite3.connect(folder / "collection.anki2") as database:
        (models,) = database.execute("select models from col").fetchone()
        assert any(model["name"] == "Jiejian" for model in json.loads(models).values())
        return list(database.execute("select guid, flds from notes"))


def test_an_anki_deck_without_a_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["export", "--format", "anki", "--language", "en", "--root", str(KINDS)]
    assert main(command) == 2
    assert "-o deck.apkg" in capsys.readouterr().err


def test_an_unknown_quiz_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["export", "--format", "gift", "--language", "en", "--root", str(KINDS)]
    assert main([*command, "--quiz", "nothing"]) == 2
    assert "known are: every-kind" in capsys.readouterr().err


def test_the_export_to_standard_output_is_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(QUIZ, Quiz)
    command = ["export", "--format", "gift", "--language", "zh", "--root", str(KINDS)]
    assert main(command) == 0
    out = capsys.readouterr().out
    assert out.startswith("$CATEGORY: $course$/top/借鉴 every-kind\n")
    assert "::one::[plain]屏幕显示“请求超时”，先做什么？ {" in out
