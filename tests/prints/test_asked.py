"""What the leaflet tells people to write is answered: places, a check or steps, never that it was not understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory import prints
from directory.model import Language
from directory.prints.leaflet import asked
from tests.conftest import Assistant
from tests.prints.conftest import BARE, DAY, REAL

pytestmark = pytest.mark.rasa

ANSWERS = {"listings", "question", "verdict", "program", "steps", "guide"}
WITH = {
    "near": {"listings"},
    "family": {"question"},
    "familia": {"question"},
    "CalFresh": {"question", "verdict", "program"},
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("said", [REAL, BARE], ids=["with a ZIP", "without"])
def test_each_message_of_the_leaflet_is_answered(
    assistant: Assistant, language: Language, said: object, tmp_path: Path
) -> None:
    known = prints.facts(said, tmp_path, DAY)  # type: ignore[arg-type]
    for message in asked(known, language):
        answers = assistant.say(assistant.session(), message)
        kinds = {str(answer["custom"]["kind"]) for answer in answers}  # type: ignore[index]
        wanted = next((kinds for word, kinds in WITH.items() if word in message), ANSWERS)
        assert kinds & wanted, (message, kinds, answers[0]["text"])
        assert not kinds & {"fallback", "menu", "none_found", "crisis"}, (message, kinds)
        assert {answer["custom"]["language"] for answer in answers} <= {language.value, None}, message  # type: ignore[index]
