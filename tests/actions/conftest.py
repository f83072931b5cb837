"""A stage without a model: messages are given understood, the real rules pick the real actions and responses."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.context import Goal
from directory import store
from directory.model import Address, Listing, Need, Phone, Provenance, Reach, Tri
from directory.reply import SCHEMA

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)
_SCHEMA = jsonschema.Draft202012Validator(SCHEMA)


@cache
def _executor() -> ActionExecutor:
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


@cache
def steps_of(act: str) -> tuple[str, ...]:
    """What the rule for an act does."""
    rules = yaml.safe_load((ROOT / "data/rules/rules.yml").read_text("utf-8"))["rules"]
    found = next(rule["steps"] for rule in rules if rule["steps"][0]["intent"] == act)
    return tuple(step["action"] for step in found[1:])


@cache
def acts() -> tuple[str, ...]:
    """Every act that has a rule."""
    rules = yaml.safe_load((ROOT / "data/rules/rules.yml").read_text("utf-8"))["rules"]
    return tuple(rule["steps"][0]["intent"] for rule in rules)


@cache
def responses() -> dict[str, list[dict[str, Any]]]:
    """The responses as Rasa reads them."""
    plain: dict[str, list[dict[str, Any]]] = yaml.safe_load((ROOT / "data/responses.yml").read_text("utf-8"))[
        "responses"
    ]
    return plain


@dataclass
class Stage:
    """One conversation; `say` plays a turn and returns the messages that the person gets."""

    channel: str = "web"
    slots: dict[str, Any] = field(default_factory=dict)
    who: str = "someone"
    reach: str | None = None
    before: str | None = None
    """The language before this message."""

    def say(
        self, act: str, text: str = "", *, crisis: str | None = None, urgent: bool = False, **entities: Any
    ) -> list[dict[str, Any]]:
        """One message, understood as `act` with those entities (lists for several)."""
        named = [
            {"entity": name, "value": value}
            for name, values in entities.items()
            for value in (values if isinstance(values, list) else [values])
        ]
        self.before = self.slots.get("language")
        if "language" in entities:
            self.slots["language"] = entities["language"]
        message = {"text": text, "intent": {"name": act}, "entities": named, "crisis": crisis, "urgent": urgent}
        message["metadata"] = {"reach": self.reach} if self.reach else {}
        sent: list[dict[str, Any]] = []
        for step in steps_of(act):
            sent += self._run(step, message) if step.startswith("action_") else [self._response(step)]
        for reply in sent:
            _SCHEMA.validate(reply["custom"])
        assert sent, "nobody may be left without an answer"
        json.dumps(self.slots)
        return sent

    def _run(self, action: str, message: dict[str, Any]) -> list[dict[str, Any]]:
        dispatcher = CollectingDispatcher()
        spoken = {"event": "slot", "name": "language", "value": self.before}
        user = {"event": "user", "input_channel": self.channel}
        tracker = Tracker(self.who, dict(self.slots), message, [spoken, user], False, None, {}, None)
        events = _executor().actions[action](dispatcher, tracker, {})
        for event in asyncio.run(events) if inspect.isawaitable(events) else events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        return [self._response(sent["response"]) if sent.get("response") else sent for sent in dispatcher.messages]

    def _response(self, name: str) -> dict[str, Any]:
        variants = responses()[name]
        spoken = [item for item in variants if item.get("condition") and self.slots.get("language") == "es"]
        return (spoken or [item for item in variants if not item.get("condition")])[0]


def made(number: int, name: str, need: Need, programs: tuple[str, ...], **more: Any) -> Listing:
    values: dict[str, Any] = {
        "organization": name,
        "needs": (need,),
        "programs": programs,
        "counties": ("Stanislaus",),
        "phones": (Phone(f"+1209555{100 + number:04d}"),),
        "assured_on": date(2026, 10, 2),
        **more,
    }
    return Listing(f"made:{number}", name=name, provenance=Provenance("made", str(number), "A made list"), **values)


def _pantry(number: int, latitude: float) -> Listing:
    return made(
        number,
        f"Pantry {number}",
        Need.FOOD,
        ("food_bank",),
        reach=Reach.DISTANCE,
        address=Address(f"{number} Made Street", "Modesto", "95354"),
        latitude=latitude,
        longitude=-120.99,
        hours_text="Mon-Fri 9am-5pm",
    )


RECORDS = (
    *(_pantry(number, 37.64 + number / 100) for number in range(1, 8)),
    made(11, "Made Shelter", Need.HOUSING, ("emergency_shelter",)),
    made(12, "Quiet House", Need.HOUSING, ("emergency_shelter",), confidential=True),
    made(
        13,
        "Made Rides",
        Need.TRANSPORT,
        ("nmt",),
        plans=("health_net",),
        languages=("es",),
        url="https://rides.example.org",
    ),
    made(14, "Merced Pantry", Need.FOOD, ("food_bank",), counties=("Merced",), wheelchair=Tri.YES),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PUENTE_HOME with a small published directory, at a frozen hour."""
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        tmp_path / "directory.db", records=RECORDS, sources=[source], publication="made-1", published_at=NOW
    )
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: NOW))
    return tmp_path


@pytest.fixture
def stage(home: Path) -> Stage:
    """A conversation on the web that has just begun."""
    return Stage()


@pytest.fixture
def stages(home: Path) -> Callable[..., Stage]:
    """Conversations as many as are needed."""
    return Stage
