"""Tells systemd how we are, where it wants to know: a datagram to NOTIFY_SOCKET."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

__all__ = ["tell", "watchdog_seconds"]


def tell(*lines: str) -> None:
    """Sends lines such as `READY=1`; without NOTIFY_SOCKET nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address or address[0] not in "/@":
        return
    where = f"\0{address[1:]}" if address[0] == "@" else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as wire:
        wire.settimeout(1.0)
        wire.sendto("\n".join(lines).encode(), where)


def watchdog_seconds() -> float | None:
    """How often systemd wants to hear from us: half of what it waits; None where it does not watch this process."""
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    wanted = os.environ.get("WATCHDOG_USEC", "")
    return int(wanted) / 2_000_000 if wanted.isdecimal() and int(wanted) else None
