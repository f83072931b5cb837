"""`puente setup` asks what the clinic says of itself; `puente settings` shows what of it is in force."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import click

from directory import settings
from directory.called import as_called
from directory.commands.setting_asked import converse
from directory.commands.telling import as_json_option, harmless, now, show, tell, wrapped
from directory.setup import draft as drafts
from directory.setup.answers import in_words
from directory.setup.draft import Draft
from directory.setup.left import Left, left
from directory.setup.questions import asked, questions
from directory.setup.rendering import template
from directory.setup.said import with_said

__all__ = ["register"]

_NO_TERMINAL = (
    "This is no terminal, so nobody can be asked. Nothing was changed. Give a file instead:\n"
    "  puente setup --show-template > clinic.yml   (fill it in)\n"
    "  puente setup --file clinic.yml\n"
    "or single values: puente setup --set phone=209-555-0140"
)


def register(group: click.Group) -> None:
    """Adds the commands of this room."""
    for command in (setup_command, settings_command):
        group.add_command(command)


@click.command("setup")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--file", "path", type=click.Path(path_type=Path, dir_okay=False), help="Take this file; ask nothing.")
@click.option(
    "--set", "said", multiple=True, metavar="KEY=VALUE", help="Set one value; several times. Empty: remove it."
)
@click.option("--show-template", is_flag=True, help="Print a settings file with every key explained, and do nothing.")
@click.option("--dry-run", is_flag=True, help="With --file or --set: say what would change, and write nothing.")
@click.option("--ask", is_flag=True, help="Ask also where there is no terminal; answers come line by line.")
@as_json_option
def setup_command(
    keys: Sequence[str], path: Path | None, said: Sequence[str], show_template: bool, dry_run: bool, ask: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Say what your clinic is: name, phone, hours, counties, lines to call, who runs Puente.

    It asks one thing after the other and keeps each answer at once; Ctrl-C stops, and the same command goes on later.
    With KEY it asks only that: puente setup phone hours

    \b
    Example: puente setup
      puente setup --show-template > clinic.yml
      puente setup --file clinic.yml --dry-run
      puente setup --set phone=209-555-0140 --set admin.name="Ana Luna"
    """
    if show_template:
        click.echo(template())
    elif path and (said or keys):
        raise click.UsageError("--file takes the whole file, so it goes with no KEY and no --set.")
    elif path:
        _take(lambda: drafts.from_file(path), dry_run=dry_run, as_json=as_json)
    elif said:
        today = now().date()
        _take(lambda: with_said(drafts.present(), said, today, dry_run=dry_run), dry_run=dry_run, as_json=as_json)
    elif dry_run or as_json:
        raise click.UsageError("--dry-run and --json go with --file or --set. To see what is set: puente settings")
    else:
        _ask(keys, anywhere=ask)


def _take(make: Callable[[], Draft], *, dry_run: bool, as_json: bool) -> None:
    before = tell(drafts.present)
    after = tell(make)
    changes = _changes(before.plain, after.plain)
    path = settings.file() if dry_run else tell(lambda: drafts.save(after))
    rest = left(after.plain)
    lines = [f"ATTENTION: {before.trouble}\nIt is kept as settings.former.yml.\n"] if before.trouble else []
    lines += [f"Would be written to {path}:" if dry_run else f"Written: {path}"]
    lines += [f"  {key}: {old} -> {new}" for key, old, new in changes] or ["  Nothing changes."]
    lines += [] if dry_run else _ending(rest, brief=True)
    told = [{"key": key, "before": old, "after": new} for key, old, new in changes]
    show({"file": str(path), "dry_run": dry_run, "changes": told, **rest.to_json()}, "\n".join(lines), as_json=as_json)


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[tuple[str, str, str]]:
    differ = [key for key in questions() if before.get(key) != after.get(key)]
    return [(key, _shown(key, before.get(key)), _shown(key, after.get(key))) for key in differ]


def _shown(key: str, value: object) -> str:
    said = in_words(key, value) or "(nothing)"
    return said if len(said) <= 70 else f"{said[:70]}..."


def _ask(keys: Sequence[str], *, anywhere: bool) -> None:
    if not (anywhere or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise click.ClickException(_NO_TERMINAL)
    known = {question.key: question for question in asked()}
    if odd := [key for key in keys if key not in known]:
        raise click.ClickException(f"Nothing is asked of {odd[0]!r}. It asks: {', '.join(known)}.")
    draft = tell(drafts.present)
    done = converse(draft, [known[key] for key in keys], today=now().date())
    told = ["", f"All is kept in {settings.file()}.", *_ending(left(done.plain), brief=bool(keys))]
    click.echo(as_called("\n".join(told)))


def _ending(rest: Left, *, brief: bool) -> list[str]:
    lines: list[str] = []
    if rest.look:
        lines += [
            "",
            "Look at this again:",
            *(line for each in rest.look for line in wrapped(harmless(each), "  - ", "    ")),
        ]
    if brief:
        return [*lines, *([f"\n{len(rest.open)} questions have no answer yet: puente setup"] if rest.open else [])]
    if rest.open:
        lines += ["", "Nobody has answered yet (`puente setup` asks only these):"]
        lines += [f"  {each.key:<18}{'! ' if each.first else '  '}{each.without}" for each in rest.open]
        lines += ["  ! better before you open"] if any(each.first for each in rest.open) else []
    typed = [(as_called(command), does) for command, does in rest.next]
    wide = max(25, *(len(command) for command, _ in typed))
    return [*lines, "", "Next:", *(f"  {command:<{wide}} {does}" for command, does in typed)]


@click.command("settings")
@as_json_option
def settings_command(as_json: bool) -> None:
    """Show what the clinic says of itself, as it is in force now.

    Example: puente settings --json
    """
    found = tell(settings.settings)
    plain = {each.name: _plain(getattr(found, each.name)) for each in fields(found)}
    show(plain, "\n".join(_lines(plain, found.mended)), as_json=as_json)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _lines(plain: Mapping[str, object], mended: str | None) -> Iterable[str]:
    yield f"What the clinic says of itself ({settings.file()}):"
    for key in questions():
        value = plain.get(key)
        said = {name: item for name, item in value.items() if item} if isinstance(value, dict) else value
        yield f"  {key:<18} {_shown(key, said) if said else '-'}"
    if plain["invented"]:
        yield "This is the demo: the name or the phone above is invented."
    if mended:
        yield f"ATTENTION: {mended}"
    yield "To change it: puente setup"
