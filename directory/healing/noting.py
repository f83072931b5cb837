"""What was healed last, in words and in a file that `puente doctor` reads."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from directory import store, whole_files

__all__ = ["Healed", "last", "note", "note_file"]


@dataclass(frozen=True)
class Healed:
    """What was wrong with the directory, and which publication is in force since; `file` is None when none is good.

    `older`: it is not the newest one, so what came since is not shown until somebody publishes.
    """

    why: str
    file: str | None
    older: bool

    @property
    def said(self) -> str:
        """What happened, in words, and what to do next."""
        if self.file is None:
            return (
                f"The published directory {self.why}, and no kept publication is good. People are told of programs, "
                "plans, county offices and 211, and of no place. Build it anew: puente publish"
            )
        what = f"The published directory {self.why}, so the publication {self.file} was put in force"
        if not self.older:
            return f"{what} from its kept copy: people see what they saw before. If this comes again, look at the disk."
        return f"{what}: it is older than what people saw before. Build the newest anew: puente publish"


def note_file() -> Path:
    """Where it stands what was healed last; its time is the file's."""
    return store.home() / "healed.json"


def last() -> Healed | None:
    """What was healed last; None when nothing was, or the note cannot be read."""
    try:
        return Healed(**json.loads(note_file().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def note(healed: Healed) -> Healed:
    """The same, written down for `puente doctor`; a disk that is full does not keep anybody from being healed."""
    with suppress(OSError):
        whole_files.write(note_file(), json.dumps(asdict(healed)))
    return healed
