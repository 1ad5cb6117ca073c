"""A whole workshop in real browsers: an educator, the projector, six phones, and a server that dies.

Nobody and nothing that a page said was kept may be missing at the end.
"""

from __future__ import annotations

import re
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from jiejian.clock import SystemClock
from jiejian.services.accounts import VISITOR_COOKIE
from jiejian.services.built import SHIPPED, Services, build
from jiejian.services.rooms.joining import participant
from jiejian.services.rooms.room import Room
from jiejian.services.rooms.standing import Standing
from jiejian.settings import Settings
from tests.screens.workshop import block, options, text
from tests.served import Server

pytestmark = pytest.mark.browser
PATIENCE = 40_000
PHONES = 6
PHONE = {"width": 390, "height": 844}
SERVE = """
import sys
from pathlib import Path
from jiejian.services import built
built.ROOT = Path(sys.argv[1])
from jiejian.serve import main
sys.exit(main())
"""
STEPS = [
    block("poll", "guess", question=text("why?"), options=options("yes", "no")),
    block("sandbox", "borrow", minutes=4, task=text("borrow now"), persona="gig-worker",
          amount=5000, term_months=12),
    block(
        "prediction",
        "price",
        question=text("how much?"),
        unit=text("yuan"),
        truth={"call": "added", "args": {"of": [100, 20]}},
        why=text("because of that"),
    ),
    block("discussion", "talk", question=text("and now?")),
    block("debrief", "back", questions=[text("what?")], looks_at=["guess", "price"]),
]  # fmt: skip


class WorkshopServer(Server):
    """The product with one short workshop script."""

    root: Path

    def command(self) -> list[str]:
        """What is started."""
        return [sys.executable, "-c", SERVE, str(self.root)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WorkshopServer]:
    root = tmp_path / "root"
    shutil.copytree(
        SHIPPED / "lessons", root / "lessons", ignore=shutil.ignore_patterns("workshops")
    )
    shutil.copytree(SHIPPED / "quizzes", root / "quizzes")
    script = {
        "id": "short",
        "title": text("a short workshop"),
        "about": text("about it"),
        "minutes": 20,
        "objectives": [text("one")],
        "steps": STEPS,
    }
    (root / "lessons" / "workshops").mkdir()
    (root / "lessons" / "workshops" / "short.yaml").write_text(
        yaml.safe_dump(script, allow_unicode=True), encoding="utf-8"
    )
    served = WorkshopServer(tmp_path / "data")
    served.root = root
    served.start()
    yield served
    served.stop()


class Phone:
    """Somebody with a phone, and what its pages said was kept."""

    def __init__(self, chromium: Browser, url: str, number: int) -> None:
        locale = "zh-CN" if number % 2 else "en-US"
        self.context = chromium.new_context(viewport=PHONE, locale=locale)  # type: ignore[arg-type]
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.url = url
        self.kept: Counter[str] = Counter()

    def join(self, code: str) -> None:
        self.page.goto(f"{self.url}/live?join={code}")
        self.page.locator(".st-key-card_join [data-testid=stFormSubmitButton] button").click()
        self.page.wait_for_selector("[class*=st-key-live_step_]")

    def at(self, step: str) -> None:
        self.page.wait_for_selector(f".st-key-live_step_{step}")

    def answer(self, step: str, twice: bool) -> None:
        """Do what the step asks; noted only if the page says that it is kept."""
        self.at(step)
        within = self.page.locator(f".st-key-live_step_{step}")
        button = within.locator("[data-testid=stFormSubmitButton] button").first
        shown = ".kept"
        if step == "guess":
            within.locator("[role=radiogroup] label").first.click()
            button = within.locator("[class*=_send] button")
        elif step == "borrow":
            shown = ".st-key-card_answer"
        elif step == "price":
            within.locator("input").fill("110")
        elif step == "talk":
            within.locator("textarea").fill("a note")
        button.dblclick() if twice else button.click()
        within.locator(shown).first.wait_for()
        self.kept[step] += 1

    def learner(self, services: Services) -> str:
        cookies = {str(c.get("name")): str(c.get("value")) for c in self.context.cookies()}
        return services.accounts.actor(cookies[VISITOR_COOKIE]).learner


class Educator:
    """Whoever leads, on the real pages; the services only look on."""

    def __init__(self, chromium: Browser, server: Server, services: Services) -> None:
        context = chromium.new_context(locale="en-US")
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        printed = server.printed.read_text(encoding="utf-8")
        code = re.findall(r"\b(?:[2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}\b", printed)[-1]
        self.page.goto(f"{server.url}/invitation")
        for name, value in (
            ("code", code),
            ("name", "Ming"),
            ("password", "seven lamps by the canal"),
        ):
            self.page.locator(f"input[name={name}]").fill(value)
        self.page.locator("form button").first.click()
        self.page.goto(f"{server.url}/rooms")
        self.page.locator(".st-key-begin_short button").click()
        self.page.locator(".st-key-open_room button").click()
        self.page.wait_for_url(re.compile("room="))
        self.room_id = self.page.url.split("room=")[1].split("&")[0]
        self._services = services
        self.projector: Page = context.new_page()
        self.projector.goto(f"{server.url}/projector?room={self.room_id}")

    @property
    def room(self) -> Room:
        look = self._services.taking_part._journal.look(self.room_id)
        return look.room

    def standing(self, person: str) -> Standing:
        return self._services.taking_part._journal.look(self.room_id).standing(person)

    def next(self, title: str) -> None:
        """The big button; then the room, the control page and the projector are there."""
        self.page.locator(".st-key-room_go_next button").click()
        for page, where in ((self.page, ".ctl-title"), (self.projector, ".projector")):
            expect(page.locator(where).first).to_contain_text(title, timeout=PATIENCE)


def test_nobody_and_no_answer_is_lost(chromium: Browser, server: WorkshopServer) -> None:
    random = Random(20261125)
    services = build(Settings(data_dir=server.folder), SystemClock(), server.root)
    educator = Educator(chromium, server, services)
    code = educator.room.code
    phones = [Phone(chromium, server.url, number) for number in range(PHONES)]
    early, late = phones[:-1], phones[-1]
    for phone in early:
        phone.join(code)

    educator.next("EN guess")
    _all_answer("guess", early, random)
    educator.next("EN borrow")
    for phone in early[:2]:
        phone.answer("borrow", twice=True)
    server.stop(signal.SIGKILL)
    server.start()
    # Nobody touches anything: pages come back by themselves, and go on where they were.
    _all_answer("borrow", early[2:], random)
    educator.next("EN price")
    late.join(code)
    _all_answer("price", phones, random)
    educator.next("EN talk")
    _all_answer("talk", phones, random)
    educator.next("EN back")
    for phone in phones:
        phone.at("back")

    assert len(educator.room.people) == PHONES
    for phone in phones:
        me = participant(educator.room_id, phone.learner(services))
        assert me in educator.room.people
        standing = educator.standing(me)
        held = Counter(step for step, _item in standing.answers)
        held.update(request.step for request in standing.requests)
        assert held == phone.kept
    assert sum(sum(phone.kept.values()) for phone in phones) == 4 * (PHONES - 1) + 2


def _all_answer(step: str, phones: list[Phone], random: Random) -> None:
    """All of them; one taps twice, one loses the page before its answer, one after it."""
    twice, before, after = (random.choice(phones) for _ in range(3))
    for phone in phones:
        if phone is before:
            phone.page.reload()
        phone.answer(step, twice=phone is twice)
        if phone is after:
            phone.page.reload()
            phone.at(step)
