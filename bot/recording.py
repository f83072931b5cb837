"""What of a turn is kept for reports: read from the conversation after the answer, written behind it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from bot.channels.rate import Limiter, Rate
from directory import logs, trials
from directory.records import Recorder, recorder
from directory.reply import Kind

__all__ = ["fixed", "on_turn"]

logger = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(timezone.utc)


def on_turn(recorder: Recorder, clock: Callable[[], datetime] = _now) -> Callable[[Any], None]:
    """What the tracker store calls with the conversation after each turn; it never raises and never waits."""

    def record(tracker: Any) -> None:
        try:
            if trials.is_conversation(tracker.sender_id):
                return
            act, replies, channel = _last_turn(tracker)
            if replies:
                language = tracker.get_slot("language")
                recorder.add(act, replies, now=clock(), channel=channel, language=language)
        except Exception as error:  # the person has an answer, whatever becomes of its record
            logs.event(logger, "records.not_taken", level=logging.ERROR, error=error)

    return record


def fixed(outcome: str, said: Sequence[Mapping[str, Any]], *, channel: str, of: str = "") -> None:
    """Keeps that these messages were said without the assistant: `away`, `busy`, `paused` or `too_slow`, and dangers.

    It never raises and never waits. Past a pace that no clinic's patients reach they are said and not kept: what
    stands before the door answers whoever writes, and a flood must fill no disk. `of` is the conversation: of one that
    only tries Puente out nothing is kept.
    """
    if trials.is_conversation(of) or not _PACE.allows(outcome, time.monotonic()):
        return
    try:
        replies = [dict(message["custom"]) for message in said]
        told = [reply if reply["kind"] in _DANGERS else {**reply, "kind": outcome} for reply in replies]
        recorder().add(None, told, now=_now(), channel=channel)
    except Exception as error:
        logs.event(logger, "records.not_taken", level=logging.ERROR, error=error)


_PACE = Limiter(Rate(burst=300, per_second=2))
_DANGERS = (Kind.CRISIS.value, Kind.WORRY.value)


def _last_turn(tracker: Any) -> tuple[str | None, tuple[Mapping[str, Any], ...], str]:
    """The act of the last message, what each reply to it is, the first one first, and the channel."""
    replies: list[Mapping[str, Any]] = []
    for event in _latest_first(tracker):
        if event.type_name == "user":
            return event.intent_name, tuple(reversed(replies)), event.input_channel or "web"
        if event.type_name == "bot" and (event.text or event.data.get("custom")):
            replies.append(event.data.get("custom") or {})
    return None, tuple(reversed(replies)), "web"


def _latest_first(tracker: Any) -> Iterator[Any]:
    yield from reversed(tracker.events)
