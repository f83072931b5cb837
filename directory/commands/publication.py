"""What people see: look at what would change, publish it, take it back, look what was shown when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from directory import sync
from directory.commands.telling import as_json_option, bar, by_option, now, show, tell, tell_of_settings
from directory.model import Need
from directory.publication import history as past
from directory.publication import pending as coming
from directory.publication import undo as back
from directory.publication.change_report import lines_of
from directory.publication.differences import Kind

__all__ = ["register"]

_PACIFIC = ZoneInfo("America/Los_Angeles")
_SHOWN = 10
_WORDS = {Kind.NEW: "Shown again or new", Kind.CHANGED: "Changed", Kind.GONE: "No longer shown"}


def register(group: click.Group) -> None:
    """Adds `publish`, `diff`, `undo` and `history` to the `puente` command."""
    for command in (publish_command, diff_command, undo_command, history_command):
        group.add_command(command)


@click.command("publish")
@click.option(
    "--dry-run", is_flag=True, help="Say what people would see otherwise, and change nothing (`puente diff`)."
)
@click.option("--accept-gone", is_flag=True, help="Publish although a whole county, program or list would go.")
@click.option("--anyway", is_flag=True, help="Publish although that only brings back what was undone.")
@click.option("--whole", is_flag=True, help="Build everything anew, not only what changed.")
@by_option
@as_json_option
def publish_command(dry_run: bool, accept_gone: bool, anyway: bool, whole: bool, who: str, as_json: bool) -> None:
    """Show people what is staged: build the directory, check it, swap it whole.

    Example: puente publish --dry-run
    """
    with bar("Building") as step:
        if dry_run:
            found = tell(lambda: coming.pending(now(), progress=step))
        else:
            report = tell(
                lambda: sync.publish(now(), accept_gone=accept_gone, anyway=anyway, whole=whole, who=who, progress=step)
            )
    if dry_run:
        show(found.to_json(), found.to_text(_SHOWN), as_json=as_json)
    else:
        show(report.to_json(), report.to_text(), as_json=as_json)
        tell_of_settings()


@click.command("diff")
@click.option("--source", help="Only places of this list.")
@click.option("--county", help="Only places that serve this county.")
@click.option("--need", type=click.Choice([need.value for need in Need]), help="Only places for this need.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only what is new, changed or gone.")
@click.option("--limit", type=click.IntRange(1), help="How many of each kind to show.  [default: 10; JSON: all]")
@as_json_option
def diff_command(
    source: str | None, county: str | None, need: str | None, kind: str | None, limit: int | None, as_json: bool
) -> None:
    """Show what publishing now would change for people, place by place and field by field.

    Example: puente diff --county Fresno
    """
    wanted = coming.Filter(source, county, need, Kind(kind) if kind else None)
    with bar("Building") as step:
        found = tell(lambda: coming.pending(now(), wanted, progress=step))
    show(found.to_json(limit), found.to_text(limit or _SHOWN), as_json=as_json)


@click.command("undo")
@click.option("--to", help="The publication to put back, an id of `puente history`; else the one before.")
@click.option("--dry-run", is_flag=True, help="Say what people would see otherwise, and change nothing.")
@by_option
@as_json_option
def undo_command(to: str | None, dry_run: bool, who: str, as_json: bool) -> None:
    """Put a former publication back in force, whole and in one step. What is staged stays staged.

    Example: puente undo --dry-run
    """
    done = tell(lambda: back.undo(now(), to=to, who=who, dry_run=dry_run))
    show(_undone_json(done), "\n".join(_undone_lines(done)), as_json=as_json)


def _undone_json(done: back.Undone) -> dict[str, object]:
    return {
        "id": done.id,
        "file": done.file,
        "published_at": done.published_at,
        "listings": done.listings,
        "dry_run": done.dry_run,
        "counts": back.counted(done.changes),
        "changes": [coming.as_json(change) for change in done.changes],
        "next": done.next,
    }


def _undone_lines(done: back.Undone) -> Iterator[str]:
    verb = "Would put back" if done.dry_run else "Put back"
    yield f"{verb}: the publication {done.file} of {_when(done.published_at)}. Places: {done.listings}."
    for kind, heading in _WORDS.items():
        some = [change for change in done.changes if change.kind is kind]
        if some:
            yield from ("", f"{heading} ({len(some)}):")
        for change in some[:_SHOWN]:
            yield f"  {change.name}  ({change.id})"
            yield from (f"      {line}" for line in lines_of(change))
        if len(some) > _SHOWN:
            yield f"  and {len(some) - _SHOWN} more (--json names them all)"
    yield from ("", done.next)


@click.command("history")
@click.argument("event", required=False, metavar="[ID]")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many of the last to list.")
@as_json_option
def history_command(event: str | None, limit: int, as_json: bool) -> None:
    """List what was read, decided, published and undone, the newest last; or show the one with that ID.

    Example: puente history
    """
    if event:
        found = tell(lambda: past.one(event))
        show(found.to_json(), "\n".join(_shown_lines(found)), as_json=as_json)
        return
    events = tell(lambda: past.history(limit))
    text = "\n".join(map(_event_line, events)) or "Nothing has happened here yet."
    show([item.to_json() for item in events], text, as_json=as_json)


def _event_line(event: past.Event) -> str:
    marks = "  <- in force" if event.in_force else "  (kept for undo)" if event.kept else ""
    by = f" by {event.who}" if event.who else ""
    return f"{_when(event.at)}  {event.kind:<10} {event.id}{by}: {event.text}{marks}"


def _shown_lines(found: past.Shown) -> Iterator[str]:
    yield _event_line(found.event)
    if found.report:
        yield from ("", found.report.rstrip())
    else:
        yield from (f"  {name}: {text}" for name, text in found.details)


def _when(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(_PACIFIC):%Y-%m-%d %H:%M}"
