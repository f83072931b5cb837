"""The sender is killed anywhere: no text is lost, none goes out twice, and nobody who is out gets one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from directory.inbox import followups, opt_outs, queue, who
from tests.conftest import ROOT, environment
from tests.sender.conftest import SETTINGS, START, Clock, person
from tests.sender.twilio_like import TOKEN, Step, TwilioLike

ANA, BEN, CAL = person(1), person(2), person(3)
AGREED = START - timedelta(days=3, hours=1)

# Starts a sender for each line that it reads (at which line of our code it dies, 0 for none; the time), and tells how
# each ended.
SENDERS = """
import os, signal, sys
from datetime import datetime
from directory import cli
from directory.commands import followups as command
from directory.inbox import followups, opt_outs, queue, quiet, who
from directory.model import Language
from directory.sender import asking, drain, twilio
import cryptography.fernet, sqlalchemy.dialects.sqlite

ROOMS = ("/directory/sender/", "/directory/inbox/")

def struck(limit):
    lines = 0
    def tracer(frame, event, _):
        nonlocal lines
        if not any(room in frame.f_code.co_filename for room in ROOMS):
            return None
        lines += event == "line"
        if event == "line" and lines == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return tracer
    if limit:
        sys.settrace(tracer)
    return lambda: lines

def send(limit, at):
    command.now = lambda: datetime.fromisoformat(at)
    sys.argv = ["puente", "followups", "send", "--quiet"]
    count = struck(int(limit))
    try:
        cli.main(sys.argv[1:], standalone_mode=False)
    except BaseException as error:
        os.write(1, f"broke {type(error).__name__} {error}\\n".encode())
    finally:
        sys.settrace(None)
        os.write(1, f"lines {count()}\\n".encode())
        os._exit(0)

asking.composed("later.day_3", Language.ES)  # read once, and not by each of them
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        send(*line.split())
    os.write(1, f"pid {pid}\\n".encode())
    os.write(1, f"ended {os.waitpid(pid, 0)[1]}\\n".encode())
"""


class Senders:
    """Processes that send in one home, one after the other."""

    def __init__(self, home: Path, twilio: TwilioLike) -> None:
        more = {"PUENTE_TWILIO_API": twilio.url, "PUENTE_TWILIO_TOKEN": TOKEN}
        self.pid = 0
        self._process = subprocess.Popen(
            [sys.executable, "-c", SENDERS], cwd=ROOT, env=environment(home, **more), text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, limit: int, at: datetime) -> tuple[bool, int]:
        """Whether it was killed, and how many lines of ours it passed."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{limit} {at.isoformat()}\n")
        lines = 0
        for line in self._process.stdout:
            kind, _, value = line.strip().partition(" ")
            assert kind != "broke", value
            if kind == "pid":
                self.pid = int(value)
            if kind == "lines":
                lines = int(value)
            if kind == "ended":
                return int(value) == signal.SIGKILL, lines
        raise AssertionError("the senders are gone")

    def kill(self) -> None:
        """The one that is at work now."""
        os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        with self._process as process:
            process.kill()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "settings.yml").write_text(SETTINGS)
    monkeypatch.setenv("PUENTE_HOME", str(folder))
    monkeypatch.delenv("PUENTE_INBOX", raising=False)
    return folder


@pytest.fixture
def twilio() -> Iterator[TwilioLike]:
    with TwilioLike(now=Clock(), stopped={CAL}) as server:
        yield server


@pytest.fixture
def senders(home: Path, twilio: TwilioLike) -> Iterator[Senders]:
    fill()
    shutil.copytree(home, home.parent / "before")
    running = Senders(home, twilio)
    yield running
    running.close()


def fill() -> None:
    """A follow-up that is due and not yet in the queue, a text that waits, and one for somebody who is out."""
    for number in (ANA,):
        followups.agree(
            who.conversation(number), who.seal(number), listings=("a:1",), need="food", program=None, county=None,
            language="es", asked="?", answer="1", now=AGREED,
        )  # fmt: skip
    for number in (BEN, CAL):
        them, seal, ends = who.conversation(number), who.seal(number), START + timedelta(days=1)
        queue.put(f"test:{them}", them, seal, f"for {number[-1]}", START - timedelta(minutes=1), ends, START)


def again(home: Path, twilio: TwilioLike) -> None:
    """All as it was before anything was sent."""
    shutil.rmtree(home)
    shutil.copytree(home.parent / "before", home)
    twilio.messages.clear()
    twilio.requests.clear()


def afterwards(senders: Senders, twilio: TwilioLike) -> None:
    """Runs of the timer that nobody kills; then each has what is theirs, once."""
    for minutes in (15, 30):
        assert senders.run(0, START + timedelta(minutes=minutes))[0] is False
    assert [len(twilio.to(number)) for number in (ANA, BEN, CAL)] == [1, 1, 0]
    assert "Kite Health: Le escribimos como quedamos." in twilio.to(ANA)[0]
    assert opt_outs.is_out(who.conversation(CAL)) and not opt_outs.is_out(who.conversation(BEN))
    left = queue.counts()
    assert left["waiting"] == left["sending"] == 0 and left["sent"] == 2
    asked = followups.open_question(who.conversation(ANA))
    assert asked and asked.day == 3


PLANS = {"well": [], "cut after it was taken": [Step(cut="after")], "in trouble": [Step(503), Step(500, taken=True)]}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_killed_anywhere(home: Path, senders: Senders, twilio: TwilioLike, plan: list[Step]) -> None:
    twilio.plan = list(plan)
    killed, total = senders.run(-1, START)
    assert not killed and total > 300
    taken = set()
    for limit in sorted({1 + step * (total - 1) // 47 for step in range(48)}):
        again(home, twilio)
        twilio.plan = list(plan)
        killed, _ = senders.run(limit, START)
        taken.add((killed, len(twilio.messages)))
        twilio.plan = []
        afterwards(senders, twilio)
    assert {(True, 0), (True, 1)} <= taken, "no kill before or after a text was taken"


MOMENTS: dict[str, Callable[[Callable[[], object]], Step]] = {
    "right before it is taken": lambda kill: Step(meanwhile=kill, taken=False),
    "right after it was taken": lambda kill: Step(then=kill),
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("nth", [0, 2])
def test_killed_while_twilio_has_it(
    senders: Senders, twilio: TwilioLike, moment: Callable[[Callable[[], object]], Step], nth: int
) -> None:
    twilio.plan = [*[Step()] * nth, moment(senders.kill)]
    killed, _ = senders.run(0, START)
    assert killed and queue.counts()["sending"] == 1
    afterwards(senders, twilio)
    assert twilio.requests.count("GET") == 1


def test_many_senders_at_once_send_once(home: Path, senders: Senders, twilio: TwilioLike) -> None:
    at = START + timedelta(minutes=1)
    others = [Senders(home, twilio) for _ in range(3)]
    try:
        for each in others:
            assert each._process.stdin
            each._process.stdin.write(f"0 {at.isoformat()}\n")
        senders.run(0, at)
    finally:
        for each in others:
            assert each._process.stdin
            each._process.stdin.close()
            each._process.wait(30)
            each.close()
    afterwards(senders, twilio)
