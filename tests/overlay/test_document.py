"""The notes in docs/overlay.md are notes as Puente reads them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from directory.commands.rules import warnings
from directory.eligibility import rules
from directory.overlay.changes import CHANGES
from directory.overlay.reading import plain_entries

DOCUMENT = Path(__file__).parents[2] / "docs" / "overlay.md"


def test_the_notes_of_the_document_count(home: Path) -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.S)
    (home / "overlay.yml").write_text(shown, "utf-8")
    overlay = rules.overlay()
    assert overlay.trouble is None
    assert not warnings()
    assert {note.on for note in overlay.notes} == {date(2026, 11, 22)}
    changed = [entry["changed"] for entry in plain_entries(shown.encode(), DOCUMENT) if "changed" in entry]  # type: ignore[operator,index]
    assert {next(iter(change)) for change in changed} == set(CHANGES)
