"""`puente source new`: a list that nobody described yet, the few questions about it, and what would come of it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from directory.commands.source_asking import asked
from directory.commands.telling import as_json_option, now, show, tell
from directory.errors import SourceError
from directory.sync.incoming import from_file
from directory.sync.propose import screen
from directory.sync.propose.columns import Role
from directory.sync.propose.labels import known_fields, meant_field
from directory.sync.propose.meant import all_stand, plan_named
from directory.sync.propose.proposal import Proposal, propose
from directory.sync.propose.saving import own_path, save
from directory.sync.propose.trying import Trial, source_of, try_on
from directory.sync.propose.write import as_yaml

__all__ = ["new_command"]

_LATER = (
    "The rest was left out. Run it again at a terminal without --yes to be asked, or say it with "
    '--column "phones=Call us" and --service "Hot box=food_bank".'
)


@click.command("new")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--id", "source_id", help="The list's name in commands: small letters, digits and _.")
@click.option("--title", help="The name that people read.")
@click.option("--plan", help="The plan whose list it is, by id or name; it is given to every place.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Say what a column is; several times.")
@click.option("--service", "told", multiple=True, metavar="NAME=PROGRAM", help="Say what a service name stands for.")
@click.option("--carry-down", "carried", multiple=True, metavar="COLUMN", help="Its empty cells say the same again.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what is sure, leave out the rest and say so.")
@click.option("--replace", "again", is_flag=True, help="Put the new source file in the place of one that exists.")
@click.option("--dry-run", is_flag=True, help="Show all of it and save nothing.")
@as_json_option
def new_command(
    file: Path,
    source_id: str | None,
    title: str | None,
    plan: str | None,
    columns: tuple[str, ...],
    told: tuple[str, ...],
    carried: tuple[str, ...],
    yes: bool,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Look at the list FILE, propose how to read it, ask what cannot be known, try it, and save the source file.

    Example: puente source new roster.xlsx --plan health_net
    """
    asking = not (yes or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    data = tell(lambda: from_file(file)).data
    made = tell(lambda: _proposed(data, file.name, source_id, title, plan, carried, asking=asking))
    made = tell(lambda: _told(made, columns, told))
    if not (again or dry_run):
        tell(lambda: _refuse_existing(made.id))
    if not as_json:
        click.echo(screen.to_text(made))
    if asking:
        made = tell(lambda: asked(made))
    elif not (yes or as_json):
        click.echo("\nThis is no terminal, so nothing was asked, as with --yes.")
    tell(lambda: _refuse_nameless(made))
    text = as_yaml(made)
    trial = tell(lambda: try_on(source_of(made.id, text), data, file.name, today=now().date()))
    if not as_json:
        click.echo(f"\n{trial.to_text()}")
    if asking and not dry_run and not tell(lambda: _saves(made, trial)):
        click.echo("Nothing was saved.")
        return
    path = None if dry_run else tell(lambda: save(made.id, text, replace=again))
    show(_json(made, trial, path), _text(made, path, file), as_json=as_json)


def _saves(made: Proposal, trial: Trial) -> bool:
    """Whether to save it; Enter saves nothing of which nobody would see a place."""
    if not trial.shown:
        click.echo(
            "\nWith these answers no place would be shown: what is not understood is left out. To answer again, "
            "press Enter here and run the same command once more."
        )
    return click.confirm(f"\nSave this as {own_path(made.id)}?", default=bool(trial.shown))


def _proposed(
    data: bytes, name: str, source_id: str | None, title: str | None, plan: str | None, carried: tuple[str, ...], *,
    asking: bool,
) -> Proposal:  # fmt: skip
    made = propose(data, name, source_id=source_id, title=title, plan=plan_named(plan), carry_down=carried)
    open_ones = [heading for heading in made.sheet.carried() if heading not in carried]
    if not asking or not open_ones:
        return made
    said = [heading for heading in open_ones if click.confirm(_MERGED.format(heading), default=False)]
    if not said:
        return made
    return propose(data, name, source_id=source_id, title=title, plan=plan_named(plan), carry_down=(*carried, *said))


_MERGED = "Column {0!r} is empty in most rows. Does an empty cell there say the same as the one above it?"


def _refuse_existing(source_id: str) -> None:
    if own_path(source_id).exists():
        raise SourceError(
            f"There is a source called {source_id} already ({own_path(source_id)}). Nothing was changed. "
            f"For its next list: puente sync {source_id} --file LIST. For another list choose a name with --id, "
            "or add --replace to describe this one anew."
        )


def _refuse_nameless(made: Proposal) -> None:
    if made.nameless:
        raise SourceError(
            f"{made.file}: no column is surely the name of a place, so nothing was saved. Say which one it is: "
            f'--column "organization=COLUMN". The columns: {", ".join(made.sheet.columns)}.'
        )


# What was said on the command line


def _told(made: Proposal, columns: Iterable[str], services: Iterable[str]) -> Proposal:
    for said in columns:
        word, _, heading = said.partition("=")
        field = meant_field(word)
        if field is None or not heading.strip():
            raise SourceError(f"--column {said!r}: write FIELD=COLUMN. Fields: {', '.join(known_fields())}.")
        made = made.answered(heading.strip(), field)
    for said in services:
        value, _, name = said.rpartition("=")
        stands = all_stand(name)
        if not stands or not value.strip():
            raise SourceError(
                f"--service {said!r}: write NAME=PROGRAM, with a program, a need or the word out; several with commas."
            )
        made = made.told(value.strip(), *stands)
    return made


# What came of it


def _left(made: Proposal) -> list[str]:
    lines = [f"  column {item.heading!r}: {item.why}" for item in made.with_role(Role.ASK)]
    return lines + [f"  service {item.value!r}, {item.count} rows" for item in made.services if not item.stands]


def _text(made: Proposal, path: Path | None, file: Path) -> str:
    left = _left(made)
    lines = ["", "Not placed, so not used:", *left, _LATER] if left else []
    if made.plan_named and not made.plan:
        lines += [
            "",
            f"The file name speaks of {made.plan_named}. If all its places serve that plan: --plan {made.plan_named}",
        ]
    for heading in made.sheet.carried():
        lines += ["", f"{heading!r} is empty in most rows. If that means the same again: --carry-down {heading!r}"]
    dated = bool(made.as_of or made.of("as_of"))
    if not dated:
        lines += [
            "",
            "The day of the list is not known, and a list without a day counts as old. Say it with --as-of DAY.",
        ]
    if path is None:
        return "\n".join([*lines, "", "Dry run: nothing was saved."])
    return "\n".join(
        [
            *lines,
            "",
            f"Saved: {path}",
            f"Next: puente sync {made.id} --file {shlex.quote(str(file))}{'' if dated else ' --as-of DAY'}",
        ]
    )


def _json(made: Proposal, trial: Trial, path: Path | None) -> dict[str, object]:
    return {**screen.to_json(made), "trial": trial.to_json(), "saved": str(path) if path else None}
