"""What nobody types: nasty texts, numbers and types in every widget of every page."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from jiejian.rehearsal.wire import Part, Run, Tab, pressed
from jiejian.ui.lab.tools import TOOLS
from tests.wire.forged import wrong
from tests.wire.people import TRACK, House, Person

MARK = "qzx7"
"""Stands in every text, so that it is found wherever it comes out again."""
TEXTS = {
    "a million bytes": MARK + "我" * 333_333,
    "right to left": f"\u202e{MARK}\u202dabc\u2066",
    "zero width": f"{MARK}\u200b\u200d\ufeff\u2060",
    "control signs": f"{MARK}\0\x01\x1b[31m\x7f\r\n\t\x85",
    "emoji": f"{MARK}👩‍👩‍👧‍👦🏳️‍🌈e\u0301\u0301\u0301",
    "html": f'{MARK}"><img src=x onerror=alert(1)><b>',
    "script": f"{MARK}</script><script>alert(1)</script>",
    "sql": f"{MARK}'; DROP TABLE learners; -- \" OR 1=1",
    "search syntax": f'{MARK}" OR * NEAR(a b) ^ - {{x}} : NOT (',
    "formula": f'=HYPERLINK("//x","{MARK}")',
    "markdown": f"[{MARK}](javascript:alert(1)) ![{MARK}](//x/y.png) $\\input{{x}}$ `",
    "template": f"{MARK}{{0.__class__}} %s %n ${{jndi:x}} {{{{7*7}}}}",
    "path": f"../../../../etc/passwd\0{MARK}",
}
NUMBERS = (
    "NaN", "inf", "-1e308", "1e308", "1e400", "-0", "1" + "0" * 30, "0.1e-300", "1" * 5000,
    "١٢٣", "½", "--1", "1e",
)  # fmt: skip
FLOATS = (float("nan"), float("inf"), float("-inf"), 1e308, -1e308, -0.0, 1e30, 5e-324)
HARMFUL = {"html": ("<img src=x", "<script>alert"), "text": (f"[{MARK}](javascript:",)}
"""What must not come out unescaped: in HTML, and in what Streamlit reads as Markdown."""

PAGES: list[tuple[str, dict[str, str]]] = [
    ("", {}),
    ("learn", {}),
    ("search", {"q": MARK}),
    ("glossary", {}),
    ("borrow", {}),
    *(("lab", {"tool": tool}) for tool in TOOLS),
    ("clinic", {}),
    ("clinic", {"view": "myths"}),
    ("review", {}),
    ("progress", {}),
    ("certificate", {"track": TRACK}),
    ("account", {}),
    ("lesson", {"id": "what-credit-is"}),
    ("lesson", {"id": "what-credit-is", "at": "what-it-is"}),
    ("lesson", {"id": "repayment-methods", "at": "follows-the-balance"}),
    ("quiz", {"id": "repayment-methods"}),
    ("quiz", {"id": "why-requests-fail"}),
    ("placement", {"id": "why-it-fails"}),
    ("request", {}),
]
IDS = [f"{page or 'home'}{''.join(f' {v}' for v in query.values())}" for page, query in PAGES]
TYPED = ("text_input", "text_area")
CALCULATING = ("borrow", "lab", "quiz", "lesson", "placement")
"""Pages whose boxes take numbers."""
SHOWN = ("text_input", "text_area", "number_input", "slider", "checkbox", "radio", "selectbox", "multiselect",
         "button_group")  # fmt: skip
"""Kinds of widgets with a value that some page shows."""
LEAVING = ("delete", "make_code", "export", "handover")
"""Keys of buttons that are no part of a form with fields."""
LARGEST = 9_000_000
"""Bytes of a message that the server still takes."""


@pytest.fixture(scope="module")
def person(house: House) -> Person:
    """An operator who has also completed a track: whoever sees the most controls."""
    person = house.person("operator")
    house.complete(person)
    return person


@pytest.fixture
def place(house: House, person: Person) -> Iterator[tuple[House, Tab]]:
    tab = person.device.tab()
    yield house, tab
    tab.close()


def check(tab: Tab, run: Run) -> None:
    """The page was drawn to its end, and nothing of ours broke or came out as it went in."""
    assert run.status.startswith("FINISHED_")
    assert "ERROR" not in run.status
    assert not tab.find("exception")
    words = tab.words()
    assert "Something went wrong on our side" not in words
    assert "Traceback" not in words
    for part in tab.parts.values():
        if part.kind in ("html", "markdown"):
            assert not any(bad in text for text in part.texts() for bad in HARMFUL["html"])
        if part.kind in ("markdown", "alert", "heading", "metric", "progress"):
            assert not any(bad in text for text in part.texts() for bad in HARMFUL["text"])


def explained(tab: Tab, run: Run, *, sound: bool) -> None:
    """As check; where it need not be sound, our own words may say that something went wrong."""
    came = run.came
    for sign in ("Traceback", "Error:", "site-packages", "This app has encountered", "redacted"):
        assert sign not in came
    if sound or "Something went wrong on our side" not in tab.words():
        check(tab, run)


def raw_number(part: Part, number: float) -> WidgetState:
    """A number as this kind of widget sends one; not every slider sends numbers."""
    state = WidgetState(id=part.id)
    if part.kind == "slider":
        state.double_array_value.data.extend([number] * len(part.msg.default))
    else:
        state.double_value = number
    return state


def fields(tab: Tab, kinds: tuple[str, ...] = TYPED) -> list[Part]:
    """The widgets of these kinds on the page."""
    return [part for kind in kinds for part in tab.all(kind) if part.id]


def buttons(tab: Tab) -> list[Part]:
    """Every button there may be to send what was typed."""
    return [b for b in tab.all("button") if not b.key.startswith(LEAVING)]


def send(tab: Tab, texts: dict[str, str], presses: int = 2) -> None:
    """Send texts (by widget id) with the press of each main button."""
    most = LARGEST // 3 // max(len(texts), 1)
    states = [WidgetState(id=name, string_value=text[:most]) for name, text in texts.items()]
    senders = [b for b in buttons(tab) if b.msg.type == "primary" or b.msg.form_id][:presses]
    for button in senders:
        check(tab, tab.rerun(*states, pressed(button.id), fragment=button.fragment))
    if not senders:
        check(tab, tab.rerun(*states))


def test_the_walk_meets_every_page_and_every_kind_of_widget(place: tuple[House, Tab]) -> None:
    _house, tab = place
    assert {page for page, _ in PAGES} == set(tab.pages)
    met = set()
    for page, query in PAGES:
        tab.goto(page, **query)
        met |= {part.kind for part in tab.parts.values() if part.id}
    unknown = met - {*SHOWN, "button", "download_button", "block"}
    assert set(SHOWN) <= met
    assert not unknown, "give these kinds a place in SHOWN"


@pytest.mark.parametrize(("page", "query"), PAGES, ids=IDS)
def test_nasty_texts_in_every_field(
    place: tuple[House, Tab], page: str, query: dict[str, str]
) -> None:
    house, tab = place
    with house.no_fault():
        tab.goto(page, **query)
        for text in TEXTS.values() if fields(tab) else ():
            send(tab, {part.id: text for part in fields(tab)})
        tab.goto(page, **query)
        # Each alone, so that the refusal of one hides no other.
        for number, field in enumerate(fields(tab)):
            text = list(TEXTS.values())[1 + number % (len(TEXTS) - 1)]
            send(tab, {field.id: text})
    assert MARK not in house.log


@pytest.mark.parametrize(("page", "query"), [case for case in PAGES if case[0] in CALCULATING])
def test_impossible_numbers_in_every_field(
    place: tuple[House, Tab], page: str, query: dict[str, str]
) -> None:
    house, tab = place
    with house.no_fault():
        tab.goto(page, **query)
        for turn in range(len(NUMBERS)) if fields(tab) else ():
            # In each run another number in each box, so that refusing one hides no other.
            boxes = enumerate(fields(tab), start=turn)
            send(tab, {part.id: NUMBERS[n % len(NUMBERS)] for n, part in boxes}, presses=1)


@pytest.mark.parametrize(("page", "query"), PAGES, ids=IDS)
def test_impossible_numbers_in_every_slider_and_number_box(
    place: tuple[House, Tab], person: Person, page: str, query: dict[str, str]
) -> None:
    """What is not finite stops this session only, with our words: Streamlit cannot make it whole."""
    _house, first = place
    numeric = ("number_input", "slider")
    first.goto(page, **query)
    for number in FLOATS if fields(first, numeric) else ():
        tab = person.device.tab()
        tab.goto(page, **query)
        for part in fields(tab, numeric):
            tab.values[part.id] = raw_number(part, number)
        # A slider between words takes no numbers at all.
        sound = isfinite(number) and not any(part.msg.options for part in tab.all("slider"))
        for part in fields(tab, numeric):
            explained(tab, tab.rerun(fragment=part.fragment), sound=sound)
        for button in [b for b in buttons(tab) if b.msg.type == "primary"][:2]:
            explained(tab, tab.press(button), sound=sound)


@pytest.mark.parametrize("kind", [*SHOWN, "button"])
def test_values_of_the_wrong_type_harm_this_session_only(
    house: House, person: Person, kind: str
) -> None:
    """Streamlit raises before our code runs; our words stand in place of its box."""
    bystander, tab = house.known("learner").device.tab(), person.device.tab()
    for page, query in PAGES:
        tab.goto(page, **query)
        if fields(tab, (kind,)):
            break
    part = fields(tab, (kind,))[0]
    attacker = person.device.tab()
    for state in wrong(part.id).values():
        attacker.goto(page, **query)
        if part.id not in {shown.id for shown in attacker.parts.values()}:
            attacker.close()
            attacker = person.device.tab()
            attacker.goto(page, **query)
        explained(attacker, attacker.rerun(state, fragment=part.fragment), sound=False)
    check(bystander, bystander.goto("progress"))
    check(tab, tab.goto(page, **query))


@pytest.mark.parametrize("name", TEXTS)
def test_nasty_addresses(place: tuple[House, Tab], name: str) -> None:
    """Every place an id goes: of a lesson, quiz, test, request, track, code, tool, symptom, term."""
    house, tab = place
    text = TEXTS[name]
    names = ("id", "at", "with", "track", "code", "tool", "view", "q", "lost", "teach", "amount")
    with house.no_fault(), house.unchanged():
        for page in tab.pages:
            check(tab, tab.goto(page, **dict.fromkeys(names, text[:100000])))
            if page in ("lesson", "quiz", "placement", "certificate", "clinic", "request"):
                check(tab, tab.goto(page, id=text[:1000]))
    assert MARK not in house.log
