"""What is made again when code or data change: every name in the lists of what it is made of must stand for a file.

A file that moves would else drop out of its list in silence, and a change of it would change nothing that is shown.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import training
from directory.publication import build
from directory.sync import pipeline

ROOT = Path(__file__).parents[2]
NAMED = {
    "a published directory": [f"directory/{pattern}" for pattern in build._MADE_WITH],
    "a row that was read": [f"directory/{pattern}" for pattern in pipeline._KNOWLEDGE],
    "a model": list(training._INPUTS),
}


@pytest.mark.parametrize("made", NAMED)
def test_every_name_stands_for_a_file(made: str) -> None:
    assert not [name for name in NAMED[made] if not any(ROOT.glob(name))]


@pytest.mark.parametrize("room", ["places", "folding.py", "almanac.yml", "data", "hours"])
@pytest.mark.parametrize("made", ["a published directory", "a row that was read"])
def test_what_hours_and_places_are_read_with_counts(made: str, room: str) -> None:
    files = {path for name in NAMED[made] for path in ROOT.glob(name)}
    assert any(path.is_relative_to(ROOT / "directory" / room) for path in files)
