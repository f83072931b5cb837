"""The commands of the refresh: thin, JSON for programs, text for people."""

from __future__ import annotations

from pathlib import Path

import click

from directory import sync
from directory.commands.telling import as_json_option, now, show, tell

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `sync`, `publish` and `demo` to the `puente` command."""
    for command in (sync_command, publish_command, demo):
        group.add_command(command)


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
    report = tell(lambda: sync.run(source, file=file, dry_run=dry_run, accept_gone=accept_gone, now=now()))
    show(report.to_json(), report.to_text(), as_json=as_json)


@click.command("publish")
@as_json_option
def publish_command(as_json: bool) -> None:
    """Show people what is staged: build the directory, check it, swap it whole.

    Example: puente publish
    """
    report = tell(lambda: sync.publish(now()))
    show(report.to_json(), report.to_text(), as_json=as_json)


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
