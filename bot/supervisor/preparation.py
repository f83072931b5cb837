"""What must be done before the assistant can start, in a process of its own that gives its memory back."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys

from bot.supervisor.journal import Journal
from bot.supervisor.plan import Plan

__all__ = ["Preparation"]


class Preparation:
    """Runs `puente prepare`: the demo where it is wanted, a directory of this version, a model."""

    def __init__(self, plan: Plan, journal: Journal) -> None:
        self._demo = plan.demo
        self._journal = journal
        self._process: asyncio.subprocess.Process | None = None

    async def run(self) -> int | None:
        """None when all is there; else an exit code, after the process has said why."""
        command = [sys.executable, "-m", "bot.tied", str(os.getpid()), "directory.cli", "prepare"]
        command += ["--demo"] if self._demo else []
        # What it says is for whoever started us: nobody has written anything to it.
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, start_new_session=True
        )
        try:
            code = await self._process.wait()
        except asyncio.CancelledError:
            await self.end()
            raise
        self._process = None
        if code:
            self._journal.event("up.unprepared", level="ERROR", code=code)
        return code or None

    async def end(self) -> None:
        """Ends it; what it was making stays whole or absent."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), 3)
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            await process.wait()
