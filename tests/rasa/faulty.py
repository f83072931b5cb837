"""An assistant whose parts fail: python tests/rasa/faulty.py --port PORT. A message with "boom" breaks Rasa itself."""

from __future__ import annotations

import sys
from typing import Any

from bot import runtime, training
from directory.store import home

TIMEOUT_SECONDS = 1.0


def main() -> None:
    runtime.prepare()
    runtime.ACTIONS_PACKAGE = "tests.rasa.faulty_actions"
    from rasa.core.processor import MessageProcessor

    from bot.channels.web import WebChannel

    handle = MessageProcessor.handle_message

    async def breaks(self: MessageProcessor, message: Any) -> Any:
        if "boom" in message.text:
            raise RuntimeError(message.text)
        return await handle(self, message)

    MessageProcessor.handle_message = breaks
    runtime.serve(
        training.model_path(),
        conversations=home() / "conversations.db",
        port=int(sys.argv[sys.argv.index("--port") + 1]),
        web=lambda **given: WebChannel(timeout=TIMEOUT_SECONDS, **given),
    )


if __name__ == "__main__":
    main()
