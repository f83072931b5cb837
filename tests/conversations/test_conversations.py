"""Every scripted conversation, played against the assistant as it runs."""

from __future__ import annotations

import pytest

from tests.conftest import Assistant
from tests.conversations.runner import Script, play, scripts

pytestmark = pytest.mark.rasa


@pytest.mark.parametrize("script", scripts(), ids=str)
def test_conversation(script: Script, assistant: Assistant) -> None:
    play(script, assistant)


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_enough_conversations(language: str) -> None:
    assert sum(script.path.parent.name == language for script in scripts()) >= 80
