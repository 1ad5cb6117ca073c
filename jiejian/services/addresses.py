"""This machine's addresses in its local networks, found without sending a packet."""

import ipaddress
import platform
import socket
import struct
from collections.abc import Iterator
from threading import Thread

# Connecting a UDP socket sends nothing: the kernel only looks up its route. The first address is
# kept for documentation (RFC 5737) and shows the default route's interface; the others show
# private networks that are reached without one.
TARGETS = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
SIOCGIFADDR = 0x8915
"""Linux's request for an interface's IPv4 address (netdevice(7))."""

NAME_SERVICE_SECONDS = 1.0


def lan_addresses() -> list[str]:
    """IPv4 addresses others in the same network can reach, the likeliest first.

    Loopback and self-assigned (169.254/16) addresses are left out. Empty without a network.
    """
    found: dict[str, None] = {}
    for source in (_routed, _by_interface, _by_host_name):
        for address in source():
            if _is_reachable(address):
                found.setdefault(address)
    return list(found)


def _is_reachable(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast)


def _routed() -> Iterator[str]:
    for target in TARGETS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:
                continue
            yield str(probe.getsockname()[0])


def _by_interface() -> Iterator[str]:
    """A classroom hotspot without a gateway has no route to ask for, but has its interface."""
    if platform.system() != "Linux":
        return
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _index, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)
            except OSError:
                continue
            yield socket.inet_ntoa(answer[20:24])


def _by_host_name() -> list[str]:
    """Where the system knows its own name; given up when a name service keeps us waiting."""
    if platform.system() == "Linux":
        return []
    found: list[str] = []

    def look_up() -> None:
        try:
            for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
                found.append(str(entry[4][0]))
        except OSError:
            return

    thread = Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(NAME_SERVICE_SECONDS)
    return list(found)
