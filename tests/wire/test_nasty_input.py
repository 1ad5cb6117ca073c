"""What nobody types: nasty texts, numbers and types in every widget of every page."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from jiejian.rehearsal.wire import Part, Run, Tab, pressed
from jiejian.ui.lab.tools import TOOLS
from tests.wire import workshops
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
FLOATS = (float("nan"), float("-inf"), 1e308, -1e308, 5e-324)
HARMFUL = {"html": ("<img src=x", "<script>alert"), "text": (f"[{MARK}](javascript:",)}
"""What must not come out unescaped: in HTML, and in what Streamlit reads as Markdown."""


@dataclass(frozen=True)
class Spot:
    """A page in a state that shows its fields.

    query: "{name}" in a value is a room or a script of the fixture `made`. chosen: what is done
    there first, by kind and key of the widget: a button pressed, or the option taken that begins so.
    """

    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        ways = (*self.query.values(), *(option for *_, option in self.chosen))
        return " ".join((self.page or "home", *ways))

    def open(self, tab: Tab, made: Mapping[str, str]) -> Run:
        """Go there."""
        asked = {name: value.format(**made) for name, value in self.query.items()}
        run = tab.goto(self.page, **asked)
        for kind, key, option in self.chosen:
            if kind == "button":
                # Where it is gone, it was pressed in this session before.
                run = tab.press(button) if (button := tab.find(kind, key)) else run
                continue
            part = tab.one(kind, key)
            told = [getattr(one, "content", one) for one in part.msg.options]
            tab.put(part, next(one for one in told if one.startswith(option)))
            run = tab.rerun(fragment=part.fragment)
        return run


ROOM = {"room": "{led}"}
PART = ("button_group", "control_part")
STEP = ("selectbox", "own_step_kind")
SANDBOX_STEP = (*STEP, "Sandbox")
PAGES = [
    Spot(""),
    Spot("learn"),
    Spot("search", {"q": MARK}),
    Spot("glossary"),
    Spot("borrow"),
    *(Spot("lab", {"tool": tool}) for tool in TOOLS),
    Spot("clinic"),
    Spot("clinic", {"view": "myths"}),
    Spot("review"),
    Spot("progress"),
    Spot("certificate", {"track": TRACK}),
    Spot("account"),
    Spot("lesson", {"id": "what-credit-is"}),
    Spot("lesson", {"id": "what-credit-is", "at": "what-it-is"}),
    Spot("lesson", {"id": "repayment-methods", "at": "follows-the-balance"}),
    Spot("quiz", {"id": "repayment-methods"}),
    Spot("quiz", {"id": "why-requests-fail"}),
    Spot("placement", {"id": "why-it-fails"}),
    Spot("request"),
    Spot("live"),
    *(Spot("live", {"room": f"{{{at}}}"}) for at in ("door", "guess", "price", "borrow", "talk", "over")),
    Spot("rooms", chosen=(("button", "begin_why-refused", ""),)),
    Spot("room", ROOM),
    Spot("room", ROOM, ((*PART, "People"), ("selectbox", "person_who", "#1"))),
    Spot("room", ROOM, ((*PART, "Events"),)),
    Spot("room", ROOM, ((*PART, "Room"),)),
    Spot("room", {"room": "{closed}"}),
    Spot("projector", ROOM),
    Spot("script"),
    *(
        Spot("script", {"key": "{script}"}, (step,))
        for step in ((*STEP, "Poll"), SANDBOX_STEP, (*STEP, "Debrief"))
    ),
]  # fmt: skip
NUMERIC = [spot for spot in PAGES if spot.page != "script" or spot.chosen[-1:] == (SANDBOX_STEP,)]
"""Of the boxes for a step of a script, those with every number box there is."""
TYPED = ("text_input", "text_area")
CALCULATING = ("borrow", "lab", "quiz", "lesson", "placement", "live")
"""Pages whose boxes take numbers."""
SHOWN = ("text_input", "text_area", "number_input", "slider", "checkbox", "radio", "selectbox", "multiselect",
         "button_group")  # fmt: skip
"""Kinds of widgets with a value that some page shows."""
LEAVING = ("delete", "make_code", "export", "handover", "room_go", "room_close", "room_remove",
           "room_delete", "live_leave", "begin_")  # fmt: skip
"""Keys of buttons that are no part of a form with fields."""
MOST_SENDERS = 3
SENDING = ("room_message", "room_rename", "room_share")
"""Keys of buttons that send a field though they are no main button."""
UNTYPED = ("button", "download_button", "block", "file_uploader")
"""Kinds of widgets with nothing to type or choose."""
ROOM_FIELDS = ("live_join_code", "live_join_name", "guess_answer", "price_answer", "talk_answer",
               "message_all", "message_one", "person_name", "colleague_name", "wish_guests",
               "report_named", "own_title_words", "own_step_question", "own_step_task",
               "own_step_questions")  # fmt: skip
"""Parts of the keys of what is typed and chosen in workshops."""
BY_ONE_NAME = {
    **dict.fromkeys(("lesson", "quiz", "placement", "certificate", "clinic", "request"), "id"),
    **dict.fromkeys(("live", "room", "projector"), "room"),
    "script": "key",
}
TURNS = 4
"""How often each page is opened with nasty texts in all names of its address."""
LONGEST_ADDRESS = 20_000
"""Characters of a name in an address, of which a page gets a dozen."""
LARGEST = 9_000_000
"""Bytes of a message that the server still takes."""


@pytest.fixture(scope="module")
def person(house: House) -> Person:
    """An operator who has also completed a track: whoever sees the most controls."""
    person = house.person("operator")
    house.complete(person)
    return person


@pytest.fixture(scope="module")
def made(house: House, person: Person) -> Mapping[str, str]:
    """Rooms and a script by name: rooms the person leads, and rooms to take part in at a step."""
    actor, other = house.actor(person), house.known("learner")
    begin = house.services.taking_part.begin
    rooms = {
        "door": workshops.opened(house),
        "led": workshops.opened(house, actor, other, at="talk"),
        "closed": workshops.closed(house, actor, other),
        "over": workshops.closed(house, workshops.educator(), person),
        **{
            at: workshops.opened(house, None, person, at=at)
            for at in ("guess", "price", "borrow", "talk")
        },
    }
    begin(actor, rooms["borrow"], "borrow", secrets.token_hex(8))
    return rooms | {"script": house.services.own_scripts.copy(actor, "why-refused").key}


@pytest.fixture
def place(house: House, person: Person, made: Mapping[str, str]) -> Iterator[tuple[House, Tab]]:
    script = house.services.documents.get("own_scripts", made["script"])
    tab = person.device.tab()
    yield house, tab
    tab.close()
    # What was added to it is not drawn by every test that follows.
    house.services.documents.put("own_scripts", made["script"], script or {})


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


def senders(tab: Tab) -> list[Part]:
    """The buttons that send what was typed."""
    return [
        b
        for b in buttons(tab)
        if b.msg.type == "primary" or b.msg.form_id or b.key.startswith(SENDING)
    ]


def send(tab: Tab, texts: Mapping[str, str], turn: int | None = None) -> None:
    """Send texts (by widget id) with the press of each main button; with `turn` of one of them."""
    most = LARGEST // 3 // max(len(texts), 1)
    states = [WidgetState(id=name, string_value=text[:most]) for name, text in texts.items()]
    found = senders(tab)[:MOST_SENDERS]
    for button in found if turn is None else found[turn % max(len(found), 1) :][:1]:
        check(tab, tab.rerun(*states, pressed(button.id), fragment=button.fragment))
    if not found:
        check(tab, tab.rerun(*states))


def test_the_walk_meets_every_page_and_every_kind_of_widget(
    place: tuple[House, Tab], made: Mapping[str, str]
) -> None:
    _house, tab = place
    assert {spot.page for spot in PAGES} == set(tab.pages)
    met, rooms = set(), set()
    for spot in PAGES:
        spot.open(tab, made)
        met |= {part.kind for part in tab.parts.values() if part.id}
        if spot.page in ("live", "room", "rooms", "script"):
            rooms |= {field.key for field in fields(tab, SHOWN)}
    unknown = met - {*SHOWN, *UNTYPED}
    assert set(SHOWN) <= met
    assert not unknown, "give these kinds a place in SHOWN"
    for key in ROOM_FIELDS:
        assert any(key in one for one in rooms), f"{key} is nowhere open: {sorted(rooms)}"


@pytest.mark.parametrize("spot", PAGES, ids=str)
def test_nasty_texts_in_every_field(
    place: tuple[House, Tab], person: Person, made: Mapping[str, str], spot: Spot
) -> None:
    """In each run another text in each field, and the next button; then each field alone, so that
    no refusal hides another."""
    house, tab = place
    with house.no_fault():
        spot.open(tab, made)
        texts, once = list(TEXTS.values()), spot.page == "room"
        for turn in range(len(texts)) if fields(tab) else ():
            if once:
                # A second press within the time of a double click is not one more.
                tab.close()
                tab = person.device.tab(spot.page)
                spot.open(tab, made)
            boxes = enumerate(fields(tab), start=turn)
            send(tab, {part.id: texts[n % len(texts)] for n, part in boxes}, turn)
        spot.open(tab, made)
        for number, box in enumerate(fields(tab)):
            send(tab, {box.id: texts[1 + number % (len(texts) - 1)]})
    assert MARK not in house.log


@pytest.mark.parametrize("spot", [spot for spot in PAGES if spot.page in CALCULATING], ids=str)
def test_impossible_numbers_in_every_field(
    place: tuple[House, Tab], made: Mapping[str, str], spot: Spot
) -> None:
    house, tab = place
    with house.no_fault():
        spot.open(tab, made)
        for turn in range(len(NUMBERS)) if fields(tab) else ():
            # In each run another number in each box, so that refusing one hides no other.
            boxes = enumerate(fields(tab), start=turn)
            send(tab, {part.id: NUMBERS[n % len(NUMBERS)] for n, part in boxes}, 0)


@pytest.mark.parametrize("spot", NUMERIC, ids=str)
def test_impossible_numbers_in_every_slider_and_number_box(
    place: tuple[House, Tab], person: Person, made: Mapping[str, str], spot: Spot
) -> None:
    """What is not finite stops this session only, with our words: Streamlit cannot make it whole."""
    _house, first = place
    numeric = ("number_input", "slider")
    spot.open(first, made)
    for number in FLOATS if fields(first, numeric) else ():
        tab = person.device.tab(spot.page)
        spot.open(tab, made)
        for part in fields(tab, numeric):
            tab.values[part.id] = raw_number(part, number)
        # A slider between words takes no numbers at all.
        sound = isfinite(number) and not any(part.msg.options for part in tab.all("slider"))
        for fragment in {part.fragment for part in fields(tab, numeric)}:
            explained(tab, tab.rerun(fragment=fragment), sound=sound)
        for button in [b for b in buttons(tab) if b.msg.type == "primary"][:2]:
            explained(tab, tab.press(button), sound=sound)
        tab.close()


@pytest.fixture(scope="module")
def lightest(house: House, person: Person, made: Mapping[str, str]) -> Mapping[str, Spot]:
    """For each kind of widget the page that shows one and least besides."""
    tab, found = person.device.tab(), dict[str, tuple[int, int]]()
    for number, spot in enumerate(PAGES):
        spot.open(tab, made)
        for kind in {part.kind for part in tab.parts.values() if part.id}:
            found[kind] = min(found.get(kind, (10_000, 0)), (len(tab.parts), number))
    tab.close()
    return {kind: PAGES[number] for kind, (_size, number) in found.items()}


@pytest.mark.parametrize("kind", [*SHOWN, "button"])
def test_values_of_the_wrong_type_harm_this_session_only(
    house: House, person: Person, made: Mapping[str, str], lightest: Mapping[str, Spot], kind: str
) -> None:
    """Streamlit raises before our code runs; our words stand in place of its box."""
    spot = lightest[kind]
    bystander, tab = house.known("learner").device.tab(), person.device.tab(spot.page)
    spot.open(tab, made)
    part, attacker = fields(tab, (kind,))[0], person.device.tab(spot.page)
    spot.open(attacker, made)
    for state in wrong(part.id).values():
        if part.id not in {shown.id for shown in attacker.parts.values()}:
            attacker.close()
            attacker = person.device.tab(spot.page)
            spot.open(attacker, made)
        explained(attacker, attacker.rerun(state, fragment=part.fragment), sound=False)
    check(bystander, bystander.goto("progress"))
    check(tab, spot.open(tab, made))
    for opened in (bystander, tab, attacker):
        opened.close()


@pytest.mark.parametrize("turn", range(TURNS))
def test_nasty_addresses(place: tuple[House, Tab], turn: int) -> None:
    """Every place an id goes: of a lesson, quiz, test, request, track, code, tool, symptom, term,
    room, script. Each name meets every text on some page."""
    house, tab = place
    texts = [text[:LONGEST_ADDRESS] for text in TEXTS.values()]
    names = ("id", "at", "with", "track", "code", "tool", "view", "q", "lost", "teach", "amount",
             "room", "join", "key", "lang")  # fmt: skip
    with house.no_fault(), house.unchanged():
        for start, page in enumerate(tab.pages, start=turn * len(texts) // TURNS):
            asked = {name: texts[(start + n) % len(texts)] for n, name in enumerate(names)}
            check(tab, tab.goto(page, **asked))
    assert MARK not in house.log


@pytest.mark.parametrize("page", BY_ONE_NAME)
def test_nasty_ids(place: tuple[House, Tab], page: str) -> None:
    """The one name that a page is mostly asked by, with every text."""
    house, tab = place
    with house.no_fault(), house.unchanged():
        for text in TEXTS.values():
            check(tab, tab.goto(page, **{BY_ONE_NAME[page]: text[:1000]}))
    assert MARK not in house.log
