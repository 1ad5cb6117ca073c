"""Serve Jiejian from this machine: `python -m jiejian.serve`.

The port is 8501 unless PORT says otherwise.
"""

import errno
import os
import socket
import sys
from contextlib import suppress

import uvicorn

from jiejian.services.addresses import lan_addresses
from jiejian.settings import SettingsError, load_settings
from jiejian.web import logs
from jiejian.web.companyfile import providers

GRACE_SECONDS = 5
LARGEST_MESSAGE = 10 * 1024 * 1024
"""Bytes from a browser over the websocket; as `server.maxMessageSize` says."""


class Server(uvicorn.Server):
    """Uvicorn, which says where to find it once it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the addresses."""
        await super().startup(sockets)
        if self.started and sockets:
            print(welcome(sockets[0].getsockname()[1], lan_addresses()), flush=True)


def welcome(port: int, addresses: list[str]) -> str:
    """What a teacher reads in the terminal, in both languages."""
    lines = [
        "",
        "  借鉴 Jiejian 已经启动 / is running",
        "",
        f"  这台电脑 / this computer:              http://localhost:{port}",
    ]
    if addresses:
        lines += [
            f"  同一网络的手机 / a phone on this network: http://{address}:{port}"
            for address in addresses
        ]
    else:
        lines.append("  没有找到局域网，手机暂时连不上 / no local network found for phones")
    lines += ["", "  停止 / stop: Ctrl+C", ""]
    return "\n".join(lines)


def bind(port: int) -> socket.socket:
    """A listening socket on every IPv4 address. Raises OSError where the port cannot be had."""
    # The protocol is named because asyncio switches Nagle's delay off for such sockets only.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        # A port is free again at once after a restart; on Windows the same option would share it.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("0.0.0.0", port))
        # Two servers may both bind with SO_REUSEADDR; only one may listen.
        listening.listen(socket.SOMAXCONN)
    except OSError:
        listening.close()
        raise
    return listening


def refusal(port: int, error: OSError) -> str:
    """Why the port cannot be had and what to do, in both languages."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return (
            f"端口 {port} 已被占用。关掉占用它的程序，或换一个：PORT={other} make run\n"
            f"Port {port} is taken. Stop what uses it, or choose another: PORT={other} make run"
        )
    if error.errno == errno.EACCES:
        return (
            f"没有权限使用端口 {port}。请选 1024 以上的：PORT=8501 make run\n"
            f"Port {port} is not allowed here. Choose one above 1023: PORT=8501 make run"
        )
    return f"无法使用端口 {port} / port {port} cannot be used: {error.strerror}"


def main() -> int:
    """Serve until stopped; the exit status."""
    try:
        settings = load_settings()
        providers()
    except SettingsError as error:
        print(f"设置有误 / a setting is not right: {error}", file=sys.stderr)
        return 1
    try:
        listening = bind(settings.port)
    except OSError as error:
        print(refusal(settings.port, error), file=sys.stderr)
        return 1
    logs.configure(settings.log_level)
    server = Server(
        uvicorn.Config(
            "app:app",
            log_config=None,
            access_log=False,
            server_header=False,
            ws_max_size=LARGEST_MESSAGE,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    # Uvicorn has shut everything down before it passes Ctrl+C on.
    with listening, suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
