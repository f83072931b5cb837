"""The page of results: each measurement replaces its own section and leaves the others as they are."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

__all__ = ["RESULTS", "options", "replaced", "save", "tell"]

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"


def options(about: str | None) -> argparse.ArgumentParser:
    """The options that every measurement has; `about` is what it says of itself."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", action="store_true", help="write its section of bench/RESULTS.md")
    return parser


def tell(text: str, section: str | None = None, *, keep: bool) -> None:
    """Prints the text; with `keep` its section (the text itself where none is given) goes onto the page of results."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    if keep:
        save(section or text)


def save(section: str) -> None:
    """Puts the section in the place of the one with its heading on the page of results."""
    RESULTS.write_text(replaced(RESULTS.read_text("utf-8"), section), "utf-8")


def replaced(page: str, section: str) -> str:
    """The page with the section in the place of the one before it, else at the end; `## Heading, day` begins one."""
    heading = section.partition(",")[0]
    old = re.search(rf"^{re.escape(heading)},.*?(?=^## |\Z)", page, re.S | re.M)
    before, after = (page[: old.start()], page[old.end() :]) if old else (f"{page.rstrip()}\n\n", "")
    return f"{before}{section.strip()}\n\n{after}".rstrip() + "\n"
