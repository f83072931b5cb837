"""Ports of this machine: opened, found free, or told who has them."""

from __future__ import annotations

import errno
import re
import socket
from contextlib import suppress
from pathlib import Path

from bot.supervisor.plan import HOST
from directory.errors import AssistantError

__all__ = ["free", "is_free", "listening", "refuse_taken"]

_BACKLOG = 512


def listening(address: str, port: int, name: str) -> socket.socket:
    """A socket that listens there; AssistantError says what is in the way."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((address, port))
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise AssistantError(_why_not(error, address, port, name)) from error
    return made


def free(host: str = HOST) -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int, host: str = HOST) -> bool:
    """Whether a program could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def refuse_taken(port: int, name: str) -> None:
    """AssistantError when something listens on that port of this machine already."""
    if not is_free(port):
        raise AssistantError(_taken(port, name))


def _why_not(error: OSError, address: str, port: int, name: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return _taken(port, name)
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            f"This user may not listen on port {port}, so the {name} cannot start: those below 1024 are the system's. "
            "Choose a higher one with --port and let Caddy or another web server stand before it."
        )
    return (
        f"{address} is no address of this machine, so the {name} cannot listen there ({error.strerror}). "
        "Leave --listen away for this machine alone, or give 0.0.0.0 for all its addresses."
    )


def _taken(port: int, name: str) -> str:
    by = _holder(port)
    return (
        f"Port {port} is taken{f' by {by}' if by else ''}, so the {name} cannot listen there. "
        "Stop what uses it, or choose another: puente up --help"
    )


def _holder(port: int) -> str | None:
    """The program that listens on a port, where the system tells (Linux, and not for other users' programs)."""
    wanted = {f"socket:[{inode}]" for inode in _inodes(port)}
    if not wanted:
        return None
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        with suppress(OSError):
            if any(str(link.readlink()) in wanted for link in (process / "fd").iterdir()):
                return _named(process)
    return None


def _inodes(port: int) -> list[str]:
    found: list[str] = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(OSError):
            rows = [line.split() for line in Path(table).read_text().splitlines()[1:]]
            found += [row[9] for row in rows if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == port]
    return found


def _named(process: Path) -> str:
    """The program's short name and number; its command line may hold what is nobody's business."""
    name = re.sub(r"[^\w.:+-]", "", (process / "comm").read_text())
    return f"{name or 'a program'} (process {process.name})"
