"""Each check beside a home that is broken in one way, and beside the same home when all is well."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directory import pause, store
from directory.doctor import CHECKS, Finding
from directory.purge import clock
from tests.conftest import puente
from tests.doctor.conftest import NOW, change
from tests.healing.conftest import garbage
from tests.publication.conftest import Work

Says = Callable[..., dict[str, Finding]]


def work(home: Path) -> Work:
    made = Work(home)
    made.now = NOW
    return made


def of_days_ago(days: int) -> Callable[[Path], None]:
    """The list bears that day, and is published so."""

    def breaks(home: Path) -> None:
        made = work(home)
        made.put("list", "2", counties=["Stanislaus"])
        with made.open() as opened:
            opened.execute("UPDATE source SET as_of = ?", ((NOW - timedelta(days=days)).date().isoformat(),))
        puente(home, "publish")

    return breaks


def no_day(home: Path) -> None:
    made = work(home)
    made.put("list", "2", counties=["Stanislaus"])
    with made.open() as opened:
        opened.execute("UPDATE source SET as_of = NULL")
    puente(home, "publish")


def outdated(home: Path) -> None:
    with sqlite3.connect(home / "directory.db") as opened:
        opened.execute("PRAGMA user_version = 3")
    opened.close()
    (home / "work.db").unlink()  # else it is known for another file than was published


def waiting(home: Path) -> None:
    made = work(home)
    made.put("list", "2", counties=["Stanislaus"])
    with made.open() as opened:
        opened.execute("UPDATE run SET added = 1")


def stopped(home: Path) -> None:
    made = work(home)
    with made.open() as opened:
        number = made.run(opened, "list", "stopped")
        opened.execute("UPDATE run SET why = 'no rows under the headings' WHERE number = ?", (number,))


def older(home: Path) -> None:
    made = work(home)
    made.put("list", "2", counties=["Stanislaus"])
    puente(home, "publish")
    garbage(home / "directory.db")
    from directory import healing

    healing.heal()


def mended(home: Path) -> None:
    from directory import healing

    healing.at_start()
    (home / "directory.db").unlink()
    healing.heal()


def many_logs(home: Path) -> None:
    (home / "logs").mkdir()
    with (home / "logs" / "puente.log").open("wb") as file:
        file.truncate(300_000_000)


def old_backup(days: int) -> Callable[[Path], None]:
    def breaks(home: Path) -> None:
        for path in _backups(home):
            stamp = (NOW - timedelta(days=days)).astimezone().strftime("%Y%m%dT%H%M%SZ")
            path.rename(path.with_name(f"puente-backup-{stamp}.tar.gz.age"))

    return breaks


def _backups(home: Path) -> list[Path]:
    folder = next(line for line in (home / "settings.yml").read_text().splitlines() if line.startswith("backups"))
    return list(Path(folder.partition("folder: ")[2].strip("} ")).glob("puente-backup-*"))


def no_backup(home: Path) -> None:
    for path in _backups(home):
        path.unlink()


def no_folder(home: Path) -> None:
    change(home, backups="{folder: /nowhere/stick}")


def encrypted_and_none(home: Path) -> None:
    no_backup(home)
    folder = next(line for line in (home / "settings.yml").read_text().splitlines() if line.startswith("backups"))
    change(home, backups=folder.partition(": ")[2].replace("}", ", encrypted: true}"))


def moved(home: Path) -> None:
    """The folder was changed by setup, and the last backup lies where the one before was."""
    (home.parent / "new").mkdir()
    puente(home, "setup", "--set", f"backups.folder={home.parent / 'new'}")


def cut_backup(home: Path) -> None:
    for path in _backups(home):
        path.write_bytes(b"")


def half_plain_backup(home: Path) -> None:
    no_backup(home)
    puente(home, "backup")
    (path,) = _backups(home)
    path.write_bytes(path.read_bytes()[:-400])


def plain_backup(home: Path) -> None:
    no_backup(home)
    puente(home, "backup")


def same_disk(home: Path) -> None:
    (home / "backups").mkdir()
    change(home, backups=f"{{folder: {home / 'backups'}}}")
    puente(home, "backup")


SMS = '{account: AC1, from: "+1 209 555 0150"}'
TABLE: list[tuple[str, Callable[[Path], object], str, str, str]] = [
    ("the settings", lambda home: (home / "settings.yml").unlink(), "settings.damaged", "mend", "puente setup"),
    (
        "the settings",
        lambda home: (home / "settings.yml").write_text("clinic: [1"),
        "settings.damaged",
        "mend",
        "setup",
    ),
    (
        "what the clinic says of itself",
        lambda home: change(home, clinic=None),
        "settings.clinic",
        "mend",
        "setup clinic",
    ),
    ("what the clinic says of itself", lambda home: change(home, phone=None), "settings.phone", "mend", "setup phone"),
    (
        "what the clinic says of itself",
        lambda home: change(home, counties=None),
        "settings.counties",
        "mend",
        "setup cou",
    ),
    ("what the clinic says of itself", lambda home: change(home, admin=None), "settings.admin", "look", "setup admin"),
    ("what the clinic says of itself", lambda home: change(home, color=None), "settings.later", "look", "setup color"),
    ("the demo", lambda home: change(home, phone='"209-555-0140"'), "demo.phone", "mend", "setup phone"),
    ("the demo", lambda home: change(home, demo="true"), "demo.flag", "mend", "setup --set demo="),
    (
        "how long things are kept",
        lambda home: change(home, retention="{conversations: 60}"),
        "retention.conversations",
        "look",
        "setup --set retention.conversations=30",
    ),
    ("the directory", lambda home: (home / "directory.db").unlink(), "directory.damaged", "mend", "publish"),
    ("the directory", lambda home: garbage(home / "directory.db"), "directory.damaged", "mend", "publish"),
    ("the directory", outdated, "directory.outdated", "mend", "publish"),
    ("what was mended", older, "directory.older", "mend", "puente publish"),
    ("what was mended", mended, "directory.mended", "look", "puente backup"),
    ("the lists", of_days_ago(60), "list.list", "look", "puente sync list"),
    ("the lists", of_days_ago(100), "list.list", "mend", "puente sync list"),
    ("the lists", no_day, "list.list", "look", "--as-of"),
    ("the lists", lambda home: change(home, plans="[health_net, kaiser]"), "lists.missing", "look", "print letter"),
    ("what is not published yet", waiting, "lists.unpublished", "look", "puente diff"),
    ("what is not published yet", stopped, "stopped.list", "look", "puente sync list --file NEW_LIST --dry-run"),
    ("the working database", lambda home: garbage(home / "work.db"), "work.damaged", "mend", "puente backups"),
    (
        "the clinic's notes on the rules",
        lambda home: (home / "overlay.yml").write_text("- {"),
        "rules.notes",
        "mend",
        "rules",
    ),
    ("who may read the files", lambda home: home.chmod(0o755), "home.open", "mend", "chmod -R go-rwx"),
    ("the logs", many_logs, "logs.large", "look", "puente purge --dry-run"),
    (
        "the clock",
        lambda home: clock.note(home, NOW + timedelta(days=3), right=True),
        "clock.behind",
        "mend",
        "timedatectl",
    ),
    (
        "the clock",
        lambda home: clock.note(home, NOW - timedelta(days=90), right=True),
        "clock.ahead",
        "mend",
        "--now-is-right",
    ),
    (
        "the public address",
        lambda home: change(home, public_address=None),
        "address.unset",
        "look",
        "setup public_address",
    ),
    ("whether Puente runs", lambda home: None, "up.none", "mend", "puente up"),
    ("a pause", lambda home: pause.pause("Closed.", None, "ana", NOW), "paused", "look", "puente resume"),
    ("a pause", lambda home: pause.file().write_text("{"), "paused", "look", "puente resume"),
    (
        "the daily purge",
        lambda home: clock.note_purge(home, NOW - timedelta(days=5)),
        "purge.late",
        "mend",
        "puente purge",
    ),
    ("backups", no_backup, "backup.none", "mend", "puente backup"),
    ("backups", no_folder, "backup.no_folder", "mend", "puente setup backups"),
    ("backups", encrypted_and_none, "backup.none", "mend", "puente backup --encrypt"),
    ("backups", moved, "backup.elsewhere", "look", "puente backup"),
    ("backups", old_backup(12), "backup.old", "look", "puente backup"),
    ("backups", old_backup(50), "backup.old", "mend", "puente backup"),
    ("backups", cut_backup, "backup.damaged", "mend", "puente backup"),
    ("backups", half_plain_backup, "backup.damaged", "mend", "puente backup"),
    ("backups", plain_backup, "backup.open", "look", "--encrypt"),
    ("backups", same_disk, "backup.same_disk", "look", "puente setup backups"),
    ("text messages", lambda home: change(home, sms=SMS), "sms.baa", "mend", "sms.attested.baa="),
    ("text messages", lambda home: change(home, sms=SMS), "sms.ten_dlc", "mend", "sms.attested.ten_dlc="),
    ("text messages", lambda home: change(home, sms=SMS), "sms.privacy_page", "mend", "sms.attested.privacy_page="),
    (
        "a restore or an upgrade",
        lambda home: (home / "before-restore-20261101T000000Z").mkdir(),
        "restore.aside",
        "look",
        "rm",
    ),
]


@pytest.mark.parametrize(("name", "breaks", "id", "level", "command"), TABLE, ids=lambda value: str(value)[:30])
def test_what_is_broken_is_found_and_what_is_well_is_not(
    home: Path, says: Says, name: str, breaks: Callable[[Path], object], id: str, level: str, command: str
) -> None:
    if id not in ("up.none",):
        before = says(name)
        assert all(finding.level == "ok" for finding in before.values()), before
    breaks(home)
    found = says(name)[id]
    assert found.level == level and command in (found.command or ""), found
    assert found.text.endswith((".", "!")) or "." in found.text


def test_a_clinic_that_has_said_nothing(home: Path, says: Says) -> None:
    for path in home.glob("settings*"):
        path.unlink()
    assert says("the settings")["settings.none"].command == "puente setup"


def test_half_a_restore_and_half_an_upgrade(home: Path, says: Says) -> None:
    assert not says("a restore or an upgrade")
    (home / "restore.json").write_text('{"step": "in", "aside": "before-restore-1", "names": []}')
    (home / "upgrade").mkdir()
    journal = home / "upgrade" / "journal.json"
    journal.write_text('{"step": "environment"}')
    assert {"restore.half", "upgrade.half"} <= set(says("a restore or an upgrade"))
    journal.write_text('{"step": "done"}')  # it stays for `puente upgrade --back`
    assert "upgrade.half" not in says("a restore or an upgrade")


def test_an_undone_publication_is_said_with_the_way_to_take_the_list_back(home: Path, says: Says) -> None:
    made = work(home)
    made.put("list", "2", counties=["Stanislaus"])
    puente(home, "publish")
    puente(home, "undo")
    found = says("what is not published yet")["lists.undone"]
    assert found.level == "look" and "was put back on" in found.text


def test_invented_lists_beside_real_ones(home: Path, says: Says) -> None:
    """As no command publishes it any more; a directory of before may hold it."""
    assert "demo.none" in says("the demo")
    sources = [store.SourceRecord("list", "A list"), store.SourceRecord("made_up", "Made up", demo=True)]
    (home / "directory.db").unlink()
    store.write_directory(home / "directory.db", records=(), sources=sources, publication="old", published_at=NOW)
    found = says("the demo")["demo.beside"]
    assert found.level == "mend" and "made_up" in found.text and found.command == "puente demo remove"


def test_the_demo_alone_is_for_this_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from directory.doctor import Look

    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    puente(tmp_path, "demo", "load")
    found = {finding.id: finding for finding in dict(CHECKS)["the demo"](Look(tmp_path, NOW))}
    assert found["demo.alone"].level == "look"


def test_a_file_of_another_owner(home: Path, says: Says) -> None:
    if os.geteuid():
        pytest.skip("only root can give a file away")
    os.chown(home / "work.db", 65534, 65534)
    assert says("who may read the files")["home.owner"].command == f'sudo chown -R "$(id -un)" {home}'
