"""What must hold of every home, whatever it says and in whatever order.

An answer is one fact of a home that hangs together (nothing that follows from one of its facts is denied by another),
given once and exactly. What only others know (a doctor, a plan, a list) is drawn before the first question and stays as
it is: it is taken for true until they say no, so a late "no" of theirs may rightly undo a "may qualify". For the same
reason a range that is later made exact ("under the line", then $4,500 beside it) is no further fact but another one.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.eligibility.evaluate import Household, Outcome, Verdict
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact
from directory.eligibility.implied import with_what_follows
from directory.eligibility.rules import Program
from tests.eligibility.demands import pivots, shipped
from tests.eligibility.homes import DAYS, Home, askable, homes, settled_by_others
from tests.eligibility.tables import TODAY

PROGRAMS = tuple(shipped().programs)
LISTS = {"plan_offers_service": True, "pha_list_open": True}

Facts = dict[str, Fact]


def verdicts(facts: Facts, home: Home) -> dict[str, Verdict]:
    here = Household(facts, home.on)
    return {id: here.verdict(id) for id in PROGRAMS}


def decided(verdict: Verdict) -> bool:
    return verdict.outcome is not Outcome.CANNOT_TELL


@settings(max_examples=60, deadline=None)
@given(homes())
def test_a_further_answer_undoes_no_decision_and_opens_no_question(home: Home) -> None:
    facts: Facts = dict(home.before)
    last = verdicts(facts, home)
    for name, fact in home.answers:
        facts[name] = fact
        now = verdicts(facts, home)
        for id, before in last.items():
            if decided(before):
                assert now[id].outcome is before.outcome, (id, name, fact)
            assert set(now[id].missing) <= set(before.missing), (id, name, fact)
            assert name not in now[id].missing, (id, name, fact)
        last = now


@settings(max_examples=60, deadline=None)
@given(homes(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(home: Home, chance: random.Random) -> None:
    facts = {**home.before, **dict(home.answers[: chance.randrange(len(home.answers))])}
    mixed = list(facts.items())
    chance.shuffle(mixed)
    for id, one in verdicts(facts, home).items():
        other = Household(dict(mixed), home.on).verdict(id)
        assert (other.outcome, other.missing, other.reasons) == (one.outcome, one.missing, one.reasons), id


DENIED = [
    {"in_medi_cal_plan": True, "gets_other_aid": False},
    {"ihss_approved": True, "wic_adjunct": False},
    {"ihss_approved": True, "in_nursing_facility_60_days": True},
    {"age_years": Amount.exactly(70), "blind_or_disabled": True, "elderly_or_disabled_in_home": False},
]


@pytest.mark.parametrize("facts", DENIED, ids=str)
def test_nor_where_one_answer_denies_another(facts: Facts) -> None:
    follows = {tuple(sorted(map(str, with_what_follows(dict(mixed)).items()))) for mixed in permutations(facts.items())}
    assert len(follows) == 1


@settings(max_examples=60, deadline=None)
@given(homes(), st.integers(0, 70))
def test_what_is_not_missing_changes_nothing(home: Home, asked: int) -> None:
    """Of an open verdict: no answer does, unless what is missing, or was not known, follows from it."""
    facts = {**home.before, **dict(home.answers[:asked])}
    before = with_what_follows(facts)
    verdict_before = verdicts(facts, home)
    for name, fact in home.answers[asked:]:
        after = with_what_follows({**facts, name: fact})
        new = {fact for fact in after if after[fact] != before.get(fact)}
        if any(before.get(fact) is UNSURE for fact in new):
            continue
        here = Household({**facts, name: fact}, home.on)
        for id, verdict in verdict_before.items():
            if not new & set(verdict.missing):
                assert here.verdict(id).outcome is verdict.outcome, (id, name, fact)


@settings(max_examples=60, deadline=None)
@given(homes(), st.integers(0, 70))
def test_what_is_worth_asking_is_missing_and_may_be_asked(home: Home, asked: int) -> None:
    facts = {**home.before, **dict(home.answers[:asked])}
    for id, verdict in verdicts(facts, home).items():
        assert set(verdict.worth_asking) <= set(verdict.missing) <= set(askable()), id
        assert not (decided(verdict) or verdict.because) or not verdict.missing, id
        assert not set(verdict.missing) & set(facts), id


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_person_who_knows_nothing_is_never_told_no_and_never_asked_again(on: date) -> None:
    here = Household(dict.fromkeys((*askable(), *settled_by_others()), UNSURE), on)
    for id in PROGRAMS:
        verdict = here.verdict(id)
        assert verdict.outcome is not Outcome.PROBABLY_NOT, id
        assert verdict.missing == () and verdict.worth_asking == (), id
        assert verdict.checked or verdict.because, id


@pytest.mark.parametrize("id", PROGRAMS)
def test_answers_in_favor_lead_to_may_qualify(id: str) -> None:
    facts, questions = _answered(id, in_favor=True)
    assert Household(facts, TODAY).verdict(id).outcome is Outcome.MAY_QUALIFY
    assert questions <= 8, "more than a text message conversation may ask"


@pytest.mark.parametrize("id", PROGRAMS)
def test_answers_against_it_lead_to_probably_not_where_the_person_has_a_say(id: str) -> None:
    facts, questions = _answered(id, in_favor=False)
    has_a_say = any(shipped().conditions[item].ask for item in pivots(shipped().programs[id]))
    wanted = Outcome.PROBABLY_NOT if has_a_say else Outcome.MAY_QUALIFY
    assert Household(facts, TODAY).verdict(id).outcome is wanted
    assert bool(questions) is has_a_say


def _answered(id: str, *, in_favor: bool) -> tuple[Facts, int]:
    """What a person says who is asked for nothing but what is missing, the most deciding first."""
    facts: Facts = dict(LISTS)
    for questions in range(40):
        missing = Household(facts, TODAY).verdict(id).missing
        if not missing:
            return facts, questions
        facts[missing[0]] = _answer(id, missing[0], in_favor=in_favor)
    raise AssertionError(f"{id}: 40 questions and no end")


def _answer(id: str, fact: str, *, in_favor: bool) -> Fact:
    if fact == SIZE:
        return Amount.exactly(2)
    if fact == INCOME:
        return Amount.exactly(0 if in_favor else 50_000)
    condition = next(item for item in shipped().conditions.values() if item.fact == fact and item.id in pivots(_of(id)))
    bound = condition.test.value
    if condition.kind == "number":
        assert isinstance(bound, int | float)
        return Amount.exactly(bound if in_favor else bound - 1 if condition.test.kind == "at_least" else bound + 1)
    if condition.kind == "choice":
        assert isinstance(bound, tuple)
        others = [choice.value for choice in condition.choices if choice.value not in bound]
        return bound[0] if in_favor else others[0]
    return in_favor


def _of(id: str) -> Program:
    return shipped().programs[id]
