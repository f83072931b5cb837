"""The command that prints: leaflet, sign and papers for staff, as PDF files to open and print."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from directory import prints, settings, store
from directory.commands.telling import as_json_option, now, show
from directory.errors import PrintError
from directory.model import Language

__all__ = ["register"]

_ALL = "all"
_TRY = (
    "Before you hand them out: scan the code with your own phone, from outside the clinic's network, and ask one thing."
)
_TRY_TEXT = "Text HELP to {number} from your own phone. Print the leaflet and the sign only if an answer comes."
_DEMO = "DEMO stands across each page: invented places or settings are in use. The clinic's own: puente setup"


def register(group: click.Group) -> None:
    """Adds `print` to the `puente` command."""
    group.add_command(print_command)


@click.command("print", short_help="Make leaflets, signs and papers for staff as PDF.")
@click.argument("what", type=click.Choice([*prints.PAPERS, _ALL]))
@click.option(
    "--language", type=click.Choice(["en", "es", "both"]), default="both", show_default=True,
    help="The leaflet and the sign bear both on one page; papers for staff are a file each.",
)  # fmt: skip
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to; else prints/ in Puente's home.",
)
@click.option("--dry-run", is_flag=True, help="Say which files would be written, and write nothing.")
@as_json_option
def print_command(what: str, language: str, output: Path | None, dry_run: bool, as_json: bool) -> None:
    """Make papers for day one from the clinic's settings, as PDF files.

    leaflet: a sheet to fold or cut, for patients. sign: for the waiting room, letter and 11x17. front-desk: what to
    say, what not to promise, what to do in danger. first-month: week by week. letter: asks a plan for its list.
    calls: the ten places that most need a call this week, from the published directory.

    Example: puente print all --output papers
    """
    known = prints.facts(settings.settings(), store.home(), now().date())
    languages = tuple(Language) if language == "both" else (Language(language),)
    made, left = prints.make_all(known, languages) if what == _ALL else (prints.make(what, known, languages), ())
    if not made:
        raise PrintError("\n".join(left))
    folder = output or store.home() / "prints"
    files = [folder / paper.name for paper in made]
    if not dry_run:
        _write(folder, made)
    plain = {"files": [str(file) for file in files], "left_out": list(left), "trouble": list(known.trouble)}
    show({**plain, "demo": known.demo, "dry_run": dry_run}, _told(files, left, known, dry_run), as_json=as_json)


def _write(folder: Path, made: Iterable[prints.Paper]) -> None:
    """Each file whole or not at all; one that a reader has open keeps what it shows."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for paper in made:
            half = folder / f".{paper.name}.new"
            try:
                half.write_bytes(paper.data)
                half.replace(folder / paper.name)
            finally:
                half.unlink(missing_ok=True)
    except OSError as error:
        raise PrintError(
            f"{folder} cannot be written ({error.strerror or error}), so the papers are not all there. "
            "Name a folder that is yours: puente print all --output FOLDER"
        ) from error


def _told(files: list[Path], left: Iterable[str], known: prints.Facts, dry_run: bool) -> str:
    lines = ["Would write:" if dry_run else "Written:", *(f"  {file}" for file in files)]
    lines += [f"Left out: {reason}" for reason in left]
    lines += known.trouble
    if known.demo:
        lines.append(_DEMO)
    if not dry_run and known.chat:
        lines.append(_TRY)
    if not dry_run and known.text_to:
        lines.append(_TRY_TEXT.format(number=known.text_to))
    return "\n".join(lines)
