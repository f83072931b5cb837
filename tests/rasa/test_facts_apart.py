"""Thirty people in a check at once: everybody's answer rests on their own words; and a table that changes amid one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import Assistant, start_assistant, stop

pytestmark = pytest.mark.rasa

PEOPLE = 30
LINES = {1: "$2,660", 2: "$3,608", 3: "$4,554", 4: "$5,500"}
"""200 % of the poverty level a month, by people in the home."""


@pytest.fixture(scope="module")
def apart(demo_home: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = tmp_path_factory.mktemp("apart")
    (home / "directory.db").write_bytes((demo_home / "directory.db").read_bytes())
    running = start_assistant(home, models)
    yield running
    stop(running)


def test_thirty_people_in_a_check_never_get_each_others_facts(apart: Assistant) -> None:
    def talk(number: int) -> str:
        size, under, spanish = number % 4 + 1, number % 2 == 0, number % 3 == 0
        ask = "¿califico para calfresh en modesto?" if spanish else "am i eligible for calfresh in modesto?"
        session = apart.session()
        apart.say(session, ask)
        line = apart.say(session, str(size))[-1]
        if LINES[size] not in str(line["text"]) or line["custom"]["language"] != ("es" if spanish else "en"):  # type: ignore[index]
            return f"{number}: {line['text']}"
        said = apart.say(session, "1" if under else "2")
        for _ in range(6):
            if said[-1]["custom"]["kind"] != "question":  # type: ignore[index]
                break
            said = apart.say(session, "1" if under else "no")
        custom: dict[str, dict[str, str]] = said[-1]["custom"]  # type: ignore[assignment]
        outcome = (custom.get("verdict") or {}).get("outcome")
        if outcome != ("may_qualify" if under else "probably_not") or LINES[size] not in str(said[-1]["text"]):
            return f"{number} {outcome}: {said[-1]['text']}"
        return ""

    with ThreadPoolExecutor(PEOPLE) as pool:
        assert [wrong for wrong in pool.map(talk, range(PEOPLE)) if wrong] == []


NOTE = """
- who: Ana
  on: 2026-11-22
  source: county letter
  changed: {table: calfresh_gross_200, from: 2026-10-01, until: 2027-09-30,
    by_size: {1: 1000, 2: 2000, 3: 3000, 4: 4000}}
"""


def test_a_table_that_changes_amid_a_check_asks_for_the_new_line(apart: Assistant) -> None:
    session = apart.session()
    apart.say(session, "am i eligible for calfresh in modesto?")
    assert "$5,500" in str(apart.say(session, "4")[-1]["text"])
    (apart.home / "overlay.yml").write_text(NOTE, "utf-8")
    try:
        time.sleep(3)
        assert "$4,000" in str(apart.say(session, "less")[-1]["text"]), "under the old line says nothing of the new one"
        work = apart.say(session, "less")[-1]
        assert "18 to 64" in str(work["text"])
        (apart.home / "overlay.yml").write_text("- {who: Ana, nonsense: 1}\n", "utf-8")
        time.sleep(3)
        (told,) = apart.say(session, "1")
        assert "$4,000" in str(told["text"]), "the last good notes stay"
    finally:
        (apart.home / "overlay.yml").write_text("[]\n", "utf-8")
        time.sleep(3)
