"""Each process of `puente up` is killed between receiving a text and answering it; Twilio delivers it again."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import psutil
import pytest
import requests

from directory.inbox import followups, opt_outs, queue, who
from directory.model import Language
from directory.text.catalogue import say
from tests.up.conftest import PUBLIC, TOKEN
from tests.up.whole import Up

from twilio.request_validator import RequestValidator  # isort: skip

pytestmark = pytest.mark.rasa

PATH = "/webhooks/sms/webhook"
BACK_SECONDS = 90
NUMBERS = (f"+12095550{number}" for number in range(101, 200))
AWAY = say("sms.away", Language.EN)
SETTINGS = f'clinic: Sunrise Clinic\nphone: "209-555-0123"\npublic_address: "{PUBLIC}"\n'


class Phone:
    """One number that writes to a running Puente by way of Twilio, which may deliver a text again."""

    def __init__(self, up: Up) -> None:
        self.up = up
        self.number = next(NUMBERS)
        self.who = who.conversation(self.number)
        self._sent = 0

    def text(self, words: str) -> dict[str, str]:
        """A text on its way, as Twilio posts it; each has an id of its own."""
        self._sent += 1
        id = f"SM{self.number[1:]}{self._sent:021d}"
        return {"MessageSid": id, "From": self.number, "To": "+12095550199", "Body": words, "NumMedia": "0"}

    def deliver(self, text: dict[str, str], seconds: float = 60) -> list[str]:
        """The texts that come back to one delivery of it."""
        signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{PATH}", text)
        response = requests.post(
            f"http://127.0.0.1:{self.up.port}{PATH}", data=text, headers={"X-Twilio-Signature": signature},
            timeout=seconds,
        )  # fmt: skip
        assert response.status_code == 200, response.text
        return [message.text or "" for message in ElementTree.fromstring(response.content).iter("Message")]

    def say(self, words: str) -> list[str]:
        return self.deliver(self.text(words))


class UnderWay:
    """A delivery in the hands of the door while the assistant stands still; `got` what came of it."""

    def __init__(self, phone: Phone, text: dict[str, str], seconds: float = 60) -> None:
        self.got: list[str] | None = None
        self._thread = threading.Thread(target=self._deliver, args=(phone, text, seconds))
        self._thread.start()
        time.sleep(1.0)  # it has arrived at the assistant, which does not look

    def _deliver(self, phone: Phone, text: dict[str, str], seconds: float) -> None:
        try:
            self.got = phone.deliver(text, seconds)
        except (requests.RequestException, AssertionError):
            self.got = None

    def end(self) -> list[str] | None:
        self._thread.join(90)
        assert not self._thread.is_alive()
        return self.got


@contextmanager
def standing_still(process: psutil.Process) -> Iterator[None]:
    process.suspend()
    try:
        yield
    finally:
        if process.is_running():
            process.resume()


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Up]:
    home = tmp_path_factory.mktemp("texting-home")
    (home / "settings.yml").write_text(SETTINGS)
    (home / "twilio.token").write_text(f"{TOKEN}\n")
    (home / "twilio.token").chmod(0o600)
    running = Up(home, models)
    try:
        running.wait()
        yield running
    finally:
        running.process.terminate()
        running.process.wait(30)


@pytest.fixture
def phone(up: Up, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """A number that has asked for food already; the second page of its list tells how many turns there were."""
    monkeypatch.setenv("PUENTE_HOME", str(up.home))
    up.wait(BACK_SECONDS)
    one = Phone(up)
    assert "\n1 " in one.say("food 95354")[-1]
    return one


def _pages(told: list[str]) -> tuple[bool, bool]:
    """Whether the second and the third page of the list were told: each `others` goes on by one."""
    return any("\n4 " in text for text in told), any("\n7 " in text for text in told)


def test_the_door_killed_the_text_delivered_again_is_answered_once_and_counts_once(up: Up, phone: Phone) -> None:
    text = phone.text("others")
    assistant, door = up.part("assistant"), up.part("door")
    with standing_still(assistant):
        lost = UnderWay(phone, text)
        os.kill(door.pid, signal.SIGKILL)
        assert lost.end() is None
    again = phone.deliver(text)
    assert _pages(again) == (True, False)
    assert phone.deliver(text) == []
    assert _pages(phone.say("others")) == (False, True), "the conversation went on by one turn and not by two"


def test_the_door_killed_after_its_answer_a_delivery_again_gets_nothing_more(up: Up, phone: Phone) -> None:
    text = phone.text("others")
    assert _pages(phone.deliver(text)) == (True, False)
    before = up.part("door").pid
    os.kill(before, signal.SIGKILL)
    assert phone.deliver(text) == []
    assert _pages(phone.say("others")) == (False, True)


def test_the_assistant_killed_the_person_is_told_at_once_and_once(up: Up, phone: Phone) -> None:
    text = phone.text("others")
    assistant = up.part("assistant")
    with standing_still(assistant):
        waiting = UnderWay(phone, text)
        os.kill(assistant.pid, signal.SIGKILL)
    (told,) = waiting.end() or [""]
    assert told.startswith(AWAY) and "209-555-0123" in told
    assert phone.deliver(text) == []
    up.wait(BACK_SECONDS)
    assert _pages(phone.say("others"))[0], "what was shown before the kill is still known"


def test_the_supervisor_killed_the_next_start_answers_once(up: Up, phone: Phone) -> None:
    text = phone.text("others")
    parts = psutil.Process(up.process.pid).children(recursive=True)
    assistant = up.part("assistant")
    with standing_still(assistant):
        lost = UnderWay(phone, text)
        up.process.kill()
        up.process.wait()
        assert lost.end() is None
    _, alive = psutil.wait_procs(parts, 10)
    assert not alive
    up.start()
    up.wait(BACK_SECONDS)
    assert _pages(phone.deliver(text)) == (True, False)
    assert phone.deliver(text) == []


def test_who_hung_up_meanwhile_gets_the_answer_by_the_next_delivery(up: Up, phone: Phone) -> None:
    text = phone.text("others")
    with standing_still(up.part("assistant")):
        lost = UnderWay(phone, text, seconds=0.5)
        assert lost.end() is None
    assert _pages(phone.deliver(text)) == (True, False)
    assert phone.deliver(text) == []


def test_two_deliveries_at_once_bring_one_answer(up: Up, phone: Phone) -> None:
    text = phone.text("others")
    with standing_still(up.part("assistant")):
        both = [UnderWay(phone, text), UnderWay(phone, text)]
    got = sorted((one.end() or [] for one in both), key=len)
    assert got[0] == [] and _pages(got[1]) == (True, False)


def test_the_fallback_address_has_its_words_while_nothing_else_answers(up: Up, phone: Phone) -> None:
    address = f"http://127.0.0.1:{up.port}/webhooks/sms/fallback"
    with standing_still(up.part("assistant")):
        for ask in (requests.get, requests.post):
            response = ask(address, timeout=5)
            assert response.status_code == 200 and response.headers["Content-Type"].startswith("application/xml")
            told = [message.text or "" for message in ElementTree.fromstring(response.content).iter("Message")]
            assert told == [say("sms.fallback", language) for language in Language]
            assert all(number in text for text in told for number in ("211", "911", "988"))


def test_stop_while_the_assistant_is_dead_holds_afterwards(up: Up, phone: Phone) -> None:
    now = datetime.now(timezone.utc)
    reach = who.seal(phone.number)
    followups.agree(
        phone.who, reach, listings=("demo:1",), need="food", program=None, county="Stanislaus", language="en",
        asked=("Shall I text you?",), answer="1", now=now - timedelta(days=4),
    )  # fmt: skip
    assert queue.put("reminder:1", phone.who, reach, "Your ride", now, now + timedelta(days=1), now)
    stop = phone.text("STOP")
    assistant = up.part("assistant")
    with standing_still(assistant):
        os.kill(assistant.pid, signal.SIGKILL)
        (told,) = phone.deliver(stop)
        assert "START" in told and phone.deliver(stop) == []
        assert phone.say("food 95354") == []
    up.wait(BACK_SECONDS)
    assert phone.say("food 95354") == []
    later = now + timedelta(days=3)
    assert opt_outs.is_out(phone.who) and not followups.due(later) and queue.claim(later) is None
    assert not queue.put("reminder:2", phone.who, reach, "Your ride", now, later, now)
    assert queue.counts()["waiting"] == queue.counts()["sent"] == 0
    assert "988" in phone.say("I want to kill myself")[0], "a danger is heard all the same"
    assert len(phone.say("START")) == 1
    assert "Modesto" in phone.say("food 95354")[-1]


def test_no_log_holds_a_number_or_a_word(up: Up) -> None:
    for path in [up.log, *(up.home / "logs").iterdir()]:
        said = path.read_text(errors="replace")
        assert not any(word in said for word in ("2095550", "209-555-01", "food 95354", "Traceback")), path.name
