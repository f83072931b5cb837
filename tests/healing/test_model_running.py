"""A running assistant whose model is damaged answers with the last good one, then with the right one."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import training
from tests.conftest import Assistant, start_assistant, stop
from tests.healing.conftest import half

pytestmark = pytest.mark.rasa
OTHER, GOOD = "puente-aaaaaaaaaaaaaaaa.tar.gz", "puente-bbbbbbbbbbbbbbbb.tar.gz"


def of_other_code(source: Path, target: Path) -> None:
    """The same model, made when nobody could opt out."""
    with tarfile.open(source, "r:gz") as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            data = file.read() if file else b""
            if member.name.endswith(("domain.yml", "metadata.json")):
                data = data.replace(b"opt_out", b"leave_me_alone")
            member.size = len(data)
            new.addfile(member, io.BytesIO(data) if file else None)


@pytest.fixture
def folder(models: Path, tmp_path: Path) -> Path:
    """The right model cut in half, one of other code, and a good one that is older; nothing is trained by itself."""
    made, right = tmp_path / "models", training.model_path().name
    made.mkdir()
    shutil.copy(models / right, made / right)
    half(made / right)
    shutil.copy(models / right, made / GOOD)
    of_other_code(models / right, made / OTHER)
    os.utime(made / GOOD, (1_700_000_000, 1_700_000_000))
    (made / "refused.json").write_text(
        json.dumps({right: {"sha256": "that of another", "why": "EOFError", "times": 2}})
    )
    return made


@pytest.fixture
def running(demo_home: Path, folder: Path) -> Iterator[Assistant]:
    home = folder.parent / "home"
    shutil.copytree(demo_home, home)
    made = start_assistant(home, folder)
    yield made
    stop(made)


def events(running: Assistant) -> list[dict[str, object]]:
    lines = running.log.read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def test_it_answers_with_the_last_good_model_and_takes_the_right_one_when_it_is_there(
    running: Assistant, folder: Path, models: Path
) -> None:
    right = training.model_path().name
    assert "is damaged" in running.log.read_text() and "answers meanwhile" in running.log.read_text()
    refused = [event["model"] for event in events(running) if event["event"] == "model.refused"]
    assert refused == [OTHER], "the one of other code was tried and not taken"
    assert "opt_out" in json.loads((folder / "refused.json").read_text())[OTHER]["why"]
    session = running.session()
    _helps(running, session)
    shutil.copy(models / right, folder / "made")
    (folder / "made").replace(folder / right)  # as `puente train` leaves it
    limit = time.monotonic() + 120
    while not any(event["event"] == "model.switched" for event in events(running)) and time.monotonic() < limit:
        _helps(running, session)
        time.sleep(1)
    assert any(event["event"] == "model.switched" and event["model"] == right for event in events(running))
    _helps(running, session)


def _helps(running: Assistant, session: str) -> None:
    found = running.say(session, "I need food in Modesto")
    assert found[-1]["custom"]["kind"] == "listings", found  # type: ignore[index]
