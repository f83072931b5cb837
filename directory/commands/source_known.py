"""`puente source list, show, check, which, accept, remove`: the lists that are known."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from directory.commands.telling import as_json_option, now, show, tell
from directory.errors import SourceError
from directory.sync.incoming import from_file
from directory.sync.propose import known as knowing
from directory.sync.propose.accepting import accept
from directory.sync.propose.overview import Known, in_words, known, remove
from directory.sync.propose.trying import try_on
from directory.sync.source import load

__all__ = ["accept_command", "check_command", "list_command", "remove_command", "show_command", "which_command"]

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command("list")
@as_json_option
def list_command(as_json: bool) -> None:
    """Show every list: its kind, its day, when it last came, how many rows it has and how many are shown.

    Example: puente source list
    """
    found = tell(known)
    show([item.to_json() for item in found], "\n".join(_table(found)), as_json=as_json)


def _table(found: Sequence[Known]) -> list[str]:
    heads = ("List", "Title", "Kind", "Day", "Last run", "Rows", "Shown", "")
    rows = [
        (
            item.id, item.title[:40], item.kind, item.as_of or "-", item.last_run or "never", str(item.rows),
            str(item.shown), _remark(item),
        )
        for item in found
        if _used(item)
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    told = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (heads, *rows)
    ]
    return [*told, *_shipped(found)]


def _remark(item: Known) -> str:
    if item.problem:
        return "broken: see puente source check"
    earlier = "day of an earlier list: say --as-of" if item.day_of_earlier else ""
    return ", ".join(filter(None, ("demo" if item.demo else "", earlier)))


def _shipped(found: Sequence[Known]) -> list[str]:
    """The lists that Puente can read and that never came are named alone: of them there is nothing to say."""
    names = [item.id for item in found if not _used(item)]
    return ["", f"Puente can also read, and never got: {', '.join(names)}"] if names else []


def _used(item: Known) -> bool:
    return item.own or item.last_run is not None or item.problem is not None


@click.command("show")
@click.argument("source")
@as_json_option
def show_command(source: str, as_json: bool) -> None:
    """Say in words how the list SOURCE is read.

    Example: puente source show demo_plan_roster
    """
    found = tell(lambda: load(source))
    columns = {field: [part.path for part in column.parts] for field, column in found.columns.items()}
    plain = {
        "id": found.id,
        "title": found.title,
        "columns": columns,
        "checks": {k: list(v) for k, v in found.checks.items()},
    }
    show(plain, in_words(found), as_json=as_json)


@click.command("check")
@click.argument("source")
@click.option("--file", type=_FILE, help="Try it on this list too; nothing is kept.")
@as_json_option
def check_command(source: str, file: Path | None, as_json: bool) -> None:
    """Look whether the source file of SOURCE is right, and with --file what it would make of a list.

    Example: puente source check my_list --file list.xlsx
    """
    found = tell(lambda: load(source))
    path = file or found.file
    if path is None:
        show({"source": found.id, "trial": None}, f"{found.id}: the source file is right.", as_json=as_json)
        return
    trial = tell(lambda: try_on(found, from_file(path).data, path.name, today=now().date()))
    show({"source": found.id, "trial": trial.to_json()}, trial.to_text(), as_json=as_json)


@click.command("which")
@click.argument("file", type=_FILE)
@as_json_option
def which_command(file: Path, as_json: bool) -> None:
    """Say which known list FILE is, by its headings and what stands under them.

    Example: puente source which november.xlsx
    """
    data = tell(lambda: from_file(file)).data
    found = tell(lambda: knowing.only_fit(data, file.name))
    show(
        {"source": found},
        f"{file.name} is the list {found}.\nNext: puente sync {found} --file {shlex.quote(str(file))}",
        as_json=as_json,
    )


@click.command("accept")
@click.argument("source")
@click.option("--heading", "headings", multiple=True, metavar="OLD=NEW", help="A column has another name now.")
@click.option("--ignore", "ignored", multiple=True, metavar="COLUMN", help="A new column that is not used.")
@click.option("--gone", multiple=True, metavar="COLUMN", help="A column that the list has no more.")
@click.option("--dry-run", is_flag=True, help="Show the source file as it would be, and change nothing.")
@as_json_option
def accept_command(
    source: str,
    headings: tuple[str, ...],
    ignored: tuple[str, ...],
    gone: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Accept that a column of the list SOURCE has another name, is new, or is gone for good.

    Example: puente source accept my_list --heading "Phone=Main phone"
    """
    if not (headings or ignored or gone):
        raise click.UsageError("Say what to accept: --heading OLD=NEW, --ignore COLUMN or --gone COLUMN.")
    pairs = tell(lambda: dict(map(_pair, headings)))
    done = tell(lambda: accept(source, headings=pairs, ignored=ignored, gone=gone, dry_run=dry_run))
    copied = " It is a copy of the one that ships, and wins over it." if done.copied else ""
    text = done.text if dry_run else f"Saved: {done.path}.{copied}\nNext: puente sync {source} --file LIST --dry-run"
    show({"source": source, "saved": None if dry_run else str(done.path), "copied": done.copied}, text, as_json=as_json)


def _pair(said: str) -> tuple[str, str]:
    old, _, new = said.partition("=")
    if not (old.strip() and new.strip()):
        raise SourceError(f'--heading {said!r}: write OLD=NEW, such as --heading "Phone=Main phone".')
    return old.strip(), new.strip()


@click.command("remove")
@click.argument("source")
@click.option("--dry-run", is_flag=True, help="Say how many places would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--with-file", is_flag=True, help="Remove the clinic's own source file too.")
@as_json_option
def remove_command(source: str, dry_run: bool, yes: bool, with_file: bool, as_json: bool) -> None:
    """Take the list SOURCE out: every row of it ends. What other lists name too stays.

    Example: puente source remove old_list --dry-run
    """
    planned = tell(lambda: remove(source, now=now(), dry_run=True, with_file=with_file))
    if dry_run:
        show(planned.to_json(), f"{planned.to_text()}\nDry run: nothing was changed.", as_json=as_json)
        return
    if not yes:
        if not sys.stdin.isatty():
            raise click.ClickException(f"{planned.to_text()} Nothing was changed. To do it: add --yes")
        click.confirm(f"{planned.to_text()} Take it out?", abort=True)
    done = tell(lambda: remove(source, now=now(), dry_run=False, with_file=with_file))
    show(done.to_json(), done.to_text(), as_json=as_json)
