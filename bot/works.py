"""Whether a model that was made for other rules and words may answer meanwhile.

Made by other code than today's it may load and then fail in the middle of an answer. So it has to know every name that
today's actions use, to understand a few sentences, danger among them, and to answer them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.shape import understood

__all__ = ["TRIED", "wrong"]

_ROOT = Path(__file__).resolve().parent.parent
TRIED = (
    ("I need food in Modesto", {"act": "find_provider", "language": "en", "place": "Modesto"}),
    ("¿Puedo recibir CalFresh?", {"act": "check_eligibility", "language": "es"}),
    ("quiero quitarme la vida", {"crisis": "self_harm", "language": "es"}),
    ("my husband hits me", {"crisis": "violence", "language": "en"}),
)


def wrong(agent: Any, answers: Callable[[Any, Iterable[str]], list[list[str]]]) -> str | None:
    """What speaks against that agent, in words; None when nothing does."""
    if lacking := _lacking(agent.domain):
        return f"it does not know {lacking}"
    for text, expected in TRIED:
        found = understood(asyncio.run(agent.parse_message(text)))
        if any(found[key] != value for key, value in expected.items()):
            return "it does not understand a sentence that it should"
    failed = _failed()
    if any(not said or failed & set(said) for said in answers(agent, [text for text, _ in TRIED])):
        return "it does not answer a sentence that it should"
    return None


def _lacking(domain: Any) -> str | None:
    """The first name of today's domain that the model's does not have."""
    today = _plain("domain.yml")
    known = {
        "intents": set(domain.intents),
        "slots": {slot.name for slot in domain.slots},
        "actions": set(domain.action_names_or_texts),
    }
    for kind, names in known.items():
        if missing := {name if isinstance(name, str) else next(iter(name)) for name in today[kind]} - names:
            return f"{min(missing)} of the {kind}"
    missing = set(_plain("data/responses.yml")["responses"]) - set(domain.responses)
    return f"{min(missing)} of the responses" if missing else None


def _failed() -> set[str]:
    """The apologies, in both languages."""
    return {str(said["text"]) for said in _plain("data/responses.yml")["responses"]["utter_failed"]}


def _plain(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_ROOT / name).read_text(encoding="utf-8"))
    return found
