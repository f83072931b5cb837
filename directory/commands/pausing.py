"""`pause` and `resume`: one sentence of the clinic on every channel, at once."""

from __future__ import annotations

import json

import click

from directory import pause as pausing
from directory import running
from directory.commands.telling import as_json_option, by_option, harmless, now, tell

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `pause` and `resume` to the `puente` command."""
    group.add_command(pause)
    group.add_command(resume)


@click.command()
@click.argument("sentence", required=False)
@click.option("--es", help="The same in Spanish; without it Spanish speakers get a fixed sentence and your words.")
@click.option("--status", is_flag=True, help="Only tell whether Puente is paused and what people read.")
@click.option("--dry-run", is_flag=True, help="Only show what people would read.")
@by_option
@as_json_option
def pause(sentence: str | None, es: str | None, status: bool, dry_run: bool, who: str, as_json: bool) -> None:
    """Answer every message with one sentence, on every channel, at once; also while the assistant is down.

    911, 988, 211 and the clinic's phone stand beside it, and danger is still answered. Without SENTENCE a fixed one is
    said. Nothing is restarted.

    Example: puente pause "We are closed for the storm." --es "Cerramos por la tormenta."
    """
    if status:
        if sentence or es:
            raise click.UsageError("--status only tells; leave the sentence away, or leave --status away.")
        _show(pausing.paused(), as_json)
        return
    if sentence is None and es is not None:
        raise click.UsageError("Give the English sentence too: puente pause SENTENCE --es SENTENCE")
    if dry_run:
        _show(tell(lambda: pausing.pause(sentence, es, who, now(), dry_run=True)), as_json, tried=True)
        return
    _show(tell(lambda: pausing.pause(sentence, es, who, now())), as_json)
    if running.running() is None:
        click.echo("Puente is not running on this home now; it will be paused when it starts.", err=True)


@click.command()
def resume() -> None:
    """Let Puente answer again, after `puente pause`.

    Example: puente resume
    """
    if tell(pausing.resume):
        click.echo("Puente answers again.")
    else:
        click.echo("Puente was not paused.")


def _show(found: pausing.Paused | None, as_json: bool, *, tried: bool = False) -> None:
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    if found is None:
        click.echo("Puente is not paused. It answers.")
        return
    click.echo("Nothing was changed. It would be said like this:" if tried else _since(found))
    for language, name in (("en", "English"), ("es", "Spanish")):
        click.echo(f"\nPeople who write {name} read:\n  {pausing.sentence(language, found)}")
    if found.en and not found.es:
        click.echo('\nSpanish speakers get your English words. Give them in Spanish too: --es "..."')
    if not tried:
        click.echo("\nTo end the pause: puente resume")


def _since(found: pausing.Paused) -> str:
    if found.damaged and found.since:
        return (
            "Puente is paused. The disk is full, so your sentence could not be kept: people get the fixed sentence. "
            "Make room (puente purge says what is big), then give your sentence again."
        )
    if found.damaged:
        return "Puente is paused, but pause.json cannot be read, so people get the fixed sentence."
    since = found.since.strftime(" since %A, %B %-d, %-I:%M %p") if found.since else ""
    return f"Puente is paused{since}" + (f", by {harmless(found.who)}." if found.who else ".")


def _plain(found: pausing.Paused | None) -> dict[str, object]:
    if found is None:
        return {"paused": False}
    return {
        "paused": True,
        "since": found.since.isoformat() if found.since else None,
        "who": found.who,
        "damaged": found.damaged,
        "reads": {language: pausing.sentence(language, found) for language in ("en", "es")},
    }
