"""The units are what systemd takes; the install script puts them in place, once, for the folders that it is told."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from tests.deploy.conftest import DEPLOY, ROOT

UNITS = sorted(path.name for path in (DEPLOY / "systemd").glob("puente*.*"))
SERVICES = [name for name in UNITS if name.endswith(".service")]


def install(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(DEPLOY / "install.sh"), *arguments], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they stand on a machine whose code is this folder."""
    result = install("--prefix", str(tmp_path))
    assert result.returncode == 0, result.stderr
    return tmp_path


@pytest.fixture
def analyze() -> str:
    found = shutil.which("systemd-analyze")
    if not found:
        pytest.skip("systemd-analyze is not here")
    return found


def keys(unit: Path, section: str) -> dict[str, list[str]]:
    """The lines of a section: key -> values, as systemd reads them."""
    found: dict[str, list[str]] = {}
    at = ""
    for line in unit.read_text("utf-8").splitlines():
        if line.startswith("["):
            at = line.strip("[]")
        elif at == section and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_unit(installed: Path, analyze: str, name: str) -> None:
    folder = installed / "etc/systemd/system"
    result = subprocess.run(
        [analyze, "verify", "--man=no", "--recursive-errors=no", str(folder / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    # A machine that runs no systemd says so of its own units; what is said of ours must be nothing.
    ours = [line for line in (result.stdout + result.stderr).splitlines() if "puente" in line]
    assert ours == []


def test_what_systemd_says_of_a_broken_unit_is_seen(installed: Path, analyze: str) -> None:
    unit = installed / "etc/systemd/system/puente.service"
    unit.write_text(unit.read_text("utf-8").replace("Restart=always", "Restart=perhaps"), "utf-8")
    result = subprocess.run([analyze, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert "puente.service" in result.stdout + result.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_little(installed: Path, analyze: str, name: str) -> None:
    """systemd's own measure: 10 is anything, below 2 is what it calls OK for services without rights."""
    unit = installed / "etc/systemd/system" / name
    result = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=25", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-300:] + result.stderr[-300:]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_writes_in_its_own_home_alone(name: str) -> None:
    said = keys(DEPLOY / "systemd" / name, "Service")
    assert said["User"] == ["puente"] and said["NoNewPrivileges"] == ["yes"]
    assert said["ProtectSystem"] == ["strict"] and said["PrivateTmp"] == ["yes"]
    code = " /opt/puente" if name == "puente-recover.service" else ""
    assert said["ReadWritePaths"] == [f"/var/lib/puente{code}", "-/var/backups/puente -/mnt -/media"]
    assert "PUENTE_HOME=/var/lib/puente" in said["Environment"]


def test_the_service_is_started_again_at_once_and_watched() -> None:
    unit = DEPLOY / "systemd" / "puente.service"
    said = keys(unit, "Service")
    assert (said["Restart"], said["RestartSec"], said["Type"]) == (["always"], ["1"], ["notify"])
    assert int(said["WatchdogSec"][0]) >= 30
    assert keys(unit, "Unit")["StartLimitIntervalSec"] == ["0"]
    assert said["ExecStart"] == ["/opt/puente/.venv/bin/puente up"]


@pytest.mark.parametrize("job", ["backup", "purge", "doctor", "texts"])
def test_each_timer_has_its_service_and_makes_up_for_a_night_off(analyze: str, job: str) -> None:
    timer = keys(DEPLOY / "systemd" / f"puente-{job}.timer", "Timer")
    assert timer["Persistent"] == ["true"]
    assert f"puente-{job}.service" in UNITS
    result = subprocess.run([analyze, "calendar", timer["OnCalendar"][0]], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "puente-recover.service"])
def test_the_command_of_a_service_is_there(name: str) -> None:
    """Each runs `puente COMMAND`: one that no longer exists would fail in silence, at night."""
    run = keys(DEPLOY / "systemd" / name, "Service")["ExecStart"][0].split()
    asked = subprocess.run(
        [str(ROOT / ".venv/bin/puente"), *run[1:], "--help"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert asked.returncode == 0, asked.stderr


def test_installing_twice_changes_nothing(installed: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in installed.rglob("*") if path.is_file()}
    again = install("--prefix", str(installed))
    assert again.returncode == 0 and "Writes" not in again.stdout
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in installed.rglob("*") if path.is_file()
    } == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    result = install("--prefix", str(tmp_path), "--dry-run")
    assert result.returncode == 0
    assert "Writes /etc/systemd/system/puente.service" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_another_home_and_this_folder_stand_in_every_unit(tmp_path: Path) -> None:
    assert install("--prefix", str(tmp_path), "--home", "/srv/clinic/puente").returncode == 0
    for name in SERVICES:
        text = (tmp_path / "etc/systemd/system" / name).read_text("utf-8")
        assert not re.search(r"/opt/puente(?![\w-])|/var/lib/puente", text)
        said = keys(tmp_path / "etc/systemd/system" / name, "Service")
        assert said["WorkingDirectory"] == [str(ROOT)] and "StateDirectory" not in said
        assert said["ReadWritePaths"][0].split()[0] == "/srv/clinic/puente"
    command = (tmp_path / "usr/local/bin/puente").read_text("utf-8")
    assert f"root={ROOT}\n" in command and "home=/srv/clinic/puente\n" in command
    again = install("--prefix", str(tmp_path), "--home", "/srv/clinic/puente")
    assert "Writes" not in again.stdout


def test_caddy_gets_the_address_of_the_settings(tmp_path: Path) -> None:
    home = tmp_path / "var/lib/puente"
    home.mkdir(parents=True)
    (home / "settings.yml").write_text('public_address: "https://ask.kite.example.org/webhooks/web/"\n', "utf-8")
    assert install("--prefix", str(tmp_path), "--caddy").returncode == 0
    setting = RawConfigParser()
    setting.optionxform = str  # type: ignore[assignment,method-assign]
    setting.read(tmp_path / "etc/systemd/system/caddy.service.d/puente.conf")
    assert setting["Service"]["Environment"] == "PUENTE_SITE=https://ask.kite.example.org"
    assert (tmp_path / "etc/caddy/Caddyfile").read_text("utf-8") == (DEPLOY / "caddy/Caddyfile").read_text("utf-8")


def test_caddy_without_an_address_says_what_to_set(tmp_path: Path) -> None:
    result = install("--prefix", str(tmp_path), "--caddy")
    assert result.returncode == 1
    assert "public_address" in result.stderr and "puente setup" in result.stderr
    assert not (tmp_path / "etc/caddy").exists()


def test_somebodys_own_caddyfile_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "etc/caddy/Caddyfile"
    own.parent.mkdir(parents=True)
    own.write_text("other.example.org {\n}\n", "utf-8")
    home = tmp_path / "var/lib/puente"
    home.mkdir(parents=True)
    (home / "settings.yml").write_text('public_address: "https://ask.kite.example.org"\n', "utf-8")
    result = install("--prefix", str(tmp_path), "--caddy")
    assert result.returncode == 1 and "left as it is" in result.stderr
    assert own.read_text("utf-8") == "other.example.org {\n}\n"


@pytest.mark.parametrize("wrong", [("--hmoe", "/x"), ("--home", "relative"), ("--home",)])
def test_a_wrong_option_changes_nothing(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    result = install("--prefix", str(tmp_path), *wrong)
    assert result.returncode != 0 and result.stderr.strip()
    assert list(tmp_path.iterdir()) == []


def test_an_upgrade_that_was_cut_off_is_looked_for_before_the_service_starts(tmp_path: Path) -> None:
    """The command of the unit, on a home where nothing is unfinished: it ends well and changes nothing."""
    run = keys(DEPLOY / "systemd" / "puente-recover.service", "Service")["ExecStart"][0]
    folder = tmp_path / "upgrade"
    folder.mkdir()
    for name in ("upgrade.py", "upgrade_steps.py", "upgrade_checkout.py"):
        shutil.copy(ROOT / "scripts" / name, folder / name)
    command = run.replace("/var/lib/puente", str(tmp_path)).replace("/opt/puente", str(ROOT)).split()
    done = subprocess.run(
        command,
        env={"PUENTE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {"puente-recover.service"} <= set(keys(DEPLOY / "systemd" / "puente.service", "Unit")["Wants"])
