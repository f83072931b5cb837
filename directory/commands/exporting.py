"""Lists out: HSDS 3 and CSV."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import click

from directory import exports, places
from directory.commands.telling import as_json_option, now, show, tell
from directory.errors import ExportError
from directory.model import Listing, Need

__all__ = ["register"]

_BAR_FROM = 2000
"""So many listings take about a second."""


def register(group: click.Group) -> None:
    """Adds `export` to the `puente` command."""
    group.add_command(export_command)


@click.command("export")
@click.option("--format", "kind", type=click.Choice(exports.FORMATS), required=True, help="What to write.")
@click.option("--output", required=True, help="The file to write; - writes to standard output.")
@click.option("--tabular", is_flag=True, help="HSDS as a zip of CSV tables instead of JSON.")
@click.option("--need", type=click.Choice([need.value for need in Need]), help="Only places for this need.")
@click.option("--county", help="Only places that serve this county.")
@click.option("--source", help="Only places of this list.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--dry-run", is_flag=True, help="Say how many places it would be, and write nothing.")
@as_json_option
def export_command(
    kind: str, output: str, tabular: bool, need: str | None, county: str | None, source: str | None, force: bool,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write what is published as a file for others.

    Confidential places are in it without where they are. Read it into another Puente with the sources puente_csv and
    puente_hsds.

    Example: puente export --format csv --county Fresno --output fresno.csv
    """

    def work() -> exports.ExportReport:
        if tabular and kind != "hsds":
            raise ExportError("Only HSDS has a tabular form. Leave --tabular away, or ask for --format hsds.")
        wanted = exports.Choice(now().date(), Need(need) if need else None, _county(county), source)
        order = exports.Order(kind, wanted, tabular=tabular, force=force, dry_run=dry_run)
        return exports.export(order, _file(output, tabular=tabular), watch=_bar)

    report = tell(work)
    if output != "-" or dry_run:
        show(report.to_json(), report.to_text(), as_json=as_json)


def _file(output: str, *, tabular: bool) -> Path | BinaryIO:
    if output != "-":
        return Path(output)
    if tabular:
        raise ExportError("A zip cannot go to standard output. Name a file: --output list.zip")
    return sys.stdout.buffer


def _county(name: str | None) -> str | None:
    found = places.county_of(name) if name else None
    if name and found is None:
        raise ExportError(f"{name!r} is no county of California, so nothing was written. Write it like: Fresno")
    return found


def _bar(found: Iterable[Listing], total: int) -> Iterator[Listing]:
    if total < _BAR_FROM or not sys.stderr.isatty():
        yield from found
        return
    with click.progressbar(found, length=total, label="Writing", file=sys.stderr) as bar:
        yield from bar
