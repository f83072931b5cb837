"""What the tests of this room put in, and what they look for in the files."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from directory.inbox import followups, queue, tasks, who
from tests.conftest import ROOT, environment
from tests.inbox.conftest import NOW

__all__ = ["agreed", "agrees", "asked_for_a_call", "child", "days", "puts", "sends", "traces"]

ASKED = ("Shall I text you in 3 days to ask if it worked? 1 yes 2 no",)


def days(count: float) -> datetime:
    """So long after now."""
    return NOW + timedelta(days=count)


def agreed(number: str, now: datetime = NOW) -> str:
    """That person agreed to be asked back; the sealed number."""
    reach = who.seal(number)
    _agrees(number, reach, now)
    return reach


def agrees(number: str, now: datetime = NOW) -> bool:
    """Whether it was kept that this person agreed to be asked back."""
    return _agrees(number, who.seal(number), now)


def _agrees(number: str, reach: str, now: datetime) -> bool:
    return followups.agree(
        who.conversation(number), reach, listings=("list:1",), need="food", program=None, county="Stanislaus",
        language="es", asked=ASKED, answer="1", now=now,
    )  # fmt: skip


def asked_for_a_call(number: str, *, red: bool = False, now: datetime = NOW) -> str:
    """That person agreed to be called; the sealed number."""
    reach = who.seal(number)
    tasks.call(
        who.conversation(number), reach, need="housing", county=None, language="en", when="any", red=red, now=now
    )
    return reach


def puts(cause: str, number: str, now: datetime = NOW, *, lasts: float = 1) -> bool:
    """A text for that person, due at once."""
    person = who.conversation(number)
    return queue.put(cause, person, who.seal(number), "Did it help?", now, now + timedelta(days=lasts), now)


def sends(now: datetime) -> list[str]:
    """The causes of all texts that a sender would send at that time."""
    sent = []
    while found := queue.claim(now):
        queue.sent(found.id, "SM1", now)
        sent.append(found.cause)
    return sent


def traces(home: Path, secret: str) -> list[str]:
    """The files of that home that hold these letters."""
    return [path.name for path in sorted(home.iterdir()) if path.is_file() and secret.encode() in path.read_bytes()]


def child(home: Path, code: str) -> subprocess.Popen[str]:
    """A process of its own that does this on that home."""
    before = "import sys, time\nfrom datetime import datetime, timedelta\nfrom tests.inbox.told import *\n"
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", before + code], cwd=ROOT, env=environment(home), text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
