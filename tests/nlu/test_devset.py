"""How well the trained model understands messages written apart from its examples.

`devset.jsonl` (first, second), `devset_third.jsonl` and `devset_fourth.jsonl` are looked at: examples were grown from
their errors, so their figures flatter. The fourth is two fifths look-alikes and indirect dangers. `unseen.jsonl` was
written apart from all of it, and nothing was mended from it. Labels follow docs/understanding.md. The floors stand a
little below what was measured.
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
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = ("devset.jsonl", "devset_third.jsonl", "devset_fourth.jsonl", "unseen.jsonl")
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for file in FILES
    for line in (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()
]
Pair = tuple[dict[str, Any], dict[str, Any]]

# (set, language) -> least share of messages whose act is right; dangers are counted apart
ACT_FLOORS = {
    ("first", "en"): 0.93,
    ("first", "es"): 0.93,
    ("second", "en"): 0.84,
    ("second", "es"): 0.84,
    ("third", "en"): 0.90,
    ("third", "es"): 0.89,
    ("fourth", "en"): 0.82,
    ("fourth", "es"): 0.80,
    ("unseen", "en"): 0.86,
    ("unseen", "es"): 0.83,
}
# (set, what is named) -> least share of messages where exactly that is found
NAME_FLOORS = {
    ("third", "need"): 0.88,
    ("third", "program"): 0.90,
    ("third", "place"): 0.96,
    ("third", "plan"): 0.97,
    ("fourth", "need"): 0.86,
    ("fourth", "program"): 0.92,
    ("fourth", "place"): 0.97,
    ("fourth", "plan"): 0.98,
    ("unseen", "need"): 0.88,
    ("unseen", "program"): 0.92,
    ("unseen", "place"): 0.97,
    ("unseen", "plan"): 0.98,
}
# set -> least share of dangers heard, most of ordinary messages that pass for one
DANGER = {"third": (0.95, 0.02), "fourth": (0.97, 0.025), "unseen": (0.97, 0.04)}
# set -> least share of worries heard as one or as a danger, most of ordinary messages that get a kind word
WORRY = {"third": (0.95, 0.025), "fourth": (0.8, 0.03), "unseen": (0.8, 0.025)}
# Every set is long enough to say something.
LEAST = {
    ("fourth", "en"): 500,
    ("fourth", "es"): 500,
    ("third", "en"): 300,
    ("third", "es"): 200,
    ("unseen", "en"): 300,
    ("unseen", "es"): 250,
}


@pytest.fixture(scope="session")
def pairs(models: Path) -> list[Pair]:
    """Every row with what the model understands of it, by the command that people use."""
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
    return list(zip(ROWS, map(json.loads, result.stdout.splitlines()), strict=True))


@pytest.mark.rasa
@pytest.mark.parametrize("group", ACT_FLOORS, ids="-".join)
def test_acts(pairs: list[Pair], group: tuple[str, str]) -> None:
    told = [pair for pair in _of(pairs, group[0]) if pair[0]["language"] == group[1] and _is_calm(pair[0])]
    wrong = [f"{row['text']}: {row['act']}, not {got['act']}" for row, got in told if row["act"] != got["act"]]
    assert 1 - len(wrong) / len(told) >= ACT_FLOORS[group], "\n".join([*_by_act(told), *wrong])


@pytest.mark.rasa
@pytest.mark.parametrize("group", NAME_FLOORS, ids="-".join)
def test_names(pairs: list[Pair], group: tuple[str, str]) -> None:
    told = [pair for pair in _of(pairs, group[0]) if _is_calm(pair[0])]
    name = group[1]
    wrong = [f"{row['text']}: {row[name]}, not {got[name]}" for row, got in told if _set(row[name]) != _set(got[name])]
    assert 1 - len(wrong) / len(told) >= NAME_FLOORS[group], "\n".join(wrong)


@pytest.mark.rasa
@pytest.mark.parametrize("part", DANGER)
def test_dangers_are_heard_and_ordinary_messages_let_by(pairs: list[Pair], part: str) -> None:
    least, most = DANGER[part]
    dangers = [(row, got) for row, got in _of(pairs, part) if not _is_calm(row)]
    ordinary = [(row, got) for row, got in _of(pairs, part) if row["crisis"] is None]
    missed = [row["text"] for row, got in dangers if got["crisis"] in (None, "worry")]
    alarms = [row["text"] for row, got in ordinary if got["crisis"] not in (None, "worry")]
    assert 1 - len(missed) / len(dangers) >= least, missed
    assert len(alarms) <= most * len(ordinary), alarms


@pytest.mark.rasa
@pytest.mark.parametrize("part", WORRY)
def test_worries_are_heard_and_ordinary_messages_get_no_kind_word(pairs: list[Pair], part: str) -> None:
    least, most = WORRY[part]
    worries = [(row, got) for row, got in _of(pairs, part) if row["crisis"] == "worry"]
    ordinary = [(row, got) for row, got in _of(pairs, part) if row["crisis"] is None]
    missed = [row["text"] for row, got in worries if got["crisis"] is None]
    consoled = [row["text"] for row, got in ordinary if got["crisis"] == "worry"]
    assert 1 - len(missed) / len(worries) >= least, missed
    assert len(consoled) <= most * len(ordinary), consoled


@pytest.mark.rasa
def test_languages_are_told_apart(pairs: list[Pair]) -> None:
    wrong = [got["text"] for row, got in pairs if got["language"] not in (row["language"], None)]
    assert len(wrong) <= 0.03 * len(ROWS), wrong


def test_the_sets_are_long_enough_and_never_trained_on() -> None:
    counts = Counter((row["set"], row["language"]) for row in ROWS)
    assert [group for group, least in LEAST.items() if counts[group] < least] == []
    trained = set(_trained())
    assert [row["text"] for row in ROWS if row["text"].casefold() in trained] == []


def _of(pairs: list[Pair], part: str) -> list[Pair]:
    return [(row, got) for row, got in pairs if row["set"] == part]


def _is_calm(row: dict[str, Any]) -> bool:
    return row.get("crisis") in (None, "worry")


def _set(value: object) -> set[object]:
    return set(value) if isinstance(value, list) else {value}


def _by_act(pairs: list[Pair]) -> list[str]:
    asked = Counter(row["act"] for row, _ in pairs)
    right = Counter(row["act"] for row, got in pairs if row["act"] == got["act"])
    return [f"{act}: {right[act]} of {asked[act]}" for act in sorted(asked)]


def _trained() -> Iterator[str]:
    """Every message that something is learned from, folded."""
    for file in (ROOT / "data" / "nlu").rglob("*.yml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("- "):
                yield line.strip()[2:].casefold()
    for file in (ROOT / "bot" / "components" / "words").glob("described.*.yml"):
        for messages in yaml.safe_load(file.read_text(encoding="utf-8")).values():
            yield from (str(message).casefold() for message in messages)
