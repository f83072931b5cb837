"""Puente's assistant for a measurement: as `puente up` starts it, without the limit on how fast one session writes."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from bot import runtime, training
from directory.store import home


def main(port: int) -> None:
    runtime.prepare()
    from bot.channels.rate import Rate
    from bot.channels.web import WebChannel

    web = partial(WebChannel, rate=Rate(1e9, 1e9))
    runtime.serve(training.model_path(), conversations=Path(home()) / "conversations.db", port=port, web=web)


if __name__ == "__main__":
    main(int(sys.argv[1]))
