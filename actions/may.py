"""May I get it? Only what can still change the outcome is asked, one thing a turn; then what may be so, and why."""

from __future__ import annotations

from actions import asking, telling_verdict
from actions.context import Turn
from actions.labels import label
from actions.slots import Asked, Choice, Known
from directory import places
from directory.eligibility import questions
from directory.eligibility.assess import Screening, Situation, screen, verdict
from directory.eligibility.evaluate import Verdict
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Facts
from directory.eligibility.questions import Question
from directory.model import Need, Place
from directory.reply import Kind, Reply
from directory.text.verdict import filled

__all__ = ["MOST", "PROGRAM", "check", "go_on", "merged", "of_need", "put_again", "situation", "waiting"]

MOST = {"sms": 8}
MOST_ON_A_PAGE = 12
"""How many questions one check asks at most."""

PROGRAM, NEED = "program", "need"
SKIP = Choice("answer", UNSURE.value)


def check(turn: Turn, known: Known, program: str) -> Known:
    """Begins to work out whether somebody may get a program."""
    return go_on(turn, known.having(program=program), Asked(check=f"{PROGRAM}:{program}"))


def of_need(turn: Turn, known: Known, need: Need) -> Known:
    """Begins to work out which programs of a need somebody may get."""
    return go_on(turn, known.having(need=need.value, program=None), Asked(check=f"{NEED}:{need.value}"))


def merged(before: Facts, learned: Facts) -> Facts:
    """What is known with what was learned; an income said as a side of a line falls when the home is another size."""
    known = {**before, **learned}
    income, size = before.get(INCOME), learned.get(SIZE)
    moved = size is not None and SIZE in before and before[SIZE] != size
    if moved and INCOME not in learned and isinstance(income, Amount) and income.exact is None:
        del known[INCOME]
    return known


def go_on(turn: Turn, known: Known, asked: Asked, *, before: str | None = None) -> Known:
    """The next question of a check, or its end; `before` is said first."""
    kind, _, of = (asked.check or "").partition(":")
    here = situation(known)
    today = turn.now.date()
    if kind == NEED:
        found = screen(Need(of), here, today)
        question = None if asked.count >= _most(turn) else _screening_question(found)
        if question:
            return _ask(turn, known, asked, question, before=before)
        return telling_verdict.tell_all(turn, known, found, here, before=before)
    result = verdict(of, here, today)
    question = None if asked.count >= _most(turn) else _question(result)
    if question:
        return _ask(turn, known, asked, question, before=before)
    return telling_verdict.tell(turn, known, result, here, before=before)


def _most(turn: Turn) -> int:
    return MOST.get(turn.channel, MOST_ON_A_PAGE)


def _question(result: Verdict) -> Question | None:
    return questions.next_question(result.worth_asking, (result,))


def _screening_question(found: Screening) -> Question | None:
    """Of all programs of a need, the most deciding plain question; what is sensitive waits for its own program."""
    plain = [fact for fact in found.missing if not questions.is_sensitive(fact)]
    return questions.next_question(plain, found.verdicts)


def situation(known: Known) -> Situation:
    """What is known of the person, as the rules take it."""
    found = places.resolve(known.place) if known.place else None
    county = known.county or (found.county if isinstance(found, Place) else None)
    return Situation(known.facts, known.plan, county)


def _ask(
    turn: Turn, known: Known, asked: Asked, question: Question, *, before: str | None = None, again: bool = False
) -> Known:
    choices = _choices(question)
    count = asked.count + (asked.question != question.id)
    asked = Asked(asking.ABOUT_FACT, choices, check=asked.check, question=question.id, line=question.line, count=count,
                  misses=asked.misses, crisis=asked.crisis)  # fmt: skip
    text = (question.again if again else question.text).get(turn.language)
    words = filled(text, question.line, known.facts, turn.language)
    why = question.why.get(turn.language) if question.why and not again else None
    numbered = asking.numbered(turn, known, choices) if question.kind != "number" else []
    turn.utter(
        "\n".join(part for part in (before, words, why, *numbered) if part),
        Reply(
            kind=Kind.QUESTION,
            need=known.need,
            program=known.program,
            place=known.place,
            county=known.county,
            plan=known.plan,
            choices=tuple((words, words) for words in (label(choice, known, turn.language) for choice in choices)),
        ),
    )
    return known.having(asked=asked)


def _choices(question: Question) -> tuple[Choice, ...]:
    """What may be picked; a number is typed, so that "4" is four people and no choice."""
    if question.kind == "yes_no":
        return (Choice("answer", "yes"), Choice("answer", "no"), SKIP)
    if question.kind == "line":
        return (Choice("answer", questions.UNDER), Choice("answer", questions.OVER), SKIP)
    if question.kind == "number":
        return (SKIP,)
    own = tuple(Choice("fact", f"{_fact_of(question, choice.value)}={choice.value}") for choice in question.choices)
    return (*own, Choice("answer", questions.NONE), SKIP) if question.kind == "group" else (*own, SKIP)


def _fact_of(question: Question, value: str) -> str:
    return value if question.kind == "group" else question.facts[0]


def waiting(known: Known) -> Question | None:
    """The question of the rules that waits for an answer."""
    asked = known.asked
    if asked.about != asking.ABOUT_FACT or not asked.question:
        return None
    return questions.by_id(asked.question, asked.line)


def put_again(turn: Turn, known: Known, *, before: str | None = None, again: bool = False) -> Known:
    """Puts the question that waits once more, in other words where `again`."""
    question = waiting(known)
    if question is None:
        return known
    return _ask(turn, known, known.asked, question, before=before, again=again)
