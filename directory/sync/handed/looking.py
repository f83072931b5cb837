"""What was handed in: a list that we know, one that we have had, a new one, or none at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from directory.errors import EmptyList, PuenteError, UnreadableList
from directory.sync import formats, runs, stage
from directory.sync.handed.bounds import refuse_outsize
from directory.sync.incoming import Incoming
from directory.sync.parse import parse
from directory.sync.propose import known
from directory.sync.propose.days import day_of
from directory.sync.propose.known import Fit
from directory.sync.propose.proposal import refuse_members
from directory.sync.propose.proposing import proposal
from directory.sync.source import load

__all__ = ["Recognized", "Seen", "recognized"]


@dataclass(frozen=True)
class Seen:
    """The same bytes came before: as which list, when, under which name, and whether that list stands so today."""

    source_id: str
    at: str
    name: str
    in_force: bool


@dataclass(frozen=True)
class Recognized:
    """What the bytes are: their kind, the lists that they surely are (`fits`), those that are near (`near`), when they
    came before, and the day that they bear.

    `unlike` says why it cannot be described as a new list.
    """

    kind: str
    rows: int
    fits: tuple[Fit, ...]
    near: tuple[Fit, ...]
    seen: tuple[Seen, ...]
    day: str
    unlike: str = ""

    def to_json(self) -> dict[str, object]:
        """The same as plain JSON."""
        return asdict(self)


def recognized(found: Incoming) -> Recognized:
    """What a file is; ListError when it is no list of places at all."""
    if not found.data.strip(b"\0 \t\r\n"):
        raise EmptyList(
            f"{found.name}: the file is empty, so nothing was changed. "
            "Look whether the whole file was saved, or ask the sender for it again."
        )
    refuse_outsize(found)
    fits = known.fits(found.data, found.name)
    sure = tuple(fit for fit in fits if fit.problem is None)
    near = tuple(fit for fit in fits if fit.problem is not None)
    day, _ = day_of(found.name)
    if sure:
        _refuse_people(found, sure[0])
        return Recognized(load(sure[0].source_id).layout.kind, 0, sure, near, _seen(found), _iso(day))
    try:
        made = proposal(found.data, found.name, found.sha256)
    except PuenteError as error:
        if not near or isinstance(error, UnreadableList):
            raise
        refuse_members(formats.read(found.data, load(near[0].source_id).layout, found.name).headings, found.name)
        return Recognized(load(near[0].source_id).layout.kind, 0, sure, near, _seen(found), _iso(day), str(error))
    rows = len(next(iter(made.sheet.columns.values()), ()))
    return Recognized(made.sheet.layout.kind, rows, sure, near, _seen(found), _iso(made.as_of or day))


def _refuse_people(found: Incoming, fit: Fit) -> None:
    """A list of patients may have all columns of a list of places beside those of the patients."""
    refuse_members(parse(found.data, load(fit.source_id), name=found.name).headings, found.name)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _seen(found: Incoming) -> tuple[Seen, ...]:
    if not stage.work_path().exists():
        return ()
    with stage.open_work() as work:
        return tuple(Seen(*item) for item in runs.came(work, found.sha256))
