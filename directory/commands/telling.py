"""How every command here answers: text for people, JSON for programs, one sentence where it cannot."""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from getpass import getuser
from textwrap import fill
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from directory import healing
from directory.called import as_called
from directory.errors import PuenteError
from directory.model import Language

__all__ = [
    "as_json_option",
    "bar",
    "by_option",
    "day_option",
    "harmless",
    "language_option",
    "now",
    "show",
    "tell",
    "tell_of_settings",
    "unusable",
    "wrapped",
]

T = TypeVar("T")


_WIDTH = 80


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of 80 columns, commands as they are typed here; `first` stands before line one, `rest` else."""
    said = fill(as_called(text), _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    return said.splitlines() or [first]


def now() -> datetime:
    """This second, Pacific time."""
    return datetime.now(ZoneInfo("America/Los_Angeles")).replace(microsecond=0)


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Takes how much is done, and of how much: a bar where that lasts; nothing is drawn where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as drawn:

        def step(done: int, of: int) -> None:
            drawn.length = max(1, of)
            drawn.update(done - drawn.pos)

        yield step


def tell(work: Callable[[], T]) -> T:
    """The result, or one sentence and exit code 1; each step is one transaction, so nothing is left half done."""
    try:
        return work()
    except PuenteError as error:
        raise click.ClickException(harmless(str(error))) from error
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(unusable(error)) from error
    except (KeyboardInterrupt, click.Abort):  # click makes an Abort of Ctrl-C at a question
        raise click.ClickException(
            "Stopped. Nothing is half done: this step was not taken. How things stand now: puente status"
        ) from None


def tell_of_settings() -> None:
    """On standard error what is wrong with settings.yml, where the last good settings count instead."""
    from directory import settings

    if slip := settings.settings().mended:
        click.echo(as_called(harmless(f"ATTENTION: {slip}")), err=True)


def unusable(error: Exception) -> str:
    """The sentence for a folder, a disk or a database that does not do what is asked of it."""
    if _is_full(error):  # before all else: what looks damaged may only have found no room
        return (
            "The disk is full, so this was not done and nothing was changed. `puente purge` deletes what is past its "
            "days and says what is big and what may go; then try again."
        )
    if isinstance(error, sqlite3.DatabaseError) and (damage := healing.at_start()):
        return " ".join((*damage, "Nothing else was done. To see how things stand: puente doctor"))
    return (
        f"{os.environ.get('PUENTE_HOME') or 'var'} could not be read or written ({harmless(str(error))}). "
        "Nothing was changed. Look whether the disk is full and whether the folder is yours, then try again."
    )


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "disk is full" in str(error)


# What a terminal takes for an order instead of a letter: control characters but line feed and tab, and the marks that
# turn the direction of reading, such as U+202E RIGHT-TO-LEFT OVERRIDE; half a character (a surrogate) is no text.
_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text without what a terminal would obey instead of show; lists and file names may hold such things."""
    return _ORDERS.sub("", text)


def show(plain: object, text: str, *, as_json: bool) -> None:
    """Prints one answer."""
    click.echo(as_called(_harmless_json(plain) if as_json else harmless(text)))


def _harmless_json(plain: object) -> str:
    """JSON that says the same and holds nothing that a terminal would obey."""
    text = json.dumps(plain, ensure_ascii=False, indent=2)
    return _ORDERS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _as_day(context: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    """A day as people here write it on the command line."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date() if text is not None else None
    except ValueError:
        said = f"{text!r} is no day. Write year, month and day in figures: 2026-12-31."
        raise click.BadParameter(said, context, parameter) from None


def _one_line(_: click.Context, __: click.Parameter, text: str) -> str:
    """A name as one line of letters: it stands in reports and in the history."""
    return harmless(" ".join(text.split())) or "unknown"


def _somebody() -> str:
    from directory import settings  # loads places and plans, which not every command needs

    admin = settings.settings().admin
    try:
        return os.environ.get("PUENTE_USER") or (admin.name if admin else getuser())
    except (KeyError, OSError):  # a user id without a name, as in a container
        return "unknown"


def day_option(*names: str, help: str) -> Callable[[T], T]:
    """An option that is a day."""
    return click.option(*names, metavar="YYYY-MM-DD", callback=_as_day, help=help)  # type: ignore[return-value]


language_option = click.option(
    "--language", type=click.Choice([language.value for language in Language]), default="en", show_default=True,
    help="Tell it in English or Spanish.",
)  # fmt: skip
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
by_option = click.option(
    "--by",
    "who",
    default=_somebody,
    callback=_one_line,
    help="Who decides this; else PUENTE_USER, else who runs Puente by the settings, else the name of this login.",
)
