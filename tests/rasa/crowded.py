"""An assistant with room for one: python tests/rasa/crowded.py --port PORT. Who writes "hold" is held until told.

The first "hold" takes the one place there is, until a file `go` lies in Puente's home.
"""

from __future__ import annotations

import asyncio
from typing import Any

from bot.admission import Bounds, Gate
from directory.store import home
from tests.rasa.serving import Handle, serve

PATIENCE_SECONDS = 60.0


def holding(handle: Handle) -> Handle:
    async def held(processor: Any, message: Any) -> Any:
        while message.text == "hold" and not (home() / "go").exists():
            await asyncio.sleep(0.01)
        return await handle(processor, message)

    return held


if __name__ == "__main__":
    # At that pace one may wait for the place, and a second would wait too long.
    one = Gate(Bounds(at_once=1, soon=PATIENCE_SECONDS, longest=PATIENCE_SECONDS, pace=3600.0))
    serve(holding, timeout=PATIENCE_SECONDS, gate=one)
