"""`puente privacy` says what is kept, where and how long; `puente purge` deletes what is older."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone

import click

from directory import privacy, purge, settings, store
from directory.commands.telling import wrapped
from directory.errors import PrivacyError
from directory.model import Language
from directory.privacy import page
from directory.purge import Amount, Outcome, Report, short

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds the commands of this room."""
    group.add_command(privacy_command)
    group.add_command(purge_command)


@click.command("privacy")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", show_default=True, help="In which language.")
@click.option("--shipped", is_flag=True, help="As it is everywhere: the days that ship, without this clinic.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, an object for each thing that is kept.")
def privacy_command(language: str, shipped: bool, as_json: bool) -> None:
    """Say what Puente keeps, where, for how long, who sees it, and how much there is now.

    The text can be pasted into a policy. Example: puente privacy --language es
    """
    if shipped:
        click.echo(page.page(Language(language)), nl=False)
        return
    there = purge.amounts(store.home())
    if as_json:
        click.echo(json.dumps(_plain(there), ensure_ascii=False, indent=2))
        return
    now = {id: (amount.count, amount.bytes, amount.oldest) for id, amount in there.items()}
    days = {id: privacy.days(id) for id in privacy.inventory()}
    here = page.Here(settings.settings().clinic, datetime.now().astimezone().date(), days, now)
    click.echo(page.page(Language(language), here), nl=False)


def _plain(there: Mapping[str, Amount]) -> list[dict[str, object]]:
    return [
        {
            "id": item.id,
            "what": {"en": item.what.en, "es": item.what.es},
            "holds": {"en": item.holds.en, "es": item.holds.es},
            "place": item.place,
            "where": list(item.where),
            "inside": item.inside,
            "sees": item.sees,
            "days": privacy.days(item.id),
            "least": item.least,
            "most": item.most,
            "minutes": item.minutes,
            "until": item.until,
            "backup": item.backup,
            "personal": item.personal,
            "now": _amount(there.get(item.id)),
        }
        for item in privacy.inventory().values()
    ]


def _amount(amount: Amount | None) -> dict[str, object] | None:
    if amount is None:
        return None
    oldest = amount.oldest.isoformat() if amount.oldest else None
    return {"count": amount.count, "bytes": amount.bytes, "oldest": oldest}


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--now-is-right", is_flag=True, help="The clock is right, although it jumped since Puente last ran.")
def purge_command(dry_run: bool, as_json: bool, now_is_right: bool) -> None:
    """Delete what is older than `puente privacy` says, now instead of at the next day's turn.

    While Puente runs it does this by itself once a day. Numbers that said STOP are never deleted.
    Example: puente purge --dry-run
    """
    now = datetime.now(timezone.utc)
    report = purge.purge(store.home(), now, dry_run=dry_run, now_is_right=now_is_right)
    click.echo(json.dumps(_as_json(report), indent=2) if as_json else _told(report))
    if not as_json and (scarce := short.told(store.home())):
        click.echo("\n".join(["", *(line for text in scarce for line in _indented(text))]))
    if not report.whole:
        waiting = ", ".join(outcome.id for outcome in report.outcomes if outcome.waits)
        raise PrivacyError(f"Not everything was done ({waiting}). Nothing was lost. Run `puente purge` again later.")


def _indented(text: str) -> list[str]:
    return wrapped(text, rest="  " if text.startswith("- ") else "")


def _as_json(report: Report) -> dict[str, object]:
    return {
        "counted": report.counted.isoformat(timespec="seconds"),
        "dry_run": report.dry_run,
        "whole": report.whole,
        "outcomes": [vars(outcome) for outcome in report.outcomes],
    }


def _told(report: Report) -> str:
    lines = [line for outcome in report.outcomes for line in _lines(outcome, report.dry_run)]
    if not lines:
        return "Nothing is older than it may be. Nothing was deleted."
    end = ["Nothing was deleted: this was a trial (--dry-run)."] if report.dry_run else []
    return "\n".join([*lines, *end])


def _lines(outcome: Outcome, dry_run: bool) -> list[str]:
    name = privacy.inventory()[outcome.id].what.en
    if outcome.waits:
        return [f"{name}: not done. {outcome.waits}"]
    if not outcome.gone:
        return []
    size = f", {outcome.bytes / 1_000_000:.1f} MB" if outcome.bytes else ""
    done = "would be deleted" if dry_run else "deleted"
    return [f"{name}: {outcome.gone:,} {done}{size}.", *([f"  {outcome.lost}"] if outcome.lost else [])]
