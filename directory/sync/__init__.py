"""From a list that somebody sends to what people see: fetch, parse, normalize, match, stage, diff, publish."""

from __future__ import annotations

from directory.sync.demo import DemoReport, load_demo, refuse_demo_beside_real, remove_demo
from directory.sync.pipeline import Progress, run, run_all
from directory.sync.publish import demo_present, publish
from directory.sync.report import PublicationReport, RunReport

__all__ = [
    "DemoReport", "Progress", "PublicationReport", "RunReport", "demo_present", "load_demo", "publish",
    "refuse_demo_beside_real", "remove_demo", "run", "run_all",
]  # fmt: skip
