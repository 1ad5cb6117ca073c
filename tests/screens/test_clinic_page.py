"""The failure clinic through Streamlit's test client, in both languages."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from jiejian.services import built
from jiejian.services.actor import Actor
from jiejian.services.clinic import Clinic
from jiejian.services.symptom_search import LONGEST
from jiejian.ui import state
from sandbox.text import LANGUAGES, Language

ROOT = Path(__file__).resolve().parents[2]
PAGE = "screens/clinic.py"
WHO = Actor("d" * 32)


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("JIEJIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(state, "actor", lambda: WHO)
    built.services.cache_clear()
    yield
    built.services.cache_clear()


def clinic() -> Clinic:
    return built.services().clinic


def opened(language: Language, page: str = PAGE, **query: str) -> AppTest:
    """The app with this page open."""
    app = AppTest.from_file(str(ROOT / "jiejian" / "main.py"), default_timeout=30)
    app.session_state["lang"] = language
    app.run()
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with these words."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def typed(app: AppTest, text: str) -> AppTest:
    """Type into the search and press its button."""
    app.text_input[0].set_value(text)
    button = next(b for b in app.button if b.label in ("Find the cause", "找原因"))
    button.click().run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """Everything written as HTML on the page, as it reads."""
    blocks = (str(block.proto.body) for block in app.get("html"))
    return html.unescape("\n".join(block for block in blocks if not block.startswith("<style")))


def results(app: AppTest) -> list[str]:
    return [b.label for b in app.button if (b.key or "").startswith("clinic_open_found_")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_names_itself_and_offers_the_common_messages(language: Language) -> None:
    app = opened(language)
    assert (
        app.title[0].value == {"en": "Why was I refused?", "zh": "被拒了？先看看为什么"}[language]
    )
    offered = {b.label for b in app.button if (b.key or "").startswith("clinic_open_shelf_")}
    assert offered == {symptom.says.say(language) for symptom in clinic().common()}
    assert {"en": "no lender", "zh": "不放款"}[language] in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_leads_to_the_symptom(language: Language) -> None:
    app = typed(opened(language), {"en": "score to low", "zh": "综和评分不足"}[language])
    says = clinic().symptom("assessment-failed").says.say(language)
    assert results(app)[0] == says
    assert 'role="status"' in shown(app)
    press(app, says)
    assert app.title[0].value == says
    assert app.query_params["id"] in ("assessment-failed", ["assessment-failed"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_scam_are_answered_with_a_warning_at_once(language: Language) -> None:
    words = {"en": "asked me to pay to unfreeze", "zh": "账户冻结了要交解冻费"}[language]
    (warning,) = typed(opened(language), words).error
    assert {"en": "pay nothing", "zh": "一分也别交"}[language] in warning.value
    calm = {"en": "system busy", "zh": "系统繁忙"}[language]
    assert not typed(opened(language), calm).error


@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_says_that_nothing_fits(language: Language) -> None:
    app = typed(opened(language), "qwerty zxcv 红烧肉")
    assert results(app) == []
    assert {"en": "Nothing here fits", "zh": "没有找到对得上的"}[language] in shown(app)


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)> 系统繁忙",
        "系统繁忙" * 2_500,
        "\u202e系统繁忙 **bold** $x$",
        "系统繁忙'; DROP TABLE x; --",
    ],
)
def test_hostile_text_is_neither_shown_nor_kept(hostile: str, tmp_path: Path) -> None:
    app = typed(opened("zh"), hostile)
    assert results(app)[0] == clinic().symptom("system-busy").says.zh
    assert "onerror" not in shown(app)
    assert "DROP" not in shown(app)
    assert (f"前 {LONGEST} 个字" in shown(app)) == (len(hostile) > LONGEST)
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "系统繁忙".encode() not in kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symptoms_page_opens(language: Language) -> None:
    app = opened(language)
    for symptom in clinic().symptoms.values():
        app.query_params["id"] = symptom.id
        app.run()
        assert not app.exception, symptom.id
        assert app.title[0].value == symptom.says.say(language)
        if symptom.scam:
            assert symptom.alarm
            assert symptom.first.say(language) not in shown(app), symptom.id
            app.button(key="clinic_alarm_safe").click().run()
            assert not app.exception, symptom.id
        assert symptom.first.say(language) in shown(app), symptom.id
        assert 'class="plan-part plan-never"' in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scam_alarm_stands_before_everything_until_it_is_answered(language: Language) -> None:
    app = opened(language, id="unfreezing-fee")
    symptom = clinic().symptom("unfreezing-fee")
    assert 'role="alert"' in shown(app)
    assert symptom.alarm
    assert symptom.alarm.say(language) in shown(app)
    assert "plan-part" not in shown(app)
    assert not app.expander
    app.button(key="clinic_alarm_harmed").click().run()
    assert "tel:110" in shown(app)
    assert "plan-part" in shown(app)
    assert 'role="alert"' not in shown(app)


def test_a_conclusion_that_is_a_scam_rings_the_alarm_too() -> None:
    app = opened("en", id="limit-zero")
    press(app, "Someone offers to “open” it for money")
    assert 'role="alert"' in shown(app)
    assert "plan-part" not in shown(app)
    app.button(key="clinic_alarm_safe").click().run()
    assert "A limit cannot be bought." in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_few_taps_lead_to_a_cause_and_back(language: Language) -> None:
    app = opened(language, id="assessment-failed")
    symptom = clinic().symptom("assessment-failed")
    press(app, symptom.questions[0].answers[1].say.say(language))
    press(app, symptom.questions[1].answers[1].say.say(language))
    assert symptom.conclusions["late"].cause.say(language) in shown(app)
    press(app, {"en": "Answer again", "zh": "重新选"}[language])
    assert symptom.questions[0].ask.say(language) in shown(app)
    press(app, {"en": "I can't tell", "zh": "说不准"}[language])
    assert symptom.conclusions["unclear"].cause.say(language) in shown(app)


def test_answers_to_a_tree_that_has_changed_begin_anew() -> None:
    app = opened("en", id="system-busy")
    app.session_state["clinic_answers"] = {"system-busy": [7, 7]}
    app.run()
    assert not app.exception
    assert "Question 1" in shown(app)


@pytest.mark.parametrize("strange", ["nothing", "../../etc/passwd", "<b>x</b>", "x" * 10_000])
def test_an_unknown_symptom_is_explained_above_the_front(strange: str) -> None:
    app = opened("en", id=strange)
    assert app.title[0].value == "Why was I refused?"
    assert "no such message" in app.error[0].value


def test_changing_the_language_keeps_the_shelf_and_the_symptom() -> None:
    app = opened("en")
    app.button_group(key="clinic_shelf_en").set_value("scam")
    app.run()
    app.session_state["lang"] = "zh"
    app.run()
    assert not app.exception
    offered = {b.label for b in app.button if (b.key or "").startswith("clinic_open_shelf_")}
    assert offered == {symptom.says.zh for symptom in clinic().shelf("scam")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_myth_is_guessed_before_its_evidence_is_shown(language: Language) -> None:
    app = opened(language, view="myths")
    myth = clinic().myths()[0]
    assert myth.claim.say(language) in shown(app)
    assert myth.evidence.say(language) not in shown(app)
    app.button(key="clinic_guess_supported").click().run()
    assert myth.evidence.say(language) in shown(app)
    assert clinic().sources(myth.sources)[0].date in shown(app)
    app.button(key="clinic_next").click().run()
    assert clinic().myths()[1].claim.say(language) in shown(app)


def test_every_myth_opens_and_an_unknown_one_is_explained() -> None:
    app = opened("zh", view="myths")
    for myth in clinic().myths():
        app.query_params["id"] = myth.id
        app.run()
        assert not app.exception, myth.id
        assert myth.claim.zh in shown(app)
    app.query_params["id"] = "<script>"
    app.run()
    assert "没有这条传言" in app.error[0].value


def test_every_preset_is_one_the_borrowers_seat_takes() -> None:
    """A link that sets nothing would break its promise silently."""
    plays = [s.play for s in clinic().symptoms.values()] + [m.play for m in clinic().myths()]
    for preset in {tuple(sorted(play.query.items())) for play in plays}:
        app = opened("en", "screens/borrow.py", **dict(preset))
        life = built.services().lending.seat(WHO).life
        for name, value in preset:
            if name == "persona":
                assert life.persona == value, preset
            elif name == "fault":
                assert life.own is not None, preset
            else:
                assert str(app.session_state[f"ask_{name}"]) == value, preset
        built.services().progress.forget(WHO)
