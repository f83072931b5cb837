"""The network addresses of a server, and which of them anybody may be sent to."""

from __future__ import annotations

import ipaddress
import socket

__all__ = ["is_open", "resolve"]

_TRANSLATOR = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses that a name stands for now; OSError when there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host} is no name of a server") from error
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


def is_open(address: str) -> bool:
    """Whether an IP address is one that anybody may use: no private, loopback, link-local, multicast, reserved one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None:
            return is_open(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside one of a translator (64:ff9b::/96)."""
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATOR else None
