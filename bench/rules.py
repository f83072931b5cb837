"""Measures the rules in process: one household against all programs, with fresh facts each time; milliseconds.

Beside it stands the least that the same work can be: the same trees of that day, walked plainly over conditions that
somebody has already judged yes or no. It knows no unknown, no line, no date, and gives no reason.

    python -m bench.rules             4,000 households by chance, in five rounds; the quietest round counts
    python -m bench.rules --save      and into its section of bench/RESULTS.md
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bench.results import options, tell
from directory.eligibility import rules
from directory.eligibility.assess import Situation, screen
from directory.eligibility.conditions import All, Defined, Holds, Node
from directory.eligibility.evaluate import Household
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact, kind_of, names

__all__ = ["AIM", "Figures", "main", "measure", "section"]

HEADING = "## The rules"
AIM = 0.5
"""Milliseconds at most, p95, for one household against all programs."""
HOUSEHOLDS = 4_000
ROUNDS = 5
ON = date(2026, 11, 21)
PLACES = (("la_care", "Los Angeles"), ("sfhp", "San Francisco"), ("kern_family", "Kern"), (None, "Modoc"), (None, None))

Plain = Callable[[Mapping[str, bool]], bool]


@dataclass(frozen=True)
class Figures:
    """Milliseconds p50 and p95 of each kind of work, in the quietest round, by what it is called."""

    households: int
    programs: int
    kinds: Mapping[str, tuple[float, float]]


# Households by chance


def _household(chance: random.Random) -> Situation:
    plan, county = chance.choice(PLACES)
    told = chance.random()
    facts = {name: _fact(chance, name) for name in names() if chance.random() < told}
    return Situation(facts, plan, county)


def _fact(chance: random.Random, name: str) -> Fact:
    if chance.random() < 0.1:
        return UNSURE
    if name == SIZE:
        return Amount.exactly(chance.randint(1, 9))
    if name == INCOME:
        return Amount.exactly(chance.randrange(0, 9_000, 50))
    kind = kind_of(name)
    if kind == "number":
        return Amount.exactly(chance.randint(0, 95))
    return chance.choice(_choices(name)) if kind == "choice" else chance.random() < 0.5


def _choices(name: str) -> list[str]:
    return [choice.value for item in rules.conditions().values() if item.fact == name for choice in item.choices]


# The plain walk


def _plain(node: Node) -> Plain:
    """A tree as the functions that walk it."""
    if isinstance(node, Holds):
        return lambda held, id=node.condition: held[id]  # type: ignore[misc]
    if isinstance(node, Defined):
        return _plain(rules.definitions()[node.definition].rules[0].when)
    parts = [_plain(part) for part in node.parts]
    if isinstance(node, All):
        return lambda held: all(part(held) for part in parts)
    return lambda held: any(part(held) for part in parts)


# The measurement


def measure(count: int = HOUSEHOLDS, rounds: int = ROUNDS) -> Figures:
    """What the rules cost for that many households; each round asks all of them anew."""
    chance = random.Random(4)
    homes = [_household(chance) for _ in range(count)]
    ids = tuple(rules.programs())
    walks = [_plain(rule.when) for item in rules.programs().values() if (rule := item.rule(ON))]
    held = [{id: chance.random() < 0.5 for id in rules.conditions()} for _ in homes]

    def verdicts(number: int) -> object:
        here = Household(homes[number].facts, ON)
        return [here.verdict(id) for id in ids]

    def missing(number: int) -> object:
        here = Household(homes[number].facts, ON)
        return [here.verdict(id).missing for id in ids]

    works: dict[str, Callable[[int], object]] = {
        "verdicts": verdicts,
        "verdicts and what is missing of each": missing,
        "a screening with plan and county": lambda number: screen(None, homes[number], ON),
        "the plain walk": lambda number: [walk(held[number]) for walk in walks],
    }
    found = [{name: _round(work, count) for name, work in works.items()} for _ in range(rounds)]
    quiet = {name: min((each[name] for each in found), key=lambda two: two[1]) for name in works}
    return Figures(count, len(ids), quiet)


def _round(work: Callable[[int], object], count: int) -> tuple[float, float]:
    took = []
    for number in range(count):
        began = time.thread_time()
        work(number)
        took.append((time.thread_time() - began) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[18]


# The report


def section(figures: Figures) -> str:
    """The section of the page of results."""
    plain = figures.kinds["the plain walk"][0]
    lines = ["| work | p50 ms | p95 ms | times the plain walk, p50 | aim, p95 ms |", "|---|---|---|---|---|"]
    for name, (median, slow) in figures.kinds.items():
        aim = f"{AIM}" if name == "verdicts" else ""
        lines.append(f"| {name} | {median:.3f} | {slow:.3f} | {median / plain:.1f} | {aim} |")
    about = (
        f"`python -m bench.rules --save`: one household against all {figures.programs} programs in process, "
        f"{figures.households:,} households by\nchance (few or many facts, an amount or a choice in each), facts fresh "
        "each time; milliseconds of the thread on a\nprocessor, the quietest of five rounds. The plain walk evaluates "
        "the same trees over conditions already judged yes\nor no: no unknown, no line, no date, no reason."
    )
    return f"{HEADING}, {date.today().isoformat()}\n\n{about}\n\n" + "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args(arguments)
    tell(section(measure(wanted.households, wanted.rounds)), keep=wanted.save)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
