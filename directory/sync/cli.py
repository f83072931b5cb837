"""The commands of the refresh: thin, JSON for programs, text for people."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from directory import store, sync
from directory.errors import PuenteError

__all__ = ["register"]

T = TypeVar("T")


def register(group: click.Group) -> None:
    """Adds `sync`, `publish` and `demo` to the `puente` command."""
    for command in (sync_command, publish_command, demo):
        group.add_command(command)


def _now() -> datetime:
    return datetime.now(ZoneInfo("America/Los_Angeles")).replace(microsecond=0)


def _tell(work: Callable[[], T]) -> T:
    """The result, or one sentence and exit code 1; a run is one transaction, so nothing is left half done."""
    try:
        return work()
    except PuenteError as error:
        raise click.ClickException(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(
            f"{store.home()} could not be read or written ({error}). Nothing was changed. "
            "Look whether the disk is full and whether the folder is yours, then try again."
        ) from error


def _show(plain: object, text: str, *, as_json: bool) -> None:
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2) if as_json else text)


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command("sync")
@click.argument("source")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="Read this file instead of the network.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--accept-gone", is_flag=True, help="Take the list although unusually many places are missing from it.")
@as_json_option
def sync_command(source: str, file: Path | None, dry_run: bool, accept_gone: bool, as_json: bool) -> None:
    """Read the list SOURCE and stage what changed.

    Example: puente sync demo_plan_roster --dry-run
    """
    report = _tell(lambda: sync.run(source, file=file, dry_run=dry_run, accept_gone=accept_gone, now=_now()))
    _show(report.to_json(), report.to_text(), as_json=as_json)


@click.command("publish")
@as_json_option
def publish_command(as_json: bool) -> None:
    """Show people what is staged: build the directory, check it, swap it whole.

    Example: puente publish
    """
    report = _tell(lambda: sync.publish(_now()))
    _show(report.to_json(), report.to_text(), as_json=as_json)


@click.group()
def demo() -> None:
    """Invented places to try Puente with, and how to be rid of them."""


@demo.command("load")
@as_json_option
def load(as_json: bool) -> None:
    """Load the invented lists and publish them; never beside a real list.

    Example: puente demo load
    """
    report = _tell(lambda: sync.load_demo(_now()))
    text = "\n\n".join([*(run.to_text() for run in report.runs), report.publication.to_text()])
    _show(report.to_json(), text, as_json=as_json)


@demo.command("remove")
@as_json_option
def remove(as_json: bool) -> None:
    """Take every invented place out and publish what is left.

    Example: puente demo remove
    """
    report = _tell(lambda: sync.remove_demo(_now()))
    text = f"{report.ended} invented places were taken out.\n{report.publication.to_text()}"
    _show(report.to_json(), text, as_json=as_json)
