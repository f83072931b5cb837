"""Starts the assistant and the desk, waits until they answer, restarts one that dies, and stops them together."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from types import FrameType

from bot import training
from directory import settings
from directory.errors import AssistantError
from directory.status import status

__all__ = ["Plan", "ensure_demo", "ensure_directory", "ensure_model", "refuse_taken", "refuse_taken_ports", "run"]

START_SECONDS = 120
STOP_SECONDS = 10
STEADY_SECONDS = 60
_LONGEST_PAUSE = 60.0
_HOST = "127.0.0.1"


def say(text: str) -> None:
    """One line to the person who started us."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """One line about what went wrong or takes long."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@dataclass(frozen=True)
class Plan:
    """What to run, and where it listens on this machine."""

    port: int = 5005
    desk_port: int = 8000
    actions_port: int = 5055
    actions_apart: bool = False
    full: bool = False


@dataclass
class _Child:
    name: str
    command: list[str]
    port: int
    ready_path: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    due: float = 0.0
    back: bool = True

    def start(self) -> None:
        self.process = subprocess.Popen(self.command)
        self.started = time.monotonic()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def answers(self) -> bool:
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=2)
        try:
            connection.request("GET", self.ready_path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def ensure_demo() -> None:
    """Loads the demo lists unless they are published already; PublishError where there is a real list."""
    from directory import sync

    sync.refuse_demo_beside_real("up --demo")
    if status().sources:
        return
    say("Loading the demo directory ...")
    sync.load_demo(datetime.now(timezone.utc))


def ensure_directory() -> None:
    """What is published may be shown by this version: built anew if another one did, and never the demo by real SMS."""
    found = status()
    settings.refuse_demo_with_sender(demo=found.demo, strict=False)
    if found.outdated:
        from directory import sync

        complain("Publishing the directory anew for this version of Puente ...")
        sync.publish(datetime.now(timezone.utc), allow_empty=not found.listings)


def ensure_model() -> None:
    """Trains the model unless the one for the present inputs is there; in a process of its own, to give memory back."""
    if training.trained():
        return
    done = subprocess.run([sys.executable, "-m", "directory.cli", "train"], stdout=sys.stderr)
    if done.returncode:
        raise SystemExit(done.returncode)  # the command has said why


def run(plan: Plan) -> int:
    """Runs until a signal or until a part cannot be started; the process's exit code."""
    children = _children(plan)
    stopping = _Stopping()
    for child in children:
        child.start()
    try:
        if not _wait_until_ready(children, stopping):
            return 0 if stopping else 1
        _announce(plan)
        _watch(children, stopping)
        return 0
    finally:
        _stop_all(children)


class _Stopping:
    """True once somebody asked this process to stop."""

    def __init__(self) -> None:
        self._asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _: int, __: FrameType | None) -> None:
        self._asked = True

    def __bool__(self) -> bool:
        return self._asked


def _children(plan: Plan) -> list[_Child]:
    puente = [sys.executable, "-m", "directory.cli"]
    assistant = [*puente, "assistant", "--port", str(plan.port)]
    children: list[_Child] = []
    if plan.actions_apart:
        assistant += ["--actions-url", f"http://{_HOST}:{plan.actions_port}/webhook"]
        actions = [*puente, "actions", "--port", str(plan.actions_port)]
        children.append(_Child("actions", actions, plan.actions_port, "/health"))
    if plan.full:
        assistant.append("--full")
    children.append(_Child("assistant", assistant, plan.port, "/webhooks/web/health"))
    children.append(_Child("desk", [*puente, "desk", "--quiet", "--port", str(plan.desk_port)], plan.desk_port, "/"))
    return children


def refuse_taken_ports(plan: Plan) -> None:
    """AssistantError when a part of the plan could not listen where it should."""
    for child in _children(plan):
        refuse_taken(child.port, child.name)


def refuse_taken(port: int, name: str) -> None:
    """AssistantError when something listens on that port of this machine already."""
    if _taken(port):
        raise AssistantError(
            f"Port {port} is taken, so the {name} cannot listen there. "
            "Stop what uses it, or choose another: puente up --help"
        )


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return True
    return False


def _wait_until_ready(children: list[_Child], stopping: _Stopping) -> bool:
    limit = time.monotonic() + START_SECONDS
    waiting = list(children)
    while waiting and not stopping and time.monotonic() < limit:
        for child in waiting:
            if child.process and child.process.poll() is not None:
                complain(f"The {child.name} stopped while starting; its lines above say why.")
                return False
        waiting = [child for child in waiting if not child.answers()]
        time.sleep(0.2)
    if waiting and not stopping:
        complain(f"The {waiting[0].name} did not answer within {START_SECONDS} seconds.")
    return not waiting


def _announce(plan: Plan) -> None:
    say("")
    say(f"Assistant (chat page): http://{_HOST}:{plan.port}/webhooks/web/")
    say(f"Desk (look-up page):   http://{_HOST}:{plan.desk_port}/")
    say("Stop both with Ctrl-C.")


def _watch(children: list[_Child], stopping: _Stopping) -> None:
    while not stopping:
        now = time.monotonic()
        for child in children:
            _revive(child, now)
        time.sleep(0.3)


def _revive(child: _Child, now: float) -> None:
    if child.process and child.process.poll() is None:
        if not child.back and child.answers():
            child.back = True
            complain(f"The {child.name} answers again.")
        if now - child.started > STEADY_SECONDS:
            child.pause = 1.0
        return
    if child.process:
        complain(f"The {child.name} stopped; starting it again in {child.pause:.0f} s.")
        child.process, child.due, child.back = None, now + child.pause, False
        child.pause = min(_LONGEST_PAUSE, child.pause * 2)
    elif now >= child.due:
        child.start()


def _stop_all(children: list[_Child]) -> None:
    for child in children:
        child.stop()
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
