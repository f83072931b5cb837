"""An assistant as it runs, with its handling of messages wrapped: python tests/rasa/{crowded,faulty}.py --port PORT."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from bot import runtime, training
from directory.store import home

__all__ = ["Handle", "serve"]

Handle = Callable[[Any, Any], Awaitable[Any]]
"""What Rasa does with a message: the processor and the message in, its reply out."""


def serve(around: Callable[[Handle], Handle], *, timeout: float, **given: Any) -> None:
    """Serves until stopped; `around` gets Rasa's own handling and returns what stands in its place."""
    runtime.prepare()
    from rasa.core.processor import MessageProcessor

    from bot.channels.web import WebChannel

    MessageProcessor.handle_message = around(MessageProcessor.handle_message)
    runtime.serve(
        training.model_path(),
        conversations=home() / "conversations.db",
        port=int(sys.argv[sys.argv.index("--port") + 1]),
        web=lambda **options: WebChannel(timeout=timeout, **options),
        **given,
    )
