"""What `bench.load` measured, and how it is told."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bench.generator import Outcome

__all__ = ["HELD_MS", "LISTINGS", "RATE", "Figures", "Step", "p", "saturation", "section"]

HEADING = "## The assistant under load"
LISTINGS = 100_000
RATE = 50.0
HELD_MS = 300.0


@dataclass(frozen=True)
class Step:
    """One rate held for a while: what people got, and what it cost the processor in ms a message."""

    rate: float
    outcome: Outcome
    cpu: float
    others: float

    @property
    def answered(self) -> int:
        return len(self.outcome.answers)

    @property
    def held(self) -> bool:
        """Whether everybody was answered, and soon."""
        return not self.outcome.wrong and not self.outcome.refusals and p(self.outcome.answers, 95) < HELD_MS


@dataclass(frozen=True)
class Figures:
    """What was measured: milliseconds alone and by place in a long talk, steps by number of processes, megabytes."""

    alone: list[float]
    tenth: list[float]
    hundredth: list[float]
    steady: Step
    steps: dict[int, list[Step]]
    memory: dict[int, float]


def saturation(steps: Sequence[Step]) -> float:
    """The highest rate that was held."""
    return max((one.rate for one in steps if one.held), default=0.0)


def table(figures: Figures) -> str:
    steady = figures.steady.outcome
    early, late = statistics.median(figures.tenth), statistics.median(figures.hundredth)
    rows = [
        ("message to reply, p50 ms", f"{p(figures.alone, 50):.1f}", "15"),
        ("message to reply, p95 ms", f"{p(figures.alone, 95):.1f}", "30"),
        ("the same words as message 10-19 / 100-109, p50 ms", f"{early:.1f} / {late:.1f}", "no slower"),
        (f"{RATE:.0f} a second, open loop: answered", f"{figures.steady.answered:,}", "all"),
        (f"{RATE:.0f} a second: busy / wrong", f"{len(steady.refusals)} / {_wrong(steady)}", "none"),
        (f"{RATE:.0f} a second, p50 / p95 / p99 ms", _percentiles(steady.answers), "p95 300"),
        ("processor ms a message", f"{figures.steady.cpu:.1f}", ""),
        ("saturation, one process / two, messages a second", _both(figures), ""),
        ("resident memory, one process / two, MB", " / ".join(f"{each:.0f}" for each in figures.memory.values()), ""),
    ]
    lines = ["| figure | Puente | aim |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def ladder(figures: Figures) -> str:
    lines = [
        "| processes | messages a second | answered | p50 / p95 / p99 ms | busy | busy said after, p95 ms | wrong | "
        "processor ms a message | others' share of the processors |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for number, steps in figures.steps.items():
        for one in steps:
            refusals = one.outcome.refusals
            cells = (
                str(number), f"{one.rate:.0f}", f"{one.answered:,}", _percentiles(one.outcome.answers),
                f"{len(refusals):,}", f"{p(refusals, 95):.0f}" if refusals else "", _wrong(one.outcome),
                f"{one.cpu:.1f}", f"{one.others:.0%}",
            )  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _both(figures: Figures) -> str:
    return " / ".join(f"{saturation(steps):.0f}" for steps in figures.steps.values())


def _wrong(outcome: Outcome) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in outcome.wrong.items()) or "0"


def _percentiles(values: list[float]) -> str:
    return " / ".join(f"{p(values, percent):.0f}" for percent in (50, 95, 99)) if values else ""


def p(values: list[float], percent: int) -> float:
    """A percentile; infinite where nothing was measured."""
    if len(values) < 2:
        return values[0] if values else float("inf")
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def section(figures: Figures) -> str:
    late = p(figures.steady.outcome.late, 99)
    about = (
        f"`python -m bench.load --save`, {os.cpu_count()} cores, {LISTINGS:,} invented listings; the generator is a "
        f"process of its own on them\n(99 of 100 messages left within {late:.0f} ms of when they were due). Held: all "
        f"answered, p95 under {HELD_MS:.0f} ms. The last line of each\nnumber of processes is twice what was held. Two "
        "processes: each conversation pinned to one by the client, on two ports."
    )
    return f"{HEADING}, {date.today().isoformat()}\n\n{about}\n\n{table(figures)}\n\n{ladder(figures)}\n"
