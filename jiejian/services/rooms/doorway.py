"""The address phones type or scan to join: which ones can be reached, and where the page is seen from.

Pure; what the machine's addresses are is asked elsewhere (services/addresses.py).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

PAGE = "live"
"""The page one joins on."""


@dataclass(frozen=True)
class Doorway:
    """Addresses of the site that phones may try, the likeliest first; empty: none is known.

    local tells that the page itself was opened by an address only this computer understands.
    """

    sites: tuple[str, ...]
    local: bool


def doorway(public: str | None, opened: str, lan: Iterable[str], port: int) -> Doorway:
    """Where others reach this site.

    public is the address set by whoever runs it and stands alone if given. opened is the address
    the educator's browser used: it works for phones too unless it names only this computer. lan
    are this machine's addresses in its networks, used with the port of `opened`, or else `port`.
    """
    parts = urlsplit(opened)
    local = _is_local(parts.hostname or "")
    if public:
        return Doorway((public.rstrip("/"),), local)
    scheme = parts.scheme if parts.scheme in ("http", "https") else "http"
    found = {} if local or not parts.netloc else {f"{scheme}://{parts.netloc}": None}
    for address in lan:
        found.setdefault(f"http://{address}:{_port(parts.netloc, local, port)}")
    if found and not local and not _is_address(parts.hostname or ""):
        # Behind a name of its own the machine's inner addresses are of no use to anybody.
        found = {next(iter(found)): None}
    return Doorway(tuple(found), local)


def join_address(site: str, code: str) -> str:
    """What a QR code holds."""
    return f"{site}/{PAGE}?join={code}"


def spoken(site: str) -> str:
    """An address as one reads it out: without the scheme a browser adds by itself."""
    return site.removeprefix("http://").removeprefix("https://")


def _port(netloc: str, local: bool, fallback: int) -> int:
    try:
        seen = urlsplit(f"//{netloc}").port
    except ValueError:
        return fallback
    return seen or (fallback if local else 80)


def _is_local(host: str) -> bool:
    if not host or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
