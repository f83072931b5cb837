"""`puente doctor` as a clerk meets it, and that each command it gives mends what it says."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from directory import pause
from directory.doctor import CHECKS, LEVELS, Finding, Look, checks, knowledge
from directory.errors import PuenteError
from directory.healing import mending
from directory.purge import clock
from tests.conftest import ROOT, environment
from tests.doctor.conftest import NOW, change
from tests.doctor.test_checks import no_backup, of_days_ago, older, waiting
from tests.healing.conftest import garbage

SLOW = ("Spanish", "the rules", "phones of plans and offices")
HEADS = ("FIX", "LOOK", "IN ORDER")
FIXED = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)


def doctor(home: Path, *words: str, models: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "directory.cli", "doctor", *words], cwd=ROOT,
        env=environment(home, models or home / "models"), capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def found(home: Path) -> dict[str, dict[str, str]]:
    """In a process of its own: notes on rules are read once by each."""
    return {each["id"]: each for each in json.loads(doctor(home, "--json").stdout)}


def seen(home: Path, id: str) -> dict[str, str] | None:
    """The finding of that id, looked for here where nothing was read before."""
    mending._seen.clear()
    look = Look(home, datetime.now(NOW.tzinfo))
    every = (each for name, check in CHECKS if name not in SLOW for each in check(look))
    return next((vars(each) for each in every if each.id == id), None)


def test_the_worst_stands_first_in_eighty_columns(home: Path) -> None:
    change(home, clinic=None)
    result = doctor(home)
    assert result.returncode == 1 and not result.stderr
    lines = result.stdout.splitlines()
    heads = [lines.index(next(line for line in lines if line.startswith(head))) for head in ("FIX", "LOOK", "IN ORDER")]
    assert heads == sorted(heads)
    assert all(len(line) <= 80 for line in lines if not line.lstrip().startswith("$")), "commands stay whole"
    at = next(number for number, line in enumerate(lines) if "Name of your clinic" in line)
    assert "     $ puente setup clinic" in lines[at : at + 3]


def test_json_says_the_same_in_the_same_order(home: Path) -> None:
    plain = json.loads(doctor(home, "--json").stdout)
    assert [each["level"] for each in plain] == sorted((each["level"] for each in plain), key=LEVELS.index)
    assert {"id", "level", "text", "command"} == set(plain[0])


def test_for_cron_only_what_is_not_in_order(home: Path) -> None:
    result = doctor(home, "--quiet")
    assert "IN ORDER" not in result.stdout and "LOOK AT THESE" in result.stdout


def test_a_check_that_breaks_is_a_finding_and_ends_nothing(home: Path) -> None:
    def breaks(_: Look) -> list[Finding]:
        raise ZeroDivisionError

    def refuses(_: Look) -> list[Finding]:
        raise PuenteError("The moon is not in its place. Wait a month.")

    result = checks(NOW, others=[("the stars", breaks), ("the moon", refuses)])
    broken = [finding.text for finding in result if finding.id == "doctor.broken"]
    assert broken[0].startswith("Could not look at the stars: ZeroDivisionError at ")
    assert broken[1] == "Could not look at the moon: The moon is not in its place. Wait a month."
    assert "disk" in {finding.id for finding in result}


FILES = (
    "directory.db work.db settings.yml clock.json overlay.yml pause.json healed.json conversations.db restore.json "
    "reviewed.yml texts.yml"
)


@pytest.mark.parametrize("file", FILES.split())
@pytest.mark.parametrize("content", [b"", b"\xff\xfe garbage {[ " * 40], ids=["empty", "garbage"])
def test_no_damage_of_a_file_ends_it(home: Path, file: str, content: bytes) -> None:
    (home / file).write_bytes(content)
    if file == "restore.json":  # every other command ends with a sentence about it, and so may this
        assert "Traceback" not in doctor(home).stderr
        return
    result = checks(NOW)
    assert {finding.level for finding in result} >= {"look", "ok"}
    assert not [finding.text for finding in result if "Error at " in finding.text], "a check broke"


def test_it_is_quick(home: Path) -> None:
    """In seconds of computing: how long that takes depends on what else runs here."""
    before = os.times()
    doctor(home)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 4


def test_it_changes_nothing_and_loads_no_rasa(home: Path) -> None:
    doctor(home)  # a good settings file is kept when it is first read
    before = _bytes(home)
    code = (
        "import sys; from directory.cli import main; sys.argv[1:] = ['doctor']\ntry: main()\nexcept SystemExit: pass\n"
    )
    code += "print([name for name in ('rasa', 'spacy', 'tensorflow', 'sanic') if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(home, home / "models"), capture_output=True, text=True
    )
    assert result.stdout.strip().endswith("[]"), result.stderr
    assert _bytes(home) == before


def _bytes(home: Path) -> dict[str, bytes]:
    # work.db is opened as every command opens it; a lock file holds nothing.
    kept = (path for path in home.rglob("*") if path.is_file() and path.suffix not in (".lock", ".db"))
    return {str(path.relative_to(home)): path.read_bytes() for path in kept}


def test_every_check_speaks_of_something_and_has_its_own_ids(home: Path) -> None:
    ids = [{finding.id for finding in check(Look(home, NOW))} for _, check in CHECKS]
    every = [id for some in ids for id in some]
    assert len(every) == len(set(every))
    assert all(finding.level in LEVELS for finding in checks(NOW))
    assert all(finding.command for finding in checks(NOW) if finding.level != "ok" and finding.id != "doctor.broken")


# ---- Obeyed literally ----

OBEYED: list[tuple[str, Callable[[Path], object]]] = [
    ("settings.damaged", lambda home: (home / "settings.yml").write_text("clinic: [1")),
    ("home.open", lambda home: home.chmod(0o755)),
    ("directory.damaged", lambda home: garbage(home / "directory.db")),
    ("directory.damaged", lambda home: (home / "directory.db").unlink()),
    ("directory.older", older),
    ("lists.unpublished", waiting),
    ("paused", lambda home: pause.pause("Closed.", None, "ana", NOW)),
    ("purge.late", lambda home: clock.note_purge(home, NOW.replace(year=2025))),
    ("clock.ahead", lambda home: clock.note(home, NOW.replace(year=2024), right=True)),
    ("backup.none", no_backup),
    ("demo.flag", lambda home: change(home, demo="true")),
    ("retention.conversations", lambda home: change(home, retention="{conversations: 60}")),
    ("sms.baa", lambda home: change(home, sms='{account: AC1, from: "+1 209 555 0150"}')),
    ("restore.aside", lambda home: (home / "before-restore-20261101T000000Z").mkdir()),
]
ANSWERS = {"settings.damaged": "open\n\n\n\n"}
THEN = {"lists.unpublished": "puente publish"}
"""What the command itself says to do next."""


@pytest.mark.parametrize(("id", "breaks"), OBEYED, ids=[id for id, _ in OBEYED])
def test_who_types_what_it_says_has_mended_it(home: Path, id: str, breaks: Callable[[Path], object]) -> None:
    breaks(home)
    for _ in range(20):  # a number after the other
        finding = seen(home, id)
        if finding is None:
            break
        done = _typed(home, str(finding["command"]), ANSWERS.get(id))
        if id in THEN:
            done = _typed(home, THEN[id], None)
        assert done.returncode == 0, f"{finding}\n{done.stdout}\n{done.stderr}"
    assert finding is None


def _typed(home: Path, line: str, answers: str | None) -> subprocess.CompletedProcess[str]:
    command = " ".join(
        f"{shlex.quote(sys.executable)} -m directory.cli" if w == "puente" else w for w in line.split(" ")
    )
    if answers and line == "puente setup":
        command += " --ask"
    more = {"PUENTE_BACKUP_PASSPHRASE": "seven green kites over the river"}
    return subprocess.run(
        command, shell=True, cwd=ROOT, env={**environment(home), **more}, input=answers or "", capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip


def test_an_old_list_names_the_list_and_a_new_one_mends_it(home: Path) -> None:
    of_days_ago(100)(home)
    command = found(home)["list.list"]["command"]
    assert command == "puente sync list --file NEW_LIST"
    of_days_ago(3)(home)
    assert found(home)["list.list"]["level"] == "ok"


# ---- Rules and texts: what ships is full of drafts, so one that is looked at is one fewer ----


def test_rules_past_their_day_and_the_first_of_them(home: Path) -> None:
    (now,) = [each for each in knowledge.rules(Look(home, FIXED)) if each.id == "rules.unverified"]
    assert "nobody has compared with the official page" in now.text and "hedge" not in now.text
    assert str(now.command).startswith("puente rules check ") and str(now.command).endswith('--source "PAGE"')
    later = {each.id: each for each in knowledge.rules(Look(home, FIXED.replace(year=2028)))}
    assert "rules.overdue" not in {each.id for each in knowledge.rules(Look(home, FIXED))}
    assert (
        later["rules.overdue"].command == "puente rules --overdue" and int(later["rules.overdue"].text.split()[0]) > 99
    )


def test_a_rule_that_was_looked_at_is_one_fewer(home: Path) -> None:
    before = int(found(home)["rules.unverified"]["text"].split()[0])
    done = _typed(home, 'puente rules check food_bank --source "called the food bank"', None)
    assert done.returncode == 0, done.stderr
    assert int(found(home)["rules.unverified"]["text"].split()[0]) < before


def test_a_phone_that_was_called_is_one_fewer(home: Path) -> None:
    before = found(home)["phones.unverified"]
    assert before["command"].endswith('--source "called it"')
    assert _typed(home, before["command"], None).returncode == 0
    after = found(home)["phones.unverified"]
    assert int(after["text"].split()[0]) == int(before["text"].split()[0]) - 1
    assert after["command"] != before["command"]


def test_spanish_that_somebody_signed_is_fewer(home: Path, tmp_path: Path) -> None:
    said = found(home)["spanish.unreviewed"]
    assert (
        said["command"] == "puente texts export bot.xlsx --unreviewed --room bot" and "Begin with the " in said["text"]
    )
    before = int(said["text"].split()[0])
    sheet = tmp_path / "texts.csv"
    assert _typed(home, f"puente texts export {sheet} --unreviewed --room sign", None).returncode == 0
    assert _typed(home, f'puente texts import {sheet} --by "Ana Luna"', None).returncode == 0
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    column = lines[0].split(",").index("Reviewer")
    assert column > 0 and before > len(lines) > 1


def test_a_clinic_of_another_county_is_asked_about_its_own_plans(home: Path) -> None:
    change(home, counties="[Kern]")
    here = {each.id: each for each in knowledge.phones(Look(home, FIXED))}
    change(home, counties="[San Mateo]")
    there = {each.id: each for each in knowledge.phones(Look(home, FIXED))}
    assert here["phones.unverified"].text != there["phones.unverified"].text
