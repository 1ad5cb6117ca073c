"""One browser tab without the browser: opens the websocket, asks for reruns, times each."""

from __future__ import annotations

import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


class Session:
    """A websocket session on the server at this port."""

    def __init__(self, port: int) -> None:
        self._socket = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            compression=None,
            max_size=None,
            proxy=None,
        )
        self._pages: dict[str, str] = {}
        self._page = ""

    def rerun(self, page: str | None = None, query: str = "") -> float:
        """Run the page's script once; milliseconds until the server says it finished."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self._pages[page] if page else self._page
        started = time.perf_counter()
        self._socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            raw = self._socket.recv(timeout=30)
            answer.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self._page = answer.new_session.page_script_hash
            elif kind == "navigation":
                pages = answer.navigation.app_pages
                self._pages = {p.url_pathname: p.page_script_hash for p in pages}
                self._page = answer.navigation.page_script_hash
            elif kind == "script_finished":
                return (time.perf_counter() - started) * 1000

    def close(self) -> None:
        """Leave."""
        self._socket.close()
