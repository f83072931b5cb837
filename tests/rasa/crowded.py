"""An assistant with room for one: python tests/rasa/crowded.py --port PORT. Who writes "hold" is held until told.

The first "hold" takes the one place there is, until a file `go` lies in Puente's home.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from bot import runtime, training
from bot.admission import Bounds, Gate
from directory.store import home

PATIENCE_SECONDS = 60.0


def main() -> None:
    runtime.prepare()
    from rasa.core.processor import MessageProcessor

    from bot.channels.web import WebChannel

    handle = MessageProcessor.handle_message

    async def held(self: MessageProcessor, message: Any) -> Any:
        while message.text == "hold" and not (home() / "go").exists():
            await asyncio.sleep(0.01)
        return await handle(self, message)

    MessageProcessor.handle_message = held
    runtime.serve(
        training.model_path(),
        conversations=home() / "conversations.db",
        port=int(sys.argv[sys.argv.index("--port") + 1]),
        web=lambda **given: WebChannel(timeout=PATIENCE_SECONDS, **given),
        # At that pace one may wait for the place, and a second would wait too long.
        gate=Gate(Bounds(at_once=1, soon=PATIENCE_SECONDS, longest=PATIENCE_SECONDS, pace=3600.0)),
    )


if __name__ == "__main__":
    main()
