"""How well the trained model understands messages written apart from its examples (`devset.jsonl`).

The examples were mended by the errors of the `first` set, so its figures flatter; the `second` set was written
afterwards and nothing was mended by its acts. The floors stand a little below what was measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "devset.jsonl").read_text(encoding="utf-8").splitlines()
]
# (set, language) -> least share of messages whose act is right
ACT_FLOORS = {
    ("first", "en"): 0.90,
    ("first", "es"): 0.90,
    ("second", "en"): 0.72,
    ("second", "es"): 0.76,
}
# A danger missed costs more than anything else, a false alarm one message: some are taken into account.
MOST_ALARMS = 0.03
MOST_WORRIES = 0.04
NAME_FLOORS = {"need": 0.90, "program": 0.93, "place": 0.96}


@pytest.fixture(scope="session")
def answers(models: Path) -> list[dict[str, Any]]:
    """What the model understands of every row, by the command that people use."""
    result = subprocess.run(
        [sys.executable, "-m", "directory.cli", "understand", "--jsonl"],
        input="\n".join(row["text"] for row in ROWS) + "\n",
        cwd=ROOT,
        env={**os.environ, "PUENTE_MODELS": str(models), "PUENTE_HOME": str(models.parent), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.rasa
@pytest.mark.parametrize("group", ACT_FLOORS, ids="-".join)
def test_acts(answers: list[dict[str, Any]], group: tuple[str, str]) -> None:
    pairs = [(row, got) for row, got in _paired(answers) if (row["set"], row["language"]) == group]
    wrong = [f"{row['text']}: {row['act']}, not {got['act']}" for row, got in pairs if row["act"] != got["act"]]
    assert 1 - len(wrong) / len(pairs) >= ACT_FLOORS[group], "\n".join([*_by_act(pairs), *wrong])


@pytest.mark.rasa
@pytest.mark.parametrize("name", NAME_FLOORS)
def test_names(answers: list[dict[str, Any]], name: str) -> None:
    pairs = [(row, got) for row, got in _paired(answers) if name == "place" or row[name] is not None]
    wrong = [f"{row['text']}: {row[name]}, not {got[name]}" for row, got in pairs if _set(row[name]) != _set(got[name])]
    assert 1 - len(wrong) / len(pairs) >= NAME_FLOORS[name], "\n".join(wrong)


@pytest.mark.rasa
def test_few_messages_of_the_set_pass_for_a_crisis(answers: list[dict[str, Any]]) -> None:
    alarms = [got["text"] for got in answers if got["crisis"] not in (None, "worry")]
    worries = [got["text"] for got in answers if got["crisis"] == "worry"]
    assert len(alarms) <= MOST_ALARMS * len(ROWS), alarms
    assert len(worries) <= MOST_WORRIES * len(ROWS), worries


@pytest.mark.rasa
def test_languages_are_told_apart(answers: list[dict[str, Any]]) -> None:
    wrong = [got["text"] for row, got in _paired(answers) if got["language"] not in (row["language"], None)]
    assert len(wrong) <= 0.02 * len(ROWS), wrong


def test_the_set_is_long_enough_and_never_trained_on() -> None:
    counts = Counter(row["language"] for row in ROWS)
    trained = {line for file in (ROOT / "data" / "nlu").rglob("*.yml") for line in _examples(file)}
    assert counts["en"] >= 120
    assert counts["es"] >= 80
    assert [row["text"] for row in ROWS if row["text"].casefold() in trained] == []


def _paired(answers: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return zip(ROWS, answers, strict=True)


def _set(value: object) -> set[object]:
    return set(value) if isinstance(value, list) else {value}


def _by_act(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[str]:
    asked = Counter(row["act"] for row, _ in pairs)
    right = Counter(row["act"] for row, got in pairs if row["act"] == got["act"])
    return [f"{act}: {right[act]} of {asked[act]}" for act in sorted(asked)]


def _examples(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip().startswith("- "):
            yield line.strip()[2:].casefold()
