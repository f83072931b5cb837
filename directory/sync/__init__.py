"""From a list that somebody sends to what people see: fetch, parse, normalize, match, stage, diff, publish.

Each name is loaded when it is asked for: who reads a list need not load what publishes, and a helper process neither.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.sync.demo import DemoReport, load_demo, refuse_demo_beside_real, remove_demo
    from directory.sync.pipeline import Progress, run, run_all
    from directory.sync.publish import demo_present, publish
    from directory.sync.report import PublicationReport, RunReport

__all__ = [
    "DemoReport", "Progress", "PublicationReport", "RunReport", "demo_present", "load_demo", "publish",
    "refuse_demo_beside_real", "remove_demo", "run", "run_all",
]  # fmt: skip

_WHERE = {
    "demo": ("DemoReport", "load_demo", "refuse_demo_beside_real", "remove_demo"),
    "pipeline": ("Progress", "run", "run_all"),
    "publish": ("demo_present", "publish"),
    "report": ("PublicationReport", "RunReport"),
}


def __getattr__(name: str) -> object:
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Room(ModuleType):
    """Python binds a module that was imported to its package; here `publish` is the function of that name."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in __all__ or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Room
