"""Conversations that outlive a restart and hold acts, slots and listing ids, never a person's words or our replies.

After each turn the conversation is compacted to what the next turn stands on: the slots that carry over and the last
acts with their times. That keeps a reply as fast at the hundredth message as at the first, because Rasa replays every
stored event on every turn, and it is what privacy asks for anyway. What people say of themselves to learn whether they
may get something never reaches the file, nor does what would betray it (the question put next, the line it names, what
was told, which guide, that a danger was said, that an ID is lacking): all of that is held in memory for as long as a
session lasts.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_file import ConversationFile
from directory import logs, privacy, purge
from directory.errors import AssistantError, PuenteError

__all__ = ["KEPT_ACTS", "CompactingTrackerStore"]

logger = logging.getLogger(__name__)

KEPT_ACTS = 2
# What is kept, how long, and which slots: `directory/privacy/inventory.yml`.
UNWRITTEN = privacy.slots("memory")
"""The slots that are held in memory only."""
ASKED, SHOWN = "asked", "shown"
SIFTED = privacy.inventory()["conversations"].sifted
"""The slots of which only what betrays nothing is written: `asked` and `shown`."""
WRITTEN = (*privacy.slots("files"), *SIFTED)
"""The only slots of which anything is written; one that the inventory does not name is not."""
_TELLING_ACTS = {"affirm": "inform", "deny": "inform", "crisis": "inform"}
"""A yes or no beside a known question is its answer: what is written is that something was said."""
_MARKS = ("crisis", "alarm", "told", "check", "guide")
"""What says that there was a danger, a check, or a trouble with a guide of its own (out of jail, an eviction paper)."""
_BETRAYS = ("fact", "go_on")
"""What is asked about where the very question says something of the person."""
_LACKS = ("no_id", "wheelchair", "families", "pets")
"""What narrows a list and says something of the person: held like the barriers of those names."""
SESSION_SECONDS = privacy.minutes("said_of_oneself") * 60
_MOST_HELD = 10_000


@dataclass(frozen=True)
class _Moment:
    """A moment by the clock on the wall and by the one that nobody sets: whichever says that more time went by counts.

    A clock that is set back must not hold for longer what somebody said of themselves.
    """

    wall: float
    steady: float

    @classmethod
    def of_now(cls) -> _Moment:
        return cls(time.time(), time.monotonic())

    def ago(self) -> float:
        """Seconds since then."""
        return max(time.time() - self.wall, time.monotonic() - self.steady)


class CompactingTrackerStore(TrackerStore):
    """A tracker store in one SQLite file (0600); `state` of a row is `{"slots": {name: value}, "acts": [[act, t]]}`."""

    def __init__(
        self,
        path: Path,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        on_turn: Callable[[DialogueStateTracker], None] | None = None,
    ) -> None:
        super().__init__(domain, event_broker)
        self._on_turn = on_turn
        try:
            self._file = ConversationFile(path)
        except (OSError, sqlite3.Error) as error:
            raise AssistantError(
                f"{path} cannot be opened ({error}), so no conversation could go on. Look whether the file and its "
                "folder belong to the account that runs Puente. Moved away, it is begun anew, and nothing else is lost."
            ) from error
        self._held: dict[str, tuple[_Moment, dict[str, Any]]] = {}
        self._purged = _Moment.of_now()
        self.purge()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the compacted conversation; once a day, forgets those that are too old."""
        if self._on_turn:
            self._on_turn(tracker)
        now = time.time()
        if self._purged.ago() > 86400:
            self._purged = _Moment.of_now()
            self.purge(now=now)
        self._hold(tracker)
        self._file.put(tracker.sender_id, now, json.dumps(compacted(tracker), separators=(",", ":")))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as the next turn needs it, or None."""
        state = self.state(sender_id)
        if state is None:
            return None
        state["slots"].update(self._held_for(sender_id))
        return DialogueStateTracker.from_events(sender_id, _events(state), self.domain.slots, domain=self.domain)

    def _hold(self, tracker: DialogueStateTracker) -> None:
        """Holds what is never written, for as long as a session lasts."""
        values = {name: tracker.slots[name].value for name in (*UNWRITTEN, *SIFTED) if name in tracker.slots}
        self._held.pop(tracker.sender_id, None)
        if any(value and _written(name, value) != value for name, value in values.items()):
            self._held[tracker.sender_id] = (_Moment.of_now(), {name: value for name, value in values.items() if value})
            # Nobody may write for hours: what is held goes all the same.
            asyncio.get_running_loop().call_later(SESSION_SECONDS + 1, self._let_go)
        self._let_go()

    def _let_go(self) -> None:
        """Lets go of what no session needs any more, the oldest first."""
        while self._held and (
            len(self._held) > _MOST_HELD or next(iter(self._held.values()))[0].ago() > SESSION_SECONDS
        ):
            del self._held[next(iter(self._held))]

    def _held_for(self, sender_id: str) -> Mapping[str, Any]:
        """What is held of a conversation that is still going on."""
        if sender_id not in self._held:
            return {}
        at, values = self._held[sender_id]
        return values if at.ago() <= SESSION_SECONDS else {}

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations kept."""
        return self._file.ids()

    def state(self, sender_id: str) -> dict[str, Any] | None:
        """What is kept of one conversation, as stored; None where nothing is, or nothing that can be read."""
        try:
            kept = json.loads(self._file.get(sender_id) or "null")
        except ValueError:  # a page of the file that rotted: this one conversation begins anew
            return None
        return kept if isinstance(kept, dict) and {"slots", "acts"} <= set(kept) else None

    def language(self, sender_id: str) -> str | None:
        """The language a kept conversation is in."""
        state = self.state(sender_id)
        return state["slots"].get("language") if state else None

    def purge(self, now: float | None = None) -> int:
        """Deletes conversations that nobody touched for their days and says how many; none where the clock is doubtful.

        The daily purge (`directory.purge`) does it too; here also what waits in memory for room on the disk goes.
        """
        try:
            limit, counted = purge.conversations_before(datetime.fromtimestamp(now or time.time(), timezone.utc))
        except PuenteError as error:
            logs.event(logger, "conversations.not_purged", level=logging.ERROR, error=error)
            return 0
        return self._file.purge(limit.timestamp(), counted.timestamp())

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def compacted(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What is kept: slots that differ from their first value, and the last acts with their times."""
    said = [event for event in tracker.applied_events() if isinstance(event, UserUttered)][-KEPT_ACTS:]
    acts = [[_TELLING_ACTS.get(event.intent_name or "", event.intent_name), event.timestamp] for event in said]
    slots = {
        name: _written(name, slot.value)
        for name, slot in tracker.slots.items()
        if slot.has_been_set and slot.value != slot.initial_value
    }
    return {"slots": {name: value for name, value in slots.items() if value is not None}, "acts": acts}


def _written(name: str, value: Any) -> Any:
    """What may be written of a slot."""
    if name not in WRITTEN:
        return None
    if not isinstance(value, dict):
        return value
    if name == ASKED:
        return _asked(value)
    return _plainly_narrowed(value) if name == SHOWN else value


def _plainly_narrowed(value: dict[str, Any]) -> dict[str, Any]:
    """A list or a question without what it is narrowed to because somebody lacks it."""
    only = value.get("only") or ()
    return {**value, "only": [one for one in only if one not in _LACKS]} if set(only) & set(_LACKS) else value


def _asked(asked: dict[str, Any]) -> dict[str, Any] | None:
    """Of what is asked: all of it; of a check, a guide or after a danger, only what is being checked.

    Which question comes next, which line of which size of home it names, which answers were left to pick, what was
    told in the end: each says what was answered before.
    """
    offers = any(choice.get("goal") == "may" for choice in asked.get("choices") or ())
    if not (offers or asked.get("about") in _BETRAYS or any(asked.get(key) for key in _MARKS)):
        return _plainly_narrowed(asked)
    return {"check": asked["check"]} if asked.get("check") else None


def _events(state: dict[str, Any]) -> list[Event]:
    began = state["acts"][0][1] if state["acts"] else time.time()
    events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=began)]
    events += [SlotSet(name, value, timestamp=began) for name, value in state["slots"].items()]
    events.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=began))
    for act, at in state["acts"]:
        events.append(UserUttered("", {"name": act, "confidence": 1.0}, [], timestamp=at))
        events.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=at))
    return events
