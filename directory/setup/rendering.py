"""The settings file as people read it: each key below a line that says what it is for; what is unset as an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from textwrap import wrap

import yaml

from directory.setup.questions import Question, questions

__all__ = ["as_yaml", "rendered", "template"]

_HEAD = """\
# What the clinic says of itself. Written by `puente setup`; it may be changed by hand, too.
# Puente reads it anew as soon as it is saved. A line behind a # does not count.
# Until a mistake in it is mended, the last good settings count. See what is in force: puente settings
"""
_WIDTH = 100


def rendered(plain: Mapping[str, object], left_out: Iterable[tuple[str, str]] = ()) -> str:
    """The file with these values; `left_out` are lines that did not fit, each with the reason, kept as comments."""
    return "\n".join([_HEAD, *_sections(plain), *_left_out(left_out)])


def template() -> str:
    """The file with every key as an example behind a #."""
    return rendered({})


def as_yaml(key: str, value: object) -> str:
    """One key as lines of YAML."""
    flow = None if isinstance(value, list) else False  # a list in one line, several values below each other
    return yaml.safe_dump(
        {key: value}, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=flow
    ).rstrip()


def _sections(plain: Mapping[str, object]) -> Iterator[str]:
    for section, group in groupby(questions().values(), key=lambda question: question.section):
        yield f"\n# ---- {section} ----\n"
        yield from (_entry(question, plain) for question in group)


def _entry(question: Question, plain: Mapping[str, object]) -> str:
    why = "\n".join(wrap(f"{question.ask}: {question.why}", _WIDTH, initial_indent="# ", subsequent_indent="# "))
    said = plain.get(question.key)
    lines = as_yaml(question.key, said) if said is not None else _behind(as_yaml(question.key, question.example))
    return f"{why}\n{lines}\n"


def _left_out(left_out: Iterable[tuple[str, str]]) -> Iterator[str]:
    for why, lines in left_out:
        yield f"# Left out by `puente setup`: {' '.join(why.split())}\n{_behind(lines)}\n"


def _behind(lines: str) -> str:
    return "\n".join(f"# {line}" for line in lines.splitlines())
