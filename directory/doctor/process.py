"""What runs: `puente up` and its parts, the ports it needs, a pause, the daily purge."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from datetime import timedelta

from directory import pause
from directory.doctor.finding import Finding, Look
from directory.purge import clock
from directory.purge.run import due

__all__ = ["paused", "ports", "purge", "up"]

_HOST = "127.0.0.1"
_LATE = timedelta(days=3)
_SENTENCE = "people get the fixed sentence meanwhile"
_MEANWHILE = {
    "desk": "staff cannot look anything up there meanwhile, and people who write are answered as always",
    "door": "people wait meanwhile until it is back, or read that the page cannot be reached",
}
_PAGES = {"door": "/webhooks/web/live", "desk": "/"}


def ports(look: Look) -> Iterator[Finding]:
    """Whether Puente could listen where it should; when it runs, the ports are its own."""
    if look.running:
        return
    taken = [(name, port) for name, port in look.ports if _taken(port)]
    for name, port in taken:
        option = "--port" if name == "chat page" else "--desk-port"
        text = f"Another program listens on port {port}, where the {name} should be."
        yield Finding(f"port.{port}", "mend", text, f"puente up {option} {port + 1}")
    if not taken:
        yield Finding("ports", "ok", f"The ports {' and '.join(str(port) for _, port in look.ports)} are free.")


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return True
    return False


def up(look: Look) -> Iterator[Finding]:
    """Whether `puente up` runs here, and whether its parts answer."""
    found = look.running
    if found is None:
        text = "Puente does not run now: nobody is answered."
        yield Finding("up.none", "mend" if look.real else "look", text, "puente up")
        return
    if found.state != "running":
        desk = " The desk works already." if found.parts.get("desk") == "ready" else ""
        text = f"Puente is {found.state}; in this state people get the fixed sentence with 911, 988 and 211.{desk}"
        yield Finding("up.state", "look", text, "puente doctor")
    away = [name for name, state in found.parts.items() if state == "away"]
    for name in away:
        text = f"The {name} is away and is being started again; {_MEANWHILE.get(name, _SENTENCE)}."
        yield Finding(f"up.{name}", "mend", text, f"tail -20 {look.home / 'logs' / 'puente.log'}")
    silent = [name for name, path in _PAGES.items() if name in found.ports and not _answers(found.ports[name], path)]
    for name in silent:
        text = f"The {name} does not answer on port {found.ports[name]}."
        yield Finding(f"up.{name}.silent", "mend", text, f"tail -20 {look.home / 'logs' / 'puente.log'}")
    if not away and not silent and found.state == "running":
        yield Finding("up", "ok", "Puente runs and its parts answer.")


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(_HOST, port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def paused(look: Look) -> Iterator[Finding]:
    """Whether every message is answered with a sentence of the clinic."""
    if found := pause.paused():
        since = f" since {found.since:%Y-%m-%d %H:%M}" if found.since else ""
        text = f"Puente is paused{since}: people read one sentence with 911, 988 and 211, and nothing else."
        yield Finding("paused", "look", text, "puente resume")


def purge(look: Look) -> Iterator[Finding]:
    """Whether what is past its days was deleted lately."""
    last = clock.purged_at(look.home)
    if last is None:
        if (look.home / "conversations.db").exists():
            text = "Nothing past its days was ever deleted; Puente does it once a day while it runs."
            yield Finding("purge.never", "look", text, "puente purge")
    elif due(look.home, look.now) and look.now - last > _LATE:
        text = f"What is past its days was last deleted on {last:%Y-%m-%d}; it should be every day."
        yield Finding("purge.late", "mend", text, "puente purge")
    else:
        yield Finding("purge", "ok", f"What is past its days was deleted on {last:%Y-%m-%d}.")
