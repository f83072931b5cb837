"""How often danger is found in messages written apart from everything it was learned from.

    python -m tests.nlu.evaluate_crisis FILE [--show] [--threshold 0.5]

FILE has a message a line: kind (or none), text, and perhaps the language (en, es), parted by tabs in any order. The
learned layer is fitted here, from what a training of the assistant would use.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.understanding.crisis import DANGERS, Kind, detect
from bot.understanding.crisis_examples import LANGUAGES, examples
from bot.understanding.crisis_guess import THRESHOLD, Guesser, feeling
from bot.understanding.language import detect as tell

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"none", *(kind.value for kind in Kind)}
_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Row:
    """A message of the file and the kind of danger that a person saw in it."""

    text: str
    kind: Kind | None
    language: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints recall by kind and language, how often the kind is right, and false alarms; the texts only if asked."""
    parser = argparse.ArgumentParser(description="How well danger is found in FILE.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true", help="print the messages that were missed or misheard")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    given = parser.parse_args(arguments)
    guesser = fitted()
    rows = list(read(given.file))
    heard = [feeling(row.text, guesser.guess(row.text), given.threshold) for row in rows]
    sys.stdout.write("\n".join([*_figures(rows, heard), *(_errors(rows, heard) if given.show else ())]) + "\n")
    return 0


def fitted() -> Guesser:
    """The learned layer as a training of the assistant makes it."""
    return Guesser.fit(examples(sorted(ordinary())))


def ordinary() -> set[str]:
    """Every example of an intent in the training data, as a person would type it."""
    files = sorted((ROOT / "data" / "nlu").rglob("*.yml"))
    blocks = [block for file in files for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]]
    lines = [line for block in blocks for line in str(block.get("examples", "")).splitlines()]
    return {_MARKED.sub(r"\1", line.strip()[2:]) for line in lines if line.strip().startswith("- ")}


def read(file: Path) -> Iterator[Row]:
    """The messages of `file`; a line without a known kind is refused by its number."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        fields = [field.strip() for field in line.split("\t") if field.strip()]
        kinds = [field for field in fields[:3] if field in KINDS]
        if not kinds and number == 1:
            continue  # the names of the columns
        if not kinds:
            raise SystemExit(f"{file}, line {number}: no kind of danger and not none; write kind, tab, text.")
        text = max((field for field in fields if field not in KINDS), key=len)
        said = next((field for field in fields if field in LANGUAGES), None)
        kind = None if kinds[0] == "none" else Kind(kinds[0])
        yield Row(text, kind, said or tell(text) or "unknown")


def _figures(rows: Sequence[Row], heard: Sequence[Kind | None]) -> Iterator[str]:
    pairs = [(row, got) for row, got in zip(rows, heard, strict=True) if row.kind is not Kind.WORRY]
    worries = [got is not None for row, got in zip(rows, heard, strict=True) if row.kind is Kind.WORRY]
    groups = sorted({(row.kind.value, row.language) for row, _ in pairs if row.kind})
    for kind, language in groups:
        found = [_alarm(got) for row, got in pairs if (row.kind and row.kind.value, row.language) == (kind, language)]
        yield f"{kind:15} {language:8} recall {_share(found)}"
    for language in sorted({row.language for row, _ in pairs}):
        said = [(row, _alarm(got)) for row, got in pairs if row.language == language]
        yield f"{'any danger':15} {language:8} recall {_share([found for row, found in said if row.kind])}"
        yield f"{'none':15} {language:8} false alarms {_share([found for row, found in said if not row.kind])}"
    yield f"all recall {_share([_alarm(got) for row, got in pairs if row.kind])}"
    yield f"all by patterns alone {_share([detect(row.text) is not None for row, _ in pairs if row.kind])}"
    yield f"kind right where found {_share([got is row.kind for row, got in pairs if row.kind and _alarm(got)])}"
    yield f"all false alarms {_share([_alarm(got) for row, got in pairs if not row.kind])}"
    yield f"worry heard as worry or danger {_share(worries)}"
    yield f"none heard as worry {_share([got is Kind.WORRY for row, got in pairs if not row.kind])}"


def _alarm(got: Kind | None) -> bool:
    """Whether a message is answered as a crisis; a worry is answered as what it asks."""
    return got in DANGERS


def _errors(rows: Sequence[Row], heard: Sequence[Kind | None]) -> Iterator[str]:
    for row, got in zip(rows, heard, strict=True):
        if row.kind is not got:
            yield f"{row.kind.value if row.kind else 'none'} -> {got.value if got else 'none'}\t{row.text}"


def _share(found: Sequence[bool]) -> str:
    return f"{sum(found)} of {len(found)} = {sum(found) / len(found):.1%}" if found else "nothing to count"


if __name__ == "__main__":
    sys.exit(main())
