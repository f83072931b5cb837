"""python -m bot.tied PARENT MODULE [ARGUMENT...]: runs a module, and ends with its parent, however that ends.

A supervisor that is killed could not stop its parts: they would go on holding ports and files, and the next start would
fail. On Linux the kernel ends them; elsewhere a thread watches who the parent is.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
import threading
import time

__all__ = ["main", "tie"]

_PR_SET_PDEATHSIG = 1
_LOOK_SECONDS = 0.5


def tie(parent: int) -> None:
    """From now on this process ends when `parent` does; at once where it is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


def main() -> None:
    parent, module = int(sys.argv[1]), sys.argv[2]
    tie(parent)
    sys.argv[:] = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
