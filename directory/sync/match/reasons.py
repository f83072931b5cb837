"""The reasons of matching as sentences, in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from directory.eligibility import strict
from directory.model import Language
from directory.sync.match.outcome import Reason

__all__ = ["sentence"]


def sentence(reason: Reason | str, language: Language = Language.EN) -> str:
    """What a reason says to a person, without a full stop; nothing of a row stands in it."""
    return _sentences()[Reason(reason), language]


@cache
def _sentences() -> dict[tuple[Reason, Language], str]:
    codes = strict.read(Path(__file__).parent / "reasons.yml").fields(reason.value for reason in Reason)
    twins = {reason: codes[reason.value].fields(language.value for language in Language) for reason in Reason}
    return {(reason, language): twins[reason][language.value].text() for reason in Reason for language in Language}
