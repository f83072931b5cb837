"""Counts how much of a table of opening hours (columns text, occurrences) is read as a week, and what is left.

    python scripts/hours_shapes.py ../shared/samples/opening-hours/san-mateo-2013.csv [--read] [--left]

`--read` prints each text that is read beside its week, to be compared by eye; `--left` each that stays text.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

from directory import hours
from directory.model import Schedule

# Why a text holds no week, the first that fits; "one week, not read" is what a better reading could still win.
SHAPES = {
    "says that it varies, or to call": r"\bvar(?:y|ies)\b|\bcall\b|see services|as scheduled|as needed|any ?time"
    r"|convenient|usually|possible|service hours|by request|arrangement|at all times",
    "some evenings or weekends, not said which": r"(?:some|most|week) ?(?:day)? (?:evening|night|weekend)"
    r"|evening (?:hours|activities|classes)|\bevenings\b|weekends|primarily",
    "by appointment": r"appointment",
    "a season, months or school terms": r"\b(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december|summer|winter|school (?:year|hours)|during)\b",
    "a week of the month": r"\b(?:first|second|third|fourth|last|[1-4](?:st|nd|rd|th)|alternate)\b",
    "sunrise, sunset": r"\b(?:dawn|dusk|sunrise|sunset)\b",
    "no days, or no times": r"^(?:[\d:;,. amp-]+|(?:day|daily|[ ,-])+|\d+ hours daily.*)$",
    "several services or rooms, or one that is named": r"[a-z]{4,}",
}
_KNOWN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|tues|wed|thurs?|fri|sat|sun|closed|noon|open)\b\.?",
    re.I,
)


def shape(text: str) -> str:
    """Why this text stays text."""
    bare = _KNOWN.sub("day", text)
    return next((name for name, pattern in SHAPES.items() if re.search(pattern, bare, re.I)), "one week, not read")


def week(schedule: Schedule) -> str:
    """A schedule in one line."""
    days = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    spans = (
        f"{''.join(days[day] for day in of)} {opens:%H:%M}-{closes:%H:%M}"
        for of, opens, closes in hours.spans(schedule)
    )
    return "always" if schedule.always else "; ".join(spans)


def main(path: Path, options: set[str]) -> None:
    """Prints the shares and the shapes left."""
    with path.open(encoding="utf-8", newline="") as lines:
        counts = {row["text"]: int(row["occurrences"]) for row in csv.DictReader(lines)}
    found = {text: hours.parse(text) for text in counts}
    left: Counter[str] = Counter()
    for text, schedule in found.items():
        if schedule is None:
            left[shape(text)] += counts[text]
        if "--read" in options and schedule:
            sys.stdout.write(f"{counts[text]:4}  {text}\n      = {week(schedule)}\n")
        if "--left" in options and schedule is None:
            sys.stdout.write(f"{counts[text]:4}  {shape(text)}: {text}\n")
    total = sum(counts.values())
    read = total - sum(left.values())
    one_week = read + left["one week, not read"]
    sys.stdout.write(f"read as a week: {read} of {total} occurrences ({read / total:.1%})\n")
    sys.stdout.write(f"of those that say one week: {read} of {one_week} ({read / one_week:.1%})\n")
    for name, count in left.most_common():
        sys.stdout.write(f"{count:4}  {name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]))
