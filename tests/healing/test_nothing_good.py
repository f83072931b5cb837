"""A damaged directory and no good one kept: the assistant starts all the same, and helps without places."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.conftest import start_assistant, stop

pytestmark = pytest.mark.rasa


@pytest.mark.parametrize("content", [b"not what it should be. " * 100, b""], ids=["garbage", "empty"])
def test_people_are_told_of_programs_and_211(tmp_path: Path, models: Path, content: bytes) -> None:
    (tmp_path / "directory.db").write_bytes(content)
    running = start_assistant(tmp_path, models)
    try:
        session = running.session()
        for said in ("I need food in Modesto", "necesito comida en Modesto"):
            message = running.say(session, said)[-1]
            assert message["custom"]["kind"] == "none_found" and "211" in str(message["text"])  # type: ignore[index]
        assert requests.get(f"{running.url}health", timeout=20).json()["listings"] == 0
        assert "no kept publication is good" in running.log.read_text()
    finally:
        stop(running)
