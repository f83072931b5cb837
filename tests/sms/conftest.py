"""A home of its own for each test, and a door before an assistant that does what a test wants."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.up.conftest import PUBLIC, Assistant, Door

NUMBER = "+12095550100"
SETTINGS = f'clinic: Sunrise Clinic\nshort_name: Sunrise\nphone: "209-555-0123"\npublic_address: {PUBLIC}\n'
_SIDS = itertools.count(1)
_MESSAGE = re.compile(r"<Message>(.*?)</Message>", re.DOTALL)


def sid() -> str:
    """An id that Twilio gave no other message."""
    return f"SM{next(_SIDS):032d}"


def texts_in(response: requests.Response) -> list[str]:
    """What the phone shows of an answer."""
    assert response.status_code == 200, response.text
    return [html.unescape(text) for text in _MESSAGE.findall(response.content.decode("utf-8"))]


@dataclass
class Phone:
    """One phone before a door."""

    door: Door
    number: str = NUMBER

    def text(self, words: str, **more: str) -> list[str]:
        """The texts that come back."""
        return texts_in(self.deliver({"Body": words, "MessageSid": sid(), **more}))

    def deliver(self, body: dict[str, str]) -> requests.Response:
        return self.door.texted({"From": self.number, "To": "+12095550199", **body})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("texts-home")
    (folder / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    assistant = Assistant()
    assistant.start()
    made = Door(folder, assistant)
    yield made
    made.stop()
    assistant.stop()


@pytest.fixture
def door(running: Door) -> Iterator[Door]:
    """The door with an assistant that answers, whatever a test before did to it."""
    running.assistant.does = "answers"
    running.assistant.heard.clear()
    running.assistant.tells.clear()
    yield running
    (running.home / "pause.json").unlink(missing_ok=True)


_NUMBERS = itertools.count(100)


@pytest.fixture
def phone(door: Door) -> Phone:
    """A phone that nobody used before."""
    return Phone(door, f"+1209555{next(_NUMBERS):04d}")
