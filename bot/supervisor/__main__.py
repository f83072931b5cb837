"""python -m bot.supervisor PLAN: runs a plan (JSON) in little memory; `puente up` becomes it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict

from bot.supervisor import ports
from bot.supervisor.journal import Journal
from bot.supervisor.main import AGAIN, Kept, Supervisor
from bot.supervisor.plan import Plan
from directory import keys, reserve, running
from directory.errors import AssistantError, PuenteError
from directory.running import Lock
from directory.store import home

__all__ = ["main", "tell_of_key"]

_KEPT = "PUENTE_UP_KEPT"
_LOCK_SECONDS = 2.0


def main() -> int:
    plan = Plan(**json.loads(sys.argv[1]))
    try:
        kept = _handed_on() or _taken(plan)
        journal = Journal()
        tell_of_key(journal)
        code = asyncio.run(Supervisor(plan, kept, journal).run())
    except PuenteError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(
            f"Error: {os.environ.get('PUENTE_HOME') or 'var'} could not be read or written ({error.strerror}), so "
            "Puente cannot start. Look whether the disk is full and whether the folder is yours, then try again.\n"
        )
        return 1
    if code == AGAIN:
        _become_again(plan, kept)
    return code


def _taken(plan: Plan) -> Kept:
    """The home and the ports, or AssistantError saying who has them."""
    lock = Lock(home() / "up.lock")
    if not lock.take(_LOCK_SECONDS):
        raise AssistantError(_twice())
    reserve.keep_back(home())
    if plan.actions_apart:
        ports.refuse_taken(plan.actions_port, "actions server")
    ports.refuse_taken(plan.desk_port, "desk")
    return Kept(lock, ports.listening(plan.listen, plan.port, "assistant"))


def tell_of_key(journal: Journal) -> None:
    """A damaged key would keep the assistant down: a new one is made before anything starts, and that is said."""
    with suppress(OSError):  # a full disk, or no rights: the door answers all the same, and the parts say why
        if moved := keys.ready():
            journal.event("key.damaged.moved_aside", level="ERROR", file=moved.name)
            journal.complain(
                f"The key of the chats was damaged. It lies in {moved.name} now, and a new one was made: open chats "
                "end, and the page begins a new one by itself."
            )


def _twice() -> str:
    found = running.running()
    at = f" at http://127.0.0.1:{found.ports['door']}/webhooks/web/" if found and "door" in found.ports else ""
    who = f" (process {found.pid})" if found and found.pid else ""
    return (
        f"Puente is running on this home already{who}{at}; two at once would answer with each other's data. "
        "Stop that one first, or give this one another home: PUENTE_HOME=DIR puente up"
    )


def _handed_on() -> Kept | None:
    """What the program before us left open, where we became it by exec."""
    given = os.environ.pop(_KEPT, "")
    if not given:
        return None
    lock, listening = (int(number) for number in given.split(","))
    for descriptor in (lock, listening):
        os.set_inheritable(descriptor, False)
    return Kept(Lock(home() / "up.lock", lock), socket.socket(fileno=listening), again=True)


def _become_again(plan: Plan, kept: Kept) -> None:
    """Replaces this process by the program on disk; who comes meanwhile waits at the socket, which stays open."""
    descriptors = (kept.lock.descriptor or 0, kept.listening.fileno())
    for descriptor in descriptors:
        os.set_inheritable(descriptor, True)
    os.environ[_KEPT] = ",".join(map(str, descriptors))
    os.execv(sys.executable, [sys.executable, "-m", "bot.supervisor", json.dumps(asdict(plan))])


if __name__ == "__main__":
    raise SystemExit(main())
