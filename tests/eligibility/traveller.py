"""A conversation and the command line on any day, with the clock held still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from actions.context import Goal
from directory import store
from directory.cli import main
from directory.eligibility.facts import Facts, to_plain
from directory.hours import PACIFIC
from directory.overlay import keeping
from tests.actions.conftest import NOW, RECORDS, Stage

__all__ = ["Traveller", "travelling"]

MOST_TURNS = 14


@dataclass
class Traveller:
    """Somebody whose today can be moved."""

    home: Path
    patch: pytest.MonkeyPatch

    def to(self, day: date) -> None:
        """Noon of that day."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=PACIFIC)
        self.patch.setattr(Goal, "clock", staticmethod(lambda: noon))

    def says(
        self, language: str, act: str, text: str, *, channel: str = "web", **entities: Any
    ) -> list[dict[str, Any]]:
        """The answer to the first message of a conversation."""
        stage = Stage(channel=channel, slots={"language": language})
        return stage.say(act, text, **entities)

    def verdict(
        self, language: str, program: str, facts: Facts | None = None, *, channel: str = "web", **known: Any
    ) -> dict[str, Any]:
        """The verdict on a program at the end of its questions; what is not known is skipped."""
        slots = {"language": language, "facts": to_plain(facts or {}) or None}
        stage = Stage(channel=channel, slots=slots)
        said = stage.say("check_eligibility", "x", program=program, **known)
        for _ in range(MOST_TURNS):
            if said[-1]["custom"]["kind"] == "verdict":
                return said[-1]
            said = stage.say("inform", "skip" if language == "en" else "no sé")
        raise AssertionError(f"no verdict on {program}: {said[-1]['text']}")

    def runs(self, *words: str) -> str:
        """What `puente` prints."""
        done = CliRunner().invoke(main, list(words))
        assert done.exit_code == 0, done.output
        return done.output

    def notes(self, text: str) -> None:
        """The clinic's file of notes, read at once."""
        (self.home / "overlay.yml").write_text(text, encoding="utf-8")
        keeping.forget()
        keeping.look_again()


def travelling(home: Path) -> Iterator[Traveller]:
    """A traveller with a home of their own, forgotten afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        source = store.SourceRecord("made", "A made list")
        store.write_directory(
            home / "directory.db", records=RECORDS, sources=[source], publication="made-1", published_at=NOW
        )
        patch.setenv("PUENTE_HOME", str(home))
        keeping.forget()
        yield Traveller(home, patch)
    keeping.forget()
    keeping.look_again()
