"""The page of results: each measurement replaces its own section and leaves the others as they are."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["RESULTS", "replaced", "save"]

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"


def save(section: str) -> None:
    """Puts the section in the place of the one with its heading on the page of results."""
    RESULTS.write_text(replaced(RESULTS.read_text("utf-8"), section), "utf-8")


def replaced(page: str, section: str) -> str:
    """The page with the section in the place of the one before it, else at the end; `## Heading, day` begins one."""
    heading = section.partition(",")[0]
    old = re.search(rf"^{re.escape(heading)},.*?(?=^## |\Z)", page, re.S | re.M)
    before, after = (page[: old.start()], page[old.end() :]) if old else (f"{page.rstrip()}\n\n", "")
    return f"{before}{section.strip()}\n\n{after}".rstrip() + "\n"
