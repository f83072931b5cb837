"""The verbs in order: fetch, parse, normalize, match, stage, diff; publish stands apart."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from directory import settings, store
from directory.errors import EmptyList, FetchError, ListError, PublishError, UnreadableList
from directory.status import status
from directory.sync import diff, fields, stage
from directory.sync.changes import Places, named
from directory.sync.lock import alone
from directory.sync.match import Match, match
from directory.sync.neighbors import Door, exposed, withhold_neighbors
from directory.sync.normalize import Draft, cells_json, normalize, raw_sha256, row_id
from directory.sync.parse import RawRow, rows
from directory.sync.problems import Code, Problem
from directory.sync.publish import publish
from directory.sync.record import from_json, to_json
from directory.sync.report import PublicationReport, RunReport
from directory.sync.source import Source, load
from directory.sync.stage import Run, Staged

__all__ = ["DEMO", "MAX_BYTES", "DemoReport", "load_demo", "refuse_demo_beside_real", "remove_demo", "run"]

MAX_BYTES = 200_000_000
DEMO = ("demo_plan_roster", "demo_partner_matrix")
_PACIFIC = ZoneInfo("America/Los_Angeles")
_PACKAGE = Path(__file__).resolve().parents[1]
_KNOWLEDGE = {
    "hours": ("*.py",), "sync": ("*.py", "words.yml"), "plans": ("*.py", "*.yml"), "data": ("*.py", "*.csv"),
    "eligibility": ("programs/*.yml",),
}  # fmt: skip


@dataclass(frozen=True)
class DemoReport:
    """The runs of the demo lists (none when they were removed), how many rows ended, and the publication."""

    runs: tuple[RunReport, ...]
    ended: int
    publication: PublicationReport

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON."""
        runs = [item.to_json() for item in self.runs]
        return {"runs": runs, "ended": self.ended, "publication": self.publication.to_json()}


@dataclass(frozen=True)
class _Read:
    """The rows of one list after normalizing: in force, by row id; those read anew; those that have no id."""

    rows: dict[str, Staged]
    fresh: tuple[str, ...]
    loose: tuple[Problem, ...]


def run(
    source_id: str,
    *,
    file: Path | None = None,
    dry_run: bool = False,
    now: datetime,
    accept_gone: bool = False,
    fetcher: Callable[[str], bytes] | None = None,
) -> RunReport:
    """Reads one list and stages it; ListError or FetchError (and nothing changed) when it must not be taken."""
    source = load(source_id)
    name, data = _bytes(source, file, fetcher)
    sha256 = hashlib.sha256(data).hexdigest()
    with alone(), stage.open_work() as work:
        last = stage.last_run(work, source.id)
        before = stage.staged(work, source.id)
        definition = _definition(source)
        report = RunReport(
            source.id, source.title, name, sha256, now, source.as_of, dry_run, unchanged=False, rows=0, drafts=0
        )
        if last and (last.kind, last.list_sha256, last.definition) == ("sync", sha256, definition):
            return _unchanged(report, last, before)
        same_rules = last is not None and last.definition == definition
        read = _read(rows(data, source, name=name), source, before if same_rules else {}, _today(now), name)
        found = diff.compare(_drafts(before), _drafts(read.rows))
        places = _places(work, source.id, read, before, found)
        _brake(source, name, places, accept_gone=accept_gone)
        report = _reported(report, read, found, places)
        if not dry_run:
            _keep(work, report, data, definition, read, found, before)
    return report


def _keep(
    work: sqlite3.Connection, report: RunReport, data: bytes, definition: str, read: _Read, found: diff.Diff,
    before: dict[str, Staged],
) -> None:  # fmt: skip
    links = stage.links(work, report.source)
    stage.keep_raw(report.source, report.sha256, data)
    stage.write(
        work,
        Run(
            report.source, "sync", report.sha256, definition, report.started_at, report.as_of, report.rows,
            report.drafts, report.refused, len(found.added), len(found.changed_rows), len(found.gone),
        ),
        name=report.file,
        size=len(data),
        rows=read.rows,
        fresh=[row for row in read.fresh if before.get(row) != replace(read.rows[row], cells=None)],
        matches=_matches(report.source, read.rows, links),
        diff=found,
    )  # fmt: skip


def load_demo(now: datetime) -> DemoReport:
    """Reads the invented lists that ship with Puente and publishes them; PublishError where there is a real list."""
    settings.refuse_demo_with_sender(demo=True)
    refuse_demo_beside_real()
    runs = tuple(run(source_id, now=now, accept_gone=True) for source_id in DEMO)
    return DemoReport(runs, 0, publish(now))


def refuse_demo_beside_real(command: str = "demo load") -> None:
    """PublishError when a real list is published or staged: nobody may be sent to a door that does not exist."""
    real = set(_real_published())
    if stage.work_path().exists():
        with stage.open_work() as work:
            real |= set(stage.real_sources(work))
    if real:
        raise PublishError(
            f"{store.home()} holds real lists ({', '.join(sorted(real))}), and invented places must not stand beside "
            "them: somebody could be sent to a door that does not exist. Nothing was changed. "
            f"To try the demo, give it a home of its own: PUENTE_HOME=var/demo puente {command}"
        )


def _real_published() -> list[str]:
    try:
        return [item.source.id for item in status().sources if not item.source.demo]
    except sqlite3.DatabaseError:  # a damaged directory shows nobody anything, and a publication puts a whole one there
        return []


def remove_demo(now: datetime) -> DemoReport:
    """Ends every invented row and publishes what is left, also when that is nothing."""
    with alone(), stage.open_work() as work:
        ended = sum(
            stage.end_source(work, source_id, now=now, why="demo removed") for source_id in stage.demo_sources(work)
        )
    return DemoReport((), ended, publish(now, allow_empty=True))


def _bytes(source: Source, file: Path | None, fetcher: Callable[[str], bytes] | None) -> tuple[str, bytes]:
    path = file or source.file
    if path is None:
        if source.fetch is None:
            raise FetchError(
                f"{source.title} is not a list that Puente can fetch by itself. Nothing was changed. "
                f"Give the file you have: puente sync {source.id} --file LIST"
            )
        return source.fetch.rpartition("/")[2], (fetcher or _fetch)(source.fetch)
    try:
        with path.open("rb") as stream:
            data = b"".join(_parts(stream))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnreadableList(
            f"{path} cannot be read ({why}). Nothing was changed. Look whether the name is right."
        ) from error
    if len(data) > MAX_BYTES:
        raise UnreadableList(
            f"{path} is larger than {MAX_BYTES // 1_000_000} MB, which no list of places is. Nothing was changed. "
            "Look whether it is the right file."
        )
    return path.name, data


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    """The parts of a file, as far as the first byte too many; a file may have no end."""
    left = MAX_BYTES + 1
    while left and (part := stream.read(min(left, 1 << 20))):
        left -= len(part)
        yield part


def _fetch(url: str) -> bytes:
    from directory.sync.fetch import fetch  # requests is slow to import, and most runs read a file

    return fetch(url, limit=MAX_BYTES)


def _today(now: datetime) -> date:
    return now.astimezone(_PACIFIC).date() if now.tzinfo else now.date()


def _read(found: Iterable[RawRow], source: Source, before: dict[str, Staged], today: date, name: str) -> _Read:
    staged: dict[str, Staged] = {}
    fresh: list[str] = []
    loose: list[Problem] = []
    for row in found:
        identity = f"line-{row.line}" if row.damage else row_id(row, source)
        if identity is None:
            loose.append(Problem(row.line, "row_id", Code.NO_ROW_ID))
            continue
        cells = cells_json(row)
        sha256 = raw_sha256(cells)
        if identity in staged:
            same = staged[identity].raw_sha256 == sha256
            loose.append(Problem(row.line, "row_id", Code.REPEATED_ROW if same else Code.REPEATED_ID, identity))
            continue
        known = before.get(identity)
        if known and known.raw_sha256 == sha256 and known.ended_on is None:
            staged[identity] = _moved(known, row.line)
            continue
        staged[identity] = _staged(row, sha256, cells, normalize(row, source, identity=identity, today=today))
        fresh.append(identity)
    if not staged and not loose:
        raise EmptyList(
            f"{name}, line {source.layout.heading_row + 1}: there are headings and no rows under them, so nothing was "
            "changed. Open the file to see that it has rows, or ask the sender for it again."
        )
    hidden = withhold_neighbors(staged)
    staged.update(hidden)
    return _Read(staged, tuple(dict.fromkeys([*fresh, *hidden])), tuple(loose))


def _moved(known: Staged, line: int) -> Staged:
    if known.line == line:
        return known
    return replace(known, line=line, problems=tuple(replace(problem, line=line) for problem in known.problems))


def _staged(row: RawRow, sha256: str, cells: str, made: Draft | Problem) -> Staged:
    if isinstance(made, Problem):
        return Staged(sha256, row.line, None, (made,), refused=True, cells=cells)
    return Staged(
        sha256, row.line, to_json(made.listing), made.problems, refused=False, cells=cells, place=made.place,
        marked=made.marked,
    )  # fmt: skip


def _drafts(staged: dict[str, Staged]) -> dict[str, str]:
    return {row: item.draft for row, item in staged.items() if item.draft is not None and item.ended_on is None}


def _places(
    work: sqlite3.Connection, source_id: str, read: _Read, before: dict[str, Staged], found: diff.Diff
) -> Places:
    """What came, changed and went, by id and name; a place that another list calls a refuge is told like one."""
    rows = {*found.added, *found.gone, *found.changed_rows}
    ids = {row: f"{source_id}:{row}" for row in rows} | stage.links(work, source_id)
    doors: dict[tuple[str, str], Door] = {}
    if found.changed:
        active = [
            ("staged", row.listing_id, row.draft, row.place, bool(row.marked)) for row in stage.active_drafts(work)
        ]
        read_now = [("read", row, item.draft or "", item.place, item.marked) for row, item in read.rows.items()]
        doors = {
            (when, row): Door(place, '"confidential":true' in draft, marked)
            for when, row, draft, place, marked in (*active, *read_now)
        }
    told = set(exposed(doors))
    hidden = frozenset(row for row in rows if {("read", row), ("staged", ids[row])} & told)
    return named(found, _drafts(before), _drafts(read.rows), ids, hidden)


def _brake(source: Source, name: str, places: Places, *, accept_gone: bool) -> None:
    gone, before = len(places.gone), places.before
    share = gone / before if before else 0.0
    if share > source.gone_share and not accept_gone:
        some = "; ".join(fields.excerpt(place.name, 60) for place in places.gone[:3])
        raise ListError(
            f"{name}: {gone} of {before} places ({share:.0%}) of {source.title} would go, more than "
            f"the {source.gone_share:.0%} that may go at once, among them {some}. Perhaps only part of the list was "
            "sent, so nothing was changed. Ask the sender; if it is right, run it again with --accept-gone (and with "
            "--dry-run first, to see all the names)."
        )


def _reported(report: RunReport, read: _Read, found: diff.Diff, places: Places) -> RunReport:
    drafts = _drafts(read.rows)
    problems = [*(problem for row in read.rows.values() for problem in row.problems), *read.loose]
    return replace(
        report,
        as_of=report.as_of or max((day for draft in drafts.values() if (day := _as_of(draft))), default=None),
        rows=len(read.rows) + len(read.loose),
        drafts=len(drafts),
        added=found.added,
        changed=tuple(change for _, said in places.changed for change in said),
        gone=found.gone,
        places=places,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _as_of(draft: str) -> date | None:
    return from_json(draft).provenance.as_of


def _unchanged(report: RunReport, last: Run, before: dict[str, Staged]) -> RunReport:
    problems = tuple(problem for row in before.values() if row.ended_on is None for problem in row.problems)
    return replace(report, unchanged=True, rows=last.records, drafts=last.drafts, as_of=last.as_of, problems=problems)


def _matches(source_id: str, staged: dict[str, Staged], links: dict[str, str]) -> dict[str, Match]:
    return {row: match(source_id, row, links) for row in staged if row not in links}


def _definition(source: Source) -> str:
    """What a draft depends on beside its row: the source file, and the code and data that read it."""
    return hashlib.sha256(f"{source.definition} {_rules_of_reading()}".encode()).hexdigest()


@cache
def _rules_of_reading() -> str:
    digest = hashlib.sha256()
    for path in sorted(_knowledge()):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _knowledge() -> Iterable[Path]:
    yield from _PACKAGE.glob("*.py")
    for folder, patterns in _KNOWLEDGE.items():
        for pattern in patterns:
            yield from (_PACKAGE / folder).rglob(pattern)
