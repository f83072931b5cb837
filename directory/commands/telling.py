"""How every command here answers: text for people, JSON for programs, one sentence where it cannot."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from getpass import getuser
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from directory import store
from directory.errors import PuenteError

__all__ = ["as_json_option", "by_option", "now", "show", "tell"]

T = TypeVar("T")


def now() -> datetime:
    """This second, Pacific time."""
    return datetime.now(ZoneInfo("America/Los_Angeles")).replace(microsecond=0)


def tell(work: Callable[[], T]) -> T:
    """The result, or one sentence and exit code 1; each step is one transaction, so nothing is left half done."""
    try:
        return work()
    except PuenteError as error:
        raise click.ClickException(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(
            f"{store.home()} could not be read or written ({error}). Nothing was changed. "
            "Look whether the disk is full and whether the folder is yours, then try again."
        ) from error


def show(plain: object, text: str, *, as_json: bool) -> None:
    """Prints one answer."""
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2) if as_json else text)


def _somebody() -> str:
    try:
        return os.environ.get("PUENTE_USER") or getuser()
    except (KeyError, OSError):  # a user id without a name, as in a container
        return "unknown"


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
by_option = click.option(
    "--by", "who", default=_somebody, help="Who decides this; else PUENTE_USER, else the name of this login."
)
