"""How a verdict, a screening and the list of facts read on a screen of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from directory.commands.checking_asked import Asked
from directory.commands.checking_facts import Ask, KnownFact
from directory.commands.telling import wrapped
from directory.eligibility import rules
from directory.eligibility.assess import Screening, Situation
from directory.eligibility.basis import Basis
from directory.eligibility.evaluate import Because, Outcome, Verdict
from directory.model import Language
from directory.text import rule as rule_words
from directory.text import verdict as words
from directory.text import whom
from directory.text.catalogue import say

__all__ = ["check_text", "facts_text", "screen_text"]

MOST_ASKED = 6
_STATE = 11
_OUTCOME = 14
_CODES = ascii_lowercase + ascii_lowercase.upper()


def check_text(verdict: Verdict, asked: Asked, asks: Sequence[Ask], language: Language) -> str:
    """One verdict for staff: the outcome and what to do first, then the whole rule, the way, and the sources."""
    program, situation = rules.program(verdict.program), asked.situation
    bases: dict[Basis, str] = {}
    rule = list(_rule(verdict, situation, bases, language))
    blocks = [
        [*wrapped(words.headline(verdict, language)), *_context(verdict, asked, language)],
        *_outcome(verdict, situation, language),
        _block("missing", _asked_now(asks, language), language, plain=True),
        _block("rule", rule, language, plain=True),
        *_way(verdict, situation, program, language),
        _block("sources", [*_checked(verdict, language), *_legend(bases, language)], language),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _block(head: str, lines: Iterable[str], language: Language, *, plain: bool = False) -> list[str]:
    found = [line for line in lines if line]
    told = found if plain else [part for line in found for part in wrapped(line, "  ", "    ")]
    return [_head(head, language), *told] if told else []


def _head(head: str, language: Language) -> str:
    return say(f"desk.check.{head}", language).upper()


def _context(verdict: Verdict, asked: Asked, language: Language) -> Iterator[str]:
    day = rules.spoken(verdict.on, language)
    parts = [f"[{verdict.program}]", say("desk.check.for", language, day=day), *_whose(asked.situation, language)]
    yield from wrapped(" ".join(parts))
    yield from _notes(asked, language)


def _whose(situation: Situation, language: Language) -> Iterator[str]:
    if plan := whom.plan_of(situation):
        yield say("desk.check.plan", language, plan=plan.short_name)
    if situation.county:
        yield say("desk.check.county", language, county=situation.county)


def _notes(asked: Asked, language: Language) -> Iterator[str]:
    """What the card means there, or that the plan is of elsewhere: people move, and cards are old."""
    situation = asked.situation
    if asked.card:
        yield from wrapped(asked.card.get(language))
    plan = whom.plan_of(situation)
    if plan and situation.county and situation.county not in plan.counties:
        text = say("desk.check.not_here", language, plan=plan.short_name, county=situation.county)
        yield from wrapped(text)


def _outcome(verdict: Verdict, situation: Situation, language: Language) -> Iterator[list[str]]:
    why = [*words.reasons(verdict, situation.facts, language, most=None)]
    if words.is_fast(verdict):
        why.append(say("verdict.fast", language))
    if verdict.because is Because.NO_RULE:
        why.append(say("desk.check.no_rule", language))
    elif verdict.because:
        why.append(words.hedge(verdict, language) or "")
    yield _block("why", why, language)
    yield _block("others", words.pending(verdict, language), language)
    first = words.first_step(verdict, situation, language)
    open_points = words.open_points(verdict, situation.facts, language)
    yield _block("open", (point for point in open_points if point != first), language)
    program = rules.program(verdict.program)
    anyone = words.anyone_may_apply(program.id, language)
    yield _block("decides", [anyone or program.who_decides.get(language)], language)
    yield _block("first", [first], language)


def _asked_now(asks: Sequence[Ask], language: Language) -> Iterator[str]:
    """The first questions with their words, of the others only the names: nobody asks twenty at once."""
    yield from _asks(asks[:MOST_ASKED], language)
    if more := [ask.fact for ask in asks[MOST_ASKED:]]:
        yield from wrapped(say("desk.check.more", language, names=", ".join(more)), "  ", "    ")


def _asks(asks: Sequence[Ask], language: Language) -> Iterator[str]:
    """Each question with how its answer is typed."""
    for ask in asks:
        yield from wrapped(ask.text, "  ", "  ")
        if ask.note:
            yield from wrapped(f"({ask.note})", "    ", "    ")
        yield f"      {ask.typed}"
        for value, label in ask.choices:
            yield from wrapped(f"={value}: {label}", "        ", "          ")


def _rule(verdict: Verdict, situation: Situation, bases: dict[Basis, str], language: Language) -> Iterator[str]:
    for line in rule_words.lines(verdict, situation, language):
        indent = "  " * line.depth
        state = say(f"desk.check.state.{line.state.value}", language) if line.state else ""
        code = f" ({_code(line.basis, bases)})" if line.basis else ""
        lead = f"  {state:{_STATE}}{indent}"
        yield from wrapped(f"{line.text}{code}", lead, " " * len(lead))


def _code(basis: Basis, bases: dict[Basis, str]) -> str:
    return bases.setdefault(basis, _CODES[len(bases) % len(_CODES)])


def _way(verdict: Verdict, situation: Situation, program: rules.Program, language: Language) -> Iterator[list[str]]:
    yield _block("how", _numbered(program.steps.get(language)), language, plain=True)
    yield _block("call", whom.to_call(program, situation, verdict.on, language), language)
    yield _block("say", [words.what_to_say(program, language)], language)
    yield _block("bring", [", ".join(program.bring.get(language))], language)
    yield _block("long", [] if verdict.because else [program.how_long.get(language)], language)
    refused = program.sides.get("if_refused")
    yield _block("refused", [refused.text.get(language)] if refused else [], language)
    yield _block("careful", [program.say_carefully.get(language)] if program.say_carefully else [], language)


def _numbered(steps: Iterable[str]) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        yield from wrapped(f"{number}. {step}", "  ", "     ")


def _checked(verdict: Verdict, language: Language) -> Iterator[str]:
    review = words.review_day(verdict)
    if review is None:
        return
    yield words.source_line(verdict, language)
    yield say("desk.check.review", language, day=rules.spoken(review, language))
    if not verdict.because:
        yield words.hedge(verdict, language) or ""


def _legend(bases: dict[Basis, str], language: Language) -> Iterator[str]:
    for basis, code in bases.items():
        told = say(
            "desk.check.basis",
            language,
            status=say(f"desk.check.status.{basis.status}", language),
            day=basis.checked_on.isoformat(),
            review=basis.review_by.isoformat(),
        )
        yield f"({code}) {', '.join(basis.sources)}: {told}"


def facts_text(found: Iterable[KnownFact], language: Language) -> str:
    """Every fact with its question and how it is typed; first what the person is asked, then what others know."""
    facts = list(found)
    blocks = [
        _block("facts.person", _facts(item for item in facts if item.asked), language, plain=True),
        _block("facts.others", _facts(item for item in facts if not item.asked), language, plain=True),
        wrapped(say("desk.check.facts.how", language)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _facts(items: Iterable[KnownFact]) -> Iterator[str]:
    for item in items:
        typed = item.ask.typed
        yield f"  {typed.removeprefix('--fact ')}" if "=" in typed else f"  {item.ask.fact}=yes ({typed})"
        yield from wrapped(item.ask.text, "      ", "      ")
        for value, label in item.ask.choices:
            yield from wrapped(f"={value}: {label}", "        ", "          ")


def screen_text(
    title: str, found: Screening, asked: Asked, asks: Sequence[Ask], left_out: Sequence[str], language: Language
) -> str:
    """All programs, the best first: a line each with the one reason that matters, then what to ask next."""
    situation = asked.situation
    day = rules.spoken(found.verdicts[0].on, language) if found.verdicts else ""
    head = " ".join([f"{title}.", say("desk.check.for", language, day=day), *_whose(situation, language)])
    shown = [item for item in found.verdicts if item.program not in left_out]
    blocks = [
        [*wrapped(head), *_notes(asked, language)],
        *_listed(shown, situation, language),
        _without_medi_cal(left_out, language),
        _block("screen.next", _asks(asks, language), language, plain=True),
        wrapped(say("desk.check.screen.more", language, program=shown[0].program)) if shown else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _listed(shown: Sequence[Verdict], situation: Situation, language: Language) -> Iterator[list[str]]:
    """The lines, with a gap where the outcome changes."""
    block: list[str] = []
    before: Outcome | None = None
    for item in shown:
        if before not in (None, item.outcome):
            yield block
            block = []
        before = item.outcome
        block += _one(item, situation, language)
    yield block


def _one(item: Verdict, situation: Situation, language: Language) -> list[str]:
    outcome = say(f"desk.check.outcome.{item.outcome.value}", language)
    name = rules.program(item.program).short.get(language)
    reason = whom.main_reason(item, situation, language)
    return wrapped(f"{name} [{item.program}]: {reason}", f"{outcome:{_OUTCOME}}", " " * _OUTCOME)


def _without_medi_cal(left_out: Sequence[str], language: Language) -> list[str]:
    if not left_out:
        return []
    told = say("desk.check.screen.left_out", language, count=len(left_out))
    return wrapped(f"{told} {say('desk.check.screen.apply', language)}")
