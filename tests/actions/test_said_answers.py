"""The answer to the question just put: yes, no, a number, a choice, not known; and what is none or makes no sense."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.said import answer_to, corrects, facts_in, nonsense
from directory.eligibility import facts as known
from directory.eligibility.facts import INCOME, UNSURE, Amount, Fact
from directory.eligibility.strict import plain

TABLES = Path(__file__).parent / "said"
LINE = 3608.0


def expected(fact: str, said: object) -> Fact | None:
    if said in ("unsure", "nonsense"):
        return UNSURE if said == "unsure" else None
    if said == "none":
        return "none" if known.kind_of(fact) == "choice" else None
    if said in ("yes", "no"):
        return said == "yes"
    if ".." in str(said):
        low, high = str(said).split("..")
        return Amount(float(low), float(high) if high else None)
    return Amount.exactly(said) if isinstance(said, int | float) else str(said)


def tables() -> Iterator[tuple[str, dict[object, list[str]]]]:
    for path in sorted(TABLES.glob("answers*.yml")):
        read = plain(path)
        assert isinstance(read, dict)
        yield from read.items()


def cases() -> list[tuple[str, str, Fact | None, bool | None]]:
    return [
        (fact, text, expected(fact, said), None if expected(fact, said) is not None else said == "nonsense")
        for fact, answers in tables()
        for said, texts in answers.items()
        for text in texts
    ]


@pytest.mark.parametrize(("fact", "text", "answer", "senseless"), cases())
def test_answers(fact: str, text: str, answer: Fact | None, senseless: bool | None) -> None:
    assert answer_to(fact, text) == answer
    assert nonsense(fact, text) is bool(senseless)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("more", Amount(LINE, None)), ("less", Amount(0, LINE)), ("mas", Amount(LINE, None)),
        ("menos", Amount(0, LINE)),
        ("más", Amount(LINE, None)), ("a little more", Amount(LINE, None)), ("gano menos", Amount(0, LINE)),
        ("its less", Amount(0, LINE)), ("we make more than that", Amount(LINE, None)), ("about that", UNSURE),
        ("mas o menos", UNSURE), ("more or less", UNSURE), ("no sé", UNSURE), ("2500", Amount.exactly(2500)),
        ("less than 2000", Amount(0, 2000)), ("nothing", Amount.exactly(0)), ("where is it", None),
        ("yes", None), ("no", None), ("menos, como 2000", Amount(1800, 2200)),
        ("$0", Amount.exactly(0)), ("0 dollars lol", Amount.exactly(0)), ("0 dólares jaja", Amount.exactly(0)),
    ],
)  # fmt: skip
def test_more_or_less_than_the_line(text: str, answer: Fact | None) -> None:
    assert answer_to(INCOME, text, line=LINE) == answer


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("actually we are 5", True), ("no, tengo 66", True), ("no wait, i make 2500 a month", True),
        ("perdón somos 6", True), ("i made a mistake, i don't have medi-cal", True),
        ("me equivoqué, gano 900 al mes", True),
        ("we are 5 not 4", True), ("we are 5", False), ("no", False), ("sorry", False), ("actually where is it", False),
        ("ya no tengo medi-cal", True), ("", False),
    ],
)  # fmt: skip
def test_a_correction_is_one(text: str, is_one: bool) -> None:
    assert corrects(text) is is_one


def test_a_ride_has_its_goal_where_rides_are_the_talk() -> None:
    assert facts_in("i need to get to dialysis") == {}
    assert facts_in("i need to get to dialysis", need="transport") == {"trip_to_covered_care": True}


@pytest.mark.parametrize("status", ["undocumented", "citizen", "no papers", "sin papeles", "green card", "asilada"])
def test_a_status_is_never_a_fact(status: str) -> None:
    assert facts_in(f"i am {status} and we are 4") == {"household_size": Amount.exactly(4)}


LONG = (
    "i have medi-cal and we are 4 and i make 2000 a month my son is 4 pregnant ", "me and my ",
    "1 to 2 and 3 ", "my kids ",
    "no tengo carro para ir al doctor ", "a ", "mi hijo y mi hija y ", "my mom is 80 and ", "i had a baby boy ",
    "asthma er ", "less than about ", "i can not ", "ride ", "help with my ", "$1 ", "i have to leave my ",
    "1,", "9", "((", "'",
    "got out of the ", "kids 2 , ", "moved ", "notice papers ", "client ", "no ", "and ", "between 1 and ",
    "pt 67F with ", "we are 5 in ", "si tengo ", "papel de ", "me dieron 3 dias ", "they are going to cut off my ",
)  # fmt: skip


def spent(texts: list[str]) -> float:
    """Seconds of the processor to read the texts, the best of three; other work on the machine does not count."""
    took = []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            facts_in(text)
        took.append(time.process_time() - start)
    return min(took)


@pytest.fixture(scope="module")
def ordinary() -> float:
    """What a hundred messages as people write them cost on this machine now."""
    table = plain(TABLES / "en_first.yml")
    assert isinstance(table, dict)
    return spent(list(map(str, table))[:100])


@pytest.mark.parametrize("piece", LONG)
def test_a_long_message_costs_no_more_than_a_hundred_ordinary_ones(piece: str, ordinary: float) -> None:
    assert spent([(piece * 2000)[:2000]]) < ordinary
