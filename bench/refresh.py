"""Measures a refresh, from parse to publish, beside what `sqlite-utils` needs to put the same file into a table.

All in one run on one machine: the first time, the same bytes again, the same rows in another order, 1 % of the rows
changed, and the most memory that the processes held. The list is invented: many names, addresses and phones.

    python -m bench.refresh                     the table
    python -m bench.refresh --curve             time and memory from 1,000 to 1,000,000 rows as well
    python -m bench.refresh --rows 10000 --save the table, also written into bench/RESULTS.md
"""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil

from bench.results import options, tell
from bench.words import drawn

ROOT = Path(__file__).resolve().parent.parent
ROSTER = ROOT / "directory" / "demo" / "demo_plan_roster.csv"
SOURCE = ROOT / "directory" / "sync" / "sources" / "demo_plan_roster.yml"
CURVE = (1_000, 10_000, 100_000, 1_000_000)
SECTION = "## The refresh"
AREAS = (209, 559, 661, 213)
COMMAND = (sys.executable, "-c", "from directory.cli import main; main()")


@dataclass(frozen=True)
class Took:
    """Seconds of wall clock, and the most megabytes that the command and its helpers held at once."""

    seconds: float
    megabytes: float


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--curve", action="store_true", help="time and memory from 1,000 rows on")
    parser.add_argument("--most", type=int, default=CURVE[-1], help="where the curve ends")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as folder:
        table = ratios(Path(folder), wanted.rows)
    if wanted.curve:
        table += "\n\n" + curve([rows for rows in CURVE if rows <= wanted.most])
    tell(table, section(table, wanted.rows), keep=wanted.save)


# The lists


def lines(rows: int) -> Iterator[list[str]]:
    """The title, the headings and the rows of an invented roster; the same every time."""
    chance, words = random.Random(1), drawn("refreshed")
    title, head, *models = csv.reader(ROSTER.open(encoding="utf-8-sig", newline=""))
    at = {heading: number for number, heading in enumerate(head)}
    yield title
    yield head
    for number in range(rows):
        row = list(chance.choice(models))
        row[at["Record ID"]] = f"B{number:07d}"
        name = " ".join(chance.choice(words[part]) for part in ("first", "second", "kinds"))
        row[at["Agency"]] = f"{name} {number % 9973}"
        row[at["Address"]] = f"{chance.randint(1, 9999)} {chance.choice(words['streets'])}"
        row[at["Phone"]] = f"{chance.choice(AREAS)}-555-01{chance.randint(0, 99):02d} ext. {number % 3000}"
        row[at["Email"]] = f"help{number}@example.org" if number % 2 else ""
        yield row


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def lists(folder: Path, rows: int) -> dict[str, Path]:
    """The list, the same in another order, with 1 % of its rows changed, and without the title above its headings."""
    title, head, *body = lines(rows)
    made = {
        "first": write(folder / "first.csv", [title, head, *body]),
        "plain": write(folder / "plain.csv", [head, *body]),
    }
    chance = random.Random(2)
    changed = [list(row) for row in body]
    for number in chance.sample(range(rows), max(1, rows // 100)):
        changed[number][head.index("Agency")] += " West"
    made["changed"] = write(folder / "changed.csv", [title, head, *changed])
    chance.shuffle(body)
    made["reordered"] = write(folder / "reordered.csv", [title, head, *body])
    return made


# The clock


def timed(home: Path, *command: str | Path) -> Took:
    """A command by itself, from its start to its end."""
    began, most = time.perf_counter(), 0.0
    process = subprocess.Popen(
        list(map(str, command)), cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        most = max(most, held(watched))
        time.sleep(0.02)
    took = time.perf_counter() - began
    error = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{error[-3000:]}")
    return Took(took, most)


def held(process: psutil.Process) -> float:
    """Resident memory of a process and its children, in megabytes."""
    try:
        return sum(item.memory_info().rss for item in (process, *process.children(recursive=True))) / 1e6
    except psutil.Error:
        return 0.0


def environment(home: Path) -> dict[str, str]:
    """Modules are kept compiled beside the home, as wherever Python is not told otherwise, for both programs alike."""
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home.parent / "compiled")}
    return {**os.environ, **kept, "PUENTE_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def new_home(folder: Path) -> Path:
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    (home / "sources").mkdir(parents=True)
    text = re.sub(r"^id: .*$", "id: bench", SOURCE.read_text("utf-8"), flags=re.M)
    text = re.sub(r"^(?:file|demo): .*\n", "", text, flags=re.M)
    (home / "sources" / "bench.yml").write_text(text, "utf-8")
    return home


def refresh(home: Path, file: Path) -> tuple[Took, Took]:
    """Reading the list, and publishing it."""
    return timed(home, *COMMAND, "sync", "bench", "--file", file), timed(home, *COMMAND, "publish")


# The tables


def ratios(folder: Path, rows: int) -> str:
    say(f"Writing {rows:,} invented rows ...")
    made = lists(folder, rows)
    home = new_home(folder)
    say("sqlite-utils ...")
    insert = (ROOT / ".venv" / "bin" / "sqlite-utils", "insert", folder / "plain.db", "rows", made["plain"])
    for command in (
        (insert[0], "--version"),
        (*COMMAND, "--help"),
        (*COMMAND, "sync", "--help"),
        (*COMMAND, "history"),
    ):
        timed(home, *command)  # compiles what was not yet
    plain = timed(home, *insert, "--csv", "--no-detect-types")
    found: dict[str, tuple[Took, Took]] = {}
    for name, file in (("first", "first"), ("same", "first"), ("reordered", "reordered"), ("changed", "changed")):
        say(f"{name} ...")
        found[name] = refresh(home, made[file])
    first = total(found["first"])
    most = max(took.megabytes for pair in found.values() for took in pair)
    table = [
        "| figure | reading, s | publishing, s | both, s | ratio | aim |",
        "|---|---|---|---|---|---|",
        f"| `sqlite-utils insert --no-detect-types` | | | {plain.seconds:.1f} | | |",
        row("first time", found["first"], f"{first / plain.seconds:.1f} times sqlite-utils", "at most 4"),
        row("the same bytes", found["same"], f"{first / total(found['same']):.1f} times faster", "no work"),
        row("reordered", found["reordered"], f"{first / total(found['reordered']):.1f} times faster", "5"),
        row("1 % changed", found["changed"], f"{first / total(found['changed']):.1f} times faster", "4"),
        f"| most memory, all processes, MB | {peak(found, 0):.0f} | {peak(found, 1):.0f} | {most:.0f} | | under 300 |",
    ]
    return "\n".join(table)


def total(pair: tuple[Took, Took]) -> float:
    return pair[0].seconds + pair[1].seconds


def peak(found: dict[str, tuple[Took, Took]], which: int) -> float:
    return max(pair[which].megabytes for pair in found.values())


def row(name: str, pair: tuple[Took, Took], ratio: str, aim: str) -> str:
    return f"| {name} | {pair[0].seconds:.1f} | {pair[1].seconds:.1f} | {total(pair):.1f} | {ratio} | {aim} |"


def curve(sizes: list[int]) -> str:
    table = ["| rows | reading, s | publishing, s | memory reading / publishing, MB |", "|---|---|---|---|"]
    for rows in sizes:
        say(f"{rows:,} rows ...")
        with tempfile.TemporaryDirectory(prefix="puente-bench-") as name:
            folder = Path(name)
            file = folder / "first.csv"
            with file.open("w", newline="", encoding="utf-8") as stream:
                csv.writer(stream).writerows(lines(rows))
            read, shown = refresh(new_home(folder), file)
        table.append(
            f"| {rows:,} | {read.seconds:.1f} | {shown.seconds:.1f} | {read.megabytes:.0f} / {shown.megabytes:.0f} |"
        )
    return "\n".join(table)


def section(table: str, rows: int) -> str:
    return (
        f"{SECTION}, {date.today().isoformat()}\n\n"
        f"`python -m bench.refresh --rows {rows} --curve --save`, {os.cpu_count()} cores. Each command by itself, its "
        f"start counted; compiled modules on both sides. Below: the curve, each size once.\n\n{table}\n"
    )


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
