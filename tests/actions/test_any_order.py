"""Whatever comes after whatever: a random walk over acts, words and names never fails and never shows a gap."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from directory.eligibility import rules
from directory.model import Need
from directory.plans import plans
from tests.actions.conftest import Stage, acts

SAID = (
    "", "1", "2", "0", "7", "99", "more", "más", "hours of the second", "el último", "closer", "not that", "open now?",
    "phones", "in Reno", "the city", "county", "merced county", "asdf", "¿?", "food in modesto", "tell me more", "yes",
    "How to get it", "Food", "Comida", "9535", "<b>", "Places near me",
    "👍", "it was full", "me dijeron que no", "the second said no", "all of them are full", "new patient",
    "back to the other patient", "i have no car", "no tengo identificación y tengo un perro", "shorter", "un resumen",
    "open saturday after 5", "which ones ask for no id", "hold on", "why do you ask?", "ya me harté", "i'm ok now",
    "start over", "will they call the police", "no address",
)  # fmt: skip
PLACES = (
    "Modesto", "95354", "95322", "Orange", "Orange County", "9535", "10001", "Humboldt County", "Reno", "zzz",
    "95322, Merced County", "Mission District",
)  # fmt: skip
CHOICES: dict[str, tuple[float, tuple[str, ...]]] = {
    "need": (0.3, tuple(need.value for need in Need)),
    "program": (0.2, (*rules.programs(), "gone")),
    "place": (0.3, PLACES),
    "plan": (0.1, (*plans(), "gone")),
    "language": (0.2, ("en", "es")),
    "language_wanted": (0.1, ("en", "es", "ko")),
    "when": (0.1, ("tonight", "now")),
}
_GAP = re.compile(r"\{|\bNone\b(?! of )")
"""A value that is missing; "None of these" is a choice."""
DANGERS = ("self_harm", "violence", "medical", "abuse", "unsafe_tonight", "worry")


def _named(dice: random.Random) -> dict[str, Any]:
    return {name: dice.choice(values) for name, (often, values) in CHOICES.items() if dice.random() < often}


@pytest.mark.parametrize("seed", range(8))
def test_any_order(stages: Callable[..., Stage], seed: int, caplog: pytest.LogCaptureFixture) -> None:
    dice = random.Random(seed)
    stage = stages(channel=dice.choice(("web", "sms")))
    for _ in range(60):
        act = dice.choice(acts())
        danger = dice.choice(DANGERS) if act == "crisis" or dice.random() < 0.05 else None
        for message in stage.say(act, dice.choice(SAID), crisis=danger, **_named(dice)):
            assert message["text"].strip()
            assert not _GAP.search(message["text"])
    assert not caplog.records, caplog.text
