"""The answer to a question of the rules: a choice, a word, a number, a place; and what a correction changes."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, details, looking, may, points_back, puts_right, said, where_lived, whom
from actions.context import WORRY, Turn
from actions.heard import Heard, fold
from actions.said.plain import sentences
from actions.slots import Asked, Choice, Known
from actions.words import sign
from directory.eligibility import questions
from directory.eligibility.facts import SIZE, UNSURE, Amount, Fact, Facts
from directory.eligibility.questions import Question
from directory.reply import Kind, Reply
from directory.text import catalogue

__all__ = ["answered", "corrected", "learning", "set_against", "taken_up_again"]

_OTHERS = ("talk_to_human", "opt_out", "change_language", "ask_privacy", "ask_bot", "report_problem", "report_outcome")
"""Acts that are never an answer, unless a choice was picked."""
_BARE = ("affirm", "deny", "inform", "nlu_fallback")
"""Acts that begin nothing: said to a question, they tried to answer it."""
_LEAVES = ("find_provider", "check_eligibility", "how_to_apply")
"""Acts that begin something else when they name a need or a program."""


def learning(turn: Turn) -> Turn:
    """The turn with what the message says of the person taken in."""
    if turn.heard.crisis not in (None, WORRY):
        return turn
    need = turn.heard.needs[0] if turn.heard.needs else turn.known.need
    read = said.facts_in(turn.heard.text, need=need)
    before = whom.following(turn)
    learned = puts_right.Learned({**read, **puts_right.told(turn, before, read)}, before.facts)
    known = before.having(facts=may.merged(before.facts, learned))
    heard = _without_what_they_have(turn, learned)
    heard = puts_right.without_what_is_told(replace(turn, heard=heard), learned)
    return replace(turn, known=known, learned=learned, heard=heard)


_ASKS_OF_IT = ("check_eligibility", "program_info", "how_to_apply")


def _without_what_they_have(turn: Turn, learned: Facts) -> Heard:
    """What was heard, without the Medi-Cal that somebody only says they have: it is not what they look for."""
    heard = turn.heard
    of_it = heard.act in _ASKS_OF_IT and not sign("check_asks_of_it", heard.text)
    only_told = learned.get("has_medi_cal") is True and not of_it and heard.programs == (_MEDI_CAL,)
    if not only_told or not _in_a_talk(turn.known) or ("?" in heard.text and not sign("check_asks_of_it", heard.text)):
        return heard
    return replace(heard, programs=(), needs=tuple(need for need in heard.needs if need != _ITS_NEED))


def _in_a_talk(known: Known) -> bool:
    """Whether something else is being looked for."""
    return bool(known.asked.wants or known.need or known.asked.check)


_MEDI_CAL, _ITS_NEED = "medi_cal", "other_health"


def answered(turn: Turn) -> Known | None:
    """What is known after an answer to the question that waits, and the next one asked; None when it is none."""
    question = may.waiting(turn.known)
    if question is None:
        return points_back.answered(turn) or _begun_again(turn)
    if turn.heard.act == "deny" and sign("leaves_check", turn.heard.text, alone=True):
        turn.utter(turn.say("threads.left"), Reply(kind=Kind.SMALLTALK))
        return turn.known.having(asked=Asked())
    choice = _picked(turn, question)
    facts = _of_choice(question, choice) if choice else _of_words(turn, question)
    if choice is None and _says_again(turn):
        return _sorry(turn, question, facts)
    if choice is None and question.facts == (SIZE,) and not facts and sign("check_eats_apart", turn.heard.text):
        return asking.ask(turn, turn.known, turn.known.asked, text=turn.say("puts_right.eats_apart"))
    if choice is None and (_other_act(turn, question, facts) or _leaves(turn, facts)):
        return None
    known = where_lived.placed(looking.follow(turn)).having(need=turn.known.need, program=turn.known.program)
    if facts:
        return may.go_on(turn, known.having(facts=may.merged(known.facts, facts)), known.asked)
    if _of_the_home(turn):
        known = known.having(facts={fact: value for fact, value in known.facts.items() if fact != SIZE})
        return may.go_on(turn, known, known.asked, before=catalogue.say("verdict.noted", turn.language))
    if _new_of_the_person(turn, known) or sign("check_no_institution", turn.heard.text):
        return may.go_on(turn, known, known.asked, before=puts_right.noted(turn))
    if said.nonsense(question.facts[0], turn.heard.text) or turn.heard.act in _BARE or _asks_the_same(turn):
        return _once_more(turn, known, question, lead=_WORKING if _asks_the_same(turn) else "verdict.again")
    return None


_WORKING = "assistant.puts_right.working_it_out"


def _says_again(turn: Turn) -> bool:
    """Whether somebody says that they have told it before, and asks for nothing else."""
    heard = turn.heard
    return sign("check_told_already", heard.text) and not (heard.names_something or heard.guides or heard.crisis)


def _sorry(turn: Turn, question: Question, facts: Facts) -> Known:
    """A short sorry: what stands in the message counts, else the question is put once more, then left."""
    known = turn.known.having(facts=may.merged(turn.known.facts, facts))
    if facts or turn.learned:
        return may.go_on(turn, known, known.asked, before=turn.say("puts_right.sorry"))
    if known.asked.tries < may.IN_OTHER_WORDS:
        return may.put_in_other_words(turn, known, lead="assistant.puts_right.sorry_once_more")
    return _once_more(turn, known, question)


def _begun_again(turn: Turn) -> Known | None:
    """A check whose answers are gone (the assistant was started anew) begins once more, and says so."""
    asked = turn.known.asked
    if asked.about or not asked.check or turn.heard.act not in _BARE:
        return None
    before = catalogue.say("verdict.restarted", turn.language)
    return may.go_on(turn, where_lived.placed(looking.follow(turn)), Asked(check=asked.check), before=before)


def _picked(turn: Turn, question: Question) -> Choice | None:
    """The choice picked; a number that answers a question for a number, or for an amount, is no choice."""
    choice = asking.picked(turn)
    if choice is None or choice.goal == "person":
        return None
    return None if _types_a_number(turn.heard.text, question) else choice


def _types_a_number(text: str, question: Question) -> bool:
    """Whether a number is asked for and said: "about 2,900" to "more or less than $5,500?" picks no second choice."""
    if question.kind == "line":
        return isinstance(said.answer_to(question.facts[0], text), Amount)
    return question.kind == "number" and any(letter.isdigit() for letter in text)


def _other_act(turn: Turn, question: Question, facts: Facts) -> bool:
    """Whether the act is never an answer; "I care for someone", said to choices, asks for no person to talk to."""
    if turn.heard.act in ("report_outcome", "report_problem") and turn.learned:  # "wait, we are 4, my brother moved in"
        return False
    return turn.heard.act in _OTHERS and not (facts and question.kind in ("choice", "group"))


def _leaves(turn: Turn, facts: Facts) -> bool:
    """Whether the message begins something else: another program or need, named in a request.

    "Yes, Medi-Cal" answers whether there is aid; it asks for no Medi-Cal.
    """
    heard = turn.heard
    others = set(heard.needs) - {turn.known.need}
    unsure = any(fact is UNSURE for fact in facts.values())  # "I don't know, but I need a ride"
    if facts and not (unsure and others) and not any(sentence.asks for sentence in sentences(heard.text)):
        return False
    named = {*heard.needs, *heard.programs} - {turn.known.need, turn.known.program}
    return heard.act in _LEAVES and bool(named)


def _asks_the_same(turn: Turn) -> bool:
    """Whether somebody only asks again what is being worked out: the question counts as not answered."""
    heard = turn.heard
    others = {*heard.needs, *heard.programs} - {turn.known.need, turn.known.program}
    return heard.act == "check_eligibility" and not others and not heard.places


def _of_the_home(turn: Turn) -> bool:
    """Whether a short word beside the question puts right who lives in the home: "no parents tho"."""
    known = SIZE in turn.known.facts and turn.known.asked.question != SIZE
    return known and SIZE not in turn.learned and _beside(turn) and sign("of_the_home", turn.heard.text)


def _beside(turn: Turn) -> bool:
    """Whether a message is a few words set against what was said: "but no papers tho", "pero sin mis papás"."""
    words = fold(turn.heard.text).split()
    against = bool(words) and (words[-1] in _ENDS_AGAINST or words[0] in _BEGINS_AGAINST)
    return against and len(words) <= _FEW and turn.heard.act in _BARE and not turn.heard.names_something


_ENDS_AGAINST = ("tho", "though", "eh", "aunque")
_BEGINS_AGAINST = ("but", "pero", "aunque", "except", "excepto")
_FEW = 6


def set_against(turn: Turn) -> Known | None:
    """One line, and no menu, for a few words set against what was just told; what is wrong in it is asked for."""
    asked = turn.known.asked
    free = asked.about == asking.OFFER or (asked.about is None and turn.known.shown.ids)
    if not free or turn.learned or turn.heard.crisis or asking.picked(turn) or not _beside(turn):
        return None
    if not _tells(turn.heard.text) or details.about_shown(turn):
        return None
    key = "answering.set_against" if asked.told else "noted.told" if turn.known.shown.ids else None
    if key is None:
        return None
    turn.utter(turn.say(key), Reply(kind=Kind.SMALLTALK))
    return turn.known


def _tells(text: str) -> bool:
    """Whether more is said than a word of doubt."""
    return len(set(fold(text).split()) - {*_ENDS_AGAINST, *_BEGINS_AGAINST}) > 1


def _of_choice(question: Question, choice: Choice) -> dict[str, Fact]:
    value = choice.value or ""
    if choice.goal == "fact":
        value = value.partition("=")[2]
    return questions.answered(question, value)


def _of_words(turn: Turn, question: Question) -> dict[str, Fact]:
    """What the words say to the question; empty when they say nothing to it."""
    if question.id == questions.PLACE:
        return where_lived.where(turn)
    if puts_right.only_puts_right(turn, question) or sign("check_no_institution", turn.heard.text):
        return {}
    if question.kind == "group":
        return _of_group(turn, question)
    fact = question.facts[0]
    if fact == _WORK and isinstance(age := said.answer_to(_AGE, turn.heard.text), Amount) and age.low > _MOST_CHOICES:
        return {_AGE: age}  # "72" to a question whose choices begin with ages
    at_home = fact == puts_right.AT_HOME and sign("lives_at_home", turn.heard.text)
    answer = True if at_home else said.answer_to(fact, turn.heard.text, line=question.line)
    if answer is None and fact in turn.learned:
        answer = turn.learned[fact]
    if answer is None and fact in ("has_medi_cal", "in_medi_cal_plan") and turn.heard.plan:
        answer = True
    if answer is None and fact in _AID and _names_aid(turn):
        answer = True
    return {} if answer is None else {fact: answer}


_WORK, _AGE, _MOST_CHOICES = "abawd_status", "age_years", 9
_AID = ("gets_other_aid", "wic_adjunct")
_DENIES = {"no", "not", "dont", "don", "nor", "never", "without", "lost", "sin", "ni", "nunca", "perdi"}


def _names_aid(turn: Turn) -> bool:
    """Whether aid is named in answer to "do you get ...?", and not denied: "yes, Medi-Cal"."""
    words = set(fold(turn.heard.text).split())
    named = {"medi_cal", "calfresh"} & set(turn.heard.programs)
    return bool(named) and not words & _DENIES and not any(part.asks for part in sentences(turn.heard.text))


def _of_group(turn: Turn, question: Question) -> dict[str, Fact]:
    """What was said of one of the group; a bare no is none of them, a bare yes says nothing."""
    named = {fact: answer for fact, answer in turn.learned.items() if fact in question.facts and answer is True}
    if named:
        return named
    answer = said.answer_to(question.facts[0], turn.heard.text, line=None)
    if answer is UNSURE:
        return questions.answered(question, UNSURE.value)
    return questions.answered(question, questions.NONE) if answer is False else {}


def _new_of_the_person(turn: Turn, known: Known) -> bool:
    """Whether something else was learned: the same question goes on, if it still matters."""
    return bool(turn.learned) or known.plan != turn.known.plan or known.place != turn.known.place


def _once_more(turn: Turn, known: Known, question: Question, *, lead: str = "verdict.again") -> Known:
    """The question in other words, once; after that what was asked counts as not known."""
    if known.asked.tries < may.IN_OTHER_WORDS:
        return may.put_in_other_words(turn, known, lead=lead)
    facts = may.merged(known.facts, dict.fromkeys(question.facts, UNSURE))
    left = catalogue.say("verdict.left", turn.language)
    return may.go_on(turn, known.having(facts=facts), known.asked, before=left)


def corrected(turn: Turn) -> Known | None:
    """The verdict told last, once more, when the message changes what it stood on and asks for nothing else."""
    told = turn.known.asked.told
    if not told or not (turn.learned or turn.heard.plan) or asking.picked(turn) or _asks_for_else(turn):
        return None
    program, _, before = told.partition(":")
    known = looking.follow(turn)
    if may.outcome(turn, known, program) == before and not may.more_to_ask(turn, known, program):
        return may.same(turn, known, program)
    return may.check(turn, known, program, before=catalogue.say("verdict.changed", turn.language))


def _asks_for_else(turn: Turn) -> bool:
    heard = turn.heard
    program = (turn.known.asked.told or "").partition(":")[0]
    other = set(heard.programs) - {program}
    return bool(other) or heard.act in ("find_provider", "how_to_apply", *_OTHERS)


_ASIDE = ("program_info", "followup", "thanks", "greet", "ask_privacy", "ask_bot", "out_of_scope")


def taken_up_again(turn: Turn, known: Known) -> Known:
    """After a question in between was answered, the question of the rules that waited is put once more."""
    before = turn.known.asked
    waits = before.about == asking.ABOUT_FACT and known.asked.about in (None, asking.OFFER)
    if not waits or turn.heard.act not in _ASIDE:
        return known
    again = known.having(asked=before, program=turn.known.program, need=turn.known.need)
    return asking.put_again(replace(turn, known=again), before=catalogue.say("verdict.back", turn.language))
