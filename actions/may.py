"""May I get it? Only what can still change the outcome is asked, one thing a turn; then what may be so, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from actions import asking, lists, looking, telling_verdict, whom
from actions.context import Turn
from actions.slots import Asked, Choice, Known, Want
from directory import places
from directory.eligibility import questions, rules
from directory.eligibility.assess import Screening, Situation, screen, verdict
from directory.eligibility.evaluate import Verdict
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Facts
from directory.eligibility.questions import Question
from directory.model import Need, Place
from directory.text import catalogue

__all__ = [
    "MOST",
    "PROGRAM",
    "asked_about",
    "check",
    "go_on",
    "merged",
    "of_need",
    "outcome",
    "put_in_other_words",
    "situation",
    "waiting",
]

MOST = {"sms": 8}
MOST_ON_A_PAGE = 12
"""How many questions one check asks at most."""

MOST_SCREENING = 5
"""How many it asks before it lists a whole need: the list itself says what is still open."""
MOST_LEFT = 2
"""How many it asks where the answers alone decide nothing."""
IN_OTHER_WORDS = 2
"""`asked.tries` of a question that was put in other words."""

PROGRAM, NEED = "program", "need"
SKIP = Choice("answer", UNSURE.value)


def asked_about(turn: Turn) -> Known:
    """Works out what a message asks for: the program named, all of the need named, else what was spoken of last."""
    heard, known = turn.heard, looking.follow(turn)
    program = _asked_program(turn)
    if program:
        return check(turn, known, program)
    if heard.needs:
        return of_need(turn, known, Need(heard.needs[0]))
    if known.program:
        return check(turn, known, known.program)
    if known.need:
        return of_need(turn, known, Need(known.need))
    needs = tuple(Choice("screen", need.value) for need in asking.MENU if rules.needs().get(need))
    return asking.ask(turn, known, Asked(asking.ABOUT_NEED, (*needs, Choice("person"))))


_HELD = {"has_medi_cal": ("medi_cal",), "ihss_approved": ("ihss",), "gets_other_aid": ("calfresh", "wic")}
"""Programs that somebody has, or has not, who says so: "I have IHSS, can I get meals?" asks for meals."""


def _asked_program(turn: Turn) -> str | None:
    """The program asked for; one that the person says they have or lack only where nothing else is named."""
    named = [name for name in turn.heard.programs if name in rules.programs()]
    held = {id for fact, ids in _HELD.items() if fact in turn.learned for id in ids}
    held |= {"medi_cal"} if turn.heard.plan else set()
    wanted = next((name for name in named if name not in held), None)
    return wanted if wanted or turn.heard.needs else next(iter(named), None)


def check(turn: Turn, known: Known, program: str, *, before: str | None = None) -> Known:
    """Begins to work out whether somebody may get a program."""
    need = rules.program(program).need.value
    asked = Asked(check=f"{PROGRAM}:{program}")
    return go_on(turn, known.having(program=program, need=need), asked, before=before)


def of_need(turn: Turn, known: Known, need: Need) -> Known:
    """Begins to work out which programs of a need somebody may get; where we hold none, looks for places."""
    programs = rules.needs().get(need, ())
    if not programs:
        return looking.find(turn, known, (Want(need.value),))
    if len(programs) == 1:
        return check(turn, known, programs[0])
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
    today = turn.now.date()
    here = situation(known, today)
    if kind == NEED:
        found = screen(Need(of), here, today)
        question = None if asked.count >= MOST_SCREENING else _screening_question(found)
        if question:
            return _ask(turn, known, asked, question, before=before)
        return telling_verdict.tell_all(turn, known, found, here, before=before)
    result = verdict(of, here, today)
    question = None if asked.count >= _most(turn) else _question(result) or _still_missing(result, asked)
    if question:
        return _ask(turn, known, asked, question, before=before)
    return telling_verdict.tell(turn, known, result, here, before=before)


def outcome(turn: Turn, known: Known, program: str) -> str:
    """What the rules say now of one program."""
    return verdict(program, _here(turn, known), turn.now.date()).outcome.value


def more_to_ask(turn: Turn, known: Known, program: str) -> bool:
    """Whether something that matters for a program was not asked yet."""
    return _question(verdict(program, _here(turn, known), turn.now.date())) is not None


def same(turn: Turn, known: Known, program: str) -> Known:
    """That a verdict stands."""
    result = verdict(program, _here(turn, known), turn.now.date())
    return telling_verdict.tell_same(turn, known, result, _here(turn, known))


def _most(turn: Turn) -> int:
    return MOST.get(turn.channel, MOST_ON_A_PAGE)


def _question(result: Verdict) -> Question | None:
    return questions.next_question(result.worth_asking, (result,))


def _still_missing(result: Verdict, asked: Asked) -> Question | None:
    """A few plain questions where only a list can know the rest: nobody is told of gaps and asked nothing."""
    if asked.count >= MOST_LEFT or result.because:
        return None
    plain = [fact for fact in result.missing if not (questions.is_sensitive(fact) or questions.is_narrow(fact))]
    alone = (questions.next_question([fact], (result,)) for fact in plain)
    return next((found for found in alone if found and found.kind in ("yes_no", "choice")), None)


def _screening_question(found: Screening) -> Question | None:
    """Of all programs of a need, the most deciding plain question; what is sensitive waits for its own program."""
    plain = [fact for fact in found.missing if not (questions.is_sensitive(fact) or questions.is_narrow(fact))]
    return questions.next_question(plain, found.verdicts)


def _here(turn: Turn, known: Known) -> Situation:
    return situation(known, turn.now.date())


def situation(known: Known, on: date | None = None) -> Situation:
    """What is known of the person, as the rules take it; with a day, also what the plan's own list shows there."""
    found = places.resolve(known.place) if known.place else None
    county = known.county or (found.county if isinstance(found, Place) else None)
    listed = lists.of_plan(known.plan, county, on) if known.plan and county and on else frozenset()
    facts = known.facts
    if isinstance(found, places.OverCountyLine | places.Ambiguous) and questions.PLACE not in facts:
        facts = {**facts, questions.PLACE: True}  # which county is open; that it is California is not
    return Situation(facts, known.plan, county, listed)


def _ask(turn: Turn, known: Known, asked: Asked, question: Question, *, before: str | None = None) -> Known:
    put = replace(
        asked,
        about=asking.ABOUT_FACT,
        choices=_choices(question),
        wants=(),
        question=question.id,
        line=question.line,
        count=asked.count + (asked.question != question.id),
        misses=0,
        told=None,
    )
    return asking.ask(turn, known, put, before=before)


def _choices(question: Question) -> tuple[Choice, ...]:
    """What may be picked; a number is typed, so that "4" is four people and no choice."""
    if question.kind == "yes_no":
        return (Choice("answer", "yes"), Choice("answer", "no"), SKIP)
    if question.kind == "line":
        return (Choice("answer", questions.UNDER), Choice("answer", questions.OVER), SKIP)
    if question.kind in ("number", "place"):
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


def put_in_other_words(turn: Turn, known: Known, *, lead: str = "verdict.again") -> Known:
    """Puts the question that waits once more, in other words; `lead` is the text that opens it."""
    question = waiting(known)
    if question is None:
        return known
    text = whom.question_words(question, known, turn.language, again=True)
    put = asking.ask(turn, known, known.asked, text=catalogue.say(lead, turn.language, question=text))
    return put.having(asked=replace(put.asked, tries=IN_OTHER_WORDS))
