"""An upgrade and its way back: what is told, what is refused, and that everything is of one version afterwards."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from .conftest import Place, git, kill_all

STEPS = ("backup", "code", "environment", "data", "model", "checks", "start")


def test_there_and_back_again(place: Place) -> None:
    place.release_b()
    told = place.done("--yes")
    assert "From v0.1.0" in told and "to v0.2.0" in told and "- Rides are shown first now." in told
    assert place.is_whole("B") and place.step == "done"
    calls = (place.home / "calls.log").read_text(encoding="utf-8").splitlines()
    assert [call.split()[:2] for call in calls] == [
        ["A", "backup"], ["B", "settle"], ["B", "train"], ["B", "settle"], ["B", "works"],
    ]  # fmt: skip
    assert place.done("--yes").startswith("Puente is up to date: v0.2.0")
    place.execute("INSERT INTO run VALUES (2, 'later')")
    told = place.done("--back", "--yes")
    assert "what came later would be lost" in told
    assert place.is_whole("A") and place.journal is None
    assert place.execute("SELECT number FROM run") == [(1,)]
    assert "no upgrade that could be taken back" in place.refused("--back", "--yes")


def test_the_way_back_keeps_the_data_where_no_table_changed(place: Place) -> None:
    place.release({"VERSION": "A\n", "CHANGELOG.md": "# Changelog\n- A slip.\n"}, "v0.1.1")
    place.done("--yes")
    place.execute("INSERT INTO run VALUES (2)")
    assert "The data stay as they are now." in place.done("--back", "--yes")
    assert place.is_whole("A") and place.execute("SELECT number FROM run") == [(1,), (2,)]


def test_a_dry_run_changes_nothing(place: Place) -> None:
    place.release_b()
    told = place.done("--dry-run")
    assert "to v0.2.0" in told and told.endswith("Nothing was changed.\n")
    assert place.is_whole("A") and not (place.home / "calls.log").exists()


OLD_NEWS = """# Changelog

## 0.1

- Food is found
  by place.
- Rides are shown
  first, on weekdays only.
"""
NEW_NEWS = """# Changelog

## 0.2

- Two lines, of which
  both are new.

## 0.1

- Food is found
  by place.
- Rides are shown
  first, each day.
"""


def test_what_is_new_is_told_in_whole_sentences(place: Place) -> None:
    place.release({"CHANGELOG.md": OLD_NEWS}, "v0.1.1")
    place.done("--yes")
    place.release({"CHANGELOG.md": NEW_NEWS}, "v0.2.0")
    told = place.done("--dry-run")
    assert "  ## 0.2\n  - Two lines, of which\n    both are new.\n" in told
    assert "  ## 0.1\n  - Rides are shown\n    first, each day.\n" in told and "Food is found" not in told


def test_nobody_says_yes(place: Place) -> None:
    place.release_b()
    assert "Add --yes" in place.refused()
    assert place.is_whole("A")


def test_changes_of_ones_own_are_named(place: Place) -> None:
    place.release_b()
    (place.root / "VERSION").write_text("mine\n", encoding="utf-8")
    told = place.refused("--yes")
    assert "VERSION" in told and "git diff" in told and "Nothing was changed" in told
    assert (place.root / "VERSION").read_text(encoding="utf-8") == "mine\n"


def test_commits_of_ones_own_are_named(place: Place) -> None:
    place.release_b()
    (place.root / "only-in-a.txt").write_text("mine\n", encoding="utf-8")
    git(place.root, "commit", "--quiet", "--all", "--message", "Our own color")
    assert "Our own color" in place.refused("--yes")


def test_a_file_in_the_way_is_named(place: Place) -> None:
    place.release_b()
    (place.root / "only-in-b.txt").write_text("mine\n", encoding="utf-8")
    assert "only-in-b.txt" in place.refused("--yes")
    assert (place.root / "only-in-b.txt").read_text(encoding="utf-8") == "mine\n"


def test_without_a_release_the_branch_is_followed(place: Place) -> None:
    git(place.source, "tag", "--delete", "v0.1.0")
    git(place.remote, "tag", "--delete", "v0.1.0")
    git(place.root, "tag", "--delete", "v0.1.0")
    commit = place.release({"VERSION": "A\n", "CHANGELOG.md": "# Changelog\n- Next.\n"}, None)
    place.done("--yes")
    assert git(place.root, "rev-parse", "HEAD") == commit
    assert git(place.root, "symbolic-ref", "--short", "HEAD") == "main"


@pytest.mark.parametrize("name", ["v0.1.5", "commit", "later"])
def test_a_version_that_is_named(place: Place, name: str) -> None:
    commit = place.release({"CHANGELOG.md": "# Changelog\n- Next.\n"}, "v0.1.5")
    git(place.source, "branch", "later")
    git(place.source, "push", "--quiet", str(place.remote), "later")
    place.release_b()
    place.done("--yes", "--to", commit if name == "commit" else name)
    assert git(place.root, "rev-parse", "HEAD") == commit


def test_a_version_that_does_not_exist_and_one_that_is_older(place: Place) -> None:
    place.release_b()
    assert "There is no version 'v9'" in place.refused("--yes", "--to", "v9")
    place.done("--yes")
    assert "older" in place.done("--yes", "--to", "v0.1.0") and place.is_whole("B")


def test_no_network(place: Place) -> None:
    place.remote.rename(place.remote.with_name("gone.git"))
    assert "fetch" in place.refused("--yes") and place.is_whole("A")


def test_no_checkout(place: Place) -> None:
    (place.root / ".git").rename(place.root / ".gone")
    assert "docker compose pull" in place.refused("--yes")


@pytest.mark.parametrize("fails", ["settle", "train", "works"])
def test_a_version_that_fails_is_taken_back_at_once(place: Place, fails: str) -> None:
    place.release_b(FAILS=f"{fails}\n")
    told = place.refused("--yes")
    assert f"{fails} of B is broken" in told or fails in told
    assert "what ran before runs again" in told
    assert place.is_whole("A") and place.journal is None
    assert place.execute("SELECT number FROM run") == [(1,)]
    place.release({"FAILS": "\n"}, "v0.2.1")
    place.done("--yes")
    assert place.is_whole("B")


def test_packages_that_cannot_be_installed(place: Place) -> None:
    place.release_b(**{"scripts/environment.sh": "rm -rf .venv; exit 1\n"})
    assert "what ran before runs again" in place.refused("--yes")
    assert place.is_whole("A")


def test_a_backup_that_fails_stops_it_before_anything(place: Place) -> None:
    place.release({"FAILS": "backup\n"}, "v0.1.1")
    place.done("--yes")
    place.release_b()
    assert "Nothing was changed" in place.refused("--yes")
    assert git(place.root, "describe", "--tags") == "v0.1.1"


@pytest.mark.parametrize("step", STEPS)
def test_a_power_cut_at_each_step(place: Place, step: str) -> None:
    place.release_b()
    _cut_at(place, step, "--yes")
    place.done("--resume")
    assert place.is_whole("B" if place.step == "done" else "A")
    assert place.execute("SELECT number FROM run") == [(1,)]
    place.done("--yes")
    assert place.is_whole("B")


def _cut_at(place: Place, step: str, *words: str) -> None:
    process = place.start(*words)
    while process.poll() is None and place.step != step:
        time.sleep(0.002)
    kill_all(process)


@pytest.mark.parametrize("tenths", range(1, 24, 2))
def test_a_power_cut_at_any_time(place: Place, tenths: int) -> None:
    place.release_b()
    process = place.start("--yes")
    time.sleep(tenths / 10)
    kill_all(process)
    place.done("--resume")
    assert place.is_whole("B" if place.step == "done" else "A")
    place.done("--yes")
    assert place.is_whole("B")


@pytest.mark.parametrize("tenths", range(0, 12, 2))
def test_a_power_cut_on_the_way_back(place: Place, tenths: int) -> None:
    place.release_b()
    place.done("--yes")
    process = place.start("--back", "--yes")
    while process.poll() is None and place.step != "back":
        time.sleep(0.002)
    time.sleep(tenths / 10)
    kill_all(process)
    if place.step == "back":
        place.done("--resume")
    assert place.is_whole("A") and place.journal is None


def test_when_only_the_upgrade_is_killed_the_way_back_is_taken_by_itself(place: Place) -> None:
    place.release_b()
    process = place.start("--yes")
    while process.poll() is None and place.step != "data":
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    limit = time.monotonic() + 30
    while place.journal is not None or (place.home / "hold.json").exists():
        assert time.monotonic() < limit, place.journal
        time.sleep(0.05)
    process.communicate()
    assert place.is_whole("A")


def test_two_at_once(place: Place) -> None:
    place.release_b()
    first = place.start("--yes")
    while place.step is None:
        time.sleep(0.005)
    assert "Another upgrade is running" in place.refused("--yes")
    assert first.communicate(timeout=60) and first.returncode == 0 and place.is_whole("B")


def test_a_journal_that_cannot_be_read_is_said(place: Place) -> None:
    Path(place.home, "upgrade", "journal.json").write_text("{", encoding="utf-8")
    assert "journal.json cannot be read" in place.refused("--resume")


def test_a_git_that_was_killed_half_way(place: Place) -> None:
    place.release_b()
    _cut_at(place, "code", "--yes")
    git(place.root, "reset", "--hard", place.a)
    for name, text in (("only-in-b.txt", "b\n"), ("VERSION", "B\n")):  # as git writes them, one after the other
        (place.root / name).write_text(text, encoding="utf-8")
    (place.root / ".git" / "index.lock").touch()
    place.done("--resume")
    assert place.is_whole("A")


def test_code_that_is_no_python_never_reaches_the_service_nor_the_data(place: Place) -> None:
    place.release_b(**{"actions/find.py": "def broken(:\n"})
    told = place.refused("--yes")
    assert "actions/find.py" in told and "what ran before runs again" in told
    assert (
        place.is_whole("A")
        and "settle" not in (place.home / "calls.log").read_text(encoding="utf-8").split("A settle")[0]
    )


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ("starting\nstarting assistant\n" * 3, "ends again and again"),
        ("running\nrunning assistant\n" * 3, "ends again and again"),
    ],
)
def test_a_service_that_ends_again_and_again_goes_back_by_itself(place: Place, states: str, says: str) -> None:
    place.release_b()
    (place.home / "states").write_text(states, encoding="utf-8")
    assert says in place.refused("--yes")
    assert place.is_whole("A") and place.journal is None


def test_a_service_that_runs_steadily_is_believed(place: Place) -> None:
    place.release_b()
    (place.home / "states").write_text("starting\nrunning\n", encoding="utf-8")
    place.done("--yes")
    assert place.is_whole("B") and place.step == "done"


def test_back_ends_an_upgrade_that_was_stopped_half_way(place: Place) -> None:
    place.release_b()
    process = place.start("--yes")
    while place.step != "data":
        time.sleep(0.01)
    kill_all(process)
    assert "what ran before the upgrade runs again" in place.done("--back")
    assert place.is_whole("A") and place.journal is None
