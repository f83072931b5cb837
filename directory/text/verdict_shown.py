"""A verdict as a reply and `--json` carry it."""

from __future__ import annotations

from directory.eligibility import rules
from directory.eligibility.assess import Situation
from directory.eligibility.evaluate import State, Verdict
from directory.eligibility.facts import Facts
from directory.model import Language
from directory.reply import Verdict as ShownVerdict
from directory.text import verdict as words
from directory.text.catalogue import say

__all__ = ["shown"]


def shown(verdict: Verdict, situation: Situation, language: Language, *, private: bool = False) -> ShownVerdict:
    """The verdict with its words in that language; `private` repeats nothing sensitive."""
    facts = situation.facts
    narrowed = (words.hedge(verdict, language) or say("desk.check.no_rule", language),) if verdict.because else ()
    told = (*words.reasons(verdict, facts, language, private=private), *words.pending(verdict, language))
    return ShownVerdict(
        program=verdict.program,
        outcome=verdict.outcome.value,
        reasons=(*narrowed, *told, *words.open_points(verdict, facts, language)),
        missing=verdict.missing,
        source=words.sources_in_words(verdict, language),
        as_of=verdict.on.isoformat(),
        review_by=day.isoformat() if (day := words.review_day(verdict)) else None,
        next=words.first_step(verdict, situation, language),
        title=words.headline(verdict, language),
        why=words.why(verdict, facts, language, private=private),
        dated=words.source_line(verdict, language),
        decides=words.decides(rules.program(verdict.program), language),
        asks=() if private else _asks(verdict, facts, language),
    )


def _asks(verdict: Verdict, facts: Facts, language: Language) -> tuple[str, ...]:
    """The questions whose answers can still change the outcome."""
    if not verdict.missing:
        return ()
    unknown = (item for item in verdict.reasons if item.state in (State.OPEN, State.UNSURE))
    asked = (words.filled(item.condition.question.get(language), item.limit, facts, language) for item in unknown)
    return tuple(dict.fromkeys(asked))
