"""Keeps one part alive: starts it, waits until it answers, kills it when it hangs, and starts it again, ever slower."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from bot.supervisor.journal import Journal
from bot.supervisor.plan import Part

__all__ = ["Keeper", "Pace", "lines"]

_LONGEST_LINE = 8192


@dataclass(frozen=True)
class Pace:
    """Seconds: between looks, until a start has failed, until a silence is a hang, of steadiness, between starts."""

    look: float = 2.0
    start: float = 180.0
    hang: float = 30.0
    steady: float = 60.0
    first_pause: float = 0.5
    longest_pause: float = 60.0
    answer: float = 5.0


_TELLS_AFTER = 3


class Keeper:
    """One part and its process; `state` is `starting`, `ready` or `away`, `changed` is called when it becomes another.

    `before` may name another place for the part just before each start.
    """

    def __init__(
        self,
        part: Part,
        journal: Journal,
        pace: Pace,
        changed: Callable[[], None] = lambda: None,
        before: Callable[[Part], Part] = lambda part: part,
    ) -> None:
        self.part = part
        self.state = "away"
        self._journal = journal
        self._pace = pace
        self._changed = changed
        self._before = before
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._reading: asyncio.Task[None] | None = None
        self._failures = 0
        self._was_ready = False
        self._ending = asyncio.Lock()
        self.ready = asyncio.Event()

    def begin(self) -> None:
        """Starts to keep it."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep())

    async def end(self, seconds: float) -> None:
        """Stops it: asked first, killed when it does not stop within that many seconds."""
        async with self._ending:
            await self._stop(seconds)

    async def again(self, seconds: float) -> None:
        """Stops it and starts to keep it anew; who asks while that goes on comes after it."""
        async with self._ending:
            await self._stop(seconds)
            self.begin()

    async def _stop(self, seconds: float) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})
        await self._end_process(seconds)
        self._failures, self._was_ready = 0, False
        self._be("away")

    async def _keep(self) -> None:
        pause = self._pace.first_pause
        while True:
            began = time.monotonic()
            self._be("starting")
            why = await self._lived()
            await self._end_process(0)
            steady = self.ready.is_set() and time.monotonic() - began > self._pace.steady
            self._failures = 0 if self.ready.is_set() else self._failures + 1
            pause = self._pace.first_pause if steady else pause
            self._be("away")
            self._tell_stopped(why, pause)
            await asyncio.sleep(pause)
            pause = min(self._pace.longest_pause, pause * 2)

    async def _lived(self) -> str:
        """From its start to its end; why it ended, in a word."""
        try:
            await self._start()
        except OSError:  # no memory or no descriptor left for it; there may be some in a moment
            self._process = None
            return "unstarted"
        return await self._live()

    async def _start(self) -> None:
        self.part = self._before(self.part)
        keep = () if self.part.socket is None else (self.part.socket,)
        # A session of its own: Ctrl-C at the terminal reaches us alone, and we stop the parts in order.
        self._process = await asyncio.create_subprocess_exec(
            *self.part.argv(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            pass_fds=keep, start_new_session=True,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read(self._process))
        self._journal.event("part.started", part=self.part.name, pid=self._process.pid, port=self.part.port)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in lines(process.stdout):
            self._journal.line(self.part.name, line, answering=self.ready.is_set())

    async def _live(self) -> str:
        """Until the process is gone or must go; why, in a word."""
        assert self._process is not None
        gone = asyncio.create_task(self._process.wait())
        heard = began = time.monotonic()
        try:
            while not gone.done():
                status = await self._asked()
                now = time.monotonic()
                heard = now if status is not None else heard
                if status is not None and status < 400 and not self.ready.is_set():
                    self._be_ready()
                if not self.ready.is_set() and now - began > self._pace.start:
                    return "late"
                if self.ready.is_set() and now - heard > self._pace.hang:
                    return "hangs"
                await asyncio.wait({gone}, timeout=self._pace.look if self.ready.is_set() else 0.2)
            return "stopped"
        finally:
            gone.cancel()

    async def _asked(self) -> int | None:
        """The status with which the part says that it is awake, or None."""
        with contextlib.suppress(OSError, asyncio.TimeoutError, ValueError, EOFError):
            return await asyncio.wait_for(_status(self.part, ready=self.ready.is_set()), self._pace.answer)
        return None

    def _be_ready(self) -> None:
        self._journal.event("part.ready", part=self.part.name)
        if self._was_ready or self._failures:
            self._journal.complain(f"The {self.part.name} answers again.")
        else:
            self._journal.say(f"The {self.part.name} answers.")
        self._was_ready, self._failures = True, 0
        self._be("ready")

    def _be(self, state: str) -> None:
        if state == "ready":
            self.ready.set()
        else:
            self.ready.clear()
        if state != self.state:
            self.state = state
            self._changed()

    def _tell_stopped(self, why: str, pause: float) -> None:
        code = self._process.returncode if self._process else None
        self._journal.event("part.stopped", level="WARNING", part=self.part.name, why=why, code=code)
        name, again = self.part.name, f"starting it again in {pause:.0f} s." if pause >= 1 else "starting it again."
        told = {
            "unstarted": f"The {name} could not be started, perhaps because the machine is short of memory; {again}",
            "stopped": f"The {name} stopped{_signal(code)}; {again}",
            "hangs": f"The {name} did not answer for {self._pace.hang:.0f} seconds and was ended; {again}",
            "late": f"The {name} did not answer within {self._pace.start:.0f} seconds of its start; {again}",
        }
        self._journal.complain(told[why])
        if self._failures and self._failures % _TELLS_AFTER == 0:
            self._journal.complain(
                f"The {name} stopped {self._failures} times while starting. Its lines above, and logs/puente.log in "
                "Puente's home, say why; `puente doctor` looks for what is wrong. It is tried on, ever slower"
                + (
                    "."
                    if name in ("desk", "door")
                    else "; people get a fixed sentence with 911, 988 and 211 meanwhile."
                )
            )

    async def _end_process(self, seconds: float) -> None:
        process = self._process
        if process is None:
            return
        if process.returncode is None and seconds:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.wait(), seconds)
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if self._reading is not None:
            await asyncio.wait({self._reading}, timeout=1.0)
            self._reading.cancel()


async def lines(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The lines of a stream, none longer than 8 KB, whatever is written."""
    kept = b""
    while said := await stream.read(_LONGEST_LINE):
        *whole, kept = (kept + said).split(b"\n")
        for line in whole:
            yield line
        if len(kept) > _LONGEST_LINE:
            yield kept[:_LONGEST_LINE]
            kept = b""
    if kept:
        yield kept


async def _status(part: Part, *, ready: bool) -> int:
    path = (part.awake_path if ready else None) or part.ready_path
    reader, writer = await asyncio.open_connection(part.host, part.port)
    try:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        writer.write(request.encode())
        line = await reader.readuntil(b"\n")
        return int(line.split()[1])
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def _signal(code: int | None) -> str:
    """What ended it, where that was no doing of its own."""
    if code is None or code >= 0:
        return ""
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    memory = ", perhaps because the machine is short of memory" if name == "SIGKILL" else ""
    return f" (ended by {name}{memory})"
