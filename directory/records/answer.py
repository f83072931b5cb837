"""What is kept of one answer, and what never is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["DANGERS", "Answer"]

DANGERS = frozenset({"self_harm", "violence", "medical", "abuse", "unsafe_tonight", "worry"})
"""The classes of danger, as a reply names them."""


@dataclass(frozen=True)
class Answer:
    """One answer: the Pacific day, and what it was about; `outcome` is the kind of reply, of a verdict what it says.

    Nothing in it says who asked, in which words, at what hour, or which answers were of one conversation. A danger
    (`danger` is its class) has a day, a channel and a language: in a small county on a quiet day more would be a
    person. Of what was shown only which listings they were is kept, in the order of their ids: the order in which they
    are shown is that of the distance, and would say where somebody lives.
    """

    day: date
    channel: str
    outcome: str
    language: str | None = None
    danger: str | None = None
    act: str | None = None
    need: str | None = None
    program: str | None = None
    county: str | None = None
    rule: str | None = None
    publication: str | None = None
    listings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        about = (self.act, self.need, self.program, self.county, self.rule, self.publication)
        if self.danger is not None and (self.listings or any(value is not None for value in about)):
            raise ValueError("a danger is kept by its class, day, channel and language alone")
