"""An assistant whose parts fail: python tests/rasa/faulty.py --port PORT. A message with "boom" breaks Rasa itself."""

from __future__ import annotations

from typing import Any

from bot import loading
from tests.rasa.serving import Handle, serve

TIMEOUT_SECONDS = 1.0


def breaking(handle: Handle) -> Handle:
    async def breaks(processor: Any, message: Any) -> Any:
        if "boom" in message.text:
            raise RuntimeError(message.text)
        return await handle(processor, message)

    return breaks


if __name__ == "__main__":
    loading.ACTIONS_PACKAGE = "tests.rasa.faulty_actions"
    serve(breaking, timeout=TIMEOUT_SECONDS)
