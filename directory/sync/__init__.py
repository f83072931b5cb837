"""From a list that somebody sends to what is staged: fetch, parse, normalize, match, stage, diff; publication follows.

Each name is loaded when it is asked for: who reads a list need not load what publishes, and a helper process neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.publication.publish import demo_present, publish
    from directory.sync.demo import DemoReport, load_demo, refuse_demo_beside_real, remove_demo
    from directory.sync.pipeline import Progress, run, run_all
    from directory.sync.report import PublicationReport, RunReport

__all__ = [
    "DemoReport", "Progress", "PublicationReport", "RunReport", "demo_present", "load_demo", "publish",
    "refuse_demo_beside_real", "remove_demo", "run", "run_all",
]  # fmt: skip

_WHERE = {
    "directory.sync.demo": ("DemoReport", "load_demo", "refuse_demo_beside_real", "remove_demo"),
    "directory.sync.pipeline": ("Progress", "run", "run_all"),
    "directory.publication.publish": ("demo_present", "publish"),
    "directory.sync.report": ("PublicationReport", "RunReport"),
}


def __getattr__(name: str) -> object:
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
