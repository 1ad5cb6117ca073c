"""Many phones in one process: each a websocket session with its timers, all on one event loop."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 30.0
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)

Part = tuple[Any, str]
"""A widget's message and the fragment it lies in."""


@dataclass
class _Run:
    fragment: str
    ended: asyncio.Future[float]
    ids: set[str] = field(default_factory=set)


class Lost(Exception):
    """The connection broke, or a run never ended."""


class Phone:
    """One session. seen is called with each element or block that is drawn."""

    def __init__(self, port: int, cookie: str = "", query: str = "", page: str = "") -> None:
        self._port, self._cookie, self._query, self._page = port, cookie, query, page
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._run: _Run | None = None
        self._now = ("", frozenset[str]())
        self._pages: dict[str, str] = {}
        self._hash = ""
        self.beats = 0
        self.refused: list[str] = []
        self.widgets: dict[str, Part] = {}
        self.seen: Callable[[str, str], object] = lambda _kind, _key: None

    async def open(self) -> None:
        """Connect and draw the page."""
        headers = {"Cookie": self._cookie} if self._cookie else {}
        self._socket = await connect(
            f"ws://127.0.0.1:{self._port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers=headers,
            compression=None,
            max_size=None,
            proxy=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read())
        await self.run(page=self._page)

    async def drop(self) -> None:
        """Lose the connection without a word."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        if self._reader:
            self._reader.cancel()
        if self._socket:
            self._socket.transport.abort()

    async def run(self, *states: WidgetState, fragment: str = "", page: str | None = None) -> float:
        """One run of the page or a fragment; seconds until it ended. Raises Lost."""
        self._run = run = _Run(fragment, asyncio.get_running_loop().create_future())
        started = time.perf_counter()
        await self._send(states, fragment, auto=False, page=page)
        try:
            return await asyncio.wait_for(run.ended, PATIENCE) - started
        except TimeoutError:
            raise Lost("a run never ended") from None
        finally:
            self._run = None

    async def _send(
        self, states: tuple[WidgetState, ...], fragment: str, *, auto: bool, page: str | None = None
    ) -> None:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id, asked.is_auto_rerun = self._query, fragment, auto
        asked.page_script_hash = "" if page is not None else self._hash
        asked.page_name = page or ""
        asked.widget_states.widgets.extend(states)
        asked.context_info.locale = "zh-CN"
        assert self._socket
        try:
            await self._socket.send(message.SerializeToString())
        except Exception as error:
            raise Lost(type(error).__name__) from error

    async def _read(self) -> None:
        assert self._socket
        with contextlib.suppress(Exception):
            async for raw in self._socket:
                message = ForwardMsg()
                message.ParseFromString(raw)  # type: ignore[arg-type]
                self._take(message)
        if self._run and not self._run.ended.done():
            self._run.ended.set_exception(Lost("closed"))

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            told = message.metadata.run
            self._now = (told.script_run_id, frozenset(told.fragment_ids))
            self._hash = message.new_session.page_script_hash
            run = self._run
            if run and (not told.fragment_ids or run.fragment in self._now[1]):
                run.ids.add(told.script_run_id)
            if not told.fragment_ids:
                self.widgets.clear()
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "delta":
            self._draw(message.delta)
        elif kind == "auto_rerun":
            self._beat_on(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                if fragment in self._timers:
                    self._timers.pop(fragment).cancel()
        elif kind == "script_finished" and message.script_finished in ENDED:
            run = self._run
            if run and self._now[0] in run.ids and not run.ended.done():
                run.ended.set_result(time.perf_counter())

    def _draw(self, delta: Any) -> None:
        if delta.WhichOneof("type") == "add_block":
            if delta.add_block.id:
                self.seen("block", delta.add_block.id.split("-", 2)[-1])
            return
        kind = delta.new_element.WhichOneof("type")
        shown = getattr(delta.new_element, kind)
        if kind == "alert" and shown.format == shown.ERROR:
            self.refused.append(shown.body)
        elif kind == "exception":
            self.refused.append(shown.message)
        if widget := getattr(shown, "id", ""):
            self.widgets[widget.split("-", 2)[-1]] = (shown, delta.fragment_id)

    def _beat_on(self, fragment: str, interval: float) -> None:
        if fragment in self._timers:
            self._timers.pop(fragment).cancel()

        async def beat() -> None:
            with contextlib.suppress(Lost):
                while True:
                    await asyncio.sleep(interval)
                    self.beats += 1
                    await self._send((), fragment, auto=True)

        self._timers[fragment] = asyncio.create_task(beat())
