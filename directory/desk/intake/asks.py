"""Questions as fields of the form: each asked once on the page, beside the program that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from directory.desk.intake.told import BASE, FACT, GROUP, Told
from directory.eligibility import asking, questions
from directory.eligibility.asking import STATUS
from directory.eligibility.assess import Screening
from directory.eligibility.evaluate import Verdict
from directory.eligibility.facts import UNSURE, kind_of
from directory.eligibility.questions import NONE, PLACE, Question
from directory.model import Language
from directory.text import whom
from directory.text.catalogue import say

__all__ = ["Ask", "Asking", "answered", "base"]

_MOST = 3
"""So many questions stand beside one program; the next come when these are answered."""


@dataclass(frozen=True)
class Ask:
    """A field: `kind` is number, one (of the choices) or many; a choice is value, label and whether it is chosen."""

    name: str
    kind: str
    text: str
    choices: tuple[tuple[str, str, bool], ...] = ()
    value: str = ""
    sensitive: bool = False
    wrong: bool = False

    @property
    def id(self) -> str:
        """Its id in the page."""
        return self.name.replace(".", "-")


class Asking:
    """Gives out the questions of one page, each once."""

    def __init__(self, told: Told, language: Language) -> None:
        self._told, self._language = told, language
        self._given: dict[str, Ask] = {}

    def first(self, found: Screening) -> tuple[Ask, ...]:
        """Of all that is missing, what decides most: these stand before the programs."""
        order = asking.in_order(found)
        picked: list[Ask] = []
        while len(picked) < _MOST and (question := questions.next_question(order, found.verdicts)):
            order = [fact for fact in order if fact not in question.facts]
            ask = self._ask(question)
            if ask and ask.name.removeprefix(FACT) not in BASE:
                self._given[ask.name] = ask
                picked.append(ask)
        return tuple(picked)

    def of(self, verdict: Verdict) -> tuple[tuple[Ask, ...], tuple[Ask, ...]]:
        """What to ask beside this program: its own questions, and those that stand elsewhere on the page already."""
        open_ones = [fact for fact in verdict.worth_asking if fact not in STATUS]
        own: list[Ask] = []
        elsewhere: dict[str, Ask] = {}
        while len(own) < _MOST and (question := questions.next_question(open_ones, (verdict,))):
            open_ones = [fact for fact in open_ones if fact not in question.facts]
            ask = self._ask(question)
            if ask is None:
                continue
            if ask.name in self._given or ask.name.removeprefix(FACT) in BASE:
                elsewhere[ask.name] = ask
            else:
                self._given[ask.name] = ask
                own.append(ask)
        return tuple(own), tuple(elsewhere.values())

    def _ask(self, question: Question) -> Ask | None:
        """Where somebody lives has a field of its own; what was answered stands beside the form."""
        if question.id == PLACE:
            return None
        name = f"{GROUP}{question.id}" if question.kind == "group" else f"{FACT}{question.id}"
        if self._told.written.get(name) and name.removeprefix(FACT) not in BASE:
            return None
        return as_field(name, self._told, self._language)


def base(told: Told, language: Language) -> tuple[Ask, ...]:
    """What everybody is asked."""
    return tuple(as_field(f"{FACT}{fact}", told, language) for fact in BASE)


def answered(told: Told, language: Language) -> tuple[Ask, ...]:
    """What was answered beyond that, to see and to change."""
    names = (name for name, texts in told.written.items() if texts and name.removeprefix(FACT) not in BASE)
    return tuple(as_field(name, told, language) for name in names)


def as_field(name: str, told: Told, language: Language) -> Ask:
    """The field of that name; FactError for a name that is none."""
    chosen, wrong = told.written.get(name, ()), name in told.wrong
    if name.startswith(GROUP):
        return _many(name, chosen, language)
    fact = name.removeprefix(FACT)
    kind, text = kind_of(fact), whom.question(fact, language)
    sensitive = questions.is_sensitive(fact)
    if kind == "number":
        return Ask(name, "number", text, value=chosen[0] if chosen else "", sensitive=sensitive, wrong=wrong)
    return Ask(name, "one", text, _choices(fact, kind, chosen, sensitive, language), sensitive=sensitive, wrong=wrong)


def _choices(
    fact: str, kind: str, chosen: Sequence[str], sensitive: bool, language: Language
) -> tuple[tuple[str, str, bool], ...]:
    if kind == "choice":
        options = [(choice.value, choice.label.get(language)) for choice in questions.by_id(fact).choices]
    else:
        options = [(value, say(f"desk.{value}", language)) for value in ("yes", "no")]
    options.append(("unknown", say("desk.intake.skip" if sensitive else "desk.intake.unsure", language)))
    return tuple((value, label, value in chosen) for value, label in options)


def _many(name: str, chosen: Sequence[str], language: Language) -> Ask:
    question = questions.by_id(name.removeprefix(GROUP))
    options = [(choice.value, choice.label.get(language)) for choice in question.choices]
    ends = [(NONE, "verdict.choice.none"), (UNSURE.value, "desk.intake.skip" if question.why else "desk.intake.unsure")]
    options += [(value, say(key, language)) for value, key in ends]
    choices = tuple((value, label, value in chosen) for value, label in options)
    return Ask(name, "many", question.text.get(language), choices, sensitive=question.why is not None)
