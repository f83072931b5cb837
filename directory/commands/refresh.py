"""The commands of the refresh: thin, JSON for programs, text for people."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click

from directory import sync
from directory.commands.telling import as_json_option, day_option, now, show, tell
from directory.errors import ListError, PuenteError
from directory.sync import Progress, RunReport

__all__ = ["register"]

_WORDS = {"read": "Reading", "match": "Matching with other lists", "compare": "Comparing with last time"}


def register(group: click.Group) -> None:
    """Adds `sync` and `demo` to the `puente` command."""
    for command in (sync_command, demo):
        group.add_command(command)


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar for people, on the standard error of a terminal; nothing is drawn where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    with click.progressbar(length=1, label=_WORDS["read"], file=sys.stderr, show_pos=True) as bar:

        def step(what: str, done: int, total: int | None) -> None:
            bar.label = _WORDS[what]
            if what == "read":
                bar.length = max(total or 0, done)
                bar.update(done - bar.pos)
            bar.render_progress()

        yield step


@click.command("sync")
@click.argument("source", required=False)
@click.option("--all", "every", is_flag=True, help="Read every list that can be fetched or has a file.")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="Read this file instead of the network.")
@click.option("--as", "as_id", help="With --file alone: take it as a list of its own, read as the one it is like.")
@click.option("--again", metavar="SHA256|DAY", help="Read the list that came that day, or has that hash, once more.")
@day_option("--as-of", help="The day the list bears, when it does not say so itself.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--accept-gone", is_flag=True, help="Take the list although unusually much is missing from it.")
@as_json_option
def sync_command(
    source: str | None,
    every: bool,
    file: Path | None,
    as_id: str | None,
    again: str | None,
    as_of: date | None,
    dry_run: bool,
    accept_gone: bool,
    as_json: bool,
) -> None:
    """Read the list SOURCE and stage what changed. With --file alone the list is known by its columns.

    Example: puente sync demo_plan_roster --dry-run
    """
    if file is not None and source is None and not every:
        source = _named(file, as_id, dry_run=dry_run)
    if every == (source is not None) or (every and (file or again)) or (file and again):
        raise click.UsageError(
            "Give one SOURCE (with --file or --again if need be), or --file FILE alone, or --all alone. "
            "The names of the lists: puente source list"
        )
    if every:
        _sync_all(dry_run=dry_run, as_json=as_json)
        return
    with _bar() as progress:
        report = tell(
            lambda: _run(
                source or "", file=file, again=again, as_of=as_of, dry_run=dry_run,
                accept_gone=accept_gone, now=now(), progress=progress,
            )
        )  # fmt: skip
    show(report.to_json(), report.to_text(), as_json=as_json)


def _run(
    source: str, *, file: Path | None, again: str | None, as_of: date | None, dry_run: bool, accept_gone: bool,
    now: datetime, progress: Progress,
) -> RunReport:  # fmt: skip
    try:
        return sync.run(
            source, file=file, again=again, as_of=as_of, dry_run=dry_run, accept_gone=accept_gone, now=now,
            progress=progress,
        )  # fmt: skip
    except ListError as error:
        other = _another(file, source) if file else None
        if other is None:
            raise
        raise ListError(
            f"{file} is not a list of {source}: it has the columns of {other}. Nothing was changed. "
            f"If that is what it is: puente sync {other} --file {shlex.quote(str(file))}"
        ) from error


def _another(file: Path, source: str) -> str | None:
    """The other known list that a refused file surely is; None where it is none."""
    from directory.sync.incoming import from_file
    from directory.sync.propose.known import only_fit  # slow to import, and most lists are taken

    try:
        found = only_fit(from_file(file).data, file.name)
    except PuenteError:
        return None
    return found if found != source else None


def _named(file: Path, as_id: str | None, *, dry_run: bool) -> str:
    from directory.sync.propose.known import named  # slow to import, and most runs name their source

    return tell(lambda: named(file, as_id, dry_run=dry_run))


def _sync_all(*, dry_run: bool, as_json: bool) -> None:
    """Every list in turn; exit code 1 when one could not be taken."""
    with _bar() as progress:
        done = tell(lambda: sync.run_all(now=now(), dry_run=dry_run, progress=progress))
    plain = {name: found.to_json() if isinstance(found, RunReport) else {"error": str(found)} for name, found in done}
    texts = [found.to_text() if isinstance(found, RunReport) else f"{name}: {found}" for name, found in done]
    show(plain, "\n\n".join(texts) or "No list can be fetched, and none has a file.", as_json=as_json)
    if any(not isinstance(found, RunReport) for _, found in done):
        raise SystemExit(1)


@click.group()
def demo() -> None:
    """Invented places to try Puente with, and how to be rid of them."""


@demo.command("load")
@as_json_option
def load(as_json: bool) -> None:
    """Load the invented lists and publish them; never beside a real list.

    Example: puente demo load
    """
    report = tell(lambda: sync.load_demo(now()))
    text = "\n\n".join([*(run.to_text() for run in report.runs), report.publication.to_text()])
    show(report.to_json(), text, as_json=as_json)


@demo.command("remove")
@as_json_option
def remove(as_json: bool) -> None:
    """Take every invented place out and publish what is left.

    Example: puente demo remove
    """
    report = tell(lambda: sync.remove_demo(now()))
    text = f"{report.ended} invented places were taken out.\n{report.publication.to_text()}"
    show(report.to_json(), text, as_json=as_json)
