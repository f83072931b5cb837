"""The `puente` command: a group that loads of its rooms only the one whose command is asked for."""

from __future__ import annotations

import sqlite3
import sys
from importlib import import_module

import click

from directory import called
from directory.backup.unfinished import end_what_was_cut_off
from directory.commands.telling import harmless, unusable
from directory.errors import PuenteError

__all__ = ["ROOMS", "main", "register"]

ROOMS = {
    "looking": ("search", "show", "status", "places", "desk"),
    "refresh": ("sync", "demo"),
    "publication": ("publish", "diff", "undo", "history"),
    "lists": ("source",),
    "review": ("review", "decide", "decisions"),
    "hand": ("add", "edit", "notice"),
    "organizations": ("organization",),
    "exporting": ("export",),
    "rules": ("rules",),
    "plans": ("plans", "offices", "ride"),
    "texts": ("texts",),
    "keeping": ("privacy", "purge"),
    "checking": ("check", "screen"),
    "printing": ("print",),
    "setting": ("setup", "settings"),
    "pausing": ("pause", "resume"),
    "recording": ("answers",),
    "backups": ("backup", "backups", "restore"),
    "doctoring": ("doctor",),
    "accounts": ("account",),
    "inbox": ("inbox",),
    "verify": ("verify",),
    "followups": ("followups",),
    "optouts": ("optouts",),
    "codes": ("code",),
    "texting_setup": ("sms-token",),
    "upgrading": ("upgrade", "settle"),
}
"""Module of `directory.commands` -> the commands it adds, in its order."""

_ROOM_OF = {command: room for room, commands in ROOMS.items() for command in commands}


def register(room: str, group: click.Group) -> None:
    """Adds the commands of one room."""
    import_module(f"directory.commands.{room}").register(group)


class _Puente(click.Group):
    """A group whose commands tell a PuenteError as one sentence on standard error, with exit code 1.

    A room is loaded when one of its commands is asked for, so that no command waits for the others; those that other
    packages bring when no room of our own has the command; all of them for the help.
    """

    _all_loaded = _others_loaded = False

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            if room := _ROOM_OF.get(cmd_name):
                register(room, self)
            else:  # `up` is one of them, and people wait for it
                self._load_others()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def _load(self) -> None:
        if self._all_loaded:
            return
        self._all_loaded = True
        for room in ROOMS:
            register(room, self)
        self._load_others()

    def _load_others(self) -> None:
        if self._others_loaded:
            return
        self._others_loaded = True
        from importlib.metadata import entry_points  # slow to import, and few commands need it

        for found in entry_points(group="puente.commands"):
            found.load()(self)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return self._invoked(ctx)
        except click.ClickException as error:  # every sentence of refusal passes here
            vars(error)["message"] = called.as_called(error.message)
            raise

    def _invoked(self, ctx: click.Context) -> object:
        try:
            end_what_was_cut_off(sys.argv[1] if len(sys.argv) > 1 else None)
            return super().invoke(ctx)
        except PuenteError as error:
            raise click.ClickException(harmless(str(error))) from error
        except BrokenPipeError:  # whoever read along has gone: `puente search ... | head`
            raise
        except (OSError, sqlite3.Error) as error:
            raise click.ClickException(unusable(error)) from error


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("puente")
    except PackageNotFoundError:
        found = "not installed"
    click.echo(f"puente, version {found}")
    ctx.exit()


@click.group(cls=_Puente, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the version and exit.",
)  # fmt: skip
def main() -> None:
    """Puente: may I get this help, and who gives it near me?

    Start with `puente demo load` (invented places) or `puente sync SOURCE` and `puente publish` (your plan's list).
    Then: `puente search --need food --near 95354`.

    Data lives in the folder that PUENTE_HOME names (else `var`). Each command explains itself: puente COMMAND --help
    """


if __name__ == "__main__":
    main()
