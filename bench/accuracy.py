"""How often a trained model names the act of a message of the development set: alone, and with Puente's rules after it.

    python -m bench.accuracy MODEL           as Puente runs it
    python -m bench.accuracy MODEL --full    with all of Rasa, for a model that needs TensorFlow

Prints JSON: for each language and for both, how many messages, how many the classifier alone had right, and how many
were right in the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import runtime

__all__ = ["counted", "rows"]

ROOT = Path(__file__).resolve().parent.parent
_CLASSIFIERS = ("FallbackClassifier", "IntentsComponent")
"""What ends each side's own classification, by the name in its pipeline."""


def rows() -> list[dict[str, Any]]:
    """The messages of the development set that bear the label of an act."""
    files = sorted((ROOT / "tests" / "nlu").glob("devset*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in map(json.loads, lines) if row.get("act")]


def answers(model: Path, texts: list[str]) -> Iterator[tuple[str, str]]:
    """For each text, the act by the classifier alone and the act in the end."""
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.trackers import DialogueStateTracker

    runtime.mend()
    agent = Agent()
    agent.load_model(str(model))
    runner = agent.processor.graph_runner
    node = next(name for name in runner._graph_schema.nodes if any(part in name for part in _CLASSIFIERS))
    for text in texts:
        given = {"__message__": [UserMessage(text)], "__tracker__": DialogueStateTracker.from_events("nobody", [])}
        alone = runner.run(inputs=given, targets=[node])[node][0].get("intent")["name"]
        yield alone, asyncio.run(agent.parse_message(text))["intent"]["name"]


def counted(read: list[dict[str, Any]], acts: list[tuple[str, str]]) -> dict[str, tuple[int, int, int]]:
    """By language and in all: how many, how many right alone, how many right in the end."""
    found: dict[str, tuple[int, int, int]] = {}
    for row, (alone, final) in zip(read, acts, strict=True):
        for group in (row["language"], "all"):
            many, first, last = found.get(group, (0, 0, 0))
            found[group] = (many + 1, first + (alone == row["act"]), last + (final == row["act"]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--full", action="store_true", help="import TensorFlow too")
    wanted = parser.parse_args()
    runtime.prepare(full=wanted.full)
    read = rows()
    sys.stdout.write(json.dumps(counted(read, list(answers(wanted.model, [row["text"] for row in read])))))


if __name__ == "__main__":
    main()
