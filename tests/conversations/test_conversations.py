"""Every scripted conversation, played against the assistant as it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import Assistant
from tests.conversations.phone import Phone, open_door
from tests.conversations.runner import Script, play, scripts

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="session")
def phone(assistant: Assistant) -> Iterator[Phone]:
    """A door before the running assistant, for whoever writes by text message."""
    opened = open_door(assistant)
    yield opened
    opened.process.terminate()
    opened.process.wait(20)


@pytest.mark.parametrize("script", scripts(), ids=str)
def test_conversation(script: Script, assistant: Assistant, phone: Phone) -> None:
    play(script, assistant, phone)


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_enough_conversations(language: str) -> None:
    of_language = [script for script in scripts() if script.path.parent.name.startswith(language)]
    assert sum(script.by == "web" for script in of_language) >= 80


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_enough_conversations_by_text_message(language: str) -> None:
    of_language = [script for script in scripts() if script.path.parent.name.startswith(language)]
    assert sum(script.by == "sms" for script in of_language) >= 40
