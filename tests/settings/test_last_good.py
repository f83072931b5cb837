"""Whatever stands in settings.yml, whoever answers people has settings: those of the file, or the last good ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from hypothesis import HealthCheck, example, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from directory import store
from directory.errors import SettingsError
from directory.settings import Settings, refuse_demo_with_sender, save, settings
from directory.settings.checking import KEYS
from tests.conftest import ROOT, environment

GOOD = 'clinic: Roble Health\nphone: "209-555-0150"\nhours: Mon-Fri 8am-5pm\nadmin: {name: Ana Luna}\n'
TAKEN = ("Roble Health", "209-555-0150", "Mon-Fri 8am-5pm")


def write(home: Path, content: str | bytes) -> Path:
    """Puts it into settings.yml as an editor does, in place."""
    file = home / "settings.yml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def in_force() -> tuple[str | None, str | None, str | None]:
    """What answers are made of now."""
    found = settings()
    return found.clinic, found.phone, found.hours


def age(file: Path) -> None:
    """Makes a file an hour older, so that nobody can take it for one that is being written."""
    past = time.time() - 3600
    os.utime(file, (past, past))


DAMAGE = {
    "no YAML": b"clinic: [",
    "a wrong value": b"clinic: New Name\nhours: whenever\n",
    "an unknown key": b"clinic: New Name\nclnic: x\n",
    "half of it": GOOD.encode()[:25],
    "empty": b"",
    "blanks": b"\n \n",
    "zeros": b"\0" * 200,
    "another encoding": GOOD.replace("Roble", "Peña").encode("latin-1"),
    "a bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "too big": b"# " + b"x" * 300_000,
    "a list": b"- clinic\n",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_last_good_ones_count_until_it_is_mended(home: Path, damage: str) -> None:
    write(home, GOOD)
    assert in_force() == TAKEN and settings().mended is None
    file = write(home, DAMAGE[damage])
    assert in_force() == TAKEN
    told = settings().mended or ""
    assert str(file) in told and "settings.good.yml" in told and "puente setup" in told
    with pytest.raises(SettingsError, match=r"settings\.yml"):
        settings(strict=True)
    assert file.read_bytes() == DAMAGE[damage] and (home / "settings.good.yml").read_text() == GOOD
    write(home, GOOD.replace("Roble", "Encino"))
    assert in_force()[0] == "Encino Health" and settings(strict=True).mended is None


def test_a_file_that_is_gone_is_told_and_both_gone_is_anew(home: Path) -> None:
    file = write(home, GOOD)
    assert in_force() == TAKEN
    file.unlink()
    assert in_force() == TAKEN and "is gone" in (settings().mended or "")
    (home / "settings.good.yml").unlink()
    limit = time.monotonic() + 10
    while settings().mended and time.monotonic() < limit:
        time.sleep(0.2)
    assert settings() == Settings()


def test_where_there_never_was_a_good_one_what_fits_counts(home: Path) -> None:
    write(home, "clinic: Roble Health\nphone: 2095550150\nhours: Mon-Fri 8am-5pm\n")
    assert in_force() == ("Roble Health", None, "Mon-Fri 8am-5pm")
    assert "`phone`" in (settings().mended or "") and not (home / "settings.good.yml").exists()


def test_a_key_that_an_upgrade_no_longer_knows_takes_nothing_else_away(home: Path) -> None:
    older = GOOD + "plans: [kaiser, gone_plan]\n"
    (home / "settings.good.yml").write_text(older)
    write(home, older)
    assert in_force() == TAKEN and "gone_plan" in (settings().mended or "")


def test_a_logo_that_is_taken_away_and_put_back(home: Path) -> None:
    (home / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    age(write(home, GOOD + "logo: logo.png\n"))
    age(home / "logo.png")
    assert settings().logo == "logo.png"
    (home / "logo.png").rename(home / "elsewhere.png")
    assert in_force() == TAKEN and settings().logo is None and "`logo`" in (settings().mended or "")
    (home / "elsewhere.png").rename(home / "logo.png")
    limit = time.monotonic() + 10
    while settings().logo is None and time.monotonic() < limit:
        time.sleep(0.2)
    assert settings().logo == "logo.png" and settings().mended is None


def test_only_its_owner_reads_what_is_written(home: Path) -> None:
    save(GOOD.encode())
    save(GOOD.replace("Roble", "Encino").encode())
    modes = {file.name: file.stat().st_mode & 0o777 for file in home.iterdir()}
    assert modes == dict.fromkeys(("settings.yml", "settings.good.yml", "settings.former.yml"), 0o600)
    assert (home / "settings.former.yml").read_text() == GOOD


def test_what_does_not_fit_is_not_written(home: Path) -> None:
    save(GOOD.encode())
    for damage in DAMAGE.values():
        if damage.strip():
            with pytest.raises(SettingsError):
                save(damage)
    assert {file.name: file.read_text() for file in home.iterdir()} == {
        "settings.yml": GOOD,
        "settings.good.yml": GOOD,
    }


# Cheap, and never stale


def test_the_file_is_read_once_while_nothing_changes(home: Path) -> None:
    age(write(home, GOOD))
    assert settings() is settings()
    write(home, GOOD.replace("Roble", "Pinos"))
    assert in_force()[0] == "Pinos Health"


def test_what_is_published_changes_them_too(home: Path) -> None:
    age(write(home, "phone: 209-555-0150\n"))
    assert not settings().demo
    store.write_directory(
        home / "directory.db", records=(), sources=[store.SourceRecord("demo", "Invented", demo=True)],
        publication="p", published_at=datetime(2026, 11, 1, tzinfo=timezone.utc),
    )  # fmt: skip
    assert settings().demo and settings().invented


def test_of_many_quick_changes_each_is_seen(home: Path) -> None:
    seen = []
    for number in range(200, 300):
        write(home, f"clinic: Clinic {number}\n")
        seen.append(settings().clinic)
    assert seen == [f"Clinic {number}" for number in range(200, 300)]


# Several processes


WRITER = """
import sys
from directory.settings import save
texts = [("clinic: %s\\nphone: 209-555-0150\\n" % name + "# filling\\n" * 3000).encode() for name in ("One", "Two")]
number = 0
print("ready", flush=True)
while True:
    save(texts[number % 2])
    number += 1
"""


@pytest.fixture
def writer(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that writes two settings files in turn, as fast as it can."""
    process = subprocess.Popen([sys.executable, "-c", WRITER], cwd=ROOT, env=environment(home), stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline() == b"ready\n"
    yield process
    process.kill()
    process.wait(10)
    process.stdout.close()


def test_nobody_reads_half_a_file(home: Path, writer: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 20
    while not (home / "settings.yml").exists() and time.monotonic() < limit:
        time.sleep(0.01)
    seen = [settings() for _ in range(300)]
    assert {(each.clinic, each.phone) for each in seen} == {("One", "209-555-0150"), ("Two", "209-555-0150")}
    assert not [each.mended for each in seen if each.mended]


def test_killed_while_writing_the_file_is_whole(home: Path, writer: subprocess.Popen[bytes]) -> None:
    time.sleep(0.5)
    writer.send_signal(signal.SIGKILL)
    writer.wait(10)
    assert settings(strict=True).clinic in ("One", "Two")


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
sys.argv = ["puente", "setup", "--set", "clinic=Encino"]
from directory.cli import main
main()
"""


def test_a_full_disk_leaves_what_was_there(home: Path) -> None:
    save(GOOD.encode())
    done = subprocess.run(
        [sys.executable, "-c", FULL], cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1 and "disk is full" in done.stderr and "Traceback" not in done.stderr
    assert {file.read_text() for file in home.iterdir()} == {GOOD} and in_force() == TAKEN


# Who is strict and who is not


def test_a_slip_stops_invented_places_but_no_real_list(home: Path, puente: Callable[..., Result]) -> None:
    write(home, "clinic: [")
    refuse_demo_with_sender(demo=False)
    refuse_demo_with_sender(demo=True, strict=False)
    refused = puente("demo", "load")
    assert refused.exit_code == 1 and "settings.yml" in refused.output and not (home / "directory.db").exists()


def test_a_real_list_is_published_all_the_same_and_the_slip_is_told(home: Path, puente: Callable[..., Result]) -> None:
    added = puente("add", "--name", "Mesa", "--need", "food", "--county", "Kern", "--phone", "661-555-0123")
    assert added.exit_code == 0, added.output
    write(home, "hours: whenever\n")
    published = puente("publish")
    assert published.exit_code == 0 and (home / "directory.db").exists()
    assert "ATTENTION" in published.output and "`hours`" in published.output


def test_the_sender_of_the_last_good_settings_still_keeps_the_demo_away(home: Path) -> None:
    write(home, "sms: {account: AC0123, from: 209-555-0150}\n")
    assert settings().sms
    write(home, "sms: [")
    with pytest.raises(SettingsError, match="names a sender"):
        refuse_demo_with_sender(demo=True, strict=False)


def test_settings_shows_what_is_in_force_and_what_is_wrong(home: Path, puente: Callable[..., Result]) -> None:
    write(home, GOOD)
    assert "ATTENTION" not in puente("settings").output
    write(home, "clinic: New Name\nhours: whenever\n")
    shown = puente("settings")
    assert shown.exit_code == 0 and "Roble Health" in shown.output and "New Name" not in shown.output
    assert "ATTENTION" in shown.output and "`hours`" in shown.output


# Hostile files

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.dates()
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
_ODD_KEYS = st.sampled_from([*KEYS, "name", "phone", "clnic", ""]) | st.text(max_size=10)
_YAML = st.dictionaries(_ODD_KEYS, _VALUES, max_size=6).map(
    lambda plain: yaml.safe_dump(plain, allow_unicode=True).encode("utf-8", "surrogatepass")
)


def _torn(where: tuple[int, int, bytes]) -> bytes:
    start, length, put = where
    good = GOOD.encode()
    return good[: start % len(good)] + put + good[(start % len(good)) + length :]


_TORN = st.tuples(st.integers(0, 200), st.integers(0, 30), st.binary(max_size=6)).map(_torn)


@rules(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | _YAML | _TORN | st.text(max_size=200).map(lambda text: text.encode()))
@example(content=b"clinic: !!binary x\n")
@example(content=b"? [a]\n: b\n")
@example(content=b"hours: " + b"9" * 5000)
@example(content=b"%YAML 9.9\n---\nclinic: A\n")
@example(content=b"closed_on: 0001-01-01\n")
@example(content=b"retention: {conversations: 1e400}\n")
@example(content="logo: \ud800\n".encode("utf-8", "surrogatepass"))
@example(content=b'logo: "a\\0b.png"\n')
def test_no_file_takes_the_settings_away_or_changes_the_good_ones_unasked(home: Path, content: bytes) -> None:
    write(home, GOOD)
    assert in_force() == TAKEN
    good = replace(settings(), mended=None)
    file = write(home, content)
    found = settings()
    if found.mended:
        assert replace(found, mended=None) == good and (home / "settings.good.yml").read_text() == GOOD
        assert str(file) in found.mended and len(found.mended) < 5000
        with pytest.raises(SettingsError):
            save(content)
    else:
        assert (home / "settings.good.yml").read_bytes() == content
    assert file.read_bytes() == content
