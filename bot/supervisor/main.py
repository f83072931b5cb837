"""Runs a plan from its first socket to the last process: starts in order, holds when asked, stops in order."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from bot.supervisor import code, notify, ports
from bot.supervisor.journal import Journal
from bot.supervisor.keeping import Keeper, Pace
from bot.supervisor.plan import HOST, Part, Plan, parts
from bot.supervisor.preparation import Preparation
from directory import running
from directory.accounts.first import how_to_enter
from directory.called import as_called
from directory.running import HELD, Lock, Running
from directory.store import home

__all__ = ["AGAIN", "Kept", "Supervisor"]

AGAIN = 75
"""What `run` answers when the program on disk is another now and this process should become it."""
_DOOR_SECONDS = 7.0
_DOOR_HANG_SECONDS = 12.0
_DOOR_PAUSE_SECONDS = 5.0
"""Without the door there is silence, so it is tried more often than the others."""
_REST_SECONDS = 3.0
_DESK_SECONDS = 30.0
_PREPARE_PAUSE = 60.0
_NOTICE_SECONDS = 0.3


@dataclass
class Kept:
    """What outlives an exec: the lock on the home and the socket that people come to."""

    lock: Lock
    listening: socket.socket
    again: bool = False


class Supervisor:
    """One plan, running; `kept` is handed on when the program is replaced."""

    def __init__(self, plan: Plan, kept: Kept, journal: Journal) -> None:
        self._plan = plan
        self._kept = kept
        self._journal = journal
        # A service has nobody who reads why it ended, and who writes would meet nobody.
        self._stays = kept.again or any(os.environ.get(name) for name in ("INVOCATION_ID", "PUENTE_UP_STAYS"))
        self._began_as = code.fingerprint()
        self._stop = asyncio.Event()
        self._asked = 0
        self._state = "starting"
        self._moves: set[asyncio.Task[None]] = set()
        self._preparation = Preparation(plan, journal)
        self._prepared = running.last().prepared
        pace = Pace(hang=plan.hang_seconds)
        at_once = replace(pace, hang=min(_DOOR_HANG_SECONDS, plan.hang_seconds), longest_pause=_DOOR_PAUSE_SECONDS)
        first, *rest = parts(plan, kept.listening.fileno(), ports.free())
        self._door = Keeper(first, journal, at_once, self._tell)
        self._rest = [
            Keeper(part, journal, pace, self._tell, self._elsewhere if part.name == "assistant" else _same)
            for part in rest
        ]

    async def run(self) -> int:
        """Until somebody asks to stop, or the start fails; the exit code, or AGAIN."""
        self._listen_to_signals()
        helpers = [asyncio.create_task(self._watchdog()), asyncio.create_task(self._open())]
        work = asyncio.create_task(self._work())
        stop = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            return work.result() if work.done() else 0
        finally:
            for task in (*helpers, stop, work):
                task.cancel()
            await asyncio.wait({*helpers, stop, work})
            await self._end()

    async def _work(self) -> int:
        self._door.begin()
        while True:
            bringing = asyncio.create_task(self._bring_up())
            held = asyncio.create_task(self._held())
            try:
                await asyncio.wait({bringing, held}, return_when=asyncio.FIRST_COMPLETED)
                if bringing.done() and (failed := bringing.result()) is not None:
                    return failed
                await held
            finally:
                for task in (bringing, held):
                    task.cancel()
                await asyncio.wait({bringing, held})
            if await self._hold():
                return AGAIN

    # ---- Up ----

    async def _open(self) -> None:
        """Tells systemd that we serve as soon as the door does: people get a sentence from then on."""
        await self._door.ready.wait()
        notify.tell("READY=1")

    async def _bring_up(self) -> int | None:
        """Prepares, starts all behind the door, and says where it is; an exit code where it must not be started."""
        desk = self._rest[-1]
        desk.begin()  # it needs no model, and staff may want to look somebody up while one is trained
        wanted = self._fit()
        if self._prepared != wanted:
            if (failed := await self._prepare()) is not None:
                return failed
            self._prepared = self._fit()
        for keeper in self._rest:
            keeper.begin()
        for keeper in (self._door, *self._rest[:-1]):
            await keeper.ready.wait()
        with contextlib.suppress(asyncio.TimeoutError):  # patients need no desk
            await asyncio.wait_for(desk.ready.wait(), _DESK_SECONDS)
        self._be("running")
        self._announce()
        return None

    async def _prepare(self) -> int | None:
        while (failed := await self._preparation.run()) is not None:
            if not self._stays:
                return failed
            self._journal.complain(f"Trying again in {_PREPARE_PAUSE:.0f} s; people get a fixed sentence meanwhile.")
            await asyncio.sleep(_PREPARE_PAUSE)
        return None

    def _fit(self) -> str:
        """Stands for all that a preparation looks at: as long as it is the same, a start need not wait for another."""
        files = (home() / "directory.db", home() / "settings.yml", _models())
        stamps = [path.stat().st_mtime_ns if path.exists() else 0 for path in files]
        return f"{self._began_as[:16]}-{self._plan.demo}-{'-'.join(map(str, stamps))}"

    def _announce(self) -> None:
        host = HOST if self._plan.listen in ("0.0.0.0", "::") else self._plan.listen
        self._journal.say("")
        self._journal.say(f"Assistant (chat page): http://{host}:{self._plan.port}/webhooks/web/")
        self._journal.say(f"Desk (CHWs and staff): http://{HOST}:{self._plan.desk_port}/")
        self._journal.say(f"  {as_called(how_to_enter())}")
        self._journal.say("Stop both with Ctrl-C.")

    def _elsewhere(self, part: Part) -> Part:
        """The assistant at another port where somebody took its own meanwhile; the door is told by a new start."""
        if ports.is_free(part.port):
            return part
        moved = part.at(ports.free())
        self._door.part = self._door.part.with_assistant(moved.port)
        move = asyncio.create_task(self._door.again(_DOOR_SECONDS))
        self._moves.add(move)
        move.add_done_callback(self._moves.discard)
        return moved

    # ---- Held ----

    async def _held(self) -> None:
        """Until somebody holds us."""
        while running.holding() is None:
            await asyncio.sleep(_NOTICE_SECONDS)

    async def _hold(self) -> bool:
        """Stops all but the door for as long as somebody holds us; whether the program is another then."""
        why = running.holding() or "another command"
        self._journal.event("up.held")
        self._journal.say(f"Held ({why}): the assistant and the desk stop; people get a fixed sentence meanwhile.")
        await asyncio.gather(*(keeper.end(_DOOR_SECONDS) for keeper in self._rest))
        self._be(HELD)
        while running.holding() is not None:
            await asyncio.sleep(_NOTICE_SECONDS)
        await self._take_upgrade_back()
        self._journal.event("up.released")
        self._journal.say("No longer held: starting again.")
        self._be("starting")
        if code.fingerprint() == self._began_as:
            await self._door.again(_DOOR_SECONDS)  # its key and its texts may be others now
            return False
        if await asyncio.to_thread(code.starts):
            return True
        self._journal.event("up.code.broken", level="ERROR")
        self._journal.complain(
            "The program on disk changed and cannot be started, so Puente goes on with what it has in memory as far as "
            "that goes. Take the change back, or install it again: scripts/upgrade.py"
        )
        self._began_as = code.fingerprint()
        return False

    async def _take_upgrade_back(self) -> None:
        """An upgrade that was killed left half a program: what ran before comes back while people get the sentence."""
        done = await asyncio.to_thread(code.upgrade_taken_back, home())
        if done is not None:
            self._journal.event("up.upgrade.taken_back" if done else "up.upgrade.half", level="WARNING")
            self._journal.complain(
                "An upgrade was stopped half way; it was taken back, and what ran before runs again." if done else
                "An upgrade was stopped half way and could not be taken back (upgrade/resumed.log in Puente's home "
                "says why). Try it by hand: puente upgrade --back"
            )  # fmt: skip

    # ---- Told ----

    def _be(self, state: str) -> None:
        self._state = state
        self._tell()

    def _tell(self) -> None:
        keepers = [self._door, *self._rest]
        states = {keeper.part.name: keeper.state for keeper in keepers}
        running.tell(
            Running(
                os.getpid(),
                self._state,
                {keeper.part.name: keeper.part.port for keeper in keepers},
                states,
                self._prepared,
            )
        )
        said = ", ".join(f"{name} {state}" for name, state in states.items())
        notify.tell(f"STATUS={self._state}: {said}")

    async def _watchdog(self) -> None:
        seconds = notify.watchdog_seconds()
        while True:
            if seconds:
                notify.tell("WATCHDOG=1")
            self._journal.tell_withheld()
            await asyncio.sleep(seconds or 20.0)

    # ---- Down ----

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ask)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            loop.add_signal_handler(signal.SIGHUP, self._ask)

    def _ask(self) -> None:
        self._asked += 1
        self._stop.set()
        if self._asked > 1:  # somebody is in a hurry: our parts are tied to us
            os._exit(1)

    async def _end(self) -> None:
        """The door first, which waits for the answers under way; then what gave them."""
        self._be("stopping")
        notify.tell("STOPPING=1")
        with contextlib.suppress(Exception):
            await self._preparation.end()
        for move in self._moves:  # else it would start the door anew behind our back
            move.cancel()
        await self._door.end(_DOOR_SECONDS)
        await asyncio.gather(*(keeper.end(_REST_SECONDS) for keeper in self._rest))
        self._journal.tell_withheld(all=True)
        self._journal.event("up.stopped")
        self._journal.say("Stopped.")
        sys.stdout.flush()


def _models() -> Path:
    """Where the models lie: see `bot.training.models`, which would load far more."""
    return Path(os.environ.get("PUENTE_MODELS") or home() / "models")


def _same(part: Part) -> Part:
    return part
