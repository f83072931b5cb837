"""How a command starts: only what it needs is loaded, and tables in order are not looked at again."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from directory import cli
from directory.sync import stage


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


def mark(path: Path) -> int:
    connection = sqlite3.connect(path)
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return found


def test_tables_bear_the_mark_of_their_migrations(home: Path) -> None:
    with stage.open_work():
        pass
    assert mark(home / "work.db") > 0


def test_tables_of_an_earlier_time_are_migrated(home: Path) -> None:
    from sqlite_utils import Database

    from directory import schema

    database = Database(home / "work.db")
    schema.work.apply(database, stop_before="streaming")
    database.execute("PRAGMA user_version = 7")
    database.close()
    with stage.open_work() as work:
        assert work.execute("SELECT count(*) FROM list_row").fetchone()[0] == 0
    assert mark(home / "work.db") not in (0, 7)


def test_tables_in_order_are_opened_without_the_library_that_makes_them() -> None:
    with stage.open_work():
        pass
    code = "import sys; from directory.sync import stage\nwith stage.open_work(): print('sqlite_utils' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def loaded_by(*command: str) -> set[str]:
    """The rooms of commands that a command loads before it does anything."""
    code = (
        "import json, sys; from directory import cli; import click\n"
        f"cli.main.get_command(click.Context(cli.main), {command[0]!r})\n"
        "print(json.dumps([name for name in sys.modules if name.startswith(('directory.', 'bot.'))]))"
    )
    return set(json.loads(subprocess.check_output([sys.executable, "-c", code], text=True)))


@pytest.mark.parametrize(
    ("command", "room", "others"),
    [
        ("sync", "directory.commands.refresh", ("directory.commands.publication", "directory.search", "bot.cli")),
        ("publish", "directory.commands.publication", ("directory.commands.review", "bot.cli")),
        ("search", "directory.commands.looking", ("directory.sync", "directory.commands.refresh", "bot.cli")),
    ],
)
def test_only_the_room_of_a_command_is_loaded(command: str, room: str, others: tuple[str, ...]) -> None:
    loaded = loaded_by(command)
    assert room in loaded
    assert not loaded.intersection(others)


def test_the_table_of_rooms_says_what_each_room_has() -> None:
    import click

    for room, names in cli.ROOMS.items():
        group = click.Group()
        cli.register(room, group)
        assert tuple(group.commands) == names


def test_a_command_that_is_not_there_is_looked_for_everywhere() -> None:
    import click

    assert cli.main.get_command(click.Context(cli.main), "nothing") is None
    assert {"search", "sync", "publish", "up", "export"} <= set(cli.main.list_commands(click.Context(cli.main)))
