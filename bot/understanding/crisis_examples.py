"""The examples that the learned layer of crisis detection grows from: lines of YAML with their choices made."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding import described
from bot.understanding.crisis import DANGERS, Kind, detect
from bot.understanding.text import words_file

__all__ = ["LANGUAGES", "Example", "examples"]

LANGUAGES = ("en", "es")
FILES = ("examples", "stories")

_VARIANTS = 10
_NONE = "none"
_KINDS = (*DANGERS, Kind.WORRY)
_CHOICE = re.compile(r"\(([^()]*)\)")
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Example:
    """A message as somebody may write it, the kind of danger, worry or None, and the line of the file it is made of."""

    text: str
    kind: Kind | None
    line: str


def examples(ordinary: Iterable[str] = ()) -> list[Example]:
    """The examples of both languages, their choices made; no danger: `ordinary` ones and descriptions of programs."""
    made = [example for language in LANGUAGES for name in FILES for example in _made(language, name)]
    asked = {text for text, _ in described.examples(LANGUAGES) if detect(text) is None}
    return made + [Example(text, None, text) for text in sorted({*ordinary, *asked})]


def _made(language: str, name: str) -> Iterator[Example]:
    file, asked = words_file(f"crisis_{name}.{language}"), words_file(f"crisis_{FILES[0]}.{language}")
    choices = {**asked["choices"], **file["choices"]}
    chance = random.Random(name)
    for group in (*(kind.value for kind in _KINDS), _NONE):
        for line in file[group]:
            kind = None if group == _NONE else Kind(group)
            # Long stories without danger are made of several things that are told.
            beside = asked["asks"] if kind else [*asked["asks"], *chance.sample(file[_NONE], len(asked["asks"]))]
            variants = _variants(line, choices, beside, _VARIANTS if kind else 2 * _VARIANTS)
            yield from (Example(text, kind, line) for text in variants)


def _variants(line: str, choices: Mapping[str, str], beside: Sequence[str], most: int) -> list[str]:
    """Up to `most` different readings of `line`, some with a line of `beside` before or after; always the same ones."""
    chance = random.Random(line)
    made = {_said(line, choices, chance): None for _ in range(most - most // 3)}
    for said in list(made)[: most // 3]:
        both = [said, _said(chance.choice(beside), choices, chance)]
        chance.shuffle(both)
        made[" ".join(both)] = None
    return list(made)


def _said(line: str, choices: Mapping[str, str], chance: random.Random) -> str:
    said = _NAME.sub(lambda match: chance.choice(choices[match.group(1)].split("|")), line)
    while _CHOICE.search(said):
        said = _CHOICE.sub(lambda match: chance.choice(match.group(1).split("|")), said)
    return " ".join(said.split())
