"""A bot: somebody with a phone, in a thread of their own, who looks at the page all the time."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from random import Random
from threading import Thread
from typing import TypeVar
from urllib.parse import urlsplit

import websocket

from jiejian.content.workshops.blocks import Block
from jiejian.rehearsal.answering import Answering, Deeds, asks, holds_own, step_on, troubles
from jiejian.rehearsal.report import Problem
from jiejian.rehearsal.wire import Closed, Missing, Tab
from jiejian.services.accounts import VISITOR_COOKIE
from sandbox.text import Language

PATIENCE = 30.0
"""Seconds after which a bot takes an answer for lost."""
LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}
BROKEN = (Closed, OSError, websocket.WebSocketException, TimeoutError)

T = TypeVar("T")
Seen = Callable[[Tab], bool]


class Trouble(Exception):
    """Something went wrong for a bot."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


@dataclass
class _Awaited:
    seen: Seen
    since: float
    came: Future[float]


class Bot:
    """One phone. Orders are carried out one after the other; between them its timers beat."""

    def __init__(self, number: int, url: str, code: str, seed: str) -> None:
        self.number = number
        self.name = f"Bot {number}"
        self.token = ""
        self._url, self._code = url, code
        self._language: Language = "zh" if number % 2 else "en"
        self.random = Random(f"{seed}-{number}")  # noqa: S311 - a part to be played again alike
        self._tab: Tab | None = None
        self._cookies: dict[str, str] = {}
        self._orders: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._awaited: _Awaited | None = None
        self._thread = Thread(target=self._live, name=f"bot-{number}", daemon=True)
        self._thread.start()

    # What the one who leads the rehearsal asks of it

    def join(self) -> Future[None]:
        """Come in by the code."""
        return self._order(self._join)

    def act(
        self, block: Block, questions: int, seat: str | None, *, impatient: bool, reload: bool
    ) -> Future[Deeds]:
        """Do what the step asks; with reload lose the connection after it and come back."""

        def happen() -> Deeds:
            time.sleep(self.random.random())
            deeds = Deeds()
            if asks(block, seat):
                answering = Answering(self.tab, self.random, impatient=impatient)
                try:
                    deeds = answering.do(block, questions)
                except Missing as error:
                    raise Trouble(Problem("missing", str(error)[:200])) from None
            else:
                deeds.problems += troubles(self.tab)
            if reload:
                self._reload(block, own=deeds.kept > 0)
            return deeds

        return self._order(happen)

    def awaits(self, seen: Seen, since: float) -> Future[float]:
        """Seconds since a moment until the page shows something."""
        came: Future[float] = Future()

        def happen() -> None:
            self._awaited = _Awaited(seen, since, came)
            self._look()

        self._order(happen)
        return came

    def drawn(self) -> Future[tuple[int, str]]:
        """How often the page was drawn so far, and what it says."""
        return self._order(lambda: (self.tab.drawings, self.tab.words()))

    def leave(self) -> None:
        """Put the phone away."""
        self._orders.put(None)
        self._thread.join(PATIENCE)

    @property
    def tab(self) -> Tab:
        """The page before it."""
        if self._tab is None:
            raise Trouble(Problem("cut_off"))
        return self._tab

    # What it does by itself

    def _order(self, act: Callable[[], T]) -> Future[T]:
        done: Future[T] = Future()

        def happen() -> None:
            try:
                done.set_result(act())
            except Trouble as trouble:
                done.set_exception(trouble)
            except BROKEN as error:
                self._lose()
                done.set_exception(Trouble(Problem("cut_off", f"{type(error).__name__}")))
            except Exception as error:  # noqa: BLE001 - whoever asked has to hear of it
                done.set_exception(error)

        self._orders.put(happen)
        return done

    def _live(self) -> None:
        beat = time.monotonic()
        while True:
            try:
                order = self._orders.get(timeout=max(beat - time.monotonic(), 0.001))
            except Empty:
                beat = time.monotonic() + self._beat()
                continue
            if order is None:
                if self._tab:
                    self._tab.close()
                return
            order()

    def _beat(self) -> float:
        """Run the timers once; seconds to the next time."""
        tab = self._tab
        if tab is None:
            return 0.5
        try:
            tab.beat()
        except BROKEN:
            self._lose()
            return 0.5
        self._look()
        return min(tab.timers.values(), default=0.5)

    def _look(self) -> None:
        awaited, tab = self._awaited, self._tab
        if awaited and tab and awaited.seen(tab):
            self._awaited = None
            awaited.came.set_result(time.monotonic() - awaited.since)

    def _lose(self) -> None:
        """The connection is gone: come back as a browser does, by itself."""
        if self._tab:
            self._tab.close()
        self._tab = None
        if self.token:
            try:
                self._open()
            except BROKEN:
                self._tab = None

    def _join(self) -> None:
        self._cookies = cookies_of(self._url)
        self.token = self._cookies.get(VISITOR_COOKIE, "")
        self._open(join=self._code)
        name = self.tab.find("text_input", "live_join_name")
        if name is not None:
            self.tab.put(name, self.name)
        pressed = [part for part in self.tab.all("button") if part.msg.form_id == "join"]
        if not pressed:
            wrong = next(troubles(self.tab), Problem("missing", "no button to join with"))
            raise Trouble(wrong)
        self.tab.press(pressed[0])
        if not step_on(self.tab):
            raise Trouble(next(troubles(self.tab), Problem("missing", "not in the room")))

    def _open(self, **query: str) -> None:
        before = self._tab.query if self._tab else ""
        room = dict(part.split("=", 1) for part in before.split("&") if "=" in part)
        self._tab = Tab(self._url, self._cookies, LOCALES[self._language], patience=PATIENCE)
        self._tab.goto("")
        self._tab.goto("live", **(query or room or {"join": self._code}))

    def _reload(self, block: Block, *, own: bool) -> None:
        self.tab.close()
        self._open()
        if step_on(self.tab) != block.id or (own and not holds_own(self.tab, block)):
            raise Trouble(Problem("not_back", step_on(self.tab)))


def cookies_of(url: str) -> dict[str, str]:
    """The cookies that the first page gives a phone. Raises OSError."""
    link = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        link.request("GET", "/live")
        came = link.getresponse()
        came.read()
        set_ = [value for name, value in came.getheaders() if name.lower() == "set-cookie"]
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        link.close()
    pairs = (value.split(";")[0].partition("=") for value in set_)
    return {name: value for name, _, value in pairs}
