"""An expression that is tried only where it may begin finds what it finds when it is tried everywhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from actions import asked_shown, barriers_heard, side_said, tried_how
from actions.heard import fold
from actions.openings import Opened
from actions.patterns import either


def _written() -> Iterator[str]:
    """Every seventh message of the tables of these tests, and some of them one after the other."""
    files = sorted(Path(__file__).parent.glob("*.yml"))
    plain = (text for path in files for text in _texts(yaml.safe_load(path.read_text("utf-8"))))
    messages = list(itertools.islice((text for text in plain if 3 < len(text) < 300), 0, None, 7))
    yield from messages
    yield from (" ".join(messages[at : at + 9]) for at in range(0, len(messages), 60))


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        yield from (text for each in found.items() for part in each for text in _texts(part))
    elif isinstance(found, list):
        yield from (text for each in found for text in _texts(each))
    elif isinstance(found, str):
        yield found


def _tables() -> dict[str, Opened]:
    shown = {f"shown {kind}": heard for table in asked_shown._tables().values() for kind, heard in table.items()}
    sides = {f"side {kind}": words for kind, words in side_said._sides().items()}
    matched = {name: each.match for name, each in (*shown.items(), *sides.items()) if each.match}
    never = {f"{name} never": each.never for name, each in (*shown.items(), *sides.items()) if each.never}
    others = {**barriers_heard._patterns(), **{f"tried {kind}": each for kind, each in tried_how._patterns().items()}}
    return {**matched, **never, **others, "wide": asked_shown._wide()}


@pytest.mark.parametrize("name", _tables())
def test_the_same_is_found(name: str) -> None:
    opened = _tables()[name]
    for text in _MESSAGES:
        everywhere = [match.span() for match in opened.expression.finditer(text)]
        first = opened.search(text)
        assert [match.span() for match in opened.finditer(text)] == everywhere, text
        assert [first.span() if first else None] == (everywhere or [None])[:1], text


_MESSAGES = tuple(line for text in _written() for line in (fold(text), fold(text).strip(), side_said._flat(text)))


@pytest.mark.parametrize(
    ("pattern", "said", "spans"),
    [
        ("no (?:car|bus)", " i have no car or no bus ", [(8, 14), (18, 24)]),
        ("(?:a )?car", " no a car ", [(4, 9)]),
        (" car", " no car", [(3, 7)]),
        ("walk[a-z]*", " nowalk walking", [(8, 15)]),
        ("[ab]car", " acar ccar bcar ", [(1, 5), (11, 15)]),
        ("car", "car", [(0, 3)]),
        (r"\d+ days?", " in 3 days ", [(4, 10)]),
        ("car", "", []),
    ],
)
def test_it_is_tried_wherever_it_may_begin(pattern: str, said: str, spans: list[tuple[int, int]]) -> None:
    opened = either([pattern], {})
    assert [match.span() for match in opened.finditer(said)] == spans
    assert [match.span() for match in opened.expression.finditer(said)] == spans


def test_most_tables_are_tried_only_where_they_may_begin() -> None:
    anywhere = [name for name, opened in _tables().items() if opened.anywhere]
    assert len(anywhere) < len(_tables()) / 5, anywhere
