"""A call that somebody agreed to, and what they wrote afterwards."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from directory.inbox import quiet, tasks, who

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)


def test_a_call_agreed_to_before_a_danger_stands_and_turns_red(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    person, other = who.conversation("+12095550111"), who.conversation("+12095550112")
    for one, number in ((person, "+12095550111"), (other, "+12095550112")):
        reach = who.seal(number)
        tasks.call(one, reach, need="food", county=None, language="en", when="any", red=False, now=NOW)
    quiet.hush(person, NOW)
    assert [each.red for each in tasks.open_tasks()] == [True, False]
    assert tasks.number(tasks.open_tasks()[0].id) == "+12095550111"
