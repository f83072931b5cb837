"""Upgrade Puente in one command, and take that back: hands over to scripts/upgrade.py, which outlives the code."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from directory import search, status, store
from directory.backup import restoring
from directory.commands.telling import now, tell
from directory.errors import UpgradeError

__all__ = ["register"]

_ROOT = Path(__file__).resolve().parents[2]
_DRIVER = ("upgrade.py", "upgrade_steps.py", "upgrade_checkout.py")


def register(group: click.Group) -> None:
    """Adds `upgrade` (and the hidden `settle`, which a new version runs on the data of the former) to `puente`."""
    for command in (upgrade_command, settle_command):
        group.add_command(command)


@click.command("upgrade")
@click.option("--to", metavar="TAG_OR_COMMIT", help="The version; else the newest release.")
@click.option("--dry-run", is_flag=True, help="Say from what to what, and what is new; change nothing.")
@click.option("--back", is_flag=True, help="Take the last upgrade back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def upgrade_command(to: str | None, dry_run: bool, back: bool, yes: bool) -> None:
    """Move to the newest version: a backup first, then code, packages, data and model; checked at the end.

    When something does not work, what ran before runs again. It needs a checkout made with `git clone`.

    Example: puente upgrade --dry-run
    """
    tell(_refuse_no_checkout)
    driver = tell(_driver)
    flags = {"--dry-run": dry_run, "--back": back, "--yes": yes}
    words = [str(driver), "--root", str(_ROOT), *(flag for flag, on in flags.items() if on)]
    base = str(Path(sys.executable).resolve())  # that of .venv may be replaced meanwhile
    sys.stdout.flush()
    os.execv(base, [base, *words, *(["--to", to] if to else [])])


def _refuse_no_checkout() -> None:
    if not (_ROOT / ".git").exists() or not (_ROOT / "scripts" / _DRIVER[0]).is_file():
        raise UpgradeError(
            f"{_ROOT} is no git checkout (a container, or an unpacked archive), so nothing in it can be upgraded. "
            "Make a backup (puente backup), then start the new image or the new version on the same PUENTE_HOME. With "
            "compose: docker compose pull && docker compose up -d. The way back is the former image and the backup."
        )


def _driver() -> Path:
    """The program that does it, in Puente's home: there it stays while the code changes, and after a power cut."""
    folder = store.home().resolve() / "upgrade"
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in reversed(_DRIVER):
        part = folder / f"{name}.part"
        shutil.copyfile(_ROOT / "scripts" / name, part)
        part.replace(folder / name)
    return folder / _DRIVER[0]


@click.command("settle", hidden=True)
@click.option("--check", is_flag=True, help="Only try out whether this version works with the data that are here.")
def settle_command(check: bool) -> None:
    """Bring tables and publication up to this version (what `puente upgrade` runs).

    Example: puente settle --check
    """
    if check:
        tell(_works)
    else:
        tell(lambda: restoring.up_to_date(now()))
    click.echo("In order.")


def _works() -> None:
    """UpgradeError when every command cannot be loaded, or people would not be shown what is published."""
    from directory.cli import main

    main.list_commands(click.Context(main))
    found = status.status()
    if found.outdated:
        raise UpgradeError("What is published cannot be read by this version.")
    if found.listings:
        with store.open_directory() as directory:
            name = directory.execute("SELECT name FROM listing ORDER BY suspended_until, rowid LIMIT 1").fetchone()[0]
        if not search.search(search.Query(text=name), now=now()).hits:
            raise UpgradeError(f"What is published holds {name}, but a search does not find it.")
