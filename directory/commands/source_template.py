"""`puente source template`: a blank workbook for places of our own."""

from __future__ import annotations

from pathlib import Path

import click

from directory.commands.telling import as_json_option, show, tell
from directory.errors import SourceError
from directory.exports.aside import aside
from directory.sync.template.workbook import workbook

__all__ = ["template_command"]


@click.command("template")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("puente_list.xlsx"), show_default=True,
    help="Where to write it.",
)  # fmt: skip
@click.option("--replace", "again", is_flag=True, help="Write over a file that is there.")
@as_json_option
def template_command(output: Path, again: bool, as_json: bool) -> None:
    """Write a blank workbook with examples and drop-downs; filled in, it loads as it is.

    Example: puente source template --output our_places.xlsx
    """
    tell(lambda: _written(output, again=again))
    text = f"Written: {output}\nFill it in, then: puente sync --file {output} --dry-run"
    show({"written": str(output)}, text, as_json=as_json)


def _written(output: Path, *, again: bool) -> None:
    if output.exists() and not again:
        raise SourceError(
            f"{output} exists already and may hold somebody's work. Nothing was changed. "
            "Choose another name with --output, or add --replace."
        )
    with aside(output, force=again) as file:
        file.write(workbook())
