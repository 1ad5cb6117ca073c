"""A client that speaks Streamlit's own messages over the websocket, as no browser would.

A `Tab` is one session: it keeps what the server drew, and sends any page hash, any widget id and
any value, whether or not they were ever offered to it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import websocket
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 60
"""Seconds a run may take on a crowded machine."""

Place = tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """Something on the page: its kind (`button`, `html`, `block` ...) and Streamlit's message."""

    kind: str
    msg: Any
    fragment: str
    run: str

    @property
    def id(self) -> str:
        """The widget's id; empty for what is no widget."""
        return str(getattr(self.msg, "id", ""))

    @property
    def key(self) -> str:
        """The key that the page gave the widget, as the id ends with it."""
        return self.id.split("-", 2)[-1]

    def texts(self) -> Iterator[str]:
        """Every text in the message, whatever its field."""
        yield from _texts(self.msg)


@dataclass
class Run:
    """One answer of the server: how the script ended, and what came with it."""

    status: str
    messages: list[ForwardMsg] = field(default_factory=list)

    @property
    def came(self) -> str:
        """Every text in it."""
        return "\n".join(text for message in self.messages for text in _texts(message))


class Closed(Exception):
    """The server closed the connection."""


class Missing(Exception):
    """What was looked for is not on the page."""


class Tab:
    """One websocket session. cookies: as the handshake sends them; language: the browser's.

    timers are the fragments that the page wants run again and again, with their seconds; drawings
    counts how often the whole page was drawn.
    """

    def __init__(
        self,
        url: str,
        cookies: Mapping[str, str],
        language: str = "en",
        reconnect: str = "",
        patience: float = PATIENCE,
    ) -> None:
        self.url = url
        self.language = language
        self.parts: dict[Place, Part] = {}
        self.pages: dict[str, str] = {}
        self.page = ""
        self.query = ""
        self.values: dict[str, WidgetState] = {}
        self.session = ""
        self.timers: dict[str, float] = {}
        self.drawings = 0
        self._patience = patience
        self._run = ""
        self._fragments: tuple[str, ...] = ()
        self._socket = websocket.create_connection(
            url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", "none", reconnect] if reconnect else ["streamlit"],
            cookie="; ".join(f"{name}={value}" for name, value in cookies.items()),
            origin=url,
            timeout=patience,
        )

    def close(self) -> None:
        """Drop the connection, as a lost network does."""
        with suppress(OSError, websocket.WebSocketException):
            self._socket.shutdown()  # type: ignore[no-untyped-call]

    # What is asked

    def goto(self, page: str, hash_: str | None = None, **query: str) -> Run:
        """Open a page by its address, as a link would."""
        self.query, self.values = urlencode(query), {}
        if not self.pages:
            # Only an answer tells the pages' hashes; asked for by name it may be the page itself.
            run = self.rerun(page=page)
            if page not in self.pages:
                # A session taken up again answers first for what it was doing.
                run = self.rerun(page=page)
            if hash_ is None and self.page == self.pages[page]:
                return run
        return self.rerun(hash_=self.pages[page] if hash_ is None else hash_)

    def rerun(
        self,
        *forged: WidgetState,
        fragment: str = "",
        hash_: str | None = None,
        page: str = "",
        sent: bool = False,
        auto: bool = False,
    ) -> Run:
        """Run the script with the values kept and these; with `sent` do not wait for its end.

        auto: a timer asks for it, nobody pressed anything.
        """
        back = BackMsg()
        asked = back.rerun_script
        asked.query_string, asked.fragment_id = self.query, fragment
        asked.page_script_hash = self.page if hash_ is None else hash_
        asked.page_name, asked.is_auto_rerun = page, auto
        asked.widget_states.widgets.extend([*self.values.values(), *forged])
        asked.context_info.url = f"{self.url}/"
        asked.context_info.locale = self.language
        asked.context_info.timezone = "Asia/Shanghai"
        self.send(back.SerializeToString())
        return Run("sent") if sent else self.finish()

    def send(self, raw: bytes | str) -> None:
        """Send any bytes, or a text."""
        if isinstance(raw, str):
            self._socket.send(raw)
        else:
            self._socket.send_binary(raw)

    def press(self, part: Part) -> Run:
        """Press a button as the browser does."""
        return self.rerun(pressed(part.id), fragment=part.fragment)

    def press_twice(self, part: Part, pause: float = 0.0) -> Run:
        """Press a button twice without looking, and read until the server has said everything."""
        self.rerun(pressed(part.id), fragment=part.fragment, sent=True)
        time.sleep(pause)
        run = self.press(part)
        self._drain()
        return run

    def beat(self) -> None:
        """What the page's timers do by themselves, once."""
        for fragment in list(self.timers):
            if fragment in self.timers:
                self.rerun(fragment=fragment, auto=True)

    def put(self, part: Part, value: Any) -> None:
        """Keep a value for this widget; it goes out with the next run."""
        self.values[part.id] = valued(part, value)

    def fetch(self, file: str) -> str:
        """Ask for a file that is built when a download is pressed: its address, or the refusal."""
        back = BackMsg()
        back.backend_operation_request.request_id = "1"
        back.backend_operation_request.session_id = self.session
        back.backend_operation_request.deferred_file.file_id = file
        self.send(back.SerializeToString())
        while True:
            message = self._next()
            if message.WhichOneof("type") == "backend_operation_response":
                answer = message.backend_operation_response
                return answer.deferred_file.url or f"refused: {answer.error_msg}"

    # What is seen

    def find(self, kind: str, key: str = "", label: str = "") -> Part | None:
        """The first such part, by the beginning of its key or by its label."""
        return next(iter(self.all(kind, key, label)), None)

    def one(self, kind: str, key: str = "", label: str = "") -> Part:
        """As find, but it has to be there."""
        found = self.find(kind, key, label)
        if found is None:
            raise Missing(f"no {kind} {key}{label} on the page:\n{self.words()}")
        return found

    def all(self, kind: str, key: str = "", label: str = "") -> list[Part]:
        """Every such part, from top to bottom."""
        return [
            part
            for _, part in sorted(self.parts.items())
            if part.kind == kind
            and (not key or part.key.startswith(key))
            and (not label or part.msg.label == label)
        ]

    def words(self) -> str:
        """Every text on the page but the style sheet."""
        texts = (text for _, part in sorted(self.parts.items()) for text in part.texts())
        return "\n".join(text for text in texts if not text.startswith("<style>"))

    # What comes in

    def finish(self) -> Run:
        """Read until the script has ended and nothing more of it is to come."""
        run = Run("")
        while True:
            message = self._next()
            kind = message.WhichOneof("type")
            run.messages.append(message)
            if kind == "new_session":
                told = message.new_session
                self._run = message.metadata.run.script_run_id
                self._fragments = tuple(message.metadata.run.fragment_ids)
                if not self._fragments:
                    self.timers.clear()
                    self.drawings += 1
                self.page = told.page_script_hash
                self.session = told.initialize.session_id or self.session
            elif kind == "navigation":
                pages = message.navigation.app_pages
                self.pages = {page.url_pathname: page.page_script_hash for page in pages}
                self.page = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "auto_rerun":
                self.timers[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            elif kind == "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self.timers.pop(fragment, None)
            elif kind == "delta":
                self._draw(message)
            elif kind == "script_finished":
                run.status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    self._tidy(whole=run.status == "FINISHED_SUCCESSFULLY")
                    return run

    def _drain(self, quiet: float = 0.5) -> None:
        """Read what is still coming, until the server has been quiet for so many seconds."""
        self._socket.settimeout(quiet)
        try:
            while True:
                self.finish()
        except websocket.WebSocketTimeoutException:
            return
        finally:
            self._socket.settimeout(self._patience)

    def _next(self) -> ForwardMsg:
        until = time.monotonic() + self._patience
        while time.monotonic() < until:
            # Pings are seen too, so that a server that only pings does not keep us for ever.
            code, raw = self._socket.recv_data(control_frame=True)
            if code == websocket.ABNF.OPCODE_CLOSE:
                raise Closed(raw)
            if code == websocket.ABNF.OPCODE_BINARY:
                message = ForwardMsg()
                message.ParseFromString(raw)
                return message
        raise TimeoutError("the server sends nothing more")

    def _draw(self, message: ForwardMsg) -> None:
        path, delta = tuple(message.metadata.delta_path), message.delta
        what = delta.WhichOneof("type")
        if what == "new_element":
            kind = str(delta.new_element.WhichOneof("type"))
            if path in self.parts and self.parts[path].kind == "block":
                for below in [known for known in self.parts if known[: len(path)] == path]:
                    del self.parts[below]
            shown = getattr(delta.new_element, kind)
            self.parts[path] = Part(kind, shown, delta.fragment_id, self._run)
        elif what == "add_block":
            self.parts[path] = Part("block", delta.add_block, delta.fragment_id, self._run)

    def _tidy(self, *, whole: bool) -> None:
        """Drop what this run did not draw again, as the browser does."""
        self.parts = {
            path: part
            for path, part in self.parts.items()
            if part.run == self._run or not (whole or part.fragment in self._fragments)
        }
        known = {part.id for part in self.parts.values()}
        self.values = {name: value for name, value in self.values.items() if name in known}


def pressed(widget: str) -> WidgetState:
    """The message of a pressed button."""
    return WidgetState(id=widget, trigger_value=True)


def valued(part: Part, value: Any) -> WidgetState:
    """A value as the browser's widget of this kind would send it."""
    state, kind = WidgetState(id=part.id), part.kind
    many = value if isinstance(value, list) else [value]
    if kind == "checkbox":
        state.bool_value = bool(value)
    elif kind == "number_input":
        state.double_value = float(value)
    elif kind == "slider" and not part.msg.options:
        state.double_array_value.data.extend(map(float, many))
    elif kind in ("slider", "multiselect", "button_group", "date_input"):
        state.string_array_value.data.extend(map(str, many))
    else:
        state.string_value = str(value)
    return state


def _texts(message: Message) -> Iterator[str]:
    for known, value in message.ListFields():
        values = value if known.is_repeated else [value]
        if known.message_type and known.message_type.GetOptions().map_entry:
            continue
        for one in values:
            if isinstance(one, Message):
                yield from _texts(one)
            elif isinstance(one, str):
                yield one
