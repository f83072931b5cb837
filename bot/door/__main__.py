"""python -m bot.door --socket NUMBER --assistant PORT: the door on a socket that its parent opened."""

from __future__ import annotations

import argparse
import socket

from bot.door import serving

__all__ = ["main"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--assistant", type=int, required=True)
    given = parser.parse_args()
    serving.run(socket.socket(fileno=given.socket), given.assistant)


if __name__ == "__main__":
    main()
