"""The verbs in order: fetch, parse, normalize, stage, hide, match, compare; publication is a room of its own.

A run is one transaction. Rows stream into it; then it is compared with what stood before, the brake looks at it, and it
is kept whole or undone whole. A trial (`dry_run`) does the same and is always undone.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from directory import store
from directory.errors import ChangedHeadings, EmptyList, FetchError, ListError, PuenteError, UnreadableList
from directory.sync import incoming, linking, runs, stage, tally
from directory.sync import source as sources
from directory.sync.collector import uncollected
from directory.sync.compared import Compared, compared, write_changes
from directory.sync.crew import Crew
from directory.sync.hand_rows import HAND
from directory.sync.incoming import MAX_BYTES, Incoming
from directory.sync.list_brake import list_brake
from directory.sync.list_day import ListDay, list_day
from directory.sync.lock import alone
from directory.sync.match import organizations
from directory.sync.neighbors import hide_neighbors
from directory.sync.parse import Parsed, parse
from directory.sync.problems import Problem
from directory.sync.report import RunReport
from directory.sync.source import Source, load
from directory.sync.stage import Run
from directory.sync.taking import Taking
from directory.sync.tally import Tally

__all__ = ["MAX_BYTES", "Progress", "run", "run_all"]

Progress = Callable[[str, int, "int | None"], None]
"""Told what is being done (`read`, `match`, `compare`), how many rows of it, and of how many if that is known."""

_PACIFIC = ZoneInfo("America/Los_Angeles")
_PACKAGE = Path(__file__).resolve().parents[1]
_KNOWLEDGE = (
    "*.py", "almanac.yml", "data/**/*.py", "data/**/*.csv", "eligibility/**/programs/*.yml", "hours/**/*.py",
    "places/**/*.py", "places/**/*.yml", "plans/**/*.py", "plans/**/*.yml", "sync/**/*.py", "sync/**/words.yml",
)  # fmt: skip
"""What the reading of a row depends on: where one of them changes, every row is read anew."""


@dataclass(frozen=True)
class _Job:
    """One run: the list, its source, the clock, and what was asked for."""

    source: Source
    list: Incoming
    now: datetime
    definition: str
    last: Run | None
    dry_run: bool
    accept_gone: bool
    progress: Progress
    day: ListDay

    @property
    def anew(self) -> bool:
        """Whether rows that are as they were have to be read too, because the code or the source file is another."""
        return self.last is None or self.last.definition != self.definition

    @property
    def report(self) -> RunReport:
        """The report before anything was read."""
        return RunReport(
            self.source.id, self.source.title, self.list.name, self.list.sha256, self.now, self.source.as_of,
            self.dry_run, unchanged=False, rows=0, drafts=0, day=self.day,
        )  # fmt: skip


def run(
    source_id: str,
    *,
    file: Path | None = None,
    name: str | None = None,
    again: str | None = None,
    as_of: date | None = None,
    dry_run: bool = False,
    now: datetime,
    accept_gone: bool = False,
    fetcher: Callable[[str], bytes] | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Reads one list and stages it; ListError or FetchError (and nothing changed) when it must not be taken.

    `again` names a list that came earlier, by its sha256 or the day it came; `as_of` is the day that the list bears;
    `name` is what the file is called to people, where it lies under another name.
    """
    source = load(source_id)
    path = file or source.file
    try:
        given = None if again else _given(source, path, fetcher, name)
    except (ListError, FetchError) as error:
        _note_stopped(source, None, error, now, dry_run=dry_run or (path is None and source.fetch is None))
        raise
    with alone(), uncollected(), stage.open_work() as work:
        found = given or incoming.kept(work, source, again or "")
        last = stage.last_run(work, source.id)
        day = list_day(source, found, last, said=as_of, today=_today(now))
        source = replace(source, as_of=day.day)
        job = _Job(
            source, found, now, _definition(source), last, dry_run, accept_gone, progress or _silent, day,
        )  # fmt: skip
        if job.last and (job.last.kind, job.last.list_sha256) == ("sync", found.sha256) and not job.anew:
            if not dry_run:
                runs.stands(work, source.id, now)
            return _unchanged(job.report, job.last)
        try:
            return _whole(work, job)
        except ListError as error:
            if not dry_run:
                _keep_stopped(work, job, error)
            raise


def _given(
    source: Source, path: Path | None, fetcher: Callable[[str], bytes] | None, name: str | None
) -> Incoming:  # fmt: skip
    if path:
        found = incoming.from_file(path, limit=incoming.most_bytes(source))
        return replace(found, name=name) if name else found
    return incoming.from_network(source, fetcher)


def run_all(
    *, now: datetime, dry_run: bool = False, progress: Progress | None = None
) -> tuple[tuple[str, RunReport | PuenteError], ...]:
    """Reads every real list that can be fetched or has a file; one that cannot be taken does not stop the others."""
    done: list[tuple[str, RunReport | PuenteError]] = []
    for source_id in sources.ids():
        try:
            source = load(source_id)
            if not source.demo and (source.fetch or source.file):
                done.append((source_id, run(source_id, now=now, dry_run=dry_run, progress=progress)))
        except PuenteError as error:
            done.append((source_id, error))
    return tuple(done)


def _silent(what: str, done: int, total: int | None) -> None:
    """Nobody looks."""


def _whole(work: sqlite3.Connection, job: _Job) -> RunReport:
    """One transaction: kept whole, or undone whole."""
    parsed = parse(job.list.data, job.source, name=job.list.name)
    work.execute("BEGIN IMMEDIATE")
    try:
        report = _taken(work, job, parsed)
        if job.dry_run:
            work.rollback()
        else:
            stage.keep_raw(job.source.id, job.list.sha256, job.list.data)
            work.commit()
    except BaseException:
        work.rollback()
        raise
    return report


def _taken(work: sqlite3.Connection, job: _Job, parsed: Parsed) -> RunReport:
    source, sha256 = job.source, job.list.sha256
    before, met = _standing(work, source.id)
    number = runs.begin(
        work, source, sha256=sha256, definition=job.definition, headings=parsed.headings, now=job.now
    )  # fmt: skip
    runs.taken(work, source.id, sha256=sha256, name=job.list.name, size=len(job.list.data), now=job.now)
    incoming.note_fetched(work, source.id, job.list, job.now)
    taking = _read(work, job, parsed, number, met)
    today = _today(job.now).isoformat()
    _end_gone(work, source.id, number, today)
    invented = _refuse_demo_beside_real(work, source, job.list.name)
    hide_neighbors(work, source.id, number, today)
    job.progress("match", 0, None)
    linked = linking.link(work, source.id, number, job.now)
    job.progress("compare", 0, None)
    found = compared(work, source.id, number, before=before)
    if not job.accept_gone:
        list_brake(work, source, job.list.name, found)
    write_changes(work, source.id, number, found.diff)
    if not job.dry_run:
        organizations.update(work, source.id, job.now)
    report = _finished(work, job, number, taking, found, linked, parsed.news, invented=invented)
    return replace(report, described=parsed.said)


def _refuse_demo_beside_real(work: sqlite3.Connection, source: Source, name: str) -> bool:
    """Whether the list has invented places; ListError when they would stand beside real ones, its own or others'."""
    if not source.demo and "demo" not in source.columns:
        return False
    if source.id not in stage.demo_sources(work):
        return False
    if real := [item for item in stage.real_sources(work) if item != HAND]:
        raise ListError(
            f"{name} holds invented places, and {store.home()} holds real lists ({', '.join(real)}): somebody could be "
            "sent to a door that does not exist. Nothing was changed. To try it, give it a home of its own: "
            f"PUENTE_HOME=var/demo puente sync {source.id} --file LIST"
        )
    return True


def _standing(work: sqlite3.Connection, source_id: str) -> tuple[int, int]:
    """How many places the list has, and how many rows."""
    query = "SELECT coalesce(sum(refused = 0), 0), count(*) FROM list_row WHERE source_id = ?"
    places, rows = work.execute(query, (source_id,)).fetchone()
    return int(places), int(rows)


def _read(work: sqlite3.Connection, job: _Job, parsed: Parsed, number: int, met: int) -> Taking:
    today = _today(job.now)
    taking = Taking(work, job.source, number, today.isoformat(), anew=job.anew)
    with Crew(job.source, parsed.headings, today) as crew:
        for count in taking.take(parsed.rows, crew):
            job.progress("read", count, met or None)
    if not taking.count:
        raise EmptyList(
            f"{job.list.name}, line {job.source.layout.heading_row + 1}: there are headings and no rows under them, so "
            "nothing was changed. Open the file to see that it has rows, or ask the sender for it again."
        )
    return taking


def _end_gone(work: sqlite3.Connection, source_id: str, number: int, today: str) -> None:
    """Ends the rows that the list had and has no more; what they said goes to `before`."""
    keys = {"source": source_id, "run": number, "today": today}
    gone = "(SELECT row_id FROM temp.gone)"
    for statement in (
        f"""INSERT OR IGNORE INTO temp.before SELECT row_id, draft, place, marked, confidential FROM staged
            WHERE source_id = :source AND row_id IN {gone} AND draft IS NOT NULL AND ended_on IS NULL""",
        f"""UPDATE staged SET ended_on = :today, ended_why = 'left the list', changed_run = :run
            WHERE source_id = :source AND row_id IN {gone} AND ended_on IS NULL""",
        f"DELETE FROM list_row WHERE source_id = :source AND row_id IN {gone}",
    ):
        work.execute(statement, keys)


def _finished(
    work: sqlite3.Connection, job: _Job, number: int, taking: Taking, found: Compared, linked: linking.Linked,
    news: tuple[Problem, ...], *, invented: bool,
) -> RunReport:  # fmt: skip
    drafts, kept = _standing(work, job.source.id)
    problems = _problems(work, job.source.id, (*taking.loose, *taking.notes, *news))
    as_of = job.source.as_of or _as_of(work, job, number)
    rows = kept + len(taking.loose)
    runs.finish(
        work, number, as_of=as_of, rows=rows, drafts=drafts, added=len(found.diff.added),
        changed=len(found.diff.changed_rows), gone=len(found.diff.gone), problems=problems.to_json(),
    )  # fmt: skip
    runs.keep_source(work, replace(job.source, demo=job.source.demo or invented), as_of)
    return replace(
        job.report,
        as_of=as_of,
        rows=rows,
        drafts=drafts,
        added=found.diff.added,
        changed=tuple(change for _, said in found.places.changed for change in said),
        gone=found.diff.gone,
        places=found.places,
        linked=linked,
        problems=problems.first,
        counts=problems.counts,
    )


def _problems(work: sqlite3.Connection, source_id: str, loose: Iterable[Problem]) -> Tally:
    query = """SELECT list_row.line, problems FROM staged JOIN list_row USING (source_id, row_id)
               WHERE source_id = ? AND problems <> '[]' AND ended_on IS NULL ORDER BY list_row.line"""
    found = Tally(loose)
    for line, text in work.execute(query, (source_id,)):
        for problem in stage.problems(text, line):
            found.add(problem)
    return found


def _as_of(work: sqlite3.Connection, job: _Job, number: int) -> date | None:
    """The newest day that a row of the list bears.

    Days stand in the wide drafts, so that not all are read: of the rows that this run wrote, and of the others until
    one bears the day of last time. Was that the only one, or are all rows read anew, all are looked at.
    """
    keys = {"source": job.source.id, "run": number}
    if job.last is not None and job.last.as_of is not None and not job.anew:
        before = job.last.as_of.isoformat()
        written = work.execute(f"{_NEWEST_DAY} AND changed_run = :run", keys).fetchone()[0] or ""
        if written >= before or work.execute(_SOME_DAY, {**keys, "day": before}).fetchone():
            return date.fromisoformat(max(written, before))
    found = work.execute(_NEWEST_DAY, keys).fetchone()[0]
    return date.fromisoformat(found) if found else None


_NEWEST_DAY = """
    SELECT max(json_extract(draft, '$.provenance.as_of')) FROM staged
    WHERE source_id = :source AND refused = 0 AND ended_on IS NULL
"""
_SOME_DAY = """
    SELECT 1 FROM staged WHERE source_id = :source AND refused = 0 AND ended_on IS NULL
        AND json_extract(draft, '$.provenance.as_of') = :day LIMIT 1
"""


def _unchanged(report: RunReport, last: Run) -> RunReport:
    met = tally.from_json(last.problems)
    return replace(
        report, unchanged=True, rows=last.records, drafts=last.drafts, as_of=last.as_of, problems=met.first,
        counts=met.counts,
    )  # fmt: skip


def _note_stopped(source: Source, sha256: str | None, error: PuenteError, now: datetime, *, dry_run: bool) -> None:
    if not dry_run:
        with alone(), stage.open_work() as work:
            runs.stopped(work, source.id, sha256=sha256, why=str(error), now=now)


def _keep_stopped(work: sqlite3.Connection, job: _Job, error: ListError) -> None:
    """A list that the brake stopped is kept, to be taken `--again` once a person has looked; what is none is not."""
    source_id, sha256 = job.source.id, job.list.sha256
    if not isinstance(error, (UnreadableList, EmptyList, ChangedHeadings)):
        stage.keep_raw(source_id, sha256, job.list.data)
        with work:
            runs.taken(work, source_id, sha256=sha256, name=job.list.name, size=len(job.list.data), now=job.now)
    runs.stopped(work, source_id, sha256=sha256, why=str(error), now=job.now)


def _today(now: datetime) -> date:
    return now.astimezone(_PACIFIC).date() if now.tzinfo else now.date()


def _definition(source: Source) -> str:
    """What a draft depends on beside its row: the source file, the list's day, the code and data that read it."""
    return hashlib.sha256(f"{source.definition} {source.as_of} {_rules_of_reading()}".encode()).hexdigest()


@cache
def _rules_of_reading() -> str:
    digest = hashlib.sha256()
    for path in sorted(_knowledge()):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _knowledge() -> Iterable[Path]:
    return (path for pattern in _KNOWLEDGE for path in _PACKAGE.glob(pattern))
