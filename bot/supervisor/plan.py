"""What `puente up` runs: the door, the assistant, the desk, and where each listens."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace

__all__ = ["HOST", "Part", "Plan", "parts"]

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Plan:
    """What to run, and where; `listen` is the address of the door, all else listens on this machine only."""

    port: int = 5005
    desk_port: int = 8000
    actions_port: int = 5055
    actions_apart: bool = False
    full: bool = False
    demo: bool = False
    listen: str = HOST
    hang_seconds: float = 30.0


@dataclass(frozen=True)
class Part:
    """One process: what is run (`python -m` and the rest), and where it says that it is ready, then awake."""

    name: str
    command: tuple[str, ...]
    port: int
    ready_path: str
    socket: int | None = None
    host: str = HOST
    awake_path: str | None = None

    def argv(self) -> list[str]:
        """The command, tied to this process."""
        return [sys.executable, "-m", "bot.tied", str(os.getpid()), *self.command]

    def at(self, port: int) -> Part:
        """The same part at another port of this machine."""
        command = tuple(str(port) if word == str(self.port) else word for word in self.command)
        return replace(self, port=port, command=command)

    def with_assistant(self, port: int) -> Part:
        """The door before an assistant at that port."""
        return replace(self, command=(*self.command[:-1], str(port)))


def parts(plan: Plan, socket: int, assistant_port: int) -> tuple[Part, ...]:
    """The parts of a plan, the door first; `socket` is the one that the door listens on."""
    puente = "directory.cli"
    door = ("bot.door", "--socket", str(socket), "--assistant", str(assistant_port))
    host = HOST if plan.listen in ("0.0.0.0", "::") else plan.listen
    made = [Part("door", door, plan.port, "/webhooks/web/live", socket, host)]
    assistant = (puente, "assistant", "--port", str(assistant_port))
    if plan.actions_apart:
        assistant += ("--actions-url", f"http://{HOST}:{plan.actions_port}/webhook")
        made.append(
            Part("actions", (puente, "actions", "--port", str(plan.actions_port)), plan.actions_port, "/health")
        )
    if plan.full:
        assistant += ("--full",)
    made.append(Part("assistant", assistant, assistant_port, "/webhooks/web/health"))
    desk = (puente, "desk", "--quiet", "--port", str(plan.desk_port))
    made.append(Part("desk", desk, plan.desk_port, "/healthz", awake_path="/static/desk.css"))
    return tuple(made)
