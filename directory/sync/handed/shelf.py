"""Where a list that was handed in lies until it is taken: its bytes, what is known and was answered, what a run said.

Three files of one random id in `PUENTE_HOME/uploads` (0700): `.list`, `.json`, `.report`. The name that the file bears
is told to people and never touches the disk. The purge deletes what nobody finished.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from directory import store, whole_files

__all__ = ["Answers", "Ended", "Handed", "drop", "folder", "forget_list", "keep", "list_path", "mine", "opened",
           "report", "write", "write_report"]  # fmt: skip

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Answers:
    """What a person said of a new list; `columns`: heading -> field, "check:PROGRAM" or "" (left out); `services`: name
    -> what it stands for."""

    title: str = ""
    id: str = ""
    plan: str = ""
    county: str = ""
    carried: tuple[str, ...] = ()
    replace: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ended:
    """How the last piece of work ended: `what` it was (look, trial, take), and, when it stopped, why.

    `kind` is the class of the error that stopped it; `report` says that there is a report to read.
    """

    what: str
    at: str
    why: str = ""
    kind: str = ""
    report: bool = False

    @property
    def stopped(self) -> bool:
        """Whether it did not come to its end."""
        return bool(self.why)


@dataclass(frozen=True)
class Handed:
    """One list that was handed in by an account.

    `source` is the list that it is taken as, `own_id` one of its own that is read in the same way; `as_of` the day that
    a person said; `working` is what goes on (look, trial, test, take; empty when nothing does), as the job `job` since
    `since`; `saved` the source file made of it.
    """

    id: str
    account: int
    name: str
    sha256: str
    size: int
    came_at: str
    source: str = ""
    own_id: str = ""
    own_title: str = ""
    new: bool = False
    as_of: str = ""
    working: str = ""
    since: str = ""
    job: str = ""
    accept_gone: bool = False
    saved: str = ""
    ended: Ended | None = None
    answers: Answers = field(default_factory=Answers)
    found: Mapping[str, Any] = field(default_factory=dict)

    @property
    def taken(self) -> bool:
        """Whether the list was taken."""
        return self.ended is not None and self.ended.what == "take" and not self.ended.stopped

    @property
    def there(self) -> bool:
        """Whether its bytes still lie here."""
        return list_path(self.id).exists()


def folder() -> Path:
    """The folder of what was handed in, readable by its owner only."""
    path = store.home() / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def list_path(id: str) -> Path:
    """Where the bytes lie."""
    return store.home() / "uploads" / f"{id}.list"


def keep(path: Path, name: str, account: int, now: datetime) -> Handed:
    """Takes over the file at `path` as handed in by that account."""
    folder()
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
            size += len(part)
    made = Handed(secrets.token_hex(16), account, _shown(name), digest.hexdigest(), size, now.isoformat())
    path.replace(list_path(made.id))
    list_path(made.id).chmod(0o600)
    write(made)
    return made


def _shown(name: str) -> str:
    """The base name in one line, whatever the browser sent."""
    base = re.split(r"[/\\]", name.replace("\x00", "/"))[-1]
    return "".join(letter for letter in base if letter.isprintable()).strip(" .")[-120:] or "list"


def opened(id: str, account: int) -> Handed | None:
    """What that account handed in under the id; None when there is no such thing, or it is somebody else's."""
    found = _read(folder() / f"{id}.json") if _ID.fullmatch(id) else None
    return found if found and found.account == account else None


def mine(account: int) -> tuple[Handed, ...]:
    """What that account handed in and neither finished nor dropped, the newest first."""
    found = (_read(path) for path in folder().glob("*.json"))
    open_ones = [item for item in found if item and item.account == account and item.there]
    return tuple(sorted(open_ones, key=lambda item: item.came_at, reverse=True))


def write(item: Handed) -> Handed:
    """Keeps what is known of it now."""
    whole_files.write(folder() / f"{item.id}.json", json.dumps(asdict(item), ensure_ascii=False))
    return item


def _read(path: Path) -> Handed | None:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        answers = plain.pop("answers")
        ended = plain.pop("ended")
        said = Answers(**{**answers, "carried": tuple(answers["carried"])})
        said = replace(said, services={name: tuple(stand) for name, stand in said.services.items()})
        return Handed(**plain, answers=said, ended=Ended(**ended) if ended else None)
    except (OSError, ValueError, TypeError, KeyError):
        return None  # purged meanwhile, or of another version: then it has to be handed in again


def report(id: str) -> dict[str, Any] | None:
    """What the last run of it said, as plain JSON of `RunReport`; None when there is none."""
    try:
        found: dict[str, Any] = json.loads((folder() / f"{id}.report").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def write_report(id: str, plain: Mapping[str, Any]) -> None:
    """Keeps what a run said."""
    whole_files.write(folder() / f"{id}.report", json.dumps(plain, ensure_ascii=False))


def forget_list(id: str) -> None:
    """Deletes the bytes; what is known of them stays until the purge."""
    list_path(id).unlink(missing_ok=True)


def drop(id: str) -> None:
    """Deletes all of it."""
    for path in (list_path(id), folder() / f"{id}.json", folder() / f"{id}.report"):
        path.unlink(missing_ok=True)
