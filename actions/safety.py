"""Danger first: fixed words and the right line, then what was being asked goes on."""

from __future__ import annotations

from dataclasses import replace

from actions import (
    answering,
    asking,
    barriers,
    fears,
    guides,
    in_danger,
    local_lines,
    looking,
    may,
    naloxone,
    safe_house,
    said,
    youth,
)
from actions.context import OVER, WORRY, Goal, Turn
from actions.heard import fold
from actions.slots import Asked, Choice, Known, Want
from actions.words import phrases, sign
from directory.dangers import LINES
from directory.eligibility.facts import UNSURE
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["OF_ANOTHER", "SHELTERED", "Crisis", "believed", "left_alone", "offer", "say", "say_briefly"]

OF_ANOTHER = "of_another"
"""What was told last, where a guide's id stands otherwise, once a danger was said of another person."""

SHELTERED = ("violence", "abuse")
"""Dangers at home: a roof is looked for through the line, not from a list."""


class Crisis(Goal):
    action = "action_crisis"

    def answer(self, turn: Turn) -> Known:
        answered = _only_answers(turn)
        if answered is not None:
            return answered
        household = _only_household(turn)
        if household is not None:
            return household
        if fears.of_traces(turn):
            fears.beside(turn)
            return turn.known
        kind = _kind(turn)
        carrying = youth.pregnant(turn) if kind == "unsafe_tonight" else None
        if carrying is not None:
            return carrying
        turn = replace(turn, known=youth.remembering(turn.known, turn.heard.text))
        before = turn.known.asked.crisis or ""
        if turn.known.asked.alarm and in_danger.denied(turn.heard.text):
            return believed(turn, "crisis.believed", kind)
        if kind == "unsafe_tonight" and before in SHELTERED:
            return _where_to(turn, before)
        if before and sign("called", turn.heard.text, alone=True):
            return left_alone(turn)
        if before == safe_house.VIOLENCE == kind and safe_house.roof_meant(turn):
            return safe_house.tell(turn)
        if turn.known.asked.alarm == turn.heard.mark:
            return _same_words(turn, kind)
        say(turn, kind)
        naloxone.beside(turn)
        fears.beside(turn)
        turn = replace(turn, known=turn.known.having(asked=replace(turn.known.asked, crisis=kind)))
        if kind == safe_house.VIOLENCE and safe_house.roof_meant(turn):
            return safe_house.tell(turn)
        known = looking.follow(turn)
        if kind == "unsafe_tonight" and known.asked.about == asking.ABOUT_FACT:
            return _answers_too(turn, known)
        if kind == "unsafe_tonight":
            told = _guided(replace(turn, known=known))
            if told is not None:
                return told
            return looking.find(turn, known, (looking.SHELTER,))
        known = _offer_to_go_on(turn, _without_older_choices(known))
        return known.having(asked=replace(known.asked, guide=OF_ANOTHER)) if _of_another(turn, kind) else known


def _without_older_choices(known: Known) -> Known:
    """What is known without a menu or ways on from before the danger: a bare number after it must not pick them."""
    older = (asking.ABOUT_NEED, asking.OFFER, asking.RESUME, asking.ABOUT_REPORTED, asking.ABOUT_HELPED)
    return known.having(asked=Asked()) if known.asked.about in older else known


_MOST_WORDS = 6
"""How many words an answer has at most that sounds like a danger and is none: "my baby is 8 months"."""


def _only_answers(turn: Turn) -> Known | None:
    """What is known after a few plain words that answer the question that waits, or tell of the person; else None."""
    question, text = may.waiting(turn.known), turn.heard.text
    words = fold(text).split()
    plain = len(words) <= _MOST_WORDS and all(word.isdecimal() or word in phrases("plain_answer") for word in words)
    if question is None or not plain:
        return None
    if said.answer_to(question.facts[0], text) in (None, UNSURE) and not said.facts_in(text):
        return None
    calm = replace(turn, heard=replace(turn.heard, crisis=None, act="inform"))
    return answering.answered(answering.learning(calm))


def _only_household(turn: Turn) -> Known | None:
    """What is known after "just me and my dog" of a list that was shown: it is no danger; None for anything else."""
    if not turn.known.shown.ids or not sign("household_only", turn.heard.text, alone=True):
        return None
    calm = replace(turn, heard=replace(turn.heard, crisis=None, act="inform"))
    return barriers.answered(barriers.learning(answering.learning(calm)))


def _guided(turn: Turn) -> Known | None:
    """Nowhere to sleep, said by somebody who is young or leaves a hospital: their own help, no list of beds alone."""
    calm = replace(turn, heard=replace(turn.heard, act="inform"))
    young = youth.answered(calm)
    return young if young is not None else guides.alone(calm)


def _kind(turn: Turn) -> str:
    """The danger of a message; the lines of violence at home for who is hurt by, or afraid of, somebody there."""
    kind = turn.heard.crisis if turn.heard.crisis in LINES else "self_harm"
    return "violence" if kind == "abuse" and _a_child_at_home(turn) else kind


def _a_child_at_home(turn: Turn) -> bool:
    """Whether it is about who writes and somebody older at home, or about a parent who is not to be told."""
    text = turn.heard.text
    return in_danger.afraid_at_home(text) or sign("fear_parents", text) or sign("tell_nobody", text)


def left_alone(turn: Turn) -> Known:
    """One line for somebody who has called already or waves the lines away: they are believed, and asked nothing."""
    _say_believed(turn, "crisis.believed", turn.known.asked.crisis or "")
    return turn.known.having(asked=replace(turn.known.asked, crisis=OVER))


def believed(turn: Turn, key: str, kind: str) -> Known:
    """One line for somebody who says that it is not so, or over; then on with what was asked or looked for."""
    _say_believed(turn, key, kind)
    known = _taken_up(replace(turn, known=turn.known.having(asked=replace(turn.known.asked, crisis=OVER))))
    return known.having(asked=replace(known.asked, crisis=OVER))


def _say_believed(turn: Turn, key: str, kind: str) -> None:
    phones = LINES[kind][:2] if kind in SHELTERED else ("988", "911")
    turn.utter(turn.say(key, lines=_joined(turn, phones)), Reply(kind=Kind.SMALLTALK, phones=phones))


def _taken_up(turn: Turn) -> Known:
    """What was asked before the danger, or looked for: put once more, or answered where its place is known."""
    asked = turn.known.asked
    if asked.about == asking.GO_ON and asked.wants:
        return looking.find(turn, turn.known, asked.wants)
    if asked.about == asking.GO_ON and asked.choices:
        choice = asked.choices[0]
        if choice.goal == "screen":
            return may.of_need(turn, turn.known, Need(choice.value))
        return may.check(turn, turn.known, choice.value or "")
    return asking.put_again(turn, counts=False) if asked.about in asking.WAITING else turn.known


def _joined(turn: Turn, phones: tuple[str, ...]) -> str:
    return f" {turn.say('crisis.or')} ".join(phones)


def _same_words(turn: Turn, kind: str) -> Known:
    """The same words a second time alarm nobody again: one line with the numbers, and what was asked still waits."""
    say_briefly(turn, kind)
    return turn.known


def say_briefly(turn: Turn, kind: str) -> None:
    """One line with the numbers of a danger, for somebody who has read its words."""
    phones = LINES[kind][:2]
    text = turn.say("crisis.same", lines=_joined(turn, phones))
    turn.utter(text, Reply(kind=Kind.CRISIS, crisis=kind, phones=phones))


def _answers_too(turn: Turn, known: Known) -> Known:
    """Nowhere to sleep, said to a question of ours: after the line, the answer counts and the next question comes."""
    calm = answering.learning(replace(turn, known=known, heard=replace(turn.heard, crisis=None, act="inform")))
    goes_on = answering.answered(calm)
    return goes_on if goes_on is not None else looking.find(turn, known, (looking.SHELTER,))


def _where_to(turn: Turn, kind: str) -> Known:
    """Nowhere to go, said after violence: the line that finds a place whose address is kept secret, and no list."""
    if kind == safe_house.VIOLENCE:
        return safe_house.tell(turn)
    say(turn, kind, again=True)
    known = offer(turn, looking.follow(turn), (looking.SHELTER,))
    return known.having(asked=replace(known.asked, crisis=kind))


def say(turn: Turn, kind: str, *, again: bool = False) -> None:
    """The fixed words of a danger with its lines; `again` in other words, for somebody who has read them."""
    key = _again_for(turn, kind) if again else f"crisis.{_words_for(turn, kind)}"
    shown = Kind.WORRY if kind == WORRY else Kind.CRISIS
    text, phones = local_lines.beside(turn.language, kind, turn.say(key), _PHONES.get(key, LINES[kind]))
    turn.utter(text, Reply(kind=shown, crisis=kind, phones=phones))


def _again_for(turn: Turn, kind: str) -> str:
    """The other words, of somebody near where it was of them: whoever writes is not the one who is hurt."""
    near = kind in _OF_OTHERS and turn.known.asked.guide == OF_ANOTHER
    return f"crisis.again_other.{kind}" if near else f"crisis.again.{kind}"


_PHONES = {
    "crisis.done.self_harm": ("911", "988"),
    "crisis.done_other.self_harm": ("911", "988"),
    "crisis.at_home.violence": ("911", "1-800-799-7233", "88788", "211"),
}
"""The lines of words that name others than those of their danger."""


def _words_for(turn: Turn, kind: str) -> str:
    """Which words fit: of somebody who is hurt already, of another person, of a child or a youth at home, or plain."""
    text = turn.heard.text
    if kind == "violence" and _a_child_at_home(turn):
        return "at_home.violence"
    if kind == "self_harm" and in_danger.done_to_another(text):
        return "done_other.self_harm"
    if kind == "self_harm" and in_danger.done_by_self(text):
        return "done.self_harm"
    return f"other.{kind}" if _of_another(turn, kind) else kind


def _of_another(turn: Turn, kind: str) -> bool:
    """Whether it is said of another person, and there are words for whoever is near."""
    near = kind == "self_harm" and in_danger.of_somebody_near(turn.heard.text)
    return kind in _OF_OTHERS and (near or _somebody_else(turn))


_OF_OTHERS = ("self_harm", "violence")
"""Dangers whose words are others for somebody who speaks of another person."""


def _somebody_else(turn: Turn) -> bool:
    """Whether somebody else is in danger: whoever writes can call for them, or tell the staff who are near."""
    text = turn.heard.text
    return sign("somebody_else", text) and not sign("oneself", text)


_OF_THE_DANGER = {"other_health", "legal", "social"}
"""Needs that words of danger sound like."""
_OF_WHO_HURTS = {"abuse": {"home_care", "ihss"}, "medical": {"other_health", "cs_sobering", "wic", "family"}}
"""What the words of one danger sound like: the caregiver who hits, the overdose, the breast that hurts, the baby."""


def _offer_to_go_on(turn: Turn, known: Known) -> Known:
    """One short message that what was looked for is not forgotten; nobody is shown a list right after a crisis."""
    also = _OF_WHO_HURTS.get(turn.heard.crisis or "", set())
    named = (set(turn.heard.programs) | (set(turn.heard.needs) - _OF_THE_DANGER)) - also
    if not (turn.heard.places or sign("asked_beside", turn.heard.text) or sign("lacking", turn.heard.text)):
        named = set()  # the words of the danger itself name no need: a father who is dying is no wish for a rest
    return offer(turn, known, looking.wanted(turn) if named else known.asked.wants)


def offer(turn: Turn, known: Known, wants: tuple[Want, ...]) -> Known:
    """Says how to go on with what was looked for; nothing where nothing was."""
    checked = _checked(known)
    if not wants and checked:
        return asking.ask(turn, known, Asked(asking.GO_ON, (checked,)))
    if not wants:
        return known
    known = known.having(need=wants[0].need, program=wants[0].program)
    return asking.ask(turn, known, Asked(asking.GO_ON, tuple(map(_choice, wants)), wants))


def _checked(known: Known) -> Choice | None:
    """What was being worked out when the danger was said."""
    kind, _, of = (known.asked.check or "").partition(":")
    return {"program": Choice("may", of), "need": Choice("screen", of)}.get(kind)


def _choice(want: Want) -> Choice:
    return Choice("find", want.program) if want.program else Choice("need", want.need)
