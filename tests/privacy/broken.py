"""An assistant in which every part can be made to fail by a word: python tests/privacy/broken.py --port PORT.

Each error holds the person's words, as those of libraries do.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import warnings
from typing import Any

from bot import loading
from tests.rasa.serving import Handle, serve

TIMEOUT_SECONDS = 2.0


def breaking(handle: Handle) -> Handle:
    from bot.tracker_store import CompactingTrackerStore

    save, retrieve = CompactingTrackerStore.save, CompactingTrackerStore.retrieve

    async def saving(store: Any, tracker: Any) -> None:
        text = (tracker.latest_message.text if tracker.latest_message else "") or ""
        if "breaksave" in text:
            raise OSError(text)
        await save(store, tracker)

    async def retrieving(store: Any, sender: str) -> Any:
        if _now[0] and "breakload" in _now[0]:
            raise OSError(_now[0])
        return await retrieve(store, sender)

    CompactingTrackerStore.save = saving  # type: ignore[method-assign]
    CompactingTrackerStore.retrieve = retrieving  # type: ignore[method-assign]

    async def breaks(processor: Any, message: Any) -> Any:
        text = _now[0] = message.text
        _loudly(text)
        if "breakrasa" in text:
            raise RuntimeError(text)
        if "breakmodel" in text:
            parse, processor.parse_message = processor.parse_message, _failing(text)
            try:
                return await handle(processor, message)
            finally:
                processor.parse_message = parse
        if "breaktask" in text:
            asyncio.get_running_loop().create_task(_fails(text))
        if "breakthread" in text:
            threading.Thread(target=_fail, args=(text,)).start()
        return await handle(processor, message)

    return breaks


_now = [""]


def _failing(text: str) -> Any:
    async def parse(*_: Any, **__: Any) -> Any:
        raise ValueError(text)

    return parse


def _loudly(text: str) -> None:
    """What a library may do with a message at any level."""
    if "loud" in text:
        for name in ("rasa.core", "sanic.root", "urllib3", "bot.runtime", "actions.find"):
            for level in (logging.DEBUG, logging.WARNING, logging.CRITICAL):
                logging.getLogger(name).log(level, "said: %s", text)
                logging.getLogger(name).log(level, f"said: {text}", extra={"text": text})
        logging.getLogger("rasa").error("wrong number of values %s %s", text)
        warnings.warn(text, stacklevel=1)
        import structlog

        structlog.get_logger("rasa").error(text, text=text, sender=text)


async def _fails(text: str) -> None:
    raise RuntimeError(text)


def _fail(text: str) -> None:
    raise RuntimeError(text)


if __name__ == "__main__":
    loading.ACTIONS_PACKAGE = "tests.rasa.faulty_actions" if "--faulty-actions" in sys.argv else "actions"
    serve(breaking, timeout=TIMEOUT_SECONDS)
