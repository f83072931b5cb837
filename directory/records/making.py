"""From one turn (its act, and what each of its replies is) to what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from directory.records.answer import DANGERS, Answer
from directory.records.versions import rule_version
from directory.reply import Kind

__all__ = ["answers"]

_DANGERS = {Kind.CRISIS.value, Kind.WORRY.value}
_SAYS_IT = {"crisis": "inform"}
"""Beside the line of a danger the act would say that this answer went to somebody in danger."""
_ABOUT = ("need", "program", "county")
_OF_A_NEED = {
    kind.value
    for kind in (
        Kind.LISTINGS, Kind.NONE_FOUND, Kind.VERDICT, Kind.QUESTION, Kind.PROGRAM, Kind.STEPS, Kind.GUIDE, Kind.HANDOFF,
    )
}  # fmt: skip
"""Kinds that are about what is needed; a greeting is about nothing, whatever was spoken of before."""


def answers(
    act: str | None,
    replies: Sequence[Mapping[str, Any]],
    *,
    day: date,
    channel: str,
    language: str | None = None,
    publication: str | None = None,
) -> Iterator[Answer]:
    """What is kept of a turn: one record for each of its replies (as `Reply.to_json` makes them)."""
    for reply in replies:
        spoken = reply.get("language") or language
        kind = str(reply.get("kind") or Kind.FALLBACK.value)
        if kind in _DANGERS:
            said = reply.get("crisis")
            danger = said if said in DANGERS else "worry"
            yield Answer(day, channel, kind, spoken, danger=danger)
            continue
        made = Answer(day, channel, _outcome(kind, reply), spoken, act=_SAYS_IT.get(act or "", act))
        yield _about(made, reply, publication) if kind in _OF_A_NEED else made


def _outcome(kind: str, reply: Mapping[str, Any]) -> str:
    """The kind of a reply; of a verdict on one program, what it says."""
    verdict = reply.get("verdict")
    return str(verdict["outcome"]) if verdict else kind


def _about(made: Answer, reply: Mapping[str, Any], publication: str | None) -> Answer:
    need, program, county = (reply.get(name) for name in _ABOUT)
    return replace(
        made,
        need=need,
        program=program,
        county=county,
        rule=rule_version(program, made.day) if program else None,
        publication=publication,
        listings=tuple(sorted(item["id"] for item in reply.get("listings") or ())),
    )
