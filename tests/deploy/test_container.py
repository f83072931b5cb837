"""No daemon builds an image here: what the files say is checked, and that what they copy is enough to run from."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import training
from tests.conftest import environment, free_port
from tests.deploy.conftest import DEPLOY, ROOT, Front

FILE = (DEPLOY / "container" / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "container" / "compose.yml").read_text("utf-8"))


def instructions() -> list[tuple[str, str]]:
    """Each instruction with what follows it, lines joined, comments away."""
    plain = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", FILE, flags=re.M))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in plain.splitlines() if line.strip())]


def copied() -> list[str]:
    """What comes from the folder that is built."""
    found = [rest for word, rest in instructions() if word == "COPY" and "--from" not in rest]
    return [source for rest in found for source in rest.split()[:-1]]


def said(word: str) -> list[str]:
    return [rest for known, rest in instructions() if known == word]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The folder as it stands in the image: only what is copied."""
    for source in copied():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, tmp_path / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (tmp_path / source).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, tmp_path / source)
    return tmp_path


def test_everything_that_is_copied_is_there_and_let_through() -> None:
    ignored = (DEPLOY / "container" / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    let = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert ignored[1] == "*"
    for source in copied():
        assert (ROOT / source).exists(), source
        assert any(fnmatch(source, pattern) for pattern in let), source


def test_two_stages_of_python_3_10_and_the_second_has_no_root() -> None:
    assert [rest.split()[0] for rest in said("FROM")] == ["docker.io/library/python:3.10-slim-bookworm"] * 2
    assert said("USER") == ["puente"]
    order = [word for word, _ in instructions()]
    assert order.index("USER") > len(order) - 1 - order[::-1].index("RUN")


def test_packages_come_with_their_hashes() -> None:
    installs = [rest for rest in said("RUN") if "pip install" in rest]
    assert any("--require-hashes --no-deps -r requirements.lock" in rest for rest in installs)
    assert all("--require-hashes" in rest or "--no-index" in rest for rest in installs)


def test_what_is_copied_makes_the_same_model(image: Path) -> None:
    assert training.fingerprint(image) == training.fingerprint(ROOT)


def test_what_is_copied_is_enough_to_run(image: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    for command in (["status", "--json"], ["up", "--help"], ["plans", "--county", "Kern"]):
        result = subprocess.run(
            [sys.executable, "-m", "directory.cli", *command], cwd=image, capture_output=True, text=True, check=False,
            env={**environment(home), "PYTHONPATH": str(image)},
        )  # fmt: skip
        assert result.returncode == 0, result.stderr


def test_health_asks_the_door_and_fails_when_it_is_shut(front: Front) -> None:
    [check] = said("HEALTHCHECK")
    command = yaml.safe_load(check.partition("CMD ")[2])
    shown = command[2].replace("127.0.0.1:5005", f"127.0.0.1:{front.door_port}")
    assert shown != command[2]
    assert subprocess.run([sys.executable, "-c", shown], capture_output=True, check=False).returncode == 1
    front.open_door()
    assert subprocess.run([sys.executable, "-c", shown], capture_output=True, check=False).returncode == 0


def test_the_models_of_the_image_go_where_puente_looks(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    (made / "puente-1.tar.gz").write_bytes(b"new")
    (made / "puente-2.tar.gz").write_bytes(b"of the image")
    kept = tmp_path / "home" / "models"
    kept.mkdir(parents=True)
    (kept / "puente-2.tar.gz").write_bytes(b"of the home")
    script = (DEPLOY / "container" / "start.sh").read_text("utf-8").replace("/opt/puente/models", str(made))
    run = ["sh", "-c", script, "start.sh", "echo", "up"]
    done = subprocess.run(
        run, env={"PUENTE_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    assert done.stdout == b"up\n"
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
        "puente-1.tar.gz": b"new",
        "puente-2.tar.gz": b"of the home",
    }


def test_only_caddy_is_reached_from_outside() -> None:
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    assert {port.split(":")[0] for port in services["caddy"]["ports"]} == {"80", "443"}
    # In the network of Caddy Puente needs no address but this machine's own, so nothing goes past Caddy.
    assert services["puente"]["network_mode"] == "service:caddy"
    assert said("CMD") == ['["puente", "up"]'] and "--listen" not in FILE
    assert ":8000" not in (DEPLOY / "caddy" / "Caddyfile").read_text("utf-8")


def test_containers_start_again_and_may_little() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["restart"] == "unless-stopped", name
        assert service["read_only"] is True and service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    assert COMPOSE["services"]["puente"]["volumes"] == ["home:/data"]
    assert "PUENTE_HOME=/data" in shlex.split(said("ENV")[-1]) and said("VOLUME") == ["/data"]


def test_the_files_that_are_mounted_and_built_from_are_there() -> None:
    here = DEPLOY / "container"
    build = COMPOSE["services"]["puente"]["build"]
    assert (here / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    mounted = [volume.split(":")[0] for volume in COMPOSE["services"]["caddy"]["volumes"] if volume.startswith(".")]
    assert [(here / path).resolve().is_file() for path in mounted] == [True]


def test_compose_takes_the_file() -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker has no compose here")
    run = [docker, "compose", "-f", str(DEPLOY / "container" / "compose.yml"), "config", "--quiet"]
    result = subprocess.run(
        run, env={"PATH": "/usr/bin:/usr/local/bin:/bin", "PUENTE_SITE": f"http://127.0.0.1:{free_port()}"}, check=False
    )
    assert result.returncode == 0
