"""The course through Streamlit's test client: every part to play, in both languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from jiejian.services import built
from jiejian.services.actor import Actor
from jiejian.ui import state

ROOT = Path(__file__).resolve().parents[2]
FULL = ROOT / "tests/content/full"
WHO = Actor("d" * 32)
LANGUAGES = ("en", "zh")
KEY = "widget_every-part"


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The sample course in place of the real one, on a data folder of its own."""
    root = tmp_path / "course"
    shutil.copytree(FULL, root)
    monkeypatch.setenv("JIEJIAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(built, "ROOT", root)
    monkeypatch.setattr(state, "actor", lambda: WHO)
    built.services.cache_clear()
    yield root
    built.services.cache_clear()


def opened(page: str, language: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "jiejian" / "main.py"), default_timeout=30)
    app.session_state["lang"] = language
    app.run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception
    return app


def played(language: str) -> AppTest:
    """The step that holds every part to play."""
    return opened("screens/lesson.py", language, id="every-part", at="widgets")


def shown(app: AppTest) -> str:
    """All HTML of the page but the style."""
    return "\n".join(e.proto.body for e in app.get("html") if not e.proto.body.startswith("<style"))


def press(app: AppTest, key: str) -> None:
    app.button(key=f"{KEY}_{key}").click().run()
    assert not app.exception


def words(language: str, en: str, zh: str) -> str:
    return en if language == "en" else zh


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_names_the_track_and_leads_to_its_lesson_and_book(language: str) -> None:
    app = opened("screens/learn.py", language)
    text = shown(app)
    assert words(language, "Do the sums", "先算账") in text
    assert f"/books/before-{language}.epub" in text
    assert words(language, "12 minutes left", "还剩 12 分钟") in text
    (link,) = [e for e in app.get("page_link") if "every-part" in e.proto.query_string]
    assert words(language, "Every part", "每一种部件") in link.proto.label


def test_a_broken_lesson_is_left_out_with_a_notice(course: Path) -> None:
    broken = course / "lessons/002-broken"
    shutil.copytree(course / "lessons/001-every-part", broken)
    (broken / "en.md").unlink()
    app = opened("screens/learn.py", "en")
    assert [e.value for e in app.info] == [
        "1 lesson is being mended and is left out for now. The others are complete."
    ]
    assert [lesson.id for lesson in built.services().learning.library.lessons.values()] == [
        "every-part"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_step_has_figures_terms_and_the_way_on(language: str) -> None:
    app = opened("screens/lesson.py", language, id="every-part")
    text = shown(app)
    assert "¥1,066.19" in text
    assert "{{" not in text
    assert "[[" not in text
    assert text.count("<h1") == 1
    terms = re.findall(r'popovertarget="([^"]+)"', text)
    assert len(terms) == len(set(terms)) == 2
    for term in terms:
        assert f'popover id="{term}"' in text
    assert words(language, "The money borrowed itself", "借来的那笔钱本身") in text
    # A link to a section of another step leads to that step.
    assert 'href="/lesson?id=every-part&amp;at=widgets"' in text
    app.button(key="step_next").click().run()
    assert app.query_params["at"] == "widgets"
    assert 'class="lesson-small"' in shown(app)
    standing = built.services().learning.open_lesson(WHO, "every-part")
    assert standing.reached == "widgets"
    app.button(key="step_back").click().run()
    assert app.query_params["at"] == "start"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_can_go_on_where_one_was(language: str) -> None:
    built.services().learning.reach(WHO, "every-part", "widgets")
    app = opened("screens/learn.py", language)
    assert words(language, "Parts", "部件") in shown(app)
    app.button(key="go_on").click().run()
    assert app.query_params["at"] == "widgets"
    again = opened("screens/lesson.py", language, id="every-part")
    assert '<p class="go-on"><a href="/lesson?id=every-part&amp;at=widgets">' in shown(again)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sliders_move_what_is_computed(language: str) -> None:
    app = played(language)
    slider = app.select_slider(key=f"{KEY}_0_0_{language}")
    assert slider.value == words(language, "12 months", "12 个月")
    assert "¥1,066.19" in shown(app)
    slider.set_value(words(language, "24 months", "24 个月")).run()
    assert not app.exception
    text = shown(app)
    assert "¥564.88" in text
    assert "¥1,557.18" in text
    app.select_slider(key=f"{KEY}_0_1_{language}").set_value("6%").run()
    assert "¥531.85" in shown(app)


def test_a_slider_stays_where_it_is_over_a_change_of_language() -> None:
    app = played("en")
    app.select_slider(key=f"{KEY}_0_0_en").set_value("24 months").run()
    app.session_state["lang"] = "zh"
    app.run()
    assert app.select_slider(key=f"{KEY}_0_0_zh").value == "24 个月"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guess_is_kept_and_the_truth_told(language: str) -> None:
    app = played(language)
    assert words(language, "the fee does not", "本金越还越少") not in shown(app)
    press(app, "1_0")
    text = shown(app)
    assert words(language, "It is More than 12%", "答案是：12% 以上") in text
    assert "13.03%" in text
    guess = built.services().learning.open_lesson(WHO, "every-part").guesses["flat-true-rate"]
    assert (guess.guess, guess.truth, guess.right) == ("0", "2", False)
    # On a later visit the guess stands as it was made.
    assert words(language, "You guessed Below 8%", "你猜的是：不到 8%") in shown(played(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_typed_guess_is_read_as_learners_type(language: str) -> None:
    app = played(language)
    app.text_input(key=f"{KEY}_2_typed").set_value("a lot")
    form_button(app, 2).click().run()
    assert len(app.error) == 1
    app.text_input(key=f"{KEY}_2_typed").set_value("￥860")
    form_button(app, 2).click().run()
    assert not app.error
    assert words(language, "Well guessed: ¥864", "猜得准：¥864") in shown(app)


def form_button(app: AppTest, index: int) -> Button:
    return next(b for b in app.button if b.form_id == f"{KEY}_{index}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lender_answers_a_guess_about_a_request(language: str) -> None:
    app = played(language)
    press(app, "3_1")
    assert words(language, "Well guessed: Declined", "猜得准：不批") in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_curves_are_drawn_after_the_guess(language: str) -> None:
    app = played(language)
    before = len(app.get("vega_lite_chart"))
    press(app, "4_1")
    assert words(language, "Well guessed: Flat fee", "猜得准：手续费分期") in shown(app)
    app.select_slider(key=f"{KEY}_5_typed").set_value("3")
    form_button(app, 5).click().run()
    assert words(language, "It is Month 7", "答案是：期数 7") in shown(app)
    charts = app.get("vega_lite_chart")
    assert len(charts) == before + 2
    assert all(chart.proto.alt for chart in charts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_are_sorted_into_the_authors_bins(language: str) -> None:
    app = played(language)
    for bin_ in ("cost", "free", "free"):
        press(app, f"7_{bin_}")
    text = shown(app)
    assert words(language, "2 of 3 in the right place.", "3 张里分对了 2 张。") in text
    press(app, "7_again")
    assert words(language, "Card 1 of 3", "第 1 张，共 3 张") in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_are_put_in_order(language: str) -> None:
    app = played(language)
    press(app, "9_2")
    assert words(language, "Not yet: “Send again”", "还没轮到：“重发”") in shown(app)
    for number in range(3):
        press(app, f"9_{number}")
    assert words(language, "All in order.", "顺序全对。") in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scene_branches_and_ends(language: str) -> None:
    app = played(language)
    press(app, "10_0_0")
    assert words(language, "Retries are counted.", "重试会计数。") in shown(app)
    press(app, "10_again")
    press(app, "10_0_1")
    assert words(language, "Look first.", "先查再说。") in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_is_sent_inside_the_text(language: str) -> None:
    app = played(language)
    assert "C05" not in shown(app)
    press(app, "11_send")
    text = shown(app)
    assert "C05" in text
    assert "stage-tripped" in text
    assert list(built.services().lending.requests(WHO)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_offers_are_compared(language: str) -> None:
    app = played(language)
    press(app, "12_1")
    text = shown(app)
    assert words(language, "The cheaper one is A", "更便宜的是甲") in text
    assert "13.03%" in text
    assert "offer-best" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_velocity_rule_counts(language: str) -> None:
    app = played(language)
    for _ in range(3):
        press(app, "13_send")
    assert words(language, "Cool-down", "冷静期") in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_there(language: str) -> None:
    text = shown(played(language))
    assert f"/lessons/001-every-part/line-{language}.svg" in text
    assert words(language, "A line from the top left", "一条从左上到右下的线") in text
    assert 'class="formula"' in text
    assert 'class="keypoints"' in text
    assert "note-caution" in text
    assert words(language, "How the figures of this lesson are worked out", "怎么算的") in text
    assert f"/print?id=every-part&amp;lang={language}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_for_teachers_are_shown_to_teachers(language: str) -> None:
    app = played(language)
    note = words(language, "Let everyone guess first.", "先让大家猜。")
    assert note not in shown(app)
    app.switch_page("screens/learn.py").run()
    app.toggle(key=state.TEACHING).set_value(True).run()
    app.query_params["id"], app.query_params["at"] = "every-part", "widgets"
    app.switch_page("screens/lesson.py").run()
    assert note in shown(app)
    assert "&amp;teach=1" in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_way_into_the_borrowers_seat_carries_its_preset(language: str) -> None:
    app = played(language)
    (link,) = [e for e in app.get("page_link") if "incident" in e.proto.query_string]
    assert link.proto.query_string == "incident=timeout&amount=3000&persona=student"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_lists_every_term(language: str) -> None:
    app = opened("screens/glossary.py", language)
    text = shown(app)
    assert text.count("<dt>") == 2
    assert '<a href="#interest">' in text


def test_a_place_that_cannot_be_kept_is_explained_and_the_step_turned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = opened("screens/lesson.py", "en", id="every-part")

    def refuse(*_args: object, **_more: object) -> int:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        app.button(key="step_next").click().run()
        assert "could not be saved" in app.error[0].value
    assert app.query_params["at"] == "widgets"


def test_a_revised_lesson_asks_anew(course: Path) -> None:
    learning = built.services().learning
    learning.guess(WHO, "every-part", "flat-total", "900")
    learning.reach(WHO, "every-part", "widgets")
    for language in LANGUAGES:
        file = course / f"lessons/001-every-part/{language}.md"
        file.write_text(file.read_text().replace("revision: 1", "revision: 2", 1))
    built.services.cache_clear()
    standing = built.services().learning.open_lesson(WHO, "every-part")
    assert (standing.reached, dict(standing.guesses)) == (None, {})
    assert Decimal(standing.minutes_left) == 12
