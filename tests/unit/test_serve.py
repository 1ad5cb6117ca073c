"""Starting the server: addresses, ports that cannot be had, and what is logged."""

import errno
import io
import ipaddress
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jiejian import faults, serve
from jiejian.services import addresses
from jiejian.web import logs

ROOT = Path(serve.__file__).parent.parent


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jiejian.serve"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_taken_port_is_said_plainly_in_both_languages() -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = start(PORT=str(port))
    assert ended.returncode == 1
    assert f"Port {port} is taken" in ended.stderr
    assert f"端口 {port} 已被占用" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("port", ["web", "0", "65536", "-1", ""])
def test_malformed_port_is_said_plainly(port: str) -> None:
    ended = start(PORT=port)
    assert ended.returncode == 1
    assert "PORT" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_refusals_name_a_way_out() -> None:
    assert "PORT=8502 make run" in serve.refusal(8501, OSError(errno.EADDRINUSE, "in use"))
    assert "PORT=65534 make run" in serve.refusal(65535, OSError(errno.EADDRINUSE, "in use"))
    assert "PORT=8501 make run" in serve.refusal(80, OSError(errno.EACCES, "denied"))
    assert "odd" in serve.refusal(8501, OSError(errno.EIO, "odd"))


def test_bound_socket_listens_without_nagles_delay() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serve.bind(port) as listening:
        # asyncio sets TCP_NODELAY on accepted sockets of this protocol only.
        assert listening.proto == socket.IPPROTO_TCP
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            assert client.getpeername()[1] == port
        with pytest.raises(OSError, match="in use"):
            serve.bind(port)


def test_welcome_names_every_address() -> None:
    text = serve.welcome(8501, ["192.168.1.7", "10.0.0.3"])
    for address in ("localhost", "192.168.1.7", "10.0.0.3"):
        assert f"http://{address}:8501" in text
    assert "没有找到局域网" in serve.welcome(8501, [])


def test_found_addresses_can_be_reached_by_others() -> None:
    for address in addresses.lan_addresses():
        ip = ipaddress.ip_address(address)
        assert ip.version == 4
        assert not ip.is_loopback


def test_useless_and_repeated_addresses_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_routed", lambda: ["192.168.1.7", "127.0.0.1"])
    monkeypatch.setattr(addresses, "_by_interface", lambda: ["169.254.3.4", "192.168.1.7"])
    monkeypatch.setattr(addresses, "_by_host_name", lambda: ["0.0.0.0", "10.0.0.3"])
    assert addresses.lan_addresses() == ["192.168.1.7", "10.0.0.3"]


@pytest.fixture
def logging_restored() -> object:
    root = logging.getLogger()
    handlers, level, factory = root.handlers[:], root.level, logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("logging_restored")
def test_requests_are_not_logged() -> None:
    logs.configure("INFO")
    assert logging.getLogger("jiejian.services").isEnabledFor(logging.INFO)
    assert not logging.getLogger("uvicorn.access").isEnabledFor(logging.INFO)
    assert not logging.getLogger("streamlit.error_util").filter(
        logging.LogRecord("", logging.ERROR, "", 1, logs.ALREADY_LOGGED, None, None)
    )


def test_fault_is_logged_under_its_id(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("deep inside")
    except ValueError as error:
        first = faults.record(error, where="here")
        second = faults.record(error, where="here")
    assert first != second
    assert f"fault {first} in here" in caplog.text
    assert "deep inside" in caplog.text


FORGED = "x\n2030-01-01T00:00:00+0000 INFO jiejian: signed in\x1b[2J\u202e\r\u2028end"


@pytest.mark.usefixtures("logging_restored")
def test_what_somebody_sent_cannot_look_like_a_line_of_the_log() -> None:
    logs.configure("INFO")
    shown = io.StringIO()
    foreign = logging.getLogger("a_library.with_its_own_handler")
    foreign.addHandler(logging.StreamHandler(shown))
    foreign.propagate = False
    try:
        raise ValueError(FORGED)
    except ValueError:
        foreign.exception("no file %s", FORGED + "y" * 100_000)
    lines = shown.getvalue().split("\n")
    assert lines[0].startswith(
        r"no file x\n2030-01-01T00:00:00+0000 INFO jiejian: signed in\x1b[2J"
    )
    assert all(line.startswith("  | ") for line in lines[1:-1])
    assert "ValueError: x" in shown.getvalue()
    assert len(shown.getvalue()) < 20_000
    assert all(sign == "\n" or sign.isprintable() for sign in shown.getvalue())
